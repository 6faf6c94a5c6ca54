// Running code: examples, inputs and assertions against candidates, in a sandbox.
export { type AssertionResult, runAssertions } from './assertions.ts';
export { type CandidateExamples, type ExampleResult, isRunnable, runExamples } from './examples.ts';
export { inputsFor } from './inputs/index.ts';
export { type Behaviour, type Input, observe } from './observe.ts';
export { roundTrips } from './round-trips.ts';
export type { ExecutionUnit, UnitParameter } from './unit.ts';
