// Small nets learned by Adam (Kingma and Ba, 2015) on the cross-entropy of which of several is right, or none.
import { netScore, netSize, sharesOf } from '../../server/development/models/embedded/confidence-net.ts';

/** The features of what came up together, and which of them is right: -1 for none. */
export interface Group {
  readonly rows: readonly (readonly number[])[];
  readonly right: number;
}

export interface TrainingOptions {
  readonly units: number;
  readonly epochs: number;
  /** How far weights are drawn to zero: more where there are few groups. */
  readonly decay: number;
  readonly random: () => number;
}

const batch = 32;
const rate = 0.004;

/** One group in so many is kept aside: the numbers are those that did best on them. */
const aside = 8;

/** @returns the net's numbers, rounded to three digits behind the point. */
export function trainNet(
  groups: readonly Group[],
  { units, epochs, decay, random }: TrainingOptions,
  tell: (epoch: number, loss: number) => void,
): number[] {
  const size = netSize(groups[0]!.rows[0]!.length, units);
  const weights = Float64Array.from({ length: size }, () => (random() - 0.5) * 0.4);
  const slope = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const kept = groups.filter((_, index) => index % aside === 0);
  const learned = groups.filter((_, index) => index % aside !== 0);
  let best = { loss: Number.POSITIVE_INFINITY, weights: weights.slice() };
  let steps = 0;
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const loss = meanLoss(kept, units, weights);
    if (loss < best.loss) best = { loss, weights: weights.slice() };
    tell(epoch, loss);
    for (let from = 0; from < learned.length; from += batch) {
      slope.fill(0);
      for (let at = 0; at < batch; at++) {
        learnFrom(learned[Math.floor(random() * learned.length)]!, units, weights, slope);
      }
      steps++;
      const pace = rate * (1 - epoch / (epochs + 1));
      for (let index = 0; index < size; index++) {
        const gradient = slope[index]! / batch + decay * weights[index]!;
        first[index] = 0.9 * first[index]! + 0.1 * gradient;
        second[index] = 0.999 * second[index]! + 0.001 * gradient * gradient;
        const scale = Math.sqrt(1 - 0.999 ** steps) / (1 - 0.9 ** steps);
        weights[index]! -= (pace * scale * first[index]!) / (Math.sqrt(second[index]!) + 1e-8);
      }
    }
  }
  return [...best.weights].map((weight) => Math.round(weight * 1000) / 1000);
}

export const sharesIn = ({ rows }: Group, units: number, weights: ArrayLike<number>): number[] =>
  sharesOf(rows.map((row) => netScore(row, units, weights)));

export const meanLoss = (groups: readonly Group[], units: number, weights: ArrayLike<number>): number =>
  groups.reduce((sum, group) => sum + lossOf(group, units, weights), 0) / (groups.length || 1);

function lossOf(group: Group, units: number, weights: ArrayLike<number>): number {
  const shares = sharesIn(group, units, weights);
  const right = group.right === -1 ? 1 - shares.reduce((sum, one) => sum + one, 0) : shares[group.right]!;
  return -Math.log(Math.max(1e-9, right));
}

function learnFrom(group: Group, units: number, weights: Float64Array, slope: Float64Array): void {
  const hidden = new Float64Array(units);
  for (const [at, share] of sharesIn(group, units, weights).entries()) {
    const miss = share - (group.right === at ? 1 : 0);
    const row = group.rows[at]!;
    const outer = units * (row.length + 1);
    netScore(row, units, weights, hidden);
    slope[outer + units]! += miss;
    for (let unit = 0; unit < units; unit++) {
      if (hidden[unit] === 0) continue;
      slope[outer + unit]! += miss * hidden[unit]!;
      const back = miss * weights[outer + unit]!;
      const start = unit * (row.length + 1);
      slope[start]! += back;
      for (const [index, feature] of row.entries()) slope[start + 1 + index]! += back * feature;
    }
  }
}
