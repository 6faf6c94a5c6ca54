// How sure to be of a suggestion: the probability that was found for it, corrected by what it is wont to be wrong about.
// Learned by `bench/embedded-confidence.ts`, which writes the numbers beside this file.

import { netScore, netSize, sharesOf } from './confidence-net.ts';
import lineNet from './lines.json' with { type: 'json' };
import partNet from './parts.json' with { type: 'json' };

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
  /** Words in it that stand nowhere else in the document. */
  readonly foreign: number;
  /** Words in it that it has twice, or that the line so far has. */
  readonly repeated: number;
  /** Tokens of all files that were learned, and before the cursor, as logarithms to base ten. */
  readonly learned: number;
  readonly written: number;
  /** Whether the text after the cursor is known, and whether the names that can be used are. */
  readonly known: boolean;
  readonly named: boolean;
}

/** The same of a whole line. */
export interface LineSigns extends PartSigns {
  /** Mean logarithm of the probability of the tokens that follow the cursor; `undefined` where none were looked at. */
  readonly follows: number | undefined;
  /** The same behind the line where it is most. */
  readonly followsBest: number | undefined;
  /** How much likelier it is than the best of the others, or less likely, as a logarithm. */
  readonly lead: number;
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
  /** Whether such a line stands below the cursor already: one over how many lines below, 0 where it does not. */
  readonly below: number;
  /** Whether it begins as the next line does. */
  readonly likeNext: boolean;
}

/** What can be suggested: one token, the beginning of a line, the rest of a begun line, a whole one. */
export type SuggestionKind = 'token' | 'part' | 'rest' | 'line';

/**
 * At this confidence a suggestion is shown. On repositories not learned from, about nine of ten lines are then right in
 * finished files; in the lines of real commits fewer are, about three of four.
 */
export const shownConfidence: Readonly<Record<SuggestionKind, number>> = {
  token: 0.9,
  part: 0.85,
  rest: 0.8,
  line: 0.8,
};

/** Below this logarithm all are equally hopeless; without it, how hopeless they are would rule the net. */
const leastLog = -8;

const bit = (holds: boolean): number => (holds ? 1 : 0);

/** The signs of a line's beginning as its net sees them. */
export function partFeatures(signs: PartSigns): number[] {
  const { log, weakest, tokens, order, pattern, share, unclosed } = signs;
  return [
    Math.max(log, -16) / 4,
    Math.max(log / tokens, -4),
    Math.max(weakest, leastLog) / 3,
    Math.log2(1 + tokens) / 2,
    order,
    pattern,
    share,
    bit(signs.atStart),
    bit(signs.atStart) * share,
    Math.max(0, unclosed),
    Math.max(0, -unclosed),
    Math.min(signs.foreign, 4) / 2,
    Math.min(signs.repeated, 4) / 2,
    signs.learned / 3,
    signs.written / 3,
    bit(signs.known),
    bit(signs.named),
  ];
}
const partFeatureCount = 17;
export const partUnits = 8;
export const partNetSize = netSize(partFeatureCount, partUnits);

/** What a line can end in. */
export const endings = { word: 0, number: 1, open: 2, close: 3, comma: 4, other: 5 } as const;

/** The signs of a whole line as its net sees them. */
export function lineFeatures(signs: LineSigns): number[] {
  const { follows, followsBest, copies } = signs;
  const features = [
    ...partFeatures(signs),
    Math.max(signs.end, leastLog) / 2,
    Math.max(-6, Math.min(6, signs.lead)) / 3,
    (follows ?? 0) / 2,
    (followsBest ?? 0) / 2,
    (followsBest ?? 0) - (follows ?? 0),
    bit(follows === undefined),
    Math.log2(1 + copies),
    bit(signs.doubles),
    signs.below,
    bit(signs.likeNext),
    Math.log2(1e-3 + signs.endingShare) / 4,
  ];
  for (let ending = 0; ending <= endings.other; ending++) features.push(bit(signs.ending === ending));
  return features;
}
const lineFeatureCount = partFeatureCount + 17;
export const lineUnits = 14;
export const lineNetSize = netSize(lineFeatureCount, lineUnits);

if (lineNet.length !== lineNetSize) throw new RangeError('lines.json belongs to other signs');
if (partNet.length !== partNetSize) throw new RangeError('parts.json belongs to other signs');

/** How sure to be of each of several whole lines, of which one at most is right: 0 to 1, together at most 1. */
export const confidencesOf = (lines: readonly LineSigns[]): number[] =>
  sharesOf(lines.map((line) => netScore(lineFeatures(line), lineUnits, lineNet)));

/** The same for the beginning of a line. */
export const confidenceOf = (signs: PartSigns): number =>
  sharesOf([netScore(partFeatures(signs), partUnits, partNet)])[0]!;
