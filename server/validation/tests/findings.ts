// Tests before and with a candidate → findings `tests/failed`: only what it made worse is held against it.
import { relative } from 'node:path';
import type { Finding, Severity } from '../../core/finding.ts';
import type { Span } from '../../core/span.ts';
import type { TestReport, TestResult } from './result.ts';

export const testsCheck = 'tests/failed';

/** Where the candidate stands; the findings are its own. */
export interface Subject {
  readonly root: string;
  readonly path: string;
  readonly span: Span;
  readonly severity?: Severity;
}

/** Findings of one candidate; more would say the same again. */
const maxFindings = 5;

/** One a test that passed before and fails with the candidate, or that came with it; one where nothing builds any more. */
export function testFindings(before: TestReport, after: TestReport, subject: Subject): readonly Finding[] {
  const { path, span, severity = 'error', root } = subject;
  const finding = (message: string): Finding => ({
    check: testsCheck,
    severity,
    path,
    span,
    message,
    fixes: [],
  });
  if (after.outcome !== 'ran') {
    const isWorse = before.outcome === 'ran' && after.outcome !== 'not-run';
    return isWorse ? [finding(`With this, the tests cannot be run: ${after.note}.`)] : [];
  }
  const earlier = new Map(before.results.map(({ title, state }) => [title, state]));
  const failed = after.results.filter(
    ({ title, state }) => state === 'failed' && earlier.get(title) !== 'failed',
  );
  return failed.slice(0, maxFindings).map((one) => finding(messageOf(one, root)));
}

function messageOf({ title, message, place }: TestResult, root: string): string {
  const where = place ? ` (${relative(root, place.path)}:${place.line + 1})` : '';
  return `The test \`${title}\` fails${where}${message ? `: ${message}` : ''}.`.replace(/\.\.$/, '.');
}

/** How many tests speak for the candidate: those that pass with it. Of those that failed before, it mended them. */
export function testsPassed(after: TestReport): number {
  return after.results.filter(({ state }) => state === 'passed').length;
}
