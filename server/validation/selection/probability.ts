// How likely the chosen candidate is right, from how much evidence there is.
import type { CandidateFacts } from './facts.ts';
import type { Group } from './groups.ts';
import type { Standing } from './standing.ts';

export interface Grounds {
  readonly candidate: CandidateFacts;
  readonly standing: Standing;
  /** The one that the candidate belongs to; absent where it cannot be loaded. */
  readonly group: Group | undefined;
  readonly groups: readonly Group[];
  /** Of all candidates, those that pass each example that counts, where there is one. */
  readonly passShare: number;
}

/** Logistic, fitted on every second task of `bench/select` with 5 to 100 samples, and rounded. */
const coefficients = {
  bias: -3.1,
  /** Examples that it passes, where it fails none (logarithm of one more). */
  examples: 0.5,
  /** Some are passed, and that share of all candidates does so: what few pass is passed by chance more often. */
  passed: -0.2,
  passShare: 1.2,
  /** Candidates that do the same (logarithm), and their share of all weight, half of it where examples have sifted them. */
  same: 0.5,
  share: 0.8,
  /** At single inputs, as `Group` tells. */
  agreement: 2.3,
  failed: -0.3,
  unclean: -0.7,
} as const;

/** @returns 0 to 1. */
export function probabilityOf({ candidate, standing, group, groups, passShare }: Grounds): number {
  if (!group) return 0;
  const { passed, failed } = standing;
  const all = groups.reduce((sum, { weight }) => sum + weight, 0);
  const same = group.members.length;
  const proven = failed === 0 && passed > 0;
  const odds =
    coefficients.bias +
    coefficients.agreement * group.agreement +
    coefficients.same * Math.log(same) +
    (same > 1 ? (coefficients.share * (group.weight / all)) / (proven ? 2 : 1) : 0) +
    (proven ? coefficients.passed + coefficients.passShare * passShare : 0) +
    (proven ? coefficients.examples * Math.log1p(passed) : 0) +
    (failed > 0 ? coefficients.failed : 0) +
    (failed > 0 || candidate.faults > 0 || candidate.judged > 0 ? coefficients.unclean : 0);
  return 1 / (1 + Math.exp(-odds));
}
