// Lines weighed by what stands after the cursor: how probable that is behind each of them.
import type { Path } from './beam.ts';
import type { Token } from './lexer.ts';
import { contextLength, maxLineTokens } from './limits.ts';
import type { Context, Evidence, Prediction, Predictor } from './predict.ts';
import type { Place } from './request.ts';

/** Tokens after the cursor by which candidates are told apart. */
const followTokens = 2;

/** What follows is never taken to be less likely than this: one odd token must not decide. */
const leastProbability = 1e-6;

export interface Followed {
  readonly path: Path;
  /** Mean logarithm of the probability of the tokens after the cursor behind it; `undefined` where none were looked at. */
  readonly follows: number | undefined;
}

/** How well each line fits before what stands after the cursor; where something stands on its line, that has ended it. */
export function followed(
  predictor: Predictor,
  place: Place,
  evidence: Evidence,
  paths: readonly Path[],
  deadline: number,
): Followed[] {
  const after = place.rest === '' ? place.after.subarray(0, followTokens) : new Int32Array(0);
  const kept = place.before.subarray(Math.max(0, place.before.length - contextLength));
  const tokens = new Int32Array(kept.length + maxLineTokens + followTokens);
  tokens.set(kept);
  const measured: Followed[] = [];
  for (const path of paths) {
    if (!evidence.follows || after.length === 0 || performance.now() > deadline) break;
    measured.push({
      path,
      follows: meanLog(predictor, evidence, { tokens, length: kept.length }, path, after),
    });
  }
  // Where there was no time for all of them, those that were looked at must not stand behind those that were not.
  return measured.length === paths.length ? measured : paths.map((path) => ({ path, follows: undefined }));
}

/** Of the logarithms of the probabilities of `after` behind the path. @param before with room for both. */
function meanLog(
  predictor: Predictor,
  evidence: Evidence,
  { tokens, length }: Context,
  path: Path,
  after: Int32Array,
): number {
  const start = length + path.tokens.length;
  tokens.set(path.tokens, length);
  tokens.set(after, start);
  let sum = 0;
  for (let index = 0; index < after.length; index++) {
    const found = predictor.predict(evidence, { tokens, length: start + index });
    sum += Math.log(Math.max(leastProbability, probabilityOf(found, after[index]!)));
  }
  return sum / after.length;
}

function probabilityOf({ tokens, probabilities, count }: Prediction, token: Token): number {
  for (let index = 0; index < count; index++) if (tokens[index] === token) return probabilities[index]!;
  return 0;
}
