// Lines weighed by what stands after the cursor: how probable that is behind each of them.
import type { Path } from './beam.ts';
import { contextLength } from './limits.ts';
import type { Evidence, Predictor } from './predict.ts';
import type { Place } from './request.ts';

/** Tokens after the cursor by which candidates are told apart. */
const followTokens = 4;

/** How far what follows the cursor counts against what stands before it. */
const followWeight = 0.5;

/** What follows is never taken to be less likely than this: one odd token must not decide. */
const leastProbability = 1e-6;

/**
 * Mean logarithm below which what follows is strange behind every line: more is still to be written in between, so that
 * it tells nothing of this one.
 */
const strange = -3.5;

export interface Ranked {
  readonly path: Path;
  readonly log: number;
  readonly follows: number;
}

/** Orders ended lines by how well they fit between what stands before and what stands after. */
export function rank(
  predictor: Predictor,
  place: Place,
  evidence: Evidence,
  paths: readonly Path[],
  deadline: number,
): Ranked[] {
  const after = place.rest === '' ? place.after.subarray(0, followTokens) : new Int32Array(0);
  const measured: Ranked[] = [];
  for (const path of paths) {
    if (after.length === 0 || performance.now() > deadline) break;
    measured.push({ path, log: path.log, follows: meanLog(predictor, evidence, place.before, path, after) });
  }
  const best = Math.max(...measured.map(({ follows }) => follows));
  // Where there was no time for all of them, those that were looked at must not stand behind those that were not.
  const tells = measured.length === paths.length && best >= strange;
  const ranked = tells ? measured : paths.map((path) => ({ path, log: path.log, follows: 0 }));
  return ranked
    .map((one) => ({
      ...one,
      score: one.log + followWeight * followTokens * (one.follows - (tells ? best : 0)),
    }))
    .sort((a, b) => b.score - a.score);
}

/** Of the logarithms of the probabilities of `after` behind the path. */
function meanLog(
  predictor: Predictor,
  evidence: Evidence,
  before: Int32Array,
  path: Path,
  after: Int32Array,
): number {
  const kept = before.subarray(Math.max(0, before.length - contextLength));
  const start = kept.length + path.tokens.length;
  const tokens = new Int32Array(start + after.length);
  tokens.set(kept);
  tokens.set(path.tokens, kept.length);
  tokens.set(after, start);
  let sum = 0;
  for (const [index, token] of after.entries()) {
    const found = predictor.predict(evidence, { tokens, length: start + index });
    const at = found.tokens.subarray(0, found.count).indexOf(token);
    sum += Math.log(Math.max(leastProbability, at === -1 ? 0 : found.probabilities[at]!));
  }
  return sum / after.length;
}
