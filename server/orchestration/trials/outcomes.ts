// What judges and running said of a candidate, as findings with places and as records of evidence.
import type { Example } from '../../core/examples/index.ts';
import { type CheckName, type Finding, isFault, type Severity } from '../../core/finding.ts';
import type { Span } from '../../core/span.ts';
import type { CheckRecord } from '../../core/task.ts';
import type { AssertionResult, CandidateExamples, ExampleResult } from '../../validation/execution/index.ts';
import type { JudgeReport } from '../../validation/oracles/judge.ts';
import type { TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';

/** What of a question the outcome is told by. */
type Asked = Pick<TrialQuestion, 'path' | 'severities' | 'before'>;

export const joined = (...outcomes: readonly TrialOutcome[]): TrialOutcome => ({
  findings: outcomes.flatMap(({ findings }) => findings),
  records: outcomes.flatMap(({ records }) => records),
});

export const notRun = (name: string, note: string): TrialOutcome => ({
  findings: [],
  records: [{ name, outcome: 'not-run', note }],
});

/** What the user has set, over what the check or the judge says by itself. */
export const severityOf = ({ severities }: Asked, check: CheckName, own: Severity): Severity | 'off' =>
  severities[check] ?? severities[`${check.split('/', 1)[0]}/*`] ?? own;

/** More results than this of one candidate are counted, not told. */
const maxTold = 5;

export function examplesOutcome(
  question: Asked & Pick<TrialQuestion, 'examples'>,
  candidate: TrialCandidate,
  { results, unloadable }: CandidateExamples,
): TrialOutcome {
  const name = 'examples/failed';
  const severity = severityOf(question, name, 'error');
  if (severity === 'off') return notRun(name, 'off in the settings');
  const ran = results.filter(({ outcome }) => outcome !== 'not-run').length;
  if (ran === 0) return notRun(name, whyNot(results) ?? 'no example says what must come of it');
  if (unloadable !== undefined) {
    const message = `It cannot be loaded: ${unloadable}`;
    const span = firstLine(candidate);
    return {
      findings: [{ check: name, severity, path: question.path, span, message, fixes: [] }],
      records: [{ name, outcome: 'failed', note: message }],
    };
  }
  const failed = results.flatMap((result, index) =>
    result.outcome === 'failed' ? [{ example: question.examples[index]!, actual: result.actual }] : [],
  );
  const findings = failed.slice(0, maxTold).map(
    ({ example, actual }): Finding => ({
      check: name,
      severity,
      path: question.path,
      span: placeOf(question, candidate, example.span),
      message: exampleMessage(example, actual),
      fixes: [],
    }),
  );
  const note = `${ran - failed.length} of ${ran} ${ran === 1 ? 'example' : 'examples'} passed`;
  return { findings, records: [{ name, outcome: failed.length > 0 ? 'failed' : 'passed', note }] };
}

/** Of assertions that a model wrote: many are wrong, so that one which does not hold is a fault of nobody. */
export function assertionsOutcome(results: readonly AssertionResult[]): TrialOutcome {
  const ran = results.filter((one) => one !== 'not-run');
  if (ran.length === 0) return joined();
  const passed = ran.filter((one) => one === 'passed').length;
  const note = `${passed} of ${ran.length} assertions of the model hold; each counts as far as the answers agree on it`;
  return {
    findings: [],
    records: [{ name: 'tests/generated', outcome: passed > 0 ? 'passed' : 'not-run', note }],
  };
}

const whyNot = (results: readonly ExampleResult[]): string | undefined =>
  results.find((result) => result.outcome === 'not-run')?.why;

function exampleMessage({ code, expected, raises }: Example, actual: string): string {
  const wanted = raises === undefined ? expected?.trim() : `an error: ${raises}`;
  const came = actual.startsWith('raises ') || actual.startsWith('does ') ? actual : `gives ${actual}`;
  return `\`${oneLine(code)}\` ${came}${wanted === undefined || wanted === '' ? '' : `; the example says ${oneLine(wanted)}`}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** An example that is written in the candidate's own file is marked where it stands, else the candidate's first line. */
function placeOf({ before }: Asked, candidate: TrialCandidate, span: Span): Span {
  const text = (before ?? candidate.after).slice(span.start, span.end);
  if (candidate.after.slice(span.start, span.end) === text) return span;
  const start = candidate.after.indexOf(text);
  return text !== '' && start >= 0 ? { start, end: start + text.length } : firstLine(candidate);
}

export function firstLine({ spans, after }: TrialCandidate): Span {
  const { start, end } = spans[0] ?? { start: 0, end: after.length };
  const text = after.slice(start, end);
  const from = start + Math.max(0, text.search(/\S/));
  const lineEnd = after.indexOf('\n', from);
  return { start: from, end: Math.min(end, lineEnd < 0 ? end : lineEnd) };
}

/** What judges said, and how many faults that is. */
export interface JudgesOutcome extends TrialOutcome {
  readonly faults: number;
}

export function judgesOutcome(question: Asked, reports: readonly JudgeReport[]): JudgesOutcome {
  const outcomes = reports.map((report) => judgeOutcome(question, report));
  return { ...joined(...outcomes), faults: outcomes.reduce((sum, { faults }) => sum + faults, 0) };
}

function judgeOutcome(question: Asked, { tool, version, findings, failed }: JudgeReport): JudgesOutcome {
  const name: CheckName = `types/${tool}`;
  if (failed !== undefined) return { ...notRun(name, failed), faults: 0 };
  if (severityOf(question, name, 'error') === 'off')
    return { ...notRun(name, 'off in the settings'), faults: 0 };
  const kept = findings.flatMap((finding) => {
    const severity = severityOf(question, name, finding.severity);
    return severity === 'off' ? [] : [{ told: { ...finding, severity }, own: finding }];
  });
  // How loudly it is told is the user's choice, whether it is a fault the judge's, too.
  const faults = kept.filter(({ told, own }) => isFault(told) || isFault(own)).length;
  const record: CheckRecord = {
    name,
    outcome: faults > 0 ? 'failed' : 'passed',
    tool: version === undefined ? tool : `${tool} ${version}`,
    ...(faults > 0 && { note: `${faults} ${faults === 1 ? 'finding' : 'findings'}` }),
  };
  return { findings: kept.map(({ told }) => told), records: [record], faults };
}
