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

/** What is worse with a candidate than without. */
export interface Worse {
  /** Tests that passed before, or were not there, and fail. */
  readonly failed: readonly TestResult[];
  /** Names of tests that passed before and of which nothing is told any more. */
  readonly lost: readonly string[];
  /** Why nothing more can be told, or how it ended though no test failed. */
  readonly ended?: string;
  /** How many tests that is, as far as they can be counted. */
  readonly count: number;
}

/** Findings of one candidate; more would say the same again. */
const maxFindings = 5;

/**
 * @param before what counts as known: a failure in it is no news.
 * @param all what was told before, where that is more.
 */
export function worseWith(before: TestReport, after: TestReport, all: TestReport = before): Worse {
  if (after.outcome === 'unbuilt' || after.outcome === 'stopped') {
    const isWorse = before.outcome === 'ran';
    return {
      failed: [],
      lost: [],
      ...(isWorse && { ended: `the tests cannot be run: ${after.note}` }),
      count: isWorse ? 1 : 0,
    };
  }
  const failed = newlyFailed(before.results, after.results);
  // Where a test fails before it comes to its parts, that says it.
  const lost = lostFrom(all.results, after.results).filter(
    (name) => !failed.some((one) => one.name === name),
  );
  // How it ends is told where nothing else is: the rest follows from that.
  const isEnded = failed.length + lost.length === 0 && after.note !== undefined && before.note === undefined;
  const count = Math.max(failed.length + lost.length, isEnded ? 1 : 0);
  return { failed, lost, ...(isEnded && { ended: after.note }), count };
}

/** Several tests may have one title: each failure that was known is taken for one of now, a like one first. */
function newlyFailed(before: readonly TestResult[], after: readonly TestResult[]): readonly TestResult[] {
  const titleOf = ({ file = '', title }: TestResult): string => `${file}\0${title}`;
  const exactOf = (one: TestResult): string =>
    `${titleOf(one)}\0${one.message ?? ''}\0${one.place?.line ?? ''}`;
  const [known, now] = [before, after].map((all) => all.filter(({ state }) => state === 'failed'));
  const alike = countsOf(known!.map(exactOf));
  const others = now!.filter((one) => !taken(alike, exactOf(one)));
  const left = countsOf(known!.filter((one) => taken(alike, exactOf(one))).map(titleOf));
  return others.filter((one) => !taken(left, titleOf(one)));
}

/** By name, not by title: values in titles may be the function's. */
function lostFrom(before: readonly TestResult[], after: readonly TestResult[]): readonly string[] {
  const [earlier, now] = [before, after].map((all) => countsOf(all.map(({ name }) => name)));
  const passed = before.filter(({ state }) => state === 'passed').map(({ name }) => name);
  return [...new Set(passed)].filter((name) => (now!.get(name) ?? 0) < earlier!.get(name)!);
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Takes one away; whether there was one. */
function taken(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

/** One a test that fails, one for those of which nothing is told, or one where nothing builds any more. */
export function testFindings({ failed, lost, ended }: Worse, subject: Subject): readonly Finding[] {
  const { path, span, severity = 'error', root } = subject;
  const messages = [
    ...(ended === undefined ? [] : [`With this, ${ended}.`]),
    ...(lost.length === 0
      ? []
      : [`With this, nothing is told any more of ${listed(lost)}, which passed before.`]),
    ...failed.map((one) => messageOf(one, root)),
  ];
  return messages.slice(0, maxFindings).map((message) => ({
    check: testsCheck,
    severity,
    path,
    span,
    message,
    fixes: [],
  }));
}

function listed(names: readonly string[]): string {
  const [first, second] = names;
  if (names.length > 2) return `\`${first}\` and ${names.length - 1} more tests`;
  return second === undefined ? `the test \`${first}\`` : `the tests \`${first}\` and \`${second}\``;
}

function messageOf({ title, message, place }: TestResult, root: string): string {
  const where = place ? ` (${relative(root, place.path)}:${place.line + 1})` : '';
  return `The test \`${title}\` fails${where}${message ? `: ${message}` : ''}.`.replace(/\.\.$/, '.');
}

/** How many tests speak for the candidate: those that pass with it. Of those that failed before, it mended them. */
export function testsPassed(after: TestReport): number {
  return after.results.filter(({ state }) => state === 'passed').length;
}
