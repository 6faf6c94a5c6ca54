// Line breaks as pieces while a text is scanned: how the indentation changes from one line with code to the next.
import { classes, endOfBreak, endOfLineBreak, startOfLine } from './characters.ts';
import { breakPiece } from './layout.ts';
import { stringOf } from './units.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Changes of indentation that are looked up without making a string: this much deeper or shallower. Characters. */
const maxPlainChange = 32;

const space = 32;
const tab = 9;

/** What is known of the line that is being read, and the numbers of breaks that came up. */
export interface Breaks {
  readonly vocabulary: Vocabulary;
  /** The indentation of the line. */
  start: number;
  end: number;
  /** What the indentation consists of: spaces only, tabs only (their character), nothing (0), or both (-1). */
  of: number;
  /** Behind the break that was read last. */
  next: number;
  /** By the change, and for `deeper` by what is added. Each twice, since blank lines may lie between. */
  readonly shallower: Int32Array;
  readonly deeperBySpaces: Int32Array;
  readonly deeperByTabs: Int32Array;
}

export const createBreaks = (vocabulary: Vocabulary): Breaks => ({
  vocabulary,
  start: 0,
  end: 0,
  of: 0,
  next: 0,
  shallower: new Int32Array(2 * maxPlainChange).fill(-1),
  deeperBySpaces: new Int32Array(2 * maxPlainChange).fill(-1),
  deeperByTabs: new Int32Array(2 * maxPlainChange).fill(-1),
});

/** Begins with a line whose indentation is known, or with one that begins at `start`. */
export function beginLine(breaks: Breaks, units: Uint16Array, start: number, end: number): void {
  breaks.start = start;
  breaks.end = end;
  breaks.of = kindOfSpace(units, start, end);
}

function kindOfSpace(units: Uint16Array, start: number, end: number): number {
  if (start === end) return 0;
  const first = units[start]!;
  if (first !== space && first !== tab) return -1;
  return isAll(units, start, end, first) ? first : -1;
}

function isAll(units: Uint16Array, start: number, end: number, unit: number): boolean {
  for (let at = start; at < end; at++) if (units[at] !== unit) return false;
  return true;
}

/** The number of the break that begins at `from`, with the blank lines after it. @param units have zero at `length`. */
export function readBreak(breaks: Breaks, units: Uint16Array, from: number, length: number): number {
  let lines = 0;
  let at = from;
  let start = from;
  let of = 0;
  do {
    start = units[at] === 13 && units[at + 1] === 10 ? at + 2 : at + 1;
    const first = units[start]!;
    of = first === space || first === tab ? first : 0;
    at = of === 0 ? start : endOfRun(units, start, of);
    lines++;
  } while (classes[units[at]!] === 4);
  const change = at - start - (breaks.end - breaks.start);
  // Most indentation is of one kind, as before: what is not is read again.
  const isPlain = classes[units[at]!] !== 3 && (breaks.of === of || breaks.of === 0 || of === 0);
  if (!isPlain || breaks.of === -1 || Math.abs(change) >= maxPlainChange)
    return readOddBreak(breaks, units, from, length);
  const known = knownBreaks(breaks, change, of);
  const slot = Math.abs(change) * 2 + (lines > 1 ? 1 : 0);
  if (known[slot] === -1) known[slot] = addBreak(breaks, units, start, at, lines > 1);
  breaks.start = start;
  breaks.end = at;
  breaks.of = of;
  breaks.next = at;
  return known[slot]!;
}

function endOfRun(units: Uint16Array, start: number, unit: number): number {
  let at = start;
  while (units[at] === unit) at++;
  return at;
}

const knownBreaks = (
  { shallower, deeperBySpaces, deeperByTabs }: Breaks,
  change: number,
  of: number,
): Int32Array => (change <= 0 ? shallower : of === space ? deeperBySpaces : deeperByTabs);

/** The same for any indentation. */
function readOddBreak(breaks: Breaks, units: Uint16Array, from: number, length: number): number {
  const end = endOfBreak(units, from, length);
  const start = startOfLine(units, end);
  const blank = start > endOfLineBreak(units, from, length);
  const piece = addBreak(breaks, units, start, end, blank);
  beginLine(breaks, units, start, end);
  breaks.next = end;
  return piece;
}

const addBreak = (breaks: Breaks, units: Uint16Array, start: number, end: number, blank: boolean): number =>
  breaks.vocabulary.add(
    breakPiece(stringOf(units, breaks.start, breaks.end), stringOf(units, start, end), blank),
    kinds.lineBreak,
  );
