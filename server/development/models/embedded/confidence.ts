// How sure to be of a suggestion: the probability that was found for it, corrected by what it is wont to be wrong about.
// A logistic regression, learned by `bench/embedded-confidence.ts`, which writes the numbers beside this file.
import numbers from './confidence.json' with { type: 'json' };

/** What is known of a suggestion before anyone has seen it. */
export interface Signs {
  /** Natural logarithm of its probability, the end included where it is whole. */
  readonly log: number;
  /** Logarithm of its least likely token's probability. */
  readonly weakest: number;
  readonly tokens: number;
  /** How many tokens of context agreed, as a logarithm to base two, for the token of which that is least. */
  readonly order: number;
  /** The same with names abstracted. */
  readonly pattern: number;
  /** Its share of the probability of all that were found. */
  readonly share: number;
  /** Mean logarithm of the probability of the tokens that follow the cursor; 0 where none were looked at. */
  readonly follows: number;
  /** Whether it goes to the end of the line. */
  readonly whole: boolean;
  /** Logarithm of the probability that the line ends where it ends; 0 where it is not whole. */
  readonly end: number;
  /** Whether nothing of the line stands there yet. */
  readonly atStart: boolean;
  /** Brackets that it opens and does not close, less those that it closes and did not open. */
  readonly unclosed: number;
}

/** At this confidence a suggestion is shown: more than four of five of several tokens are then fully right. */
export const shownConfidence = 0.7;

/** Below this logarithm all are equally hopeless; without it, how hopeless they are would rule the regression. */
const leastLog = -8;

/** The signs as the regression sees them; the first is for the constant. */
export function featuresOf(signs: Signs): number[] {
  const { log, weakest, tokens, order, pattern, share, follows, unclosed } = signs;
  const whole = signs.whole ? 1 : 0;
  const start = signs.atStart ? 1 : 0;
  const hopeful = Math.max(log, leastLog);
  return [
    1,
    hopeful,
    whole * hopeful,
    Math.max(weakest, leastLog),
    Math.log2(1 + tokens),
    order,
    pattern,
    share,
    follows,
    follows === 0 ? 0 : 1,
    whole,
    Math.max(signs.end, leastLog),
    start,
    start * hopeful,
    start * share,
    start * order,
    Math.max(0, unclosed),
    Math.max(0, -unclosed),
  ];
}

/** 0 to 1. */
export const confidenceOf = (signs: Signs): number => logistic(featuresOf(signs), numbers);

export function logistic(features: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (const [index, feature] of features.entries()) sum += feature * weights[index]!;
  return 1 / (1 + Math.exp(-sum));
}
