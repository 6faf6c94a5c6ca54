// How sure to be of a suggestion: the model's own probability, corrected by what it is wont to be wrong about.

/** What is known of a suggestion before anyone has seen it. */
export interface Signs {
  /** Natural logarithm of its probability, the end included. */
  readonly log: number;
  /** Logarithm of its least likely token's probability. */
  readonly weakest: number;
  readonly tokens: number;
  /** Tokens of context that agreed, at the place where fewest did. */
  readonly order: number;
  /** Its share of the probability of all that were found. */
  readonly share: number;
  /** How much more likely what follows the cursor is after it, in logarithms per token; 0 where nothing is known. */
  readonly follows: number;
}

/** At this confidence a suggestion is shown: four of five of several tokens are then fully right. */
export const shownConfidence = 0.7;

export function confidenceOf(signs: Signs): number {
  return Math.exp(signs.log);
}
