// Generated tests, each an assertion, run against candidates.

import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask } from './ask.ts';

/** `failed`: the assertion does not hold. `error`: something else was raised, or it did not end. */
export type AssertionResult = 'passed' | 'failed' | 'error' | 'not-run';

/**
 * Runs assertions against each candidate, each in a namespace of its own.
 * @param candidates whole texts of the unit's file.
 * @param tests statements that raise where they do not hold.
 * @returns one row a candidate, one result a test.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function runAssertions(
  run: Run,
  sandbox: Sandbox,
  language: Language,
  unit: ExecutionUnit,
  candidates: readonly string[],
  tests: readonly string[],
): Promise<readonly (readonly AssertionResult[])[]> {
  const questions = tests.map((code) => ({ kind: 'assertion' as const, code }));
  const asked = await ask(run, sandbox, language, unit, candidates, questions);
  return candidates.map((_, candidate) =>
    'cannot' in asked
      ? tests.map(() => 'not-run')
      : asked.rows[candidate]!.map(({ kind }) =>
          kind === 'passed' || kind === 'failed' ? kind : kind === 'unclear' ? 'not-run' : 'error',
        ),
  );
}
