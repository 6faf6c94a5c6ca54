// Mixing touches only candidates that an expert speaks for: the same comes out as where all are touched each time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accumulate,
  clearBallot,
  createBallot,
  maxCandidates,
  vote,
} from '../../../server/development/models/embedded/ballot.ts';
import {
  expertWeight,
  orderSteps,
  recencyWeight,
  sources,
  weightCount,
} from '../../../server/development/models/embedded/experts.ts';
import { createMixer, floor } from '../../../server/development/models/embedded/mix.ts';

const experts = Float64Array.from({ length: weightCount }, (_, index) => 0.05 + ((index * 37) % 90) / 100);
const recency = recencyWeight(2);

/** Each expert in turn, over all candidates. */
function mixedPlainly(
  { counts, totals, count }: ReturnType<typeof createBallot>,
  recent: Float64Array,
  recentTotal: number,
) {
  let shares = new Array<number>(count).fill(floor);
  const mixIn = (trust: number, list: Float64Array, from: number, total: number): void => {
    shares = shares.map((share, index) => share * (1 - trust) + (trust * list[from + index]!) / total);
  };
  if (recentTotal > 0) mixIn(experts[recency]!, recent, 0, recentTotal);
  for (let step = 0; step < orderSteps; step++) {
    for (let source = 0; source < sources.length; source++) {
      const row = source * orderSteps + step;
      const total = totals[row]!;
      if (total === 0 || (step + 1 < orderSteps && totals[row + 1] === total)) continue;
      const votes = [...counts.subarray(row * maxCandidates, row * maxCandidates + count)];
      const most = Math.max(...votes, 0);
      const before = Math.max(...shares);
      const agrees = Math.abs(shares[votes.indexOf(most)]! - before) < 1e-12;
      const weight = expertWeight({ source, step, total, most, before, agrees });
      mixIn(experts[weight]!, counts, row * maxCandidates, total);
    }
  }
  return shares;
}

const votes = fc.array(
  fc.record({
    source: fc.nat(sources.length - 1),
    step: fc.nat(orderSteps - 1),
    token: fc.integer({ min: 2, max: 30 }),
    // Weights that leave no two candidates the same.
    weight: fc.integer({ min: 1, max: 1_000_000 }).map((n) => n / 997),
  }),
  { minLength: 1, maxLength: 80 },
);

test('what experts say of some candidates is mixed as if it were said of all', () => {
  const ballot = createBallot();
  const mixer = createMixer(ballot, experts);
  fc.assert(
    fc.property(
      votes,
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 30, maxLength: 30 }),
      (list, seen) => {
        clearBallot(ballot);
        for (const { source, step, token, weight } of list)
          vote(ballot, source * orderSteps + step, token, weight);
        accumulate(ballot);
        const recent = Float64Array.from(seen, (n, index) => n + index / 101).subarray(0, ballot.count);
        const total = recent.reduce((sum, one) => sum + one, 0);
        mixer.mix(recent, total, recency);
        const plain = mixedPlainly(ballot, recent, total);
        for (const [index, share] of plain.entries())
          expect(mixer.probabilities[index]).toBeCloseTo(share, 9);
      },
    ),
    { numRuns: 200 },
  );
});
