// Words that no learned file has any more are dropped when the state is saved, so that the vocabulary does not grow for as
// long as a project lives. Numbers keep their order, so everything that is sorted by them stays sorted.
import type { SavedState } from './saved-state.ts';
import type { Segment } from './segment.ts';
import type { SortedPlaces } from './sort-contexts.ts';
import { reservedPieces, type SavedPieces } from './vocabulary.ts';

/** Tokens gone through between two steps: about half a millisecond of work. */
const stepTokens = 1 << 17;

/** The same state with the pieces that its segments hold, and no others. */
export function* withoutUnusedPieces(state: SavedState): Generator<undefined, SavedState> {
  const used = new Uint8Array(state.pieces.ends.length).fill(1, 0, reservedPieces);
  for (const { tokens } of state.segments) {
    for (let start = 0; start < tokens.length; start += stepTokens) {
      markUsed(tokens, used, start, Math.min(tokens.length, start + stepTokens));
      yield;
    }
  }
  const numbers = new Int32Array(used.length);
  let count = 0;
  for (let piece = 0; piece < used.length; piece++) {
    numbers[piece] = count;
    count += used[piece]!;
  }
  if (count === used.length) return state;
  const isUsed = (_: unknown, piece: number): boolean => used[piece] === 1;
  const pieces = usedPieces(state.pieces, isUsed);
  yield;
  const segments: Segment[] = [];
  for (const segment of state.segments) segments.push(yield* renumbered(segment, numbers, isUsed));
  return { ...state, pieces, segments };
}

// The loops are functions of their own, since a generator's are not made as fast.

function markUsed(tokens: Int32Array, used: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) used[tokens[at]! >> 1] = 1;
}

function renumberTokens(
  from: Int32Array,
  to: Int32Array,
  numbers: Int32Array,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) to[at] = (numbers[from[at]! >> 1]! << 1) | (from[at]! & 1);
}

function usedPieces(
  { units, ends, kinds }: SavedPieces,
  isUsed: (_: unknown, piece: number) => boolean,
): SavedPieces {
  const kept = new Uint16Array(units.length);
  const keptEnds = new Int32Array(ends.length);
  let count = 0;
  let length = 0;
  for (let piece = 0, start = 0; piece < ends.length; start = ends[piece++]!) {
    if (!isUsed(undefined, piece)) continue;
    kept.set(units.subarray(start, ends[piece]), length);
    length += ends[piece]! - start;
    keptEnds[count++] = length;
  }
  return { units: kept.subarray(0, length), ends: keptEnds.subarray(0, count), kinds: kinds.filter(isUsed) };
}

function* renumbered(
  segment: Segment,
  numbers: Int32Array,
  isUsed: (_: unknown, piece: number) => boolean,
): Generator<undefined, Segment> {
  const tokens = new Int32Array(segment.tokens.length);
  for (let start = 0; start < tokens.length; start += stepTokens) {
    renumberTokens(segment.tokens, tokens, numbers, start, Math.min(tokens.length, start + stepTokens));
    yield;
  }
  const renumberedKeys = (keys: Int32Array): Int32Array => {
    const renumbered = new Int32Array(keys.length);
    renumberTokens(keys, renumbered, numbers, 0, keys.length);
    return renumbered;
  };
  const classes = segment.abstraction.classes.filter(isUsed);
  const sorted = (places: SortedPlaces, abstracted: Uint8Array | undefined): SortedPlaces => ({
    ...places,
    tokens,
    classes: abstracted,
    firstKeys: renumberedKeys(places.firstKeys),
  });
  return {
    ...segment,
    tokens,
    abstraction: { classes },
    concrete: sorted(segment.concrete, undefined),
    abstract: sorted(segment.abstract, classes),
  };
}
