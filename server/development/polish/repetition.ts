// Loops: the model writes the same line or lines again and again until it is stopped.
import type { Filter } from './context.ts';
import { isBlank, linesOf } from './lines.ts';

/** Lines that a loop may consist of. */
const maximumPeriod = 8;

/** How often in a row the same must stand there: a line may well be repeated twice, a block of lines hardly. */
const enoughTimes = (period: number): number => (period === 1 ? 4 : 3);

/** Keeps the first round of a loop that goes on to the end of the text, where its last round may be cut. */
export const withoutRepetition: Filter = (text) => {
  const lines = linesOf(text.trimEnd());
  const found = loopIn(lines);
  if (!found) return text;
  return lines.slice(0, found.start + found.period).join('\n');
};

/** The loop that the lines end in, with the shortest period. */
export function loopIn(
  written: readonly string[],
): { readonly start: number; readonly period: number } | undefined {
  // The first line of a draft often lacks the indentation that its repetitions have.
  const lines = written.map((line) => line.trim());
  for (let period = 1; period <= maximumPeriod; period++) {
    // The last line may be cut: it counts when it begins as the loop goes on.
    let at = lines.length - 1;
    const cut = at >= period && lines[at - period]!.startsWith(lines[at]!);
    if (!cut) continue;
    at--;
    while (at >= period && lines[at] === lines[at - period]) at--;
    const start = at - period + 1;
    const rounds = (lines.length - start) / period;
    const round = lines.slice(start, start + period);
    if (rounds >= enoughTimes(period) && round.some((line) => !isBlank(line) && /[\p{L}\p{N}]/u.test(line))) {
      return { start, period };
    }
  }
  return undefined;
}
