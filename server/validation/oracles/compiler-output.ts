// What a compiler's output says, by lines: of the judged file, of others of the project, and whether it came to an end.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { CompilerRules } from '../../core/judge-rules.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Elsewhere } from './elsewhere.ts';
import { shownCharacters } from './limits.ts';
import { type Places, placesIn, type Range } from './positions.ts';

export interface OutputOf {
  readonly root: string;
  /** Where it saw the root. */
  readonly seen: string;
  /** That it ran in: its paths are relative to it, or to the root. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** Files that need the judged one, which therefore does not need theirs. */
  readonly dependents: readonly string[];
  readonly limit: number;
}

export interface CompilerOutput {
  readonly ofFile: readonly Diagnostic[];
  /** Of other files of the project. */
  readonly elsewhere: readonly Elsewhere[];
  /** The line with its first error, or with anything where it names none. */
  readonly first: string | undefined;
  /** Whether errors kept it from looking at all. */
  readonly stopped: boolean;
}

/** Equal lines count once. */
export function readOutput(output: string, rules: CompilerRules, of: OutputOf): CompilerOutput {
  const { root, seen, folder, path, text, limit } = of;
  const named = (written: string): string =>
    isAbsolute(written) && containsPath(seen, written) ? join(root, relative(seen, written)) : written;
  const pattern = new RegExp(rules.diagnostic, 'u');
  const stops = rules.stops === undefined ? undefined : new RegExp(rules.stops, 'u');
  const places = placesIn(text);
  const ofFile: Diagnostic[] = [];
  const elsewhere: Elsewhere[] = [];
  const lines = new Set<string>();
  let first: string | undefined;
  let stopped = false;
  for (const line of output.split('\n')) {
    stopped ||= stops?.test(line.trimEnd()) ?? false;
    const groups = pattern.exec(line.trimEnd())?.groups;
    if (!groups) continue;
    const said = saidIn(groups);
    if (said.severity === 'error') first ??= line.trim();
    if (lines.size >= limit || lines.has(line)) continue;
    lines.add(line);
    const candidates = [folder, root].map((base) => resolve(base, named(groups.path ?? '')));
    if (candidates.includes(path)) {
      ofFile.push({ ...said, range: rangeIn(places, groups, rules) });
      continue;
    }
    const other = candidates.find((one) => containsPath(root, one) && existsSync(one));
    stopped ||= said.severity === 'error' && isNeeded(other, rules, of);
    if (other === undefined) continue;
    const at = positionIn(groups);
    elsewhere.push({ path: other, diagnostic: { ...said, range: { start: at, end: at } } });
  }
  first ??= output.split('\n').find((line) => line.trim() !== '');
  return { ofFile, elsewhere, first: first?.trim().slice(0, shownCharacters), stopped };
}

/** Whether an error there may keep the compiler from the judged file; `undefined` is outside of the project. */
function isNeeded(
  other: string | undefined,
  { unit }: CompilerRules,
  { path, folder, dependents }: OutputOf,
): boolean {
  if (unit === undefined) return false;
  if (other === undefined) return true;
  if (unit === 'manifest') return !containsPath(folder, other);
  return ![path, ...dependents].some((each) => dirname(each) === dirname(other));
}

type Groups = Readonly<Record<string, string | undefined>>;

const saidIn = ({ severity, code, message = '' }: Groups): Omit<Diagnostic, 'range'> => ({
  severity: severity?.startsWith('warn') ? 'warning' : severity?.startsWith('note') ? 'advice' : 'error',
  message,
  ...(code !== undefined && { code }),
});

const positionIn = ({ line = '1', column = '1' }: Groups): Range['start'] => ({
  line: Math.max(0, Number(line) - 1),
  character: Math.max(0, Number(column) - 1),
});

/** What is left of a column's line, in code units. */
const unitsBefore: Record<NonNullable<CompilerRules['columns']>, (line: string, column: number) => number> = {
  bytes: (line, column) => Buffer.from(line).subarray(0, column).toString().length,
  display(line, column) {
    let units = 0;
    for (let at = 0; at < column && units < line.length; units++) {
      at += line[units] === '\t' ? tabStop - (at % tabStop) : 1;
    }
    return units;
  },
};

const tabStop = 8;

/** Compilers name where something begins; it is marked as far as a word goes, else the line is. */
function rangeIn(places: Places, groups: Groups, { columns }: CompilerRules): Range {
  const at = positionIn(groups);
  const from = places.offsetAt({ ...at, character: 0 });
  const text = places.text.slice(from, from + places.lineWidth(from));
  const start = columns ? from + unitsBefore[columns](text, at.character) : places.offsetAt(at);
  const word = /^(?:\w+|.)?/.exec(places.text.slice(start, start + 200))![0].length;
  const width = groups.column === undefined ? places.lineWidth(start) : word;
  return { start: places.positionAt(start), end: places.positionAt(start + width) };
}
