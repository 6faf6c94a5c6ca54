// The project's own tests that name the function, run with a candidate in its place.
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import type { CandidateFacts } from '../../validation/selection/index.ts';
import { notRun } from './outcomes.ts';
import type { TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';

export interface ProjectTests {
  readonly counts?: NonNullable<CandidateFacts['projectTests']>;
  readonly outcome: TrialOutcome;
}

export async function runProjectTests(
  _run: Run,
  _sandbox: () => Promise<Sandbox>,
  _language: Language,
  { tests }: Pick<TrialQuestion, 'tests'>,
  _candidate: TrialCandidate,
): Promise<ProjectTests> {
  return { outcome: notRun('tests/failed', tests.length === 0 ? 'no test names it' : 'not run here') };
}
