// A net of one hidden layer, as small as a list of numbers: for each unit its constant and its weights, then what each unit
// counts, then the constant of the whole.

/** How many numbers such a net is. */
export const netSize = (features: number, units: number): number => units * (features + 1) + units + 1;

/** @param hidden is filled with what the hidden units say. */
export function netScore(
  features: ArrayLike<number>,
  units: number,
  weights: ArrayLike<number>,
  hidden?: Float64Array,
): number {
  const outer = units * (features.length + 1);
  let score = weights[outer + units]!;
  for (let unit = 0, weight = 0; unit < units; unit++) {
    let value = weights[weight++]!;
    for (let index = 0; index < features.length; index++) value += weights[weight++]! * features[index]!;
    if (hidden) hidden[unit] = Math.max(0, value);
    if (value > 0) score += value * weights[outer + unit]!;
  }
  return score;
}

/** What each of several is likely to be, of which one at most is right: scored against the chance that it is none of them. */
export function sharesOf(scores: readonly number[]): number[] {
  const odds = scores.map((score) => Math.exp(Math.min(30, score)));
  const total = odds.reduce((sum, one) => sum + one, 1);
  return odds.map((one) => one / total);
}
