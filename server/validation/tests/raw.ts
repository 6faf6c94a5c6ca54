// What a runner's own words say of its tests, before the message and the place are looked for in them.
import type { TestState } from './result.ts';

export interface RawResult {
  readonly name: string;
  readonly title: string;
  /** `unfinished`: it began, and the runner told nothing more of it. */
  readonly state: TestState | 'unfinished';
  /** The file or package it is in, where the runner tells titles without it. */
  readonly file?: string;
  readonly failure?: string;
  /** Where the runner tells it apart from the rest. */
  readonly message?: string;
}

export interface RawReport {
  /** In the order in which they were written. */
  readonly results: readonly RawResult[];
  /** Whether the runner's own last words are missing, by which it tells that it came to its end. */
  readonly isCut: boolean;
}

export interface Written {
  readonly output: string;
  readonly errors: string;
  /** Absent where the runner wrote none. */
  readonly report?: string;
}
