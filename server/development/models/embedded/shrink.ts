// Words that no learned file has any more are dropped when the state is saved, so that the vocabulary does not grow for as
// long as a project lives. Numbers keep their order, so everything that is sorted by them stays sorted.
import type { SavedState } from './saved-state.ts';
import type { Segment } from './segment.ts';
import type { SortedPlaces } from './sort-contexts.ts';
import { reservedPieces, type SavedPieces } from './vocabulary.ts';

/** The same state with the pieces that its segments hold, and no others. */
export function withoutUnusedPieces(state: SavedState): SavedState {
  const used = new Uint8Array(state.pieces.ends.length).fill(1, 0, reservedPieces);
  for (const { tokens } of state.segments) for (const token of tokens) used[token >> 1] = 1;
  const numbers = new Int32Array(used.length);
  let count = 0;
  for (let piece = 0; piece < used.length; piece++) {
    numbers[piece] = count;
    count += used[piece]!;
  }
  if (count === used.length) return state;
  const isUsed = (_: unknown, piece: number): boolean => used[piece] === 1;
  return {
    ...state,
    pieces: usedPieces(state.pieces, isUsed),
    segments: state.segments.map((segment) => renumbered(segment, numbers, isUsed)),
  };
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

function renumbered(
  segment: Segment,
  numbers: Int32Array,
  isUsed: (_: unknown, piece: number) => boolean,
): Segment {
  const renumber = (token: number): number => (numbers[token >> 1]! << 1) | (token & 1);
  const tokens = segment.tokens.map(renumber);
  const classes = segment.abstraction.classes.filter(isUsed);
  const sorted = (places: SortedPlaces, abstracted: Uint8Array | undefined): SortedPlaces => ({
    ...places,
    tokens,
    classes: abstracted,
    firstKeys: places.firstKeys.map(renumber),
  });
  return {
    ...segment,
    tokens,
    abstraction: { classes },
    concrete: sorted(segment.concrete, undefined),
    abstract: sorted(segment.abstract, classes),
  };
}
