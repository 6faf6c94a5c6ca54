// Who has a say in the next token: each kind of place and each length of agreement is one expert, and how far each is
// trusted depends on how much it has seen and how sure it is.

/** Where the evidence comes from, in the order in which it is mixed: the later ones know the place better. */
export const sources = ['project abstract', 'document abstract', 'project', 'document'] as const;

/** Agreement in tokens, in steps that grow: index of the step. */
export function orderStep(order: number): number {
  if (order <= 5) return order - 1;
  if (order <= 7) return 5;
  if (order <= 10) return 6;
  if (order <= 15) return 7;
  return order <= 23 ? 8 : 9;
}
export const orderSteps = 10;

function amountStep(total: number): number {
  if (total < 1.5) return 0;
  if (total < 2.5) return 1;
  if (total < 4.5) return 2;
  if (total < 9.5) return 3;
  return total < 32 ? 4 : 5;
}
const amountSteps = 6;

const sureness = (share: number): number => (share > 0.999 ? 2 : share > 0.6 ? 1 : 0);

/** What was likeliest before the expert was asked: whether it was sure of it, and whether the expert says the same. */
const surprise = (agrees: boolean, before: number): number => (agrees ? 0 : 2) + (before >= 0.5 ? 1 : 0);
const surprises = 4;

/** What an expert has to say, as far as it matters for how much to trust it. */
export interface Standing {
  /** Index in `sources`. */
  readonly source: number;
  readonly step: number;
  /** Places it has seen, and how many of them have its likeliest token after them. */
  readonly total: number;
  readonly most: number;
  /** Whether that token is the likeliest so far, and how likely that one is. */
  readonly agrees: boolean;
  readonly before: number;
}

/** The weight's index. */
export const expertWeight = ({ source, step, total, most, agrees, before }: Standing): number =>
  (((source * orderSteps + step) * amountSteps + amountStep(total)) * 3 + sureness(most / total)) *
    surprises +
  surprise(agrees, before);

const expertWeights = sources.length * orderSteps * amountSteps * 3 * surprises;

/** The weight's index of the tokens seen lately, by the kind of the last one. */
export const recencyWeight = (kind: number): number => expertWeights + kind;

export const weightCount = expertWeights + 8;

/** Where learning starts: more places, longer agreement and one voice earn more trust. */
export function initialWeights(): Float64Array {
  const weights = new Float64Array(weightCount).fill(0.5);
  for (let index = 0; index < expertWeights; index++) {
    const sure = Math.floor(index / surprises) % 3;
    const amount = Math.floor(index / surprises / 3) % amountSteps;
    const step = Math.floor(index / surprises / 3 / amountSteps) % orderSteps;
    weights[index] = (1 - 0.5 ** (1 + (step + amount) / 2)) * [0.5, 0.7, 1][sure]!;
  }
  return weights;
}
