// What a run of tests came to, from how its program ended and what it wrote.
import { basename, isAbsolute, join, relative } from 'node:path';
import type { TestRunner } from '../../core/test-rules.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Outcome } from '../sandbox/sandbox.ts';
import type { RawReport, RawResult, Written } from './raw.ts';
import { readReport } from './read-report.ts';
import type { TestReport, TestResult, TestState, WantedTest } from './result.ts';

/** Characters of a message that is shown in one line. */
const maxMessage = 300;
/** Characters of what is told of one failure, and of a line of it, in which message and place are looked for. */
const maxFailure = 8_000;
const maxFailureLine = 400;
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
  const isFile = filesAmong(tests, where);
  const told = toldIn(raw, runner).filter(({ title, state }) => state === 'failed' || !isFile(title));
  const unbuilt = runner.unbuilt === undefined ? null : new RegExp(runner.unbuilt, 'mu').exec(said);
  if (outcome.code !== 0 && (unbuilt || told.length === 0)) {
    const why = unbuilt?.groups?.message?.trim() || lastLines(said);
    return { ...base, outcome: 'unbuilt', note: note(`says: ${why}`), results: [] };
  }
  if (told.length === 0) return { ...base, outcome: 'not-run', note: note('found no tests'), results: [] };
  const names = new Set(tests.map(({ name }) => name));
  const wanted = told.filter(({ name }) => names.has(name) || isFile(name));
  const besides = besidesResults(raw, told, outcome, isFile);
  return {
    ...base,
    outcome: raw.isCut && !told.some(isFailed) ? 'stopped' : 'ran',
    ...(besides !== undefined && { note: note(besides) }),
    results: (wanted.length > 0 ? wanted : told).map((one) => resultOf(runner, one, tests, where)),
  };
}

type ToldResult = RawResult & { readonly state: TestState };

const isFailed = ({ state }: ToldResult): boolean => state === 'failed';

/** A runner that came to its end has told of all tests that it had; what looks like another is something else. */
function toldIn({ results, isCut }: RawReport, { report: { ends } }: TestRunner): readonly ToldResult[] {
  return results.flatMap((one): readonly ToldResult[] => {
    const { state, failure = '', ...rest } = one;
    if (state !== 'unfinished') return [{ ...one, state }];
    if (ends !== undefined && !isCut) return [];
    const last = lastLines(failure, 1);
    const message = `it did not end${last === '' || last.startsWith('=== ') ? '' : `: ${last}`}`;
    return [{ ...rest, state: 'failed', failure, message }];
  });
}

/** Some runners tell of a whole file: of one that failed beside its tests, and of one that told of none. */
function filesAmong(tests: readonly WantedTest[], { root, seen }: Where): (title: string) => boolean {
  const files = new Set(
    tests.flatMap(({ path }) => [path, relative(root, path), join(seen, relative(root, path))]),
  );
  return (title) => files.has(title);
}

/** What went wrong beside what the results tell, so that those that passed are not all that there is to know. */
function besidesResults(
  { results, isCut }: RawReport,
  told: readonly ToldResult[],
  { code, signal }: Outcome,
  isFile: (title: string) => boolean,
): string | undefined {
  const how = code === undefined ? `by ${signal ?? 'a signal'}` : `with code ${code}`;
  const count = `${told.length} ${told.length === 1 ? 'test' : 'tests'}`;
  if (isCut) return `was ended by what it ran, after ${count}`;
  if (code !== 0 && !told.some(isFailed)) return `ended ${how} after ${count}, none of which failed`;
  const file = results.find(({ title }) => isFile(title));
  if (!file) return undefined;
  const name = basename(file.title);
  return file.state === 'failed' ? `says that ${name} failed as a whole` : `tells of no test in ${name}`;
}

function resultOf(
  { report }: TestRunner,
  { name, title, state, file, failure = '', message }: ToldResult,
  tests: readonly WantedTest[],
  where: Where,
): TestResult {
  const within = (path: string): string =>
    isAbsolute(path) && containsPath(where.seen, path) ? relative(where.seen, path) : path;
  const base = { name, title: within(title), state, ...(file !== undefined && { file: within(file) }) };
  if (state !== 'failed') return base;
  const cut = shortened(failure);
  const said = message ?? lastMatch(report.message, cut) ?? firstLine(cut);
  const place = placeIn(report.place, cut, tests, where);
  return {
    ...base,
    ...(said && { message: said.replace(/\s*\n\s*/g, '; ').slice(0, maxMessage) }),
    ...(place && { place }),
  };
}

/** Patterns that look for a word at any place take the square of a line's length. */
function shortened(failure: string): string {
  const half = maxFailure / 2;
  const text = failure.length > maxFailure ? `${failure.slice(0, half)}\n${failure.slice(-half)}` : failure;
  return text
    .split('\n')
    .map((line) => line.slice(0, maxFailureLine))
    .join('\n');
}

function lastMatch(pattern: string | undefined, text: string): string | undefined {
  if (pattern === undefined) return undefined;
  const groups = [...text.matchAll(new RegExp(pattern, 'gmu'))].at(-1)?.groups ?? {};
  return Object.values(groups)
    .find((group) => group !== undefined)
    ?.trim();
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

const lastLines = (text: string, number = maxNoteLines): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-number)
    .join(' / ')
    .slice(0, 2 * maxMessage);
