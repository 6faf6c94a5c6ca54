// What a compiler's output says, by lines: of the judged file, and of others of the project.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CompilerRules } from '../../core/judge-rules.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Elsewhere } from './elsewhere.ts';
import { isWithin } from './find.ts';
import { type Places, placesIn, type Range } from './positions.ts';

export interface OutputOf {
  readonly root: string;
  /** That it ran in: its paths are relative to it, or to the root. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly limit: number;
}

export interface CompilerOutput {
  readonly ofFile: readonly Diagnostic[];
  /** Of other files of the project. */
  readonly elsewhere: readonly Elsewhere[];
  /** How many places it names in all. */
  readonly everything: number;
}

/** Equal lines count once. */
export function readOutput(
  output: string,
  rules: CompilerRules,
  { root, folder, path, text, limit }: OutputOf,
): CompilerOutput {
  const pattern = new RegExp(rules.diagnostic, 'u');
  const ignored = rules.ignored === undefined ? undefined : new RegExp(rules.ignored, 'u');
  const places = placesIn(text);
  const ofFile: Diagnostic[] = [];
  const elsewhere: Elsewhere[] = [];
  const seen = new Set<string>();
  let everything = 0;
  for (const line of output.split('\n')) {
    const groups = pattern.exec(line.trimEnd())?.groups;
    if (!groups) continue;
    everything++;
    if (seen.size >= limit || seen.has(line) || ignored?.test(line)) continue;
    seen.add(line);
    const candidates = [folder, root].map((base) => resolve(base, groups.path ?? ''));
    if (candidates.includes(path)) {
      ofFile.push({ ...saidIn(groups), range: rangeIn(places, groups) });
      continue;
    }
    const other = candidates.find((one) => isWithin(root, one) && existsSync(one));
    if (other === undefined) continue;
    const at = positionIn(groups);
    elsewhere.push({ path: other, diagnostic: { ...saidIn(groups), range: { start: at, end: at } } });
  }
  return { ofFile, elsewhere, everything };
}

type Groups = Readonly<Record<string, string | undefined>>;

const saidIn = ({ severity, code, message = '' }: Groups): Omit<Diagnostic, 'range'> => ({
  severity: severity?.startsWith('warn') ? 'warning' : severity?.startsWith('note') ? 'advice' : 'error',
  message,
  ...(code !== undefined && { code }),
});

const positionIn = ({ line = '1', column = '1' }: Groups): Range['start'] => ({
  line: Number(line) - 1,
  character: Number(column) - 1,
});

/** Compilers name where something begins; it is marked as far as a word goes, else the line is. */
function rangeIn(places: Places, groups: Groups): Range {
  const start = places.offsetAt(positionIn(groups));
  const word = /^(?:\w+|.)?/.exec(places.text.slice(start, start + 200))![0].length;
  const width = groups.column === undefined ? places.lineWidth(start) : word;
  return { start: places.positionAt(start), end: places.positionAt(start + width) };
}
