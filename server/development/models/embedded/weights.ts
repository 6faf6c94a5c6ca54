// How far each expert is trusted and how the ranker weighs: learned by `bench/embedded-weights.ts` and
// `bench/embedded-ranker.ts`, which write the numbers beside this file.
import { weightCount } from './experts.ts';
import type { PredictorWeights } from './predict.ts';
import ranker from './ranker.json' with { type: 'json' };
import { rankerSize } from './ranker.ts';
import numbers from './weights.json' with { type: 'json' };

if (numbers.length !== weightCount) throw new RangeError('weights.json belongs to another set of experts');
if (ranker.length !== rankerSize) throw new RangeError('ranker.json belongs to other features');

export const learnedWeights: PredictorWeights = {
  experts: Float64Array.from(numbers),
  ranker: Float64Array.from(ranker),
};
