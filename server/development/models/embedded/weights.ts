// How far each expert is trusted: learned by `bench/embedded-weights.ts`, which writes the numbers beside this file.
import { weightCount } from './experts.ts';
import numbers from './weights.json' with { type: 'json' };

if (numbers.length !== weightCount) throw new RangeError('weights.json belongs to another set of experts');

export const learnedWeights = Float64Array.from(numbers);
