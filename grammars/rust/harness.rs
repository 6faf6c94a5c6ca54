//! Asks candidates for a function what they do: it is compiled with them into one program, which answers each question with
//! a line of JSON, `[candidate, question, outcome]`, behind the mark that its input begins with.
//!
//! The program is given the candidate and the question to begin with, the milliseconds of one question, and the characters
//! of a value that are kept. A question that does not end ends the program (code 3), which is started again with the next.

use std::io::Write;
use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::time::Duration;

/// What is answered: its kind, and the name and text of what there is to tell of it.
pub struct Outcome {
    kind: &'static str,
    told: Option<(&'static str, String)>,
}

pub struct Question {
    pub candidate: usize,
    pub number: usize,
    pub ask: fn() -> Outcome,
}

static READY: AtomicBool = AtomicBool::new(false);

/// Called behind what is set up for a question: what fails before says nothing of it.
pub fn ready() {
    READY.store(true, SeqCst);
}

/// A value beside the one that is expected, which is written as text as well: decimals need not be exact.
pub fn verdict(passed: bool, got: String, written: &str) -> Outcome {
    let passed = passed || (written.contains('.') && near(&got, written));
    Outcome { kind: if passed { "passed" } else { "failed" }, told: Some(("actual", got)) }
}

/// Compares as text where what is expected is no expression that can be compared.
pub fn written(got: String, written: &str) -> Outcome {
    let (one, other) = (tight(&got), tight(written));
    let bare = one.trim_matches('"') == other.trim_matches('"');
    if bare || near(&got, written) {
        return verdict(true, got, written);
    }
    if is_value(&other) {
        return verdict(false, got, written);
    }
    let why = format!("what it expects is not a value: {written}");
    Outcome { kind: "unclear", told: Some(("why", why)) }
}

pub fn value(got: String) -> Outcome {
    Outcome { kind: "value", told: Some(("value", got)) }
}

pub fn passed() -> Outcome {
    Outcome { kind: "passed", told: None }
}

/// Asks whether a call panics; one that gives back an error fails as well.
pub fn failing(call: fn() -> String) -> Outcome {
    match catch_unwind(call) {
        Err(_) => passed(),
        Ok(got) if got.starts_with("Err(") => passed(),
        Ok(got) => verdict(false, got, ""),
    }
}

/// What doc comments write: numbers, texts, and what holds them.
fn is_value(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    first.is_ascii_digit() || "-\"'[({".contains(first) || text == "true" || text == "false"
        || ["Some(", "None", "Ok(", "Err("].iter().any(|one| text.starts_with(one))
}

fn tight(text: &str) -> String {
    text.split_whitespace().collect::<String>().replace("vec![", "[").replace(",]", "]").replace("&[", "[")
}

/// Whether two texts are the same but for the last digits of their numbers.
fn near(got: &str, written: &str) -> bool {
    let (one, other) = (pieces(&tight(got)), pieces(&tight(written)));
    one.len() == other.len()
        && one.iter().zip(&other).all(|(left, right)| {
            left == right
                || match (left.parse::<f64>(), right.parse::<f64>()) {
                    (Ok(a), Ok(b)) => {
                        (a - b).abs() <= tolerance(right).max(1e-6 * a.abs().max(b.abs()))
                    }
                    _ => false,
                }
        })
}

/// Half a unit of the last place, where at least four decimals are written.
fn tolerance(number: &str) -> f64 {
    match number.split_once('.') {
        Some((_, decimals)) if decimals.len() >= 4 => 0.5000001 * 10f64.powi(-(decimals.len() as i32)),
        _ => 1e-9,
    }
}

/// Numbers, and what stands between them.
fn pieces(text: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    let mut in_number = false;
    for unit in text.chars() {
        let is_number = unit.is_ascii_digit() || unit == '.';
        match all.last_mut() {
            Some(last) if in_number == is_number => last.push(unit),
            _ => all.push(unit.to_string()),
        }
        in_number = is_number;
    }
    all
}

/// Asks what is to be asked, in order.
pub fn main(questions: &[Question]) {
    let given: Vec<usize> = std::env::args().skip(1).map(|one| one.parse().unwrap_or(0)).collect();
    let (from, first, milliseconds, most) = (given[0], given[1], given[2], given[3]);
    set_hook(Box::new(|_| {}));
    let mut mark = String::new();
    let _ = std::io::stdin().read_line(&mut mark);
    let mark = mark.trim();
    say(&format!("{mark}\"begun\""));
    for question in questions {
        if (question.candidate, question.number) < (from, first) {
            continue;
        }
        READY.store(false, SeqCst);
        let (tell, answered) = channel();
        let ask = question.ask;
        std::thread::spawn(move || {
            let outcome = catch_unwind(ask).unwrap_or_else(|reason| {
                let text = reason.downcast_ref::<&str>().map(|one| one.to_string());
                let text = text.or_else(|| reason.downcast_ref::<String>().cloned()).unwrap_or_default();
                Outcome { kind: "raised", told: Some(("raised", format!("panic: {text}"))) }
            });
            let _ = tell.send(outcome);
        });
        let outcome = answered.recv_timeout(Duration::from_millis(milliseconds as u64));
        let in_time = outcome.is_ok();
        let mut outcome = outcome.unwrap_or(Outcome { kind: "timeout", told: None });
        if !READY.load(SeqCst) {
            outcome = Outcome { kind: "unclear", told: Some(("why", "a line before it fails".to_string())) };
        }
        let told = outcome
            .told
            .map(|(name, text)| format!(",\"{name}\":{}", quoted(&shortened(&text, most))))
            .unwrap_or_default();
        say(&format!("{mark}[{},{},{{\"kind\":\"{}\"{told}}}]", question.candidate, question.number, outcome.kind));
        if !in_time {
            std::process::exit(3);
        }
    }
    say(&format!("{mark}\"done\""));
    // Also where threads of the candidates are still at work.
    std::process::exit(0);
}

/// On a line of its own, whatever candidates have printed before.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    let _ = write!(output, "\n{line}\n");
    let _ = output.flush();
}

fn quoted(text: &str) -> String {
    let mut line = String::from("\"");
    for unit in text.chars() {
        match unit {
            '"' | '\\' => line.extend(['\\', unit]),
            _ if unit < ' ' => line.push_str(&format!("\\u{:04x}", unit as u32)),
            _ => line.push(unit),
        }
    }
    line + "\""
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    // FNV-1a: equal texts have equal ones.
    let hash = text.bytes().fold(0xcbf29ce484222325u64, |hash, byte| {
        (hash ^ byte as u64).wrapping_mul(0x100000001b3)
    });
    format!("{}…{hash:x}", text.chars().take(most).collect::<String>())
}
