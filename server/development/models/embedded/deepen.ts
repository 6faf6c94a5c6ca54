// Sorts parts of what is sorted two tokens deep to a bounded depth, when a question comes to one or there is time: by multikey
// quicksort (Bentley and Sedgewick, 1997), on copies of keys and places, since most of the time goes into reading tokens.
import { boundary } from './lexer.ts';
import { maxOrder } from './limits.ts';
import { placeAt, setPlace } from './places.ts';
import { keyBefore, type SortedPlaces, sortedAtOnce, stepSize } from './sort-contexts.ts';

/** Below this, insertion sort is faster. */
const smallRange = 12;

/** Whether the part that begins at `low` is sorted to its depth. */
export const isDeep = ({ deep }: SortedPlaces, low: number): boolean =>
  (deep[low >> 5]! & (1 << (low & 31))) !== 0;

/** Sorts the places of a part, all of which have the same two keys before them. */
export function sortPart(sorted: SortedPlaces, low: number, high: number): void {
  const part = beginPart(sorted, low, high);
  while (!goOn(part, Number.POSITIVE_INFINITY));
  finishPart(part);
}

/** Sorts all parts that are not yet, in small steps. */
export function* sortParts(sorted: SortedPlaces): Generator<undefined, void> {
  const { tokens, classes, places, firstStarts } = sorted;
  const keyOf = (index: number): number =>
    keyBefore(tokens, classes, placeAt(places, index), sortedAtOnce - 1);
  let seen = 0;
  for (let first = 0; first + 1 < firstStarts.length; first++) {
    const end = firstStarts[first + 1]!;
    for (let low = firstStarts[first]!; low < end; ) {
      const key = keyOf(low);
      let high = low + 1;
      while (high < end && keyOf(high) === key) high++;
      seen += high - low;
      if (high - low > 1 && !isDeep(sorted, low)) {
        if (high - low > stepSize / 8) yield* sortLargePart(sorted, low, high);
        else sortPart(sorted, low, high);
      }
      if (seen > stepSize / 8) {
        seen = 0;
        yield;
      }
      low = high;
    }
  }
}

function* sortLargePart(sorted: SortedPlaces, low: number, high: number): Generator<undefined, void> {
  const part = beginPart(sorted, low, high);
  yield;
  while (!goOn(part, stepSize / 4)) yield;
  finishPart(part);
}

/** A part while it is sorted, beside the list that questions go on reading. */
interface Part {
  readonly sorted: SortedPlaces;
  /** Where it begins in the list. */
  readonly from: number;
  readonly places: Int32Array;
  /** Of each place, at the depth that its range is being sorted by. */
  readonly keys: Int32Array;
  /** Ranges that are left: low, high, depth, and whether their keys were read. */
  readonly stack: number[];
}

function beginPart(sorted: SortedPlaces, from: number, to: number): Part {
  const places = new Int32Array(to - from);
  for (let index = 0; index < places.length; index++) places[index] = placeAt(sorted.places, from + index);
  return {
    sorted,
    from,
    places,
    keys: new Int32Array(places.length),
    stack: [0, places.length, sortedAtOnce, 0],
  };
}

function finishPart({ sorted, from, places }: Part): void {
  for (let index = 0; index < places.length; index++) setPlace(sorted.places, from + index, places[index]!);
  sorted.deep[from >> 5]! |= 1 << (from & 31);
}

/** @param amount of places to go through, about. @returns whether all is sorted. */
function goOn({ sorted, places, keys, stack }: Part, amount: number): boolean {
  const { tokens, classes } = sorted;
  let work = 0;
  while (stack.length > 0 && work < amount) {
    const known = stack.pop()!;
    const depth = stack.pop()!;
    const high = stack.pop()!;
    const low = stack.pop()!;
    const size = high - low;
    if (size < 2 || depth >= maxOrder) continue;
    work += size;
    if (size <= smallRange) {
      insertionSort(sorted, places, low, high, depth);
      continue;
    }
    if (known === 0) readKeys(tokens, classes, places, keys, low, high, depth);
    // Code that is repeated word for word differs nowhere: then there is nothing to part.
    if (known === 0 && isAllSame(keys, low, high)) {
      if (keys[low] !== boundary) stack.push(low, high, depth + 1, 0);
      continue;
    }
    const pivot = median(keys[low]!, keys[(low + high) >> 1]!, keys[high - 1]!);
    const { less, more } = partition(places, keys, low, high, pivot);
    stack.push(low, less, depth, 1, more, high, depth, 1);
    if (pivot !== boundary) stack.push(less, more, depth + 1, 0);
  }
  return stack.length === 0;
}

/** Puts what is below the pivot before, and what is above it behind, those that are the same: these begin at `less`. */
function partition(
  places: Int32Array,
  keys: Int32Array,
  low: number,
  high: number,
  pivot: number,
): { readonly less: number; readonly more: number } {
  let less = low;
  let more = high;
  for (let at = low; at < more; ) {
    const key = keys[at]!;
    if (key === pivot) {
      at++;
      continue;
    }
    const place = places[at]!;
    const other = key < pivot ? less++ : --more;
    places[at] = places[other]!;
    places[other] = place;
    keys[at] = keys[other]!;
    keys[other] = key;
    if (key < pivot) at++;
  }
  return { less, more };
}

function readKeys(
  tokens: Int32Array,
  classes: Uint8Array | undefined,
  places: Int32Array,
  keys: Int32Array,
  low: number,
  high: number,
  depth: number,
): void {
  for (let at = low; at < high; at++) keys[at] = keyBefore(tokens, classes, places[at]!, depth);
}

function isAllSame(keys: Int32Array, low: number, high: number): boolean {
  const key = keys[low];
  for (let at = low + 1; at < high; at++) if (keys[at] !== key) return false;
  return true;
}

function insertionSort(
  { tokens, classes }: SortedPlaces,
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

const median = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
