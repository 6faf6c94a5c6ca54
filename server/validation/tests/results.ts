// What a run of tests came to, from how its program ended and what it wrote.
import { isAbsolute, join } from 'node:path';
import type { TestRunner } from '../../core/test-rules.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Outcome } from '../sandbox/sandbox.ts';
import { type RawResult, readReport, type Written } from './read-report.ts';
import type { TestReport, TestResult, WantedTest } from './result.ts';

/** Characters of a message that is shown in one line. */
const maxMessage = 300;
/** Lines of a runner's output that say why there are no results. */
const maxNoteLines = 6;

export interface Where {
  /** The project's folder, and what programs see of it. */
  readonly root: string;
  readonly seen: string;
}

const stopped = {
  timeout: 'did not end in time',
  output: 'wrote more than may be read',
  resources: 'took too much memory, disk or processes',
};

export function reportOf(
  runner: TestRunner,
  tests: readonly WantedTest[],
  outcome: Outcome,
  written: Written,
  where: Where,
): TestReport {
  const { milliseconds } = outcome;
  const said = `${outcome.output}\n${outcome.errors}`;
  const base = { runner: runner.name, milliseconds };
  const note = (about: string): string => `${runner.name} ${about}`;
  if (outcome.code === 127 || (runner.absent !== undefined && new RegExp(runner.absent, 'mu').test(said))) {
    return { ...base, outcome: 'not-run', note: note('is not installed'), results: [] };
  }
  if (outcome.ended !== 'exit') {
    return { ...base, outcome: 'stopped', note: note(stopped[outcome.ended]), results: [] };
  }
  const raw = readReport(runner.report, written);
  const unbuilt = runner.unbuilt === undefined ? null : new RegExp(runner.unbuilt, 'mu').exec(said);
  if (outcome.code !== 0 && (unbuilt || raw.length === 0)) {
    const why = unbuilt?.groups?.message?.trim() || lastLines(said);
    return { ...base, outcome: 'unbuilt', note: note(`says: ${why}`), results: [] };
  }
  if (raw.length === 0) return { ...base, outcome: 'not-run', note: note('found no tests'), results: [] };
  const names = new Set(tests.map(({ name }) => name));
  const wanted = raw.filter(({ name }) => names.has(name));
  return {
    ...base,
    outcome: 'ran',
    results: (wanted.length > 0 ? wanted : raw).map((one) => resultOf(runner, one, tests, where)),
  };
}

function resultOf(
  { report }: TestRunner,
  { name, title, state, failure = '', message }: RawResult,
  tests: readonly WantedTest[],
  where: Where,
): TestResult {
  if (state !== 'failed') return { name, title, state };
  const said = message ?? lastMatch(report.message, failure) ?? firstLine(failure);
  const place = placeIn(report.place, failure, tests, where);
  return {
    name,
    title,
    state,
    ...(said && { message: said.replace(/\s*\n\s*/g, '; ').slice(0, maxMessage) }),
    ...(place && { place }),
  };
}

function lastMatch(pattern: string | undefined, text: string): string | undefined {
  if (pattern === undefined) return undefined;
  const groups = [...text.matchAll(new RegExp(pattern, 'gmu'))].at(-1)?.groups;
  return (groups?.message ?? groups?.more)?.trim();
}

const firstLine = (text: string): string | undefined => text.trim().split('\n', 1)[0]?.trim() || undefined;

/** The last place in a file of the wanted tests; the runner may name it in full, from the project's folder, or by its name. */
function placeIn(
  pattern: string | undefined,
  text: string,
  tests: readonly WantedTest[],
  { root, seen }: Where,
): TestResult['place'] {
  if (pattern === undefined) return undefined;
  for (const { groups } of [...text.matchAll(new RegExp(pattern, 'gmu'))].reverse()) {
    const { path = '', line = '' } = groups ?? {};
    const outside = isAbsolute(path) && containsPath(seen, path) ? join(root, path.slice(seen.length)) : path;
    const found = tests.find((test) => test.path === outside || test.path.endsWith(`/${outside}`));
    if (found && Number(line) > 0) return { path: found.path, line: Number(line) - 1 };
  }
  return undefined;
}

const lastLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-maxNoteLines)
    .join(' / ')
    .slice(0, 2 * maxMessage);
