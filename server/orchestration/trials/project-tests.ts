// The project's own tests that name the function: run before and with candidates, or over the code as it is.
import type { Language } from '../../core/language.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { RequirementTest } from '../../core/task.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import type { CandidateFacts } from '../../validation/selection/index.ts';
import {
  type Subject,
  testFindings,
  testsCheck,
  testsPassed,
  worseWith,
} from '../../validation/tests/findings.ts';
import { openTests, type TestBench } from '../../validation/tests/index.ts';
import { notRun as noReport, type TestReport, type TestResult } from '../../validation/tests/result.ts';
import { firstLine, notRun, severityOf } from './outcomes.ts';
import { nothingKnown, testsRecord } from './tests-record.ts';
import type { TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';

export interface ProjectTests extends AsyncDisposable {
  /** @throws the abort reason when the run ends. */
  run(run: Run, candidate: TrialCandidate): Promise<ProjectTestsOutcome>;
}

export interface ProjectTestsOutcome {
  /** Absent where nothing was learned of the candidate. */
  readonly counts?: NonNullable<CandidateFacts['projectTests']>;
  /** Counts if those that fail as they did without the candidate fail for what it does; absent where none does. */
  readonly suspected?: NonNullable<CandidateFacts['projectTests']>;
  readonly outcome: TrialOutcome;
}

export interface TestsQuestion extends Pick<TrialQuestion, 'path' | 'before' | 'severities' | 'unwritten'> {
  /** The project's folder. */
  readonly folder: string;
  readonly tests: readonly RequirementTest[];
}

/**
 * @param evenBestEffort whether the user said yes to running them where nothing closes them in.
 * Opens a place for them when first asked.
 */
export function projectTests(
  sandbox: () => Promise<Sandbox>,
  language: Language,
  question: TestsQuestion,
  evenBestEffort: boolean,
): ProjectTests {
  const { folder, tests, path, before } = question;
  const severity = severityOf(question, testsCheck, 'error');
  const open = async (run: Run): Promise<TestBench> =>
    openTests(run, await sandbox(), { root: folder, language, tests, evenBestEffort });
  let bench: Promise<TestBench> | undefined;
  return {
    async run(run, candidate) {
      if (severity === 'off') return { outcome: notRun(testsCheck, 'off in the settings') };
      if (tests.length === 0) return { outcome: notRun(testsCheck, 'no test names it') };
      try {
        bench ??= open(run);
        const place = await bench;
        run.report({ message: 'Running the tests' });
        const known = before === undefined ? undefined : await place.before(run, { [path]: before });
        const after = await place.with(run, { [path]: candidate.after });
        const first = known ?? nothingKnown(after);
        if (after.outcome === 'not-run' && first.results.length === 0) {
          return { outcome: notRun(testsCheck, after.note ?? noReport('they were not run').note!) };
        }
        const subject = { root: folder, path, span: firstLine(candidate), severity };
        const outcome = outcomeOf(first, after, subject, question.unwritten);
        if (!known || after.outcome !== 'ran' || !outcome.counts?.failed) return outcome;
        // A file that an earlier run left behind may be all that makes it fail.
        await using fresh = await open(run);
        const again = await fresh.with(run, { [path]: candidate.after });
        return outcomeOf(first, again, subject, question.unwritten);
      } catch (error) {
        throwIfEnded(run);
        return { outcome: notRun(testsCheck, error instanceof Error ? error.message : String(error)) };
      }
    },
    async [Symbol.asyncDispose]() {
      const place = await bench?.catch(() => undefined);
      await place?.[Symbol.asyncDispose]();
    },
  };
}

function outcomeOf(
  first: TestReport,
  after: TestReport,
  subject: Subject,
  unwritten: boolean,
): ProjectTestsOutcome {
  const before = unwritten ? withoutOtherFailures(first, after) : first;
  const worse = worseWith(before, after, first);
  const unclear = failedBefore(before, after);
  const [same] = unclear;
  const wasSo = first.outcome === 'ran' && first.note !== undefined;
  const doubt = same ? `\`${same.title}\` fails as it did before` : wasSo ? undefined : after.note;
  const record = testsRecord(after, worse.count, doubt);
  const outcome = { findings: testFindings(worse, subject), records: [record] };
  const passed = testsPassed(after);
  const counts = { passed, failed: worse.count };
  if (doubt === undefined) return { counts, outcome };
  const suspected = { passed, failed: worse.count + unclear.length };
  return { ...(worse.count > 0 && { counts }), ...(same && { suspected }), outcome };
}

/** Words of a failure that speak of what the code gave back, and not of what is missing around it. */
const aboutValue = /\b(assert|expect|got|want|left: |right: )/i;

/**
 * Before the function was written its tests failed for that alone: one that fails otherwise with it is its fault, and so is
 * one that still gets another value than it asks for.
 */
function withoutOtherFailures(before: TestReport, after: TestReport): TestReport {
  // Where nothing could be loaded before, there is nothing to compare with; where it still cannot be, nothing is learned.
  if (before.outcome !== 'ran') return after.outcome === 'ran' ? nothingKnown(after) : before;
  const now = new Map(after.results.map(({ title, message }) => [title, message]));
  const results = before.results.filter(
    ({ title, state, message = '' }) =>
      state !== 'failed' || ((now.get(title) ?? '') === message && !aboutValue.test(message)),
  );
  return { ...before, results };
}

/** Tests that fail as they did before, be it for what the function does or for what they lack. */
function failedBefore(before: TestReport, after: TestReport): readonly TestResult[] {
  const earlier = new Set(before.results.flatMap(({ title, state }) => (state === 'failed' ? [title] : [])));
  return after.results.filter(({ title, state }) => state === 'failed' && earlier.has(title));
}
