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

/** @param keyCount above every key: pieces of the vocabulary, twice. */
export function* sortContexts(
  tokens: Int32Array,
  { classes: abstracted }: Abstraction,
  which: 'concrete' | 'abstract',
  keyCount: number,
): Generator<undefined, SortedPlaces> {
  const { length } = tokens;
  const classes = which === 'abstract' ? abstracted : undefined;
  const keys = classes ? new Int32Array(length) : tokens;
  const counts: Counts = { first: new Int32Array(keyCount + 1), second: new Int32Array(keyCount + 1) };
  yield;
  if (classes) {
    for (const [start, end] of steps(0, length)) {
      abstractKeys(tokens, classes, keys, start, end);
      yield;
    }
  }
  // The first token of all is a boundary, before which nothing stands.
  for (const [start, end] of steps(1, length)) {
    countKeys(tokens, keys, counts, start, end);
    yield;
  }
  const total = startsOf(counts.first);
  startsOf(counts.second);
  const bySecond = new Int32Array(total);
  const places = createPlaces(total);
  yield;
  for (const [start, end] of steps(1, length)) {
    scatterBySecond(tokens, keys, counts.second, bySecond, start, end);
    yield;
  }
  for (const [start, end] of steps(0, total)) {
    scatterByFirst(bySecond, keys, counts.first, places, start, end);
    yield;
  }
  const deep = new Uint32Array((total >> 5) + 1);
  return { tokens, classes, places, ...firstsOf(counts.first, keyCount), deep };
}

/** How often each key stands just before a place, and one token further away; then where its places go. */
interface Counts {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

function* steps(from: number, to: number): Generator<readonly [number, number], void> {
  for (let start = from; start < to; start += stepSize) yield [start, Math.min(to, start + stepSize)];
}

// The loops are functions of their own, since a generator's are not made as fast.

function abstractKeys(
  tokens: Int32Array,
  classes: Uint8Array,
  keys: Int32Array,
  start: number,
  end: number,
): void {
  for (let place = start; place < end; place++) keys[place] = abstractKey(classes, tokens[place]!);
}

/** Those that have something before them. */
const isPlace = (tokens: Int32Array, at: number): boolean =>
  tokens[at] !== boundary && tokens[at - 1] !== boundary;

function countKeys(
  tokens: Int32Array,
  keys: Int32Array,
  { first, second }: Counts,
  start: number,
  end: number,
): void {
  for (let place = start; place < end; place++) {
    if (!isPlace(tokens, place)) continue;
    first[keys[place - 1]!]!++;
    second[keys[place - 2]!]!++;
  }
}

/** Makes starts of counts. @returns their sum. */
function startsOf(counts: Int32Array): number {
  let total = 0;
  for (let key = 0; key < counts.length; key++) {
    const count = counts[key]!;
    counts[key] = total;
    total += count;
  }
  return total;
}

function scatterBySecond(
  tokens: Int32Array,
  keys: Int32Array,
  starts: Int32Array,
  to: Int32Array,
  start: number,
  end: number,
): void {
  for (let place = start; place < end; place++) {
    if (isPlace(tokens, place)) to[starts[keys[place - 2]!]!++] = place;
  }
}

function scatterByFirst(
  from: Int32Array,
  keys: Int32Array,
  starts: Int32Array,
  { low, high }: Places,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) {
    const place = from[at]!;
    const to = starts[keys[place - 1]!]!++;
    low[to] = place;
    high[to] = place >> 16;
  }
}

/** Each start has become the end of its key's places, which is the start of the next one's. */
function firstsOf(ends: Int32Array, keyCount: number): Pick<SortedPlaces, 'firstKeys' | 'firstStarts'> {
  let distinct = 0;
  for (let key = 0, start = 0; key < keyCount; start = ends[key++]!) if (ends[key] !== start) distinct++;
  const firstKeys = new Int32Array(distinct);
  const firstStarts = new Int32Array(distinct + 1);
  for (let key = 0, start = 0, at = 0; key < keyCount; start = ends[key++]!) {
    if (ends[key] === start) continue;
    firstKeys[at] = key;
    firstStarts[at++] = start;
  }
  firstStarts[distinct] = ends[keyCount - 1] ?? 0;
  return { firstKeys, firstStarts };
}

/** The key `depth` tokens before the one just before a place. Beyond the first boundary nothing is compared. */
export const keyBefore = (
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  place: number,
  depth: number,
): Token => {
  const token = tokens[place - 1 - depth]!;
  return classes ? abstractKey(classes, token) : token;
};
