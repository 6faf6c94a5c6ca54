// Running code: examples, inputs and assertions against candidates, in a sandbox.

export type { ExecutionUnit, UnitParameter } from '../../core/execution-unit.ts';
export { type AssertionResult, runAssertions } from './assertions.ts';
export { findEmbedded, knownInterpreters } from './embedded.ts';
export { type CandidateExamples, type ExampleResult, isRunnable, runExamples } from './examples.ts';
export { inputsFor } from './inputs/index.ts';
export { type Behaviour, type Input, observe } from './observe.ts';
export {
  type CheckedProperties,
  canCheckProperties,
  checkProperties,
  type PropertyResult,
} from './properties/index.ts';
export { notAsked } from './protocol.ts';
export { roundTrips } from './round-trips.ts';
