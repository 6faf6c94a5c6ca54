// Means over tasks with bootstrapped intervals, paired where two selectors are compared.

/** Resamples of tasks; the seed is fixed, so that the same figures have the same interval. */
const resamples = 4_000;

const percent = (share: number): number => Math.round(share * 1000) / 10;

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Figure {
  /** Percent. */
  readonly mean: number;
  /** Percent, 95 % of resampled means. */
  readonly interval: readonly [low: number, high: number];
}

/** @param values one a task, shares of 1; NaN where the task does not count. */
export function figureOf(values: readonly number[]): Figure {
  const known = values.filter((value) => !Number.isNaN(value));
  const means = sampled(known.length, (pick) => mean(Array.from(known, () => known[pick()]!)));
  return { mean: percent(mean(known)), interval: [percent(means[0]!), percent(means[1]!)] };
}

/** The difference of two selectors on the same tasks. */
export const differenceOf = (values: readonly number[], others: readonly number[]): Figure =>
  figureOf(values.map((value, at) => value - others[at]!));

function sampled(count: number, once: (pick: () => number) => number): readonly [number, number] {
  let state = 20_251_124;
  const pick = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const all = Array.from({ length: resamples }, () => once(pick)).sort((a, b) => a - b);
  return [all[Math.floor(resamples * 0.025)]!, all[Math.floor(resamples * 0.975)]!];
}
