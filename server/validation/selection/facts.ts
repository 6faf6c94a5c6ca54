// What is known of the candidates for one function when one of them is to be chosen.
import type { Verdict } from '../../core/task.ts';
import type { AssertionResult } from '../execution/assertions.ts';
import type { ExampleResult } from '../execution/examples.ts';
import type { Behaviour, Input } from '../execution/observe.ts';

export interface SelectionFacts {
  /** In the order in which they came. */
  readonly candidates: readonly CandidateFacts[];
  /** The inputs that behaviours refer to; empty where nothing was run. */
  readonly inputs: readonly Input[];
  /** The words of the function's comments. */
  readonly comment?: string;
  /** Samples that may still be asked for. */
  readonly remaining: number;
  /** Candidates that may be chosen, by their place, where the others were not looked at as closely; all where absent. */
  readonly among?: ReadonlySet<number>;
}

export interface CandidateFacts {
  /** The function alone, as it would be put in. */
  readonly text: string;
  /** Findings of checks that speak against it, as `isFault` tells. */
  readonly faults: number;
  /** How many of those are errors: of equal candidates, one with warnings goes before one with errors. */
  readonly errors?: number;
  /** New findings of judges. */
  readonly judged: number;
  /** Signs that it is not finished, as `signsIn` tells them. */
  readonly signs: readonly Sign[];
  /** Why its file cannot be loaded with it. */
  readonly unloadable?: string;
  /** One result an example; empty where there are none or none was run. */
  readonly examples: readonly ExampleResult[];
  /** One behaviour an input; empty where nothing was run. */
  readonly behaviours: readonly Behaviour[];
  /** One result a generated test. */
  readonly tests: readonly AssertionResult[];
  /** Findings of its properties, where it was asked for them. */
  readonly broken?: number;
  /** Tests of the project that reach it, where they were run: each passed or not. */
  readonly projectTests?: { readonly passed: number; readonly failed: number };
}

/** `slow`: does not end where others give a value. `letter-case`: gives letters of the case that its comment does not ask for. */
export type Conduct = 'slow' | 'letter-case';

/**
 * `placeholder`: says that it is not written. `no-return`: gives nothing back and does nothing else. `unused-parameter`: a
 * parameter that it never mentions. `constant`: gives the same back whatever it is given.
 */
export type Sign = 'placeholder' | 'no-return' | 'unused-parameter' | 'constant';

export interface Choice {
  /** Candidates by their place in the facts, the best first. */
  readonly order: readonly number[];
  /** The first of them; nothing where there is no candidate. */
  readonly chosen: number | undefined;
  /** Estimated chance, 0 to 1, that the chosen one does what was asked. */
  readonly probability: number;
  readonly verdict: Verdict;
  /** Short sentences for the user, the weightiest first: "all 3 examples pass". */
  readonly reasons: readonly string[];
  /** Whether further samples would hardly change the choice. */
  readonly enough: boolean;
  /** How many of the candidates that are left do the same as the chosen one, of how many. */
  readonly agreement: { readonly same: number; readonly of: number };
}
