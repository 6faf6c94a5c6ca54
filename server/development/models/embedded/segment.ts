// Immutable part of the index: the tokens of some files, and their places sorted by what stands before them, once as
// it is and once with names abstracted. Left contexts nest, so one narrowing search finds every order.
import type { Abstraction } from './abstraction.ts';
import { isDeep, sortPart, sortParts } from './deepen.ts';
import { boundary } from './lexer.ts';
import { placeAt } from './places.ts';
import { keyBefore, type SortedPlaces, sortContexts, sortedAtOnce } from './sort-contexts.ts';

export interface LearnedFile {
  readonly path: string;
  /** Tells the versions of a file apart. */
  readonly serial: number;
  readonly tokens: Int32Array;
  /** Characters of its text. */
  readonly length: number;
}

export interface Segment {
  readonly tokens: Int32Array;
  readonly abstraction: Abstraction;
  readonly concrete: SortedPlaces;
  readonly abstract: SortedPlaces;
  /** Files in order; `starts[i]` is the place of the first token of `files[i]`. */
  readonly files: readonly LearnedFile[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly starts: Int32Array;
  /** Files that were forgotten or learned anew since: their places do not count. */
  readonly dead: Uint8Array;
  deadCount: number;
}

/**
 * Builds a segment in small steps, so that the thread can answer between them.
 * @param keyCount above every token of the files.
 */
export function* buildSegment(
  files: readonly LearnedFile[],
  abstraction: Abstraction,
  keyCount: number,
): Generator<undefined, Segment> {
  const length = files.reduce((sum, file) => sum + file.tokens.length + 1, 1);
  const tokens = new Int32Array(length);
  const starts = new Int32Array(files.length);
  let at = 0;
  for (const [index, file] of files.entries()) {
    tokens[at++] = boundary;
    starts[index] = at;
    tokens.set(file.tokens, at);
    at += file.tokens.length;
  }
  tokens[at] = boundary;
  yield;
  const sorted = yield* sortContexts(tokens, abstraction, keyCount);
  return {
    tokens,
    abstraction,
    ...sorted,
    // The segment has their tokens already.
    files: files.map((file) => ({ ...file, tokens: new Int32Array(0) })),
    indexOf: new Map(files.map(({ path }, index) => [path, index])),
    starts,
    dead: new Uint8Array(files.length),
    deadCount: 0,
  };
}

/** The files that still count, to build another segment of. */
export const livingFiles = (segment: Segment): LearnedFile[] =>
  segment.files.flatMap((file, index) =>
    segment.dead[index] === 1 ? [] : [{ ...file, tokens: fileTokens(segment, index) }],
  );

export function fileTokens({ starts, tokens }: Segment, index: number): Int32Array {
  const end = (starts[index + 1] ?? tokens.length) - 1;
  return tokens.subarray(starts[index]!, end);
}

/** Bytes. */
export const segmentMemory = ({ tokens, starts, dead, concrete, abstract, abstraction }: Segment): number =>
  [
    tokens,
    starts,
    dead,
    abstraction.classes,
    ...[concrete, abstract].flatMap((one) => [
      one.places.low,
      one.places.high,
      one.firstKeys,
      one.firstStarts,
      one.deep,
    ]),
  ].reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The index of the file that a place is in. */
export function fileAt({ starts }: Segment, place: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** What is left to sort of it, for when there is time: questions do it where they come to it. */
export function* settleSegment({ abstract, concrete }: Segment): Generator<undefined, void> {
  yield* sortParts(concrete);
  yield* sortParts(abstract);
}

/** Places that one question may sort, all parts together; it looks no deeper into others. They take about two milliseconds. */
export const maxSortedInQuestion = 4_000;

/** How much sorting is left to a question. */
export interface SortingBudget {
  places: number;
  /** When it ends, in milliseconds of `performance.now()`. */
  deadline: number;
}

/**
 * Finds the places with the longest agreement: `lows[d]`, `highs[d]` bound those that agree in `d + 1` tokens.
 * @param keys of the context, backwards from the cursor.
 * @param budget is used up by what has to be sorted first.
 * @returns how many tokens agree at most.
 */
export function narrow(
  sorted: SortedPlaces,
  keys: Int32Array,
  length: number,
  lows: Int32Array,
  highs: Int32Array,
  budget: SortingBudget,
): number {
  const known = narrowByTwo(sorted, keys, length, lows, highs);
  if (known < sortedAtOnce) return known;
  let low = lows[known - 1]!;
  let high = highs[known - 1]!;
  for (let depth = known; depth < length; depth++) {
    if (depth === sortedAtOnce && !isDeep(sorted, low)) {
      if (high - low > budget.places || performance.now() > budget.deadline) return depth;
      budget.places -= high - low;
      sortPart(sorted, low, high);
    }
    const wanted = keys[depth]!;
    if (high - low === 1) {
      // Long agreement is mostly with one place.
      if (keyBefore(sorted.tokens, sorted.classes, placeAt(sorted.places, low), depth) !== wanted)
        return depth;
      lows[depth] = low;
      highs[depth] = high;
      continue;
    }
    low = firstAbove(sorted, depth, wanted - 1, low, high);
    high = endOfRun(sorted, depth, wanted, low, high);
    if (low === high) return depth;
    lows[depth] = low;
    highs[depth] = high;
  }
  return length;
}

/** Of the last two tokens of contexts, of which few come up again and again: the two, then the bounds that they narrow to. */
const remembered = new WeakMap<SortedPlaces, Int32Array>();
const rememberedBits = 12;
const rememberedWidth = 6;

function memoryOf(sorted: SortedPlaces): Int32Array {
  const known = remembered.get(sorted);
  if (known) return known;
  // No key is zero, which is the boundary between files.
  const memory = new Int32Array(rememberedWidth << rememberedBits);
  remembered.set(sorted, memory);
  return memory;
}

/** Narrows by two tokens at most, which change no more however far places are sorted. */
function narrowByTwo(
  sorted: SortedPlaces,
  keys: Int32Array,
  length: number,
  lows: Int32Array,
  highs: Int32Array,
): number {
  if (length === 0) return 0;
  const first = keys[0]!;
  const second = length > 1 ? keys[1]! : boundary;
  const memory = memoryOf(sorted);
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  const slot = rememberedWidth * (hash >>> (32 - rememberedBits));
  if (memory[slot] !== first || memory[slot + 1] !== second) {
    const { firstKeys, firstStarts } = sorted;
    const index = lowerBound(firstKeys, first);
    const isThere = firstKeys[index] === first;
    const start = isThere ? firstStarts[index]! : 0;
    const end = isThere ? firstStarts[index + 1]! : 0;
    const low = firstAbove(sorted, 1, second - 1, start, end);
    memory[slot] = first;
    memory[slot + 1] = second;
    memory[slot + 2] = start;
    memory[slot + 3] = end;
    memory[slot + 4] = low;
    memory[slot + 5] = endOfRun(sorted, 1, second, low, end);
  }
  for (let depth = 0; depth < 2; depth++) {
    const low = memory[slot + 2 + 2 * depth]!;
    const high = memory[slot + 3 + 2 * depth]!;
    if (depth === length || low === high) return depth;
    lows[depth] = low;
    highs[depth] = high;
  }
  return 2;
}

/** The first index in [low, high) whose key at the depth is above `limit`. */
function firstAbove(
  { tokens, classes, places }: SortedPlaces,
  depth: number,
  limit: number,
  low: number,
  high: number,
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (keyBefore(tokens, classes, placeAt(places, middle), depth) > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The same, looked for from `low` on in steps that grow: runs are short as a rule. */
function endOfRun(sorted: SortedPlaces, depth: number, limit: number, low: number, high: number): number {
  const { tokens, classes, places } = sorted;
  let from = low;
  for (let step = 1; from < high; step *= 2) {
    const at = Math.min(high, low + step) - 1;
    if (keyBefore(tokens, classes, placeAt(places, at), depth) > limit)
      return firstAbove(sorted, depth, limit, from, at);
    from = at + 1;
  }
  return high;
}

function lowerBound(list: Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
