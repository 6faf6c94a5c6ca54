// The chance of each candidate: what experts say, mixed from the shortest agreement to the longest with weights that were
// learned by expectation maximisation (Jelinek and Mercer, 1980, bucketed). Most experts speak for a few candidates only, so
// that what all others lose is kept as one factor until the end.
import { type Ballot, candidateOf, maxCandidates } from './ballot.ts';
import { expertWeight, orderSteps, sources } from './experts.ts';
import type { Observer } from './predict.ts';

/** The probability of any token that nothing speaks for. */
export const floor = 1e-6;

export interface Mixer {
  readonly probabilities: Float64Array;
  /** @param recent how much speaks for candidates that were seen lately, by number, `total` in all; `weight` is their expert's. */
  mix(recent: Float64Array, total: number, weight: number, observer?: Observer): void;
}

export function createMixer(ballot: Ballot, experts: Float64Array): Mixer {
  /** To be multiplied with `factor`, until all experts have been asked. */
  const probabilities = new Float64Array(maxCandidates);
  let factor = 1;
  let likeliest = 0;
  // One for all: dozens are weighed in each prediction.
  const standing = { source: 0, step: 0, total: 0, most: 0, before: 0, agrees: false };

  const tell = (
    observer: Observer,
    weight: number,
    list: Float64Array,
    from: number,
    total: number,
  ): void => {
    const index = candidateOf(ballot, observer.token);
    if (index !== -1) observer.see(weight, list[from + index]! / total, probabilities[index]! * factor);
  };

  const add = (index: number, share: number): void => {
    const probability = probabilities[index]! + share;
    probabilities[index] = probability;
    if (probability > probabilities[likeliest]!) likeliest = index;
  };

  const mixRow = (source: number, step: number, observer: Observer | undefined): void => {
    const { counts, totals, voted, voters } = ballot;
    const row = source * orderSteps + step;
    const total = totals[row]!;
    // Where nothing agrees in just this much, the next longer expert has seen exactly the same.
    if (total === 0 || (step + 1 < orderSteps && totals[row + 1] === total)) return;
    const from = row * maxCandidates;
    const end = from + voters[row]!;
    let top = 0;
    let most = 0;
    for (let at = from; at < end; at++) {
      const index = voted[at]!;
      const count = counts[from + index]!;
      if (count < most || (count === most && index > top)) continue;
      top = index;
      most = count;
    }
    standing.source = source;
    standing.step = step;
    standing.total = total;
    standing.most = most;
    standing.before = probabilities[likeliest]! * factor;
    standing.agrees = probabilities[top] === probabilities[likeliest];
    const weight = expertWeight(standing);
    if (observer) tell(observer, weight, counts, from, total);
    const trust = experts[weight]!;
    factor *= 1 - trust;
    const each = trust / (total * factor);
    for (let at = from; at < end; at++) {
      const index = voted[at]!;
      add(index, each * counts[from + index]!);
    }
  };

  return {
    probabilities,
    mix(recent, total, weight, observer) {
      const { count } = ballot;
      probabilities.fill(floor, 0, count);
      factor = 1;
      likeliest = 0;
      if (total > 0) {
        if (observer) tell(observer, weight, recent, 0, total);
        factor = 1 - experts[weight]!;
        const each = experts[weight]! / (total * factor);
        for (let index = 0; index < count; index++) add(index, each * recent[index]!);
      }
      for (let step = 0; step < orderSteps; step++) {
        for (let source = 0; source < sources.length; source++) mixRow(source, step, observer);
      }
      for (let index = 0; index < count; index++) probabilities[index]! *= factor;
    },
  };
}
