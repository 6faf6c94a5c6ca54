// How sure to be of a suggestion: the probability that was found for it, corrected by what it is wont to be wrong about.
// Learned by `bench/embedded-confidence.ts` and `bench/embedded-lines.ts`, which write the numbers beside this file.
import numbers from './confidence.json' with { type: 'json' };
import lineNet from './lines.json' with { type: 'json' };

/** What is known of the beginning of a line before anyone has seen it. */
export interface PartSigns {
  /** Natural logarithm of its probability, for a whole line with its end. */
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
  /** Whether nothing of the line stands there yet. */
  readonly atStart: boolean;
  /** Brackets that it opens and does not close, less those that it closes and did not open. */
  readonly unclosed: number;
}

/** The same of a whole line. */
export interface LineSigns extends PartSigns {
  /** Mean logarithm of the probability of the tokens that follow the cursor; 0 where none were looked at. */
  readonly follows: number;
  /** Logarithm of the probability that the line ends where it ends. */
  readonly end: number;
  /** The mark or kind of its last token: an index of `endings`. */
  readonly ending: number;
  /** Of the document's lines, the share that end in the same mark or kind of token. */
  readonly endingShare: number;
  /** How often the line as it would be stands in the document already, up to a few times. */
  readonly copies: number;
  /** Whether it would be the same as the line above. */
  readonly doubles: boolean;
}

/** At this confidence a suggestion is shown: more than four of five of several tokens are then fully right. */
export const shownConfidence = 0.7;

/** Below this logarithm all are equally hopeless; without it, how hopeless they are would rule the regression. */
const leastLog = -8;

/** The signs of a line's beginning as the regression sees them; the first is for the constant. */
export function partFeatures({
  log,
  weakest,
  tokens,
  order,
  pattern,
  share,
  unclosed,
  ...signs
}: PartSigns): number[] {
  const start = bit(signs.atStart);
  const hopeful = Math.max(log, leastLog);
  return [
    1,
    hopeful,
    Math.max(weakest, leastLog),
    Math.log2(1 + tokens),
    order,
    pattern,
    share,
    start,
    start * hopeful,
    start * share,
    start * order,
    Math.max(0, unclosed),
    Math.max(0, -unclosed),
  ];
}

/** What a line can end in. */
export const endings = { word: 0, number: 1, open: 2, close: 3, comma: 4, other: 5 } as const;

/** The signs of a whole line as the net sees them. */
export function lineFeatures(signs: LineSigns): number[] {
  const { log, weakest, tokens, order, pattern, share, follows, unclosed, copies } = signs;
  const features = [
    Math.max(log, -16) / 4,
    Math.max(log / tokens, -4),
    Math.max(weakest, leastLog) / 3,
    Math.max(signs.end, leastLog) / 2,
    Math.log2(1 + tokens) / 2,
    order,
    pattern,
    share,
    follows,
    bit(follows === 0),
    bit(signs.atStart),
    bit(signs.atStart) * share,
    Math.max(0, unclosed),
    Math.max(0, -unclosed),
    Math.log2(1 + copies),
    bit(signs.doubles),
    Math.log2(1e-3 + signs.endingShare) / 4,
  ];
  for (let ending = 0; ending <= endings.other; ending++) features.push(bit(signs.ending === ending));
  return features;
}
export const lineFeatureCount = 23;
export const lineUnits = 12;
export const lineNetSize = lineUnits * (lineFeatureCount + 1) + lineUnits + 1;

/**
 * How sure to be of each of several whole lines, of which one at most is right: 0 to 1, together at most 1. A net of one
 * hidden layer scores each, against the chance that it is none of them.
 */
export function confidencesOf(lines: readonly LineSigns[], weights: readonly number[] = lineNet): number[] {
  const odds = lines.map((line) => Math.exp(Math.min(30, lineScore(lineFeatures(line), weights))));
  const total = odds.reduce((sum, one) => sum + one, 1);
  return odds.map((one) => one / total);
}

/** @param hidden is filled with what the hidden units say. */
export function lineScore(
  features: readonly number[],
  weights: ArrayLike<number>,
  hidden?: Float64Array,
): number {
  const outer = lineUnits * (lineFeatureCount + 1);
  let score = weights[outer + lineUnits]!;
  for (let unit = 0, weight = 0; unit < lineUnits; unit++) {
    let value = weights[weight++]!;
    for (const feature of features) value += weights[weight++]! * feature;
    if (hidden) hidden[unit] = Math.max(0, value);
    if (value > 0) score += value * weights[outer + unit]!;
  }
  return score;
}

const bit = (holds: boolean): number => (holds ? 1 : 0);

/** The same for the beginning of a line. */
export const confidenceOf = (signs: PartSigns): number => logistic(partFeatures(signs), numbers);

export function logistic(features: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (const [index, feature] of features.entries()) sum += feature * weights[index]!;
  return 1 / (1 + Math.exp(-sum));
}
