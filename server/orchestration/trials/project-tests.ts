// The project's own tests that name the function: run before and with candidates, or over the code as it is.
import type { Language } from '../../core/language.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { CheckRecord, RequirementTest } from '../../core/task.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import type { CandidateFacts } from '../../validation/selection/index.ts';
import { testFindings, testsCheck, testsPassed } from '../../validation/tests/findings.ts';
import { openTests, type TestBench } from '../../validation/tests/index.ts';
import { notRun as noReport, type TestReport } from '../../validation/tests/result.ts';
import { firstLine, notRun, severityOf } from './outcomes.ts';
import type { TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';

export interface ProjectTests extends AsyncDisposable {
  /** @throws the abort reason when the run ends. */
  run(run: Run, candidate: TrialCandidate): Promise<ProjectTestsOutcome>;
}

export interface ProjectTestsOutcome {
  readonly counts?: NonNullable<CandidateFacts['projectTests']>;
  readonly outcome: TrialOutcome;
}

export interface TestsQuestion extends Pick<TrialQuestion, 'path' | 'before' | 'severities' | 'unwritten'> {
  /** The project's folder. */
  readonly folder: string;
  readonly tests: readonly RequirementTest[];
}

/** Nothing failed before: what is asked about is the code that is there. */
const blank: TestReport = { outcome: 'ran', results: [], milliseconds: 0 };

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
  let bench: Promise<TestBench> | undefined;
  const opened = async (run: Run): Promise<TestBench> => {
    bench ??= sandbox().then((place) =>
      openTests(run, place, { root: folder, language, tests, evenBestEffort }),
    );
    return bench;
  };
  return {
    async run(run, candidate) {
      if (severity === 'off') return { outcome: notRun(testsCheck, 'off in the settings') };
      if (tests.length === 0) return { outcome: notRun(testsCheck, 'no test names it') };
      try {
        const place = await opened(run);
        run.report({ message: 'Running the tests' });
        const first = before === undefined ? blank : await place.before(run);
        const after = await place.with(run, { [path]: candidate.after });
        if (after.outcome === 'not-run') {
          return { outcome: notRun(testsCheck, after.note ?? noReport('they were not run').note!) };
        }
        const earlier = question.unwritten ? withoutOtherFailures(first, after) : first;
        const span = firstLine(candidate);
        const findings = testFindings(earlier, after, { root: folder, path, span, severity });
        const passed = testsPassed(after);
        return {
          counts: { passed, failed: findings.length },
          outcome: { findings, records: [recordOf(after, passed, findings.length)] },
        };
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

/** Before the function was written its tests failed for that alone: one that fails otherwise with it is its fault. */
function withoutOtherFailures(before: TestReport, after: TestReport): TestReport {
  const now = new Map(after.results.map(({ title, message }) => [title, message]));
  const results = before.results.filter(
    ({ title, state, message }) => state !== 'failed' || now.get(title) === message,
  );
  // Where nothing could be loaded before, there is nothing to compare with.
  return before.outcome === 'ran' ? { ...before, results } : blank;
}

function recordOf(
  { runner, results, outcome, note }: TestReport,
  passed: number,
  failed: number,
): CheckRecord {
  const told = outcome === 'ran' ? `${passed} of ${results.length} passed` : (note ?? outcome);
  return {
    name: testsCheck,
    // Where it did not build before either, nothing was learned.
    outcome: failed > 0 ? 'failed' : passed > 0 ? 'passed' : 'not-run',
    note: told,
    ...(runner !== undefined && { tool: runner }),
  };
}
