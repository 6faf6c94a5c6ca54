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
  yield;
  const pieces = usedPieces(state.pieces, used, count);
  yield;
  const segments: Segment[] = [];
  for (const segment of state.segments) segments.push(yield* renumbered(segment, numbers, used));
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

/** Of a list with one entry a piece, those of the used ones. */
function ofUsed(list: Uint8Array, used: Uint8Array): Uint8Array {
  const kept = new Uint8Array(list.length);
  let count = 0;
  for (let piece = 0; piece < list.length; piece++) if (used[piece] === 1) kept[count++] = list[piece]!;
  return kept.subarray(0, count);
}

function usedPieces({ units, ends, kinds }: SavedPieces, used: Uint8Array, usedCount: number): SavedPieces {
  const kept = new Uint16Array(units.length);
  const keptEnds = new Int32Array(usedCount);
  let count = 0;
  let length = 0;
  for (let piece = 0, start = 0; piece < ends.length; start = ends[piece++]!) {
    if (used[piece] === 0) continue;
    // Pieces are short: a view of each would take longer than its units.
    for (let at = start; at < ends[piece]!; at++) kept[length++] = units[at]!;
    keptEnds[count++] = length;
  }
  return { units: kept.subarray(0, length), ends: keptEnds, kinds: ofUsed(kinds, used) };
}

function* renumbered(segment: Segment, numbers: Int32Array, used: Uint8Array): Generator<undefined, Segment> {
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
  const classes = ofUsed(segment.abstraction.classes, used);
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
