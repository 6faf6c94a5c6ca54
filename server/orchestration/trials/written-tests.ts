// Tests that a model wrote, run on the code as it is. What both agree on is worth something; where they do not, one of the
// two is wrong, and which one only the user can say.
import type { Finding } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import { lineSpanAt, lineStarts } from '../../core/lines.ts';
import { throwIfEnded } from '../../core/run.ts';
import type { CheckRecord } from '../../core/task.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import { testsCheck } from '../../validation/tests/findings.ts';
import { openTests } from '../../validation/tests/index.ts';
import type { TestReport } from '../../validation/tests/result.ts';
import { resultsOf, testsIn } from '../../validation/tests/written.ts';
import { firstLine, notRun, severityOf } from './outcomes.ts';
import type { ProjectTests, ProjectTestsOutcome } from './project-tests.ts';
import type { TrialCandidate, TrialQuestion } from './trials.ts';

type WrittenQuestion = Pick<TrialQuestion, 'folder' | 'path' | 'severities'>;

/** More failures than this of one candidate are counted, not told. */
const maxTold = 5;

/** @param evenBestEffort whether the user said yes to running them where nothing closes them in. */
export function writtenTests(
  sandbox: () => Promise<Sandbox>,
  language: Language,
  question: WrittenQuestion,
  evenBestEffort: boolean,
): ProjectTests {
  const { folder: root, path } = question;
  return {
    async run(run, candidate) {
      if (severityOf(question, testsCheck, 'error') === 'off')
        return { outcome: notRun(testsCheck, 'off in the settings') };
      try {
        const tests = testsIn(language.testRunners ?? [], path, candidate.text);
        const unsaved = { [path]: candidate.after };
        await using place = await openTests(run, await sandbox(), {
          root,
          language,
          tests,
          unsaved,
          evenBestEffort,
        });
        run.report({ message: 'Running the new tests' });
        return outcomeOf(question, candidate, await place.with(run, unsaved));
      } catch (error) {
        throwIfEnded(run);
        return { outcome: notRun(testsCheck, error instanceof Error ? error.message : String(error)) };
      }
    },
    async [Symbol.asyncDispose]() {
      // Each candidate has a place of its own.
    },
  };
}

function outcomeOf(
  question: WrittenQuestion,
  candidate: TrialCandidate,
  report: TestReport,
): ProjectTestsOutcome {
  const { path } = question;
  const tool = report.runner !== undefined && { tool: report.runner };
  const finding = (message: string, span: Finding['span'], severity: Finding['severity']): Finding => ({
    check: testsCheck,
    severity,
    path,
    span,
    message,
    fixes: [],
  });
  if (report.outcome !== 'ran') {
    const note = report.note ?? 'they were not run';
    // What keeps all tests of a project from being built need not be these.
    const isOwn = report.outcome === 'unbuilt' && note.includes(path.split(/[\\/]/).at(-1)!);
    if (!isOwn) return { outcome: notRun(testsCheck, note) };
    const severity = severityOf(question, testsCheck, 'error');
    const findings =
      severity === 'off'
        ? []
        : [finding(`These tests cannot be run: ${note}.`, firstLine(candidate), severity)];
    return {
      counts: { passed: 0, failed: 1 },
      outcome: { findings, records: [{ name: testsCheck, outcome: 'failed', note, ...tool }] },
    };
  }
  const results = resultsOf(report.results, candidate.text);
  const failed = results.filter(({ state }) => state === 'failed');
  const passed = results.filter(({ state }) => state === 'passed').length;
  const starts = lineStarts(candidate.after);
  const findings = failed.slice(0, maxTold).map(({ title, message, place }) => {
    const start = place?.path === path ? starts[place.line] : undefined;
    const span = start === undefined ? firstLine(candidate) : lineSpanAt(candidate.after, start);
    const said = message === undefined ? '' : `: ${message}`;
    return finding(
      `The new test \`${title}\` fails on the code as it is, so that one of the two is wrong${said}`,
      span,
      'information',
    );
  });
  const disagree = failed.length > 0 ? `; one or the other is wrong about \`${failed[0]!.title}\`` : '';
  const besides = report.note === undefined ? '' : `; ${report.note}`;
  const record: CheckRecord = {
    name: testsCheck,
    outcome: passed > 0 && failed.length === 0 && besides === '' ? 'passed' : 'not-run',
    note: `${passed} of ${results.length} new tests pass on the code as it is${disagree}${besides}`,
    ...tool,
  };
  return { outcome: { findings, records: [record] } };
}
