// Outcomes as rows of numbers, one JSON line each, and as a small table at the end.
import { type Outcome, similarity } from './measure.ts';

export interface Row {
  readonly of: string;
  readonly kind: string;
  readonly cursors: number;
  readonly exact: number;
  readonly similarity: number;
  readonly elsewhere: number;
  readonly nowhereElse: number;
  readonly coverage: number;
  readonly precision: number;
  readonly copy: number;
}

export function rowOf(of: string, kind: 'line' | 'mid', outcomes: readonly Outcome[]) {
  const some = outcomes.filter((one) => one.kind === kind);
  const unique = some.filter((one) => one.same_line_elsewhere === 0);
  const known = some.filter((one) => one.same_line_elsewhere > 0);
  const shown = some.flatMap((one) => (one.shown ? [one.shown] : []));
  const words = some.flatMap((one) => (one.word ? [one.word] : []));
  const row: Row = {
    of,
    kind,
    cursors: some.length,
    exact: share(some, right),
    similarity: mean(some.map(({ target, answer }) => similarity(target.trim(), answer))),
    elsewhere: share(known, right),
    nowhereElse: share(unique, right),
    coverage: round((100 * shown.length) / (some.length || 1)),
    precision: share(shown, (one) => one.right),
    copy: share(some, ({ target, copied }) => copied === target.trim()),
  };
  const times = some.map(({ milliseconds }) => milliseconds);
  const calls = some.map((one) => one.calls);
  return {
    ...row,
    unique: unique.length,
    amongFour: share(some, ({ amongFour }) => amongFour),
    tests: share(
      some.filter((one) => one.is_test),
      right,
    ),
    notTests: share(
      some.filter((one) => !one.is_test),
      right,
    ),
    copySimilarity: mean(some.map(({ target, copied }) => similarity(target.trim(), copied))),
    copyNowhereElse: share(unique, ({ target, copied }) => copied === target.trim()),
    wordMRR: mean(words.map(({ engine }) => 100 * engine)),
    bufferWordMRR: mean(words.map(({ buffer }) => 100 * buffer)),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    callsP50: quantile(calls, 0.5),
    callsP99: quantile(calls, 0.99),
  };
}

const right = ({ target, answer }: Outcome): boolean => target.trim() === answer;

/** Columns of the same width, the first two to the left. */
export function table(rows: readonly Row[]): string {
  const [first] = rows;
  if (!first) return '';
  const columns = Object.keys(first) as (keyof Row)[];
  const lines = [columns.map(String), ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines
    .map((line) =>
      line.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    )
    .join('\n');
}

export function share<One>(list: readonly One[], holds: (one: One) => boolean): number {
  return list.length === 0 ? 0 : round((100 * list.filter(holds).length) / list.length);
}

export function mean(list: readonly number[]): number {
  return round(list.reduce((sum, one) => sum + one, 0) / (list.length || 1));
}

export const round = (value: number): number => Math.round(value * 10) / 10;

function quantile(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * part)] ?? 0);
}
