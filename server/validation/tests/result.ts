// What running a project's tests came to: of each test, and of the run as a whole.

/** A test that names what is under check, as the workspace index found it. */
export interface WantedTest {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

export type TestState = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  /** As the runner calls it, without what stands around it. */
  readonly name: string;
  /** With the groups or classes around it, where the runner tells them. */
  readonly title: string;
  /** The file, from the project's folder, or package that it is in, where the runner tells titles without it. */
  readonly file?: string;
  readonly state: TestState;
  /** Of a failure: one line that says what was wrong. */
  readonly message?: string;
  /** Of a failure: where in the tests; `line` from 0. */
  readonly place?: { readonly path: string; readonly line: number };
}

export interface TestReport {
  /** Absent where the project has none that vouch knows. */
  readonly runner?: string;
  /**
   * `ran`: there are results. `unbuilt`: the project does not build, or its tests cannot be read. `stopped`: a limit of time,
   * output or resources ended it. `not-run`: nothing was started, or what was is no runner.
   */
  readonly outcome: 'ran' | 'unbuilt' | 'stopped' | 'not-run';
  /** Why there are no results, or what these do not tell of how it ended; a sentence for the user. */
  readonly note?: string;
  /** Those that were asked for; all of the files where the runner has none of these names. */
  readonly results: readonly TestResult[];
  readonly milliseconds: number;
}

export const notRun = (note: string, runner?: string): TestReport => ({
  ...(runner !== undefined && { runner }),
  outcome: 'not-run',
  note,
  results: [],
  milliseconds: 0,
});
