package vouchharness;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks candidates for a method what they do: it is compiled with them into one program, which answers each question with a
 * line of JSON, [candidate, question, outcome], behind the mark that its input begins with.
 *
 * The program is given the candidate and the question to begin with, the milliseconds of one question, and the characters
 * of a value that are kept. A question that does not end ends the program (code 3), which is started again with the next.
 */
public final class Harness {
    public interface Question {
        Outcome ask() throws Throwable;
    }

    /** What is answered: its kind, and the name and text of what there is to tell of it. */
    public static final class Outcome {
        final String kind;
        final String name;
        final String text;

        Outcome(String kind, String name, String text) {
            this.kind = kind;
            this.name = name;
            this.text = text;
        }
    }

    private static final int DEEPEST = 12;
    private static final int MOST_ITEMS = 1000;

    private static volatile boolean isReady;

    private Harness() {}

    /** Called behind what is set up for a question: what fails before says nothing of it. */
    public static void ready() {
        isReady = true;
    }

    /** Compares with the value that is expected, which is written as text as well. */
    public static Outcome is(Object got, Object want, String written) {
        return verdict(same(got, want, tolerance(written), 0), show(got, 0));
    }

    /** Compares as text where what is expected is no expression of the language. */
    public static Outcome isWritten(Object got, String written) {
        String other = tight(written);
        if (tight(show(got, 0)).equals(other) || tight(plain(got)).equals(other)) return verdict(true, show(got, 0));
        if (other.matches("(?:[-\\d\"'\\[({].*)|true|false|null")) return verdict(false, show(got, 0));
        return new Outcome("unclear", "why", "what it expects is not a value: " + written);
    }

    public static Outcome value(Object got) {
        return new Outcome("value", "value", show(got, 0));
    }

    public static Outcome passed() {
        return new Outcome("passed", null, null);
    }

    /** Whether an error of that name, or a kind of it, is thrown. */
    public static Outcome throwing(String name, Question call) {
        try {
            return verdict(false, call.ask().text);
        } catch (Throwable error) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            for (Class<?> kind = error.getClass(); kind != null; kind = kind.getSuperclass()) {
                if (kind.getSimpleName().equals(last)) return verdict(true, "");
            }
            return verdict(false, "raises " + told(error));
        }
    }

    private static Outcome verdict(boolean passed, String actual) {
        return new Outcome(passed ? "passed" : "failed", "actual", actual);
    }

    private static String told(Throwable error) {
        return error.getClass().getSimpleName() + (error.getMessage() == null ? "" : ": " + error.getMessage());
    }

    private static String tight(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String plain(Object value) {
        return value != null && value.getClass().isArray() ? String.valueOf(listOf(value)) : String.valueOf(value);
    }

    private static List<Object> listOf(Object array) {
        List<Object> all = new ArrayList<>();
        for (int index = 0; index < Array.getLength(array); index++) all.add(Array.get(array, index));
        return all;
    }

    /** Numbers by what they are, whatever their types; arrays and lists by what they hold. */
    private static boolean same(Object got, Object want, double near, int depth) {
        if (got == want) return true;
        if (got == null || want == null || depth > DEEPEST) return false;
        if (got instanceof Optional && !(want instanceof Optional)) {
            return same(((Optional<?>) got).orElse(null), want, near, depth + 1);
        }
        if (got instanceof Number && want instanceof Number) return sameNumber((Number) got, (Number) want, near);
        if (got.getClass().isArray()) got = listOf(got);
        if (want.getClass().isArray()) want = listOf(want);
        if (got instanceof List && want instanceof List) {
            List<?> one = (List<?>) got;
            List<?> other = (List<?>) want;
            if (one.size() != other.size()) return false;
            for (int index = 0; index < one.size(); index++) {
                if (!same(one.get(index), other.get(index), near, depth + 1)) return false;
            }
            return true;
        }
        if (got instanceof Map && want instanceof Map) {
            Map<?, ?> one = (Map<?, ?>) got;
            Map<?, ?> other = (Map<?, ?>) want;
            if (!one.keySet().equals(other.keySet())) return false;
            for (Object key : one.keySet()) {
                if (!same(one.get(key), other.get(key), near, depth + 1)) return false;
            }
            return true;
        }
        if (got instanceof CharSequence && want instanceof CharSequence) return got.toString().equals(want.toString());
        return got.equals(want);
    }

    private static boolean sameNumber(Number got, Number want, double near) {
        double one = got.doubleValue();
        double other = want.doubleValue();
        boolean isWhole = !(got instanceof Double || got instanceof Float || want instanceof Double || want instanceof Float);
        if (isWhole) return new BigDecimal(got.toString()).compareTo(new BigDecimal(want.toString())) == 0;
        if (Double.compare(one, other) == 0 || one == other) return true;
        return Math.abs(one - other) <= Math.max(near, 1e-6 * Math.max(Math.abs(one), Math.abs(other)));
    }

    private static final Pattern DECIMALS = Pattern.compile("\\.(\\d{4,})");

    /** Half a unit of the last place, where at least four decimals are written. */
    private static double tolerance(String written) {
        Matcher found = DECIMALS.matcher(written);
        return found.find() ? 0.5000001 * Math.pow(10, -found.group(1).length()) : 1e-9;
    }

    /** Text that is the same for equal values. */
    private static String show(Object value, int depth) {
        if (value == null) return "null";
        if (depth > DEEPEST) return "...";
        if (value instanceof CharSequence) return quoted(value.toString());
        if (value instanceof Character) return "'" + value + "'";
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.format("%.1f", number) : String.format("%.9g", number);
        }
        if (value.getClass().isArray()) return show(listOf(value), depth);
        if (value instanceof Collection) {
            Collection<String> parts = value instanceof Set ? new TreeSet<>() : new ArrayList<>();
            for (Object one : (Collection<?>) value) if (parts.size() < MOST_ITEMS) parts.add(show(one, depth + 1));
            return "[" + String.join(", ", parts) + "]";
        }
        if (value instanceof Map) {
            Collection<String> parts = new TreeSet<>();
            for (Map.Entry<?, ?> one : ((Map<?, ?>) value).entrySet()) {
                parts.add(show(one.getKey(), depth + 1) + "=" + show(one.getValue(), depth + 1));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        return String.valueOf(value).replaceAll("@[0-9a-f]{4,}$", "");
    }

    /** @param names class by class, with the numbers of its candidate and its question before it. */
    public static void main(String[] names, String[] given) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, "UTF-8");
        String mark = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        answers.println("\n" + mark + "\"begun\"");
        // What candidates print must not stand between the answers.
        System.setOut(System.err);
        int from = Integer.parseInt(given[0]);
        int first = Integer.parseInt(given[1]);
        for (int at = 0; at < names.length; at += 3) {
            int candidate = Integer.parseInt(names[at]);
            int number = Integer.parseInt(names[at + 1]);
            if (candidate < from || (candidate == from && number < first)) continue;
            String name = names[at + 2];
            isReady = false;
            CompletableFuture<Outcome> answered = new CompletableFuture<>();
            Thread asking = new Thread(null, () -> answered.complete(guarded(name)), "question", 16L << 20);
            asking.setDaemon(true);
            asking.start();
            Outcome outcome;
            try {
                outcome = answered.get(Long.parseLong(given[2]), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                outcome = new Outcome("timeout", null, null);
            }
            boolean isLate = outcome.kind.equals("timeout");
            if (!isReady) outcome = new Outcome("unclear", "why", "a line before it fails");
            String told = outcome.text == null ? "" : ",\"" + outcome.name + "\":" + quoted(shortened(outcome.text, Integer.parseInt(given[3])));
            answers.println("\n" + mark + "[" + candidate + "," + number + ",{\"kind\":\"" + outcome.kind + "\"" + told + "}]");
            if (isLate) Runtime.getRuntime().halt(3);
        }
        answers.println("\n" + mark + "\"done\"");
        // Also where threads of the candidates are still at work.
        Runtime.getRuntime().halt(0);
    }

    private static Outcome guarded(String name) {
        try {
            return ((Question) Class.forName(name).getDeclaredConstructor().newInstance()).ask();
        } catch (Throwable error) {
            return new Outcome("raised", "raised", told(error));
        }
    }

    private static String quoted(String text) {
        StringBuilder line = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') line.append('\\').append(unit);
            else if (unit < ' ') line.append(String.format("\\u%04x", (int) unit));
            else line.append(unit);
        }
        return line.append('"').toString();
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) return text;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return text.substring(0, most) + "…" + Integer.toHexString(java.util.Arrays.hashCode(bytes));
    }
}
