// Sorts places of a token list by what stands before them, read backwards: two tokens deep, by counting, which takes one
// pass each. `deepen.ts` sorts parts of it further.
import { type Abstraction, abstractKey } from './abstraction.ts';
import { boundary, type Token } from './lexer.ts';
import { createPlaces, type Places } from './places.ts';

export interface SortedPlaces {
  readonly tokens: Int32Array;
  /** Where names are abstracted: by them keys are made of the tokens. */
  readonly classes: Uint8Array | undefined;
  readonly places: Places;
  /** Distinct keys just before a place, ascending, and where their places begin. */
  readonly firstKeys: Int32Array;
  readonly firstStarts: Int32Array;
  /** A bit for the first place of each part (places with the same two keys before them) that is sorted deeper. */
  readonly deep: Uint32Array;
}

/** Places gone through between two steps: about half a millisecond of work. */
export const stepSize = 1 << 15;

/** The tokens before a place that are sorted by at once. */
export const sortedAtOnce = 2;

export interface SortedContexts {
  readonly concrete: SortedPlaces;
  /** With names abstracted. */
  readonly abstract: SortedPlaces;
}

/**
 * @param tokens begin and end with a boundary.
 * @param keyCount above every key: pieces of the vocabulary, twice.
 */
export function* sortContexts(
  tokens: Int32Array,
  { classes }: Abstraction,
  keyCount: number,
): Generator<undefined, SortedContexts> {
  const { length } = tokens;
  const counts = new Int32Array(keyCount);
  for (const [start, end] of steps(length - 1)) {
    countKeys(tokens, counts, start, end);
    yield;
  }
  const abstractCounts = new Int32Array(keyCount);
  countAbstract(counts, classes, abstractCounts);
  const total = sumOf(counts);
  const pairs = roomFor(2 * total);
  yield;
  const abstract = yield* sortByTwo(tokens, classes, abstractCounts, pairs, total);
  const concrete = yield* sortByTwo(tokens, undefined, counts, pairs, total);
  spare = new WeakRef(pairs);
  return {
    abstract: { tokens, classes, ...abstract },
    concrete: { tokens, classes: undefined, ...concrete },
  };
}

/** Room of the sorting before, for as long as nothing else needs it: most of what new room costs is its first use. */
let spare: WeakRef<Int32Array> | undefined;

/** Nobody else has it while something is being sorted. */
function roomFor(length: number): Int32Array {
  const room = spare?.deref();
  spare = undefined;
  return room && room.length >= length ? room : new Int32Array(length);
}

/**
 * Sorts by the second key, then by the first.
 * @param classes by which keys are made of the tokens; absent where they are their own.
 * @param counts how often each key stands just before a place; used up.
 * @param pairs room for two numbers of each of `total` places, or more.
 */
function* sortByTwo(
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  counts: Int32Array,
  pairs: Int32Array,
  total: number,
): Generator<undefined, Omit<SortedPlaces, 'tokens' | 'classes'>> {
  const seconds = countsOfSecond(tokens, classes, counts);
  makeStarts(seconds);
  yield;
  for (const [start, end] of steps(tokens.length)) {
    scatterBySecond(tokens, classes, seconds, pairs, start, end);
    yield;
  }
  const places = createPlaces(total);
  const firsts = firstsOf(counts);
  yield;
  makeStarts(counts);
  for (const [start, end] of steps(total)) {
    scatterByFirst(pairs, counts, places, start, end);
    yield;
  }
  return { places, ...firsts, deep: new Uint32Array((total >> 5) + 1) };
}

function* steps(length: number): Generator<readonly [number, number], void> {
  for (let start = 0; start < length; start += stepSize) yield [start, Math.min(length, start + stepSize)];
}

// The loops are functions of their own: a generator's are not made as fast, and what is compiled while a loop goes on knows
// nothing of what comes behind it.

/** Counts tokens with another one behind them in their file: they stand just before a place. */
function countKeys(tokens: Int32Array, counts: Int32Array, start: number, end: number): void {
  let token = tokens[start]!;
  for (let at = start; at < end; at++) {
    const next = tokens[at + 1]!;
    if (token !== boundary && next !== boundary) counts[token]!++;
    token = next;
  }
}

function countAbstract(counts: Int32Array, classes: Uint8Array, abstractCounts: Int32Array): void {
  for (let key = 0; key < counts.length; key++) abstractCounts[abstractKey(classes, key)]! += counts[key]!;
}

/** The same one token further away: it differs only at the ends of files. */
function countsOfSecond(tokens: Int32Array, classes: Uint8Array | undefined, counts: Int32Array): Int32Array {
  const seconds = counts.slice();
  for (let at = tokens.indexOf(boundary); at !== -1; at = tokens.indexOf(boundary, at + 1)) {
    if (at > 1 && tokens[at - 1] !== boundary && tokens[at - 2] !== boundary)
      seconds[keyOf(classes, tokens[at - 2]!)]!--;
    if (at + 2 < tokens.length && tokens[at + 1] !== boundary && tokens[at + 2] !== boundary)
      seconds[boundary]!++;
  }
  return seconds;
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (let key = 0; key < counts.length; key++) sum += counts[key]!;
  return sum;
}

/** Makes starts of counts. */
function makeStarts(counts: Int32Array): void {
  let total = 0;
  for (let key = 0; key < counts.length; key++) {
    const count = counts[key]!;
    counts[key] = total;
    total += count;
  }
}

/** Writes each place with the key just before it, so that the next pass need not look for it all over the list. */
function scatterBySecond(
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  starts: Int32Array,
  pairs: Int32Array,
  start: number,
  end: number,
): void {
  const from = Math.max(2, start);
  let second = keyOf(classes, tokens[from - 2]!);
  let before = tokens[from - 1]!;
  for (let place = from; place < end; place++) {
    const token = tokens[place]!;
    const first = keyOf(classes, before);
    if (token !== boundary && before !== boundary) {
      const to = starts[second]!++ << 1;
      pairs[to] = place;
      pairs[to + 1] = first;
    }
    before = token;
    second = first;
  }
}

function scatterByFirst(
  pairs: Int32Array,
  starts: Int32Array,
  { low, high }: Places,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) {
    const place = pairs[2 * at]!;
    const to = starts[pairs[2 * at + 1]!]!++;
    low[to] = place;
    high[to] = place >> 16;
  }
}

function firstsOf(counts: Int32Array): Pick<SortedPlaces, 'firstKeys' | 'firstStarts'> {
  const distinct = distinctOf(counts);
  const firsts = { firstKeys: new Int32Array(distinct), firstStarts: new Int32Array(distinct + 1) };
  writeFirsts(counts, firsts.firstKeys, firsts.firstStarts);
  return firsts;
}

function distinctOf(counts: Int32Array): number {
  let distinct = 0;
  for (let key = 0; key < counts.length; key++) if (counts[key] !== 0) distinct++;
  return distinct;
}

function writeFirsts(counts: Int32Array, firstKeys: Int32Array, firstStarts: Int32Array): void {
  let start = 0;
  let at = 0;
  for (let key = 0; key < counts.length; key++) {
    if (counts[key] === 0) continue;
    firstKeys[at] = key;
    firstStarts[at++] = start;
    start += counts[key]!;
  }
  firstStarts[at] = start;
}

const keyOf = (classes: Uint8Array | undefined, token: Token): Token =>
  classes === undefined ? token : abstractKey(classes, token);

/** The key `depth` tokens before the one just before a place. Beyond the first boundary nothing is compared. */
export const keyBefore = (
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  place: number,
  depth: number,
): Token => keyOf(classes, tokens[place - 1 - depth]!);
