// How far each expert is trusted: learned by `bench/embedded-weights.ts`, which writes the numbers beside this file.
import { weightCount } from './experts.ts';

export const learnedWeights = new Float64Array(weightCount).fill(0.5);
