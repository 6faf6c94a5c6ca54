// Sorts places of a token list by what stands before them, read backwards. Two tokens deep at once, by counting, which
// takes one pass each; deeper in parts, when a question comes to one or there is time, by multikey quicksort (Bentley and
// Sedgewick, 1997), to a bounded depth.
import { type Abstraction, abstractKey } from './abstraction.ts';
import { boundary, type Token } from './lexer.ts';
import { maxOrder } from './limits.ts';

export interface SortedPlaces {
  readonly tokens: Int32Array;
  /** Where names are abstracted: by them keys are made of the tokens. */
  readonly classes: Uint8Array | undefined;
  readonly places: Int32Array;
  /** Distinct keys just before a place, ascending, and where their places begin. */
  readonly firstKeys: Int32Array;
  readonly firstStarts: Int32Array;
  /** A bit for the first place of each part (places with the same two keys before them) that is sorted deeper. */
  readonly deep: Uint32Array;
}

/** Places gone through between two steps: about half a millisecond of work. */
const stepSize = 1 << 15;

/** Below this, insertion sort is faster. */
const smallRange = 12;

/** The tokens before a place that are sorted by at once. */
export const sortedAtOnce = 2;

/** @param keyCount above every key: pieces of the vocabulary, twice. */
export function* sortContexts(
  tokens: Int32Array,
  { classes: abstracted }: Abstraction,
  which: 'concrete' | 'abstract',
  keyCount: number,
): Generator<undefined, SortedPlaces> {
  const classes = which === 'abstract' ? abstracted : undefined;
  const keys = classes ? keysOf(tokens, classes) : tokens;
  const places = placesIn(tokens);
  const bySecond = new Int32Array(places.length);
  yield;
  yield* countingSort(places, bySecond, keys, 2, new Int32Array(keyCount + 1));
  const starts = new Int32Array(keyCount + 1);
  yield* countingSort(bySecond, places, keys, 1, starts);
  // Each count has become the end of its key's places, which is the start of the next one's.
  let distinct = 0;
  for (let key = 0; key < keyCount; key++) if (starts[key]! > (starts[key - 1] ?? 0)) distinct++;
  const firstKeys = new Int32Array(distinct);
  const firstStarts = new Int32Array(distinct + 1);
  for (let key = 0, at = 0; key < keyCount; key++) {
    const start = starts[key - 1] ?? 0;
    if (starts[key] === start) continue;
    firstKeys[at] = key;
    firstStarts[at++] = start;
  }
  firstStarts[distinct] = places.length;
  const deep = new Uint32Array((places.length >> 5) + 1);
  return { tokens, classes, places, firstKeys, firstStarts, deep };
}

/** Those that have something before them. */
function placesIn(tokens: Int32Array): Int32Array {
  const places = new Int32Array(tokens.length);
  let count = 0;
  for (let place = 1; place < tokens.length; place++) {
    if (tokens[place] !== boundary && tokens[place - 1] !== boundary) places[count++] = place;
  }
  return places.slice(0, count);
}

function keysOf(tokens: Int32Array, classes: Uint8Array): Int32Array {
  const keys = new Int32Array(tokens.length);
  for (let place = 0; place < tokens.length; place++) keys[place] = abstractKey(classes, tokens[place]!);
  return keys;
}

/**
 * Stable, from one list into the other, by the key so many tokens back. The loops are functions of their own, since a
 * generator's are not made as fast.
 * @param counts zeros; become ends.
 */
function* countingSort(
  from: Int32Array,
  to: Int32Array,
  keys: Int32Array,
  back: number,
  counts: Int32Array,
): Generator<undefined, void> {
  for (let start = 0; start < from.length; start += stepSize) {
    countKeys(from, keys, back, counts, start, Math.min(from.length, start + stepSize));
    yield;
  }
  for (let key = 1; key < counts.length; key++) counts[key]! += counts[key - 1]!;
  for (let start = 0; start < from.length; start += stepSize) {
    scatter(from, to, keys, back, counts, start, Math.min(from.length, start + stepSize));
    yield;
  }
}

function countKeys(
  from: Int32Array,
  keys: Int32Array,
  back: number,
  counts: Int32Array,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) counts[keys[from[at]! - back]! + 1]!++;
}

function scatter(
  from: Int32Array,
  to: Int32Array,
  keys: Int32Array,
  back: number,
  counts: Int32Array,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) {
    const place = from[at]!;
    to[counts[keys[place - back]!]!++] = place;
  }
}

/** Whether the part that begins at `low` is sorted to its depth. */
export const isDeep = ({ deep }: SortedPlaces, low: number): boolean =>
  (deep[low >> 5]! & (1 << (low & 31))) !== 0;

/** Sorts the places of a part, all of which have the same two keys before them. */
export function sortPart(sorted: SortedPlaces, low: number, high: number): void {
  const steps = deepen(sorted, low, high);
  while (!steps.next().done);
}

/** Sorts all parts that are not yet, in small steps. */
export function* sortParts(sorted: SortedPlaces): Generator<undefined, void> {
  const { tokens, classes, places, firstStarts } = sorted;
  const keyOf = (place: number): number => keyBefore(tokens, classes, place, sortedAtOnce - 1);
  let seen = 0;
  for (let first = 0; first + 1 < firstStarts.length; first++) {
    const end = firstStarts[first + 1]!;
    for (let low = firstStarts[first]!; low < end; ) {
      const key = keyOf(places[low]!);
      let high = low + 1;
      while (high < end && keyOf(places[high]!) === key) high++;
      if (high - low > 1 && !isDeep(sorted, low)) yield* deepen(sorted, low, high);
      seen += high - low;
      if (seen > stepSize) {
        seen = 0;
        yield;
      }
      low = high;
    }
  }
}

function* deepen(sorted: SortedPlaces, from: number, to: number): Generator<undefined, void> {
  const { tokens, classes, places, deep } = sorted;
  const stack: number[] = [from, to, sortedAtOnce];
  let work = 0;
  while (stack.length > 0) {
    const depth = stack.pop()!;
    const high = stack.pop()!;
    const low = stack.pop()!;
    const size = high - low;
    if (size < 2 || depth >= maxOrder) continue;
    work += size;
    if (work > stepSize / 4) {
      work = 0;
      yield;
    }
    if (size <= smallRange) {
      insertionSort(tokens, classes, places, low, high, depth);
      continue;
    }
    const keyAt = (index: number): Token => keyBefore(tokens, classes, places[index]!, depth);
    const pivot = median(keyAt(low), keyAt((low + high) >> 1), keyAt(high - 1));
    let less = low;
    let more = high;
    for (let at = low; at < more; ) {
      const place = places[at]!;
      const key = keyBefore(tokens, classes, place, depth);
      if (key < pivot) {
        places[at++] = places[less]!;
        places[less++] = place;
      } else if (key > pivot) {
        places[at] = places[--more]!;
        places[more] = place;
      } else at++;
    }
    stack.push(low, less, depth, more, high, depth);
    if (pivot !== boundary) stack.push(less, more, depth + 1);
  }
  deep[from >> 5]! |= 1 << (from & 31);
}

function insertionSort(
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  places: Int32Array,
  low: number,
  high: number,
  depth: number,
): void {
  for (let at = low + 1; at < high; at++) {
    const place = places[at]!;
    let to = at;
    for (; to > low && comesBefore(tokens, classes, place, places[to - 1]!, depth); to--)
      places[to] = places[to - 1]!;
    places[to] = place;
  }
}

function comesBefore(
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  a: number,
  b: number,
  from: number,
): boolean {
  for (let depth = from; depth < maxOrder; depth++) {
    const keyOfA = keyBefore(tokens, classes, a, depth);
    const keyOfB = keyBefore(tokens, classes, b, depth);
    if (keyOfA !== keyOfB) return keyOfA < keyOfB;
    if (keyOfA === boundary) return false;
  }
  return false;
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

const median = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
