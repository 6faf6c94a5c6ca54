// Sorts places of a token list by what stands before them, read backwards: a suffix array of the reversed list, sorted
// by multikey quicksort (Bentley and Sedgewick, 1997) to a bounded depth, in small steps.

import { boundary } from './lexer.ts';
import { maxOrder } from './limits.ts';

/** Places moved between two steps: about half a millisecond of work. */
const stepSize = 10_000;

/** Below this, insertion sort is faster. */
const smallRange = 12;

/**
 * Sorts `places` so that those with the same tokens before them stand together, for every number of tokens up to
 * `maxOrder`. A boundary ends the comparison.
 * @param keys what is compared: `keys[place - 1 - depth]`, where `depth` counts backwards from the place.
 */
export function* sortContexts(places: Int32Array, keys: Int32Array): Generator<undefined, void> {
  const stack: number[] = [0, places.length, 0];
  let work = 0;
  while (stack.length > 0) {
    const depth = stack.pop()!;
    const high = stack.pop()!;
    const low = stack.pop()!;
    const size = high - low;
    if (size < 2 || depth >= maxOrder) continue;
    work += size;
    if (work > stepSize) {
      work = 0;
      yield;
    }
    if (size <= smallRange) {
      insertionSort(places, keys, low, high, depth);
      continue;
    }
    const pivot = median(
      keys[places[low]! - 1 - depth]!,
      keys[places[(low + high) >> 1]! - 1 - depth]!,
      keys[places[high - 1]! - 1 - depth]!,
    );
    let less = low;
    let more = high;
    for (let at = low; at < more; ) {
      const place = places[at]!;
      const key = keys[place - 1 - depth]!;
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
}

function insertionSort(places: Int32Array, keys: Int32Array, low: number, high: number, depth: number): void {
  for (let at = low + 1; at < high; at++) {
    const place = places[at]!;
    let to = at;
    for (; to > low && comesBefore(keys, place, places[to - 1]!, depth); to--) places[to] = places[to - 1]!;
    places[to] = place;
  }
}

function comesBefore(keys: Int32Array, a: number, b: number, from: number): boolean {
  for (let depth = from; depth < maxOrder; depth++) {
    const keyOfA = keys[a - 1 - depth]!;
    const keyOfB = keys[b - 1 - depth]!;
    if (keyOfA !== keyOfB) return keyOfA < keyOfB;
    if (keyOfA === boundary) return false;
  }
  return false;
}

const median = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
