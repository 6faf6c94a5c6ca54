// Predictions that were made for the same evidence: a line that was found is weighed by what follows from where the search
// for it ended, and from one key to the next within a word nothing changes at all.
import { maxCandidates } from './ballot.ts';
import { contextLength, maxLineTokens } from './limits.ts';
import type { Context, Evidence, Prediction, Predictor } from './predict.ts';

/** Predictions that are remembered: about as many as one question makes. Three kilobytes each. */
const maxRemembered = 128;

interface Remembered {
  /** The context's tokens. */
  readonly context: Int32Array;
  length: number;
  /** Room for any number of candidates. */
  readonly tokens: Int32Array;
  readonly probabilities: Float64Array;
  prediction: Prediction;
}

/** The same predictor, which answers at once what it was asked before of the same evidence (the same object). */
export function withMemory(predictor: Predictor): Predictor {
  let evidenceBefore: Evidence | undefined;
  const bySum = new Map<number, Remembered>();
  const free: Remembered[] = [];

  const forgetAll = (): void => {
    free.push(...bySum.values());
    bySum.clear();
  };

  return {
    predict(evidence, context, observer) {
      if (observer || context.length > longestContext) return predictor.predict(evidence, context, observer);
      if (evidence !== evidenceBefore || bySum.size >= maxRemembered) forgetAll();
      evidenceBefore = evidence;
      const sum = sumOf(context);
      const known = bySum.get(sum);
      if (known && isSame(known, context)) return known.prediction;
      const prediction = predictor.predict(evidence, context);
      if (known) return prediction;
      bySum.set(sum, keep(free.pop() ?? create(), context, prediction));
      return prediction;
    },
    get calls() {
      return predictor.calls;
    },
  };
}

const longestContext = contextLength + maxLineTokens + 1;

function create(): Remembered {
  const tokens = new Int32Array(maxCandidates);
  const probabilities = new Float64Array(maxCandidates);
  return {
    context: new Int32Array(longestContext),
    length: 0,
    tokens,
    probabilities,
    prediction: { tokens, probabilities, count: 0, order: 0, pattern: 0 },
  };
}

function keep(into: Remembered, { tokens, length }: Context, prediction: Prediction): Remembered {
  // Copied one by one: views of the parts would take longer than the numbers.
  for (let at = 0; at < length; at++) into.context[at] = tokens[at]!;
  into.length = length;
  const { count, order, pattern } = prediction;
  for (let at = 0; at < count; at++) {
    into.tokens[at] = prediction.tokens[at]!;
    into.probabilities[at] = prediction.probabilities[at]!;
  }
  into.prediction = { tokens: into.tokens, probabilities: into.probabilities, count, order, pattern };
  return into;
}

function sumOf({ tokens, length }: Context): number {
  let sum = length;
  for (let at = 0; at < length; at++) sum = (Math.imul(sum, 31) + tokens[at]!) | 0;
  return sum;
}

function isSame({ context, length }: Remembered, { tokens, length: wanted }: Context): boolean {
  if (length !== wanted) return false;
  for (let at = 0; at < length; at++) if (context[at] !== tokens[at]) return false;
  return true;
}
