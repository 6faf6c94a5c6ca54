// Which of several whole lines comes first. Learned by `bench/embedded-confidence.ts`, which writes the numbers beside this
// file, on finished files, of which there is no end: which line is right is told by the same signs wherever people write,
// while how sure to be is not.
import { endings, type LineSigns } from './confidence.ts';
import { netScore, netSize, sharesOf } from './confidence-net.ts';
import numbers from './preference.json' with { type: 'json' };

/** Below these logarithms all are equally hopeless. */
const leastLog = -8;
const leastLineLog = -16;

/**
 * Mean logarithm below which what follows is strange behind every line: more is still to be written in between, so that
 * it tells nothing of this one.
 */
const strange = -3.5;

const bit = (holds: boolean): number => (holds ? 1 : 0);

/** The signs of a whole line as the net sees them. */
export function preferenceFeatures(signs: LineSigns): number[] {
  const { log, weakest, tokens, order, pattern, share, unclosed, copies } = signs;
  const follows = (signs.followsBest ?? strange) < strange ? 0 : (signs.follows ?? 0);
  const features = [
    Math.max(log, leastLineLog) / 4,
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
export const preferenceUnits = 12;

if (numbers.length !== netSize(23, preferenceUnits)) {
  throw new RangeError('preference.json belongs to other signs');
}

/** How much each of several lines is to be preferred: shares of one, with what remains for none of them. */
export const preferencesOf = (lines: readonly LineSigns[]): number[] =>
  sharesOf(lines.map((line) => netScore(preferenceFeatures(line), preferenceUnits, numbers)));
