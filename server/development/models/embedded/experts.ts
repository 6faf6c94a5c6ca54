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

/** The weight's index of an expert that has seen `total` places, `most` of them with the same token after it. */
export const expertWeight = (source: number, step: number, total: number, most: number): number =>
  ((source * orderSteps + step) * amountSteps + amountStep(total)) * 3 + sureness(most / total);

const expertWeights = sources.length * orderSteps * amountSteps * 3;

/** The weight's index of the tokens seen lately, by the kind of the last one. */
export const recencyWeight = (kind: number): number => expertWeights + kind;

export const weightCount = expertWeights + 8;
