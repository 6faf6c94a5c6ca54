// Keeps the learned state in small steps, between which the engine answers: what is saved is the state at the first step.
import { type SavedState, toBytes } from './saved-state.ts';
import { withoutUnusedPieces } from './shrink.ts';

/** The state as bytes for `fromBytes`, without the words that nobody uses. */
export function* saveInSteps(state: SavedState): Generator<undefined, Uint8Array> {
  return yield* toBytes(yield* withoutUnusedPieces(asItIsNow(state)));
}

/** All steps one after another. */
export function atOnce<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Only the marks are copied, which files count and which parts are sorted deeper. A part that is sorted after this is taken
 * for one that is not, whichever order its places have by then; `toBytes` reads the places of a part in one step.
 */
const asItIsNow = (state: SavedState): SavedState => ({
  ...state,
  segments: state.segments.map((segment) => ({
    ...segment,
    dead: segment.dead.slice(),
    concrete: { ...segment.concrete, deep: segment.concrete.deep.slice() },
    abstract: { ...segment.abstract, deep: segment.abstract.deep.slice() },
  })),
});
