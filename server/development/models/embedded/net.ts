// A net of one hidden layer, asked about several candidates at once. Most features of a candidate are zero, and the last ones
// are the same for all: what is left to multiply is less than half.

/** Scores of the first so many candidates; overwritten by the next call. */
export type Net = (features: Float32Array, count: number) => Float64Array;

/**
 * @param weights for each hidden unit its constant and its features' weights, then the units' own; empty where there is
 * no net to be asked.
 * @param sharedCount how many features, at the end, are the same for all candidates of a call.
 */
export function createNet(
  weights: Float64Array,
  featureCount: number,
  units: number,
  sharedCount: number,
): Net {
  /** Units with some of no weight behind them, so that there are always eight more. */
  const width = Math.ceil(units / 8) * 8;
  /** By feature, then by unit, so that what one feature adds lies together. */
  const byFeature = new Float64Array(featureCount * width);
  const constants = new Float64Array(width);
  const outer = new Float64Array(width);
  outer.set(weights.subarray(units * (featureCount + 1)));
  for (let unit = 0; unit < units; unit++) {
    const from = unit * (featureCount + 1);
    constants[unit] = weights[from] ?? 0;
    for (let feature = 0; feature < featureCount; feature++) {
      byFeature[feature * width + unit] = weights[from + 1 + feature] ?? 0;
    }
  }
  const shared = new Float64Array(width);
  const hidden = new Float64Array(width);
  let scores = new Float64Array(16);
  /** Features that are not zero, and where what they add begins. */
  const values = new Float64Array(featureCount);
  const rows = new Int32Array(featureCount);

  /** @returns how many features of a candidate are not zero: they are in `values` and `rows`. */
  const gather = (features: Float32Array, from: number, start: number, end: number): number => {
    let count = 0;
    for (let feature = start; feature < end; feature++) {
      const value = features[from + feature]!;
      if (value === 0) continue;
      values[count] = value;
      rows[count++] = feature * width;
    }
    return count;
  };

  /** What each unit is with the features that were gathered; eight units at a time, whose sums stay at hand. */
  const add = (before: Float64Array, count: number): void => {
    for (let unit = 0; unit < width; unit += 8) {
      let first = before[unit]!;
      let second = before[unit + 1]!;
      let third = before[unit + 2]!;
      let fourth = before[unit + 3]!;
      let fifth = before[unit + 4]!;
      let sixth = before[unit + 5]!;
      let seventh = before[unit + 6]!;
      let eighth = before[unit + 7]!;
      for (let at = 0; at < count; at++) {
        const value = values[at]!;
        const row = rows[at]! + unit;
        first += value * byFeature[row]!;
        second += value * byFeature[row + 1]!;
        third += value * byFeature[row + 2]!;
        fourth += value * byFeature[row + 3]!;
        fifth += value * byFeature[row + 4]!;
        sixth += value * byFeature[row + 5]!;
        seventh += value * byFeature[row + 6]!;
        eighth += value * byFeature[row + 7]!;
      }
      hidden[unit] = first;
      hidden[unit + 1] = second;
      hidden[unit + 2] = third;
      hidden[unit + 3] = fourth;
      hidden[unit + 4] = fifth;
      hidden[unit + 5] = sixth;
      hidden[unit + 6] = seventh;
      hidden[unit + 7] = eighth;
    }
  };

  return (features, count) => {
    const own = featureCount - sharedCount;
    if (scores.length < count) scores = new Float64Array(count);
    if (count > 0) add(constants, gather(features, 0, own, featureCount));
    shared.set(hidden);
    for (let at = 0; at < count; at++) {
      add(shared, gather(features, at * featureCount, 0, own));
      let sum = 0;
      for (let unit = 0; unit < units; unit++) {
        const value = hidden[unit]!;
        if (value > 0) sum += value * outer[unit]!;
      }
      scores[at] = sum;
    }
    return scores;
  };
}
