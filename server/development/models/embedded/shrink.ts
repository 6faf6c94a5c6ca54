// Words that no learned file has any more are dropped when the state is saved, so that the vocabulary does not grow for as
// long as a project lives. Numbers keep their order, so everything that is sorted by them stays sorted.
import type { SavedState } from './saved-state.ts';
import type { Segment } from './segment.ts';
import type { SortedPlaces } from './sort-contexts.ts';
import { reservedPieces } from './vocabulary.ts';

/** The same state with the pieces that its segments hold, and no others. */
export function withoutUnusedPieces(state: SavedState): SavedState {
  const used = new Uint8Array(state.pieces.length).fill(1, 0, reservedPieces);
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
    pieces: state.pieces.filter(isUsed),
    kinds: state.kinds.filter(isUsed),
    segments: state.segments.map((segment) => renumbered(segment, numbers, isUsed)),
  };
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
