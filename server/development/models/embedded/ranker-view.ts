// What candidates are weighed by, and which of them are: the likeliest so far, and those that something points at.
import type { Ballot } from './ballot.ts';
import type { Pointers } from './pointers.ts';
import type { Evidence } from './predict.ts';
import type { Scene } from './scene.ts';
import type { Habits } from './witnesses.ts';

/** Candidates that are weighed again by their chance so far, and further ones that something points at. */
const maxLikely = 16;
const maxPointed = 12;
export const maxRanked = maxLikely + maxPointed;

/** Less likely ones are not. */
const leastRanked = 2e-4;

/** Of candidates that something points at, and of those that were made after others. */
export const pointedMark = 1;
export const derivedMark = 2;

/** What the features of all candidates are read from. */
export interface RankerView {
  readonly ballot: Ballot;
  /** After mixing; changed in place by `rank`. */
  readonly probabilities: Float64Array;
  readonly recent: Float64Array;
  readonly recentTotal: number;
  readonly scene: Scene;
  readonly evidence: Evidence;
  /** By candidate: `pointedMark` or `derivedMark` where it is weighed whatever its chance, else 0. */
  readonly pointed: Uint8Array;
  readonly pointers: Pointers;
  readonly habits: Habits;
}

/** The likeliest candidates, in order, and behind them those that something points at. */
export function choose({ ballot, probabilities, pointed }: RankerView, chosen: Int32Array): number {
  let count = 0;
  for (let index = 0; index < ballot.count; index++) {
    const probability = probabilities[index]!;
    if (probability < leastRanked) continue;
    if (count === maxLikely && probability <= probabilities[chosen[count - 1]!]!) continue;
    let at = count === maxLikely ? count - 1 : count++;
    for (; at > 0 && probabilities[chosen[at - 1]!]! < probability; at--) chosen[at] = chosen[at - 1]!;
    chosen[at] = index;
  }
  const likely = count;
  for (let index = 0; index < ballot.count && count < maxRanked; index++) {
    if (pointed[index] !== 0 && !isAmong(chosen, likely, index)) chosen[count++] = index;
  }
  return count;
}

function isAmong(list: Int32Array, count: number, wanted: number): boolean {
  for (let at = 0; at < count; at++) if (list[at] === wanted) return true;
  return false;
}
