// How likely the chosen candidate is right, from how much evidence there is.
import type { Choice, SelectionFacts } from './facts.ts';
import type { Group } from './groups.ts';
import type { Standing } from './standing.ts';

export interface Grounds {
  readonly facts: SelectionFacts;
  readonly chosen: number;
  readonly standing: Standing;
  readonly group: Group | undefined;
  readonly groups: readonly Group[];
  readonly agreement: Choice['agreement'];
}

/** Logistic, fitted by `bench/select --calibrate` on one half of its tasks, rounded. */
const coefficients = {
  bias: -1.2,
  /** All examples that count are passed, and how many these are (logarithm). */
  allPassed: 0.8,
  examples: 0.6,
  /** Share of the weight of all candidates that does the same, and how many candidates that is (logarithm). */
  share: 2.4,
  same: 0.2,
} as const;

/** @returns 0 to 1. */
export function probabilityOf({ standing, group, groups, agreement, facts, chosen }: Grounds): number {
  const { unloadable } = facts.candidates[chosen]!;
  if (unloadable !== undefined) return 0.01;
  const { passed, failed } = standing;
  const all = groups.reduce((sum, { weight }) => sum + weight, 0);
  const share = agreement.of > 1 && group && all > 0 ? group.weight / all : 0;
  const odds =
    coefficients.bias +
    (failed === 0 && passed > 0 ? coefficients.allPassed : 0) +
    coefficients.examples * (failed === 0 ? Math.log1p(passed) : 0) +
    coefficients.share * share +
    coefficients.same * Math.log1p(agreement.of > 1 ? agreement.same : 0);
  return 1 / (1 + Math.exp(-odds));
}
