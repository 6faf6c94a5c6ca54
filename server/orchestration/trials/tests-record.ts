// What a run of tests came to, as a record of evidence.
import type { CheckRecord } from '../../core/task.ts';
import { testsCheck, testsPassed } from '../../validation/tests/findings.ts';
import type { TestReport } from '../../validation/tests/result.ts';

/** What is known where nothing was run before: no test failed, and how the run ended says nothing of what is new. */
export const nothingKnown = ({ note }: TestReport): TestReport => ({
  outcome: 'ran',
  ...(note !== undefined && { note }),
  results: [],
  milliseconds: 0,
});

/**
 * @param failed how many tests speak against the code.
 * @param doubt why those that passed do not speak for it.
 */
export function testsRecord(report: TestReport, failed: number, doubt: string | undefined): CheckRecord {
  const { runner, results, outcome, note } = report;
  const passed = testsPassed(report);
  const counted = `${passed} of ${results.length} passed`;
  return {
    name: testsCheck,
    // Where it did not build before either, nothing was learned.
    outcome: failed > 0 ? 'failed' : passed > 0 && doubt === undefined ? 'passed' : 'not-run',
    note:
      outcome !== 'ran' ? (note ?? outcome) : [counted, ...(doubt === undefined ? [] : [doubt])].join('; '),
    ...(runner !== undefined && { tool: runner }),
  };
}
