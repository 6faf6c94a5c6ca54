// What `grammars/<language>/tests.json` says of the programs that run a project's tests: how one is recognised, started for
// some tests, and understood.

/** Runners of a language in the order in which a project is looked at for them. */
export type TestRules = readonly TestRunner[];

export interface TestRunner {
  /** As its users call it. */
  readonly name: string;
  /** What shows that a project uses it: one of these is enough. Absent: it comes with the language. */
  readonly marks?: readonly TestMark[];
  /** Regular expression (flags `mu`) over the text of a test file: it is written for this runner. */
  readonly written?: string;
  /** Regular expression (flags `gmu`) whose first group is the name of a test in such a file, where it is run by its name. */
  readonly names?: string;
  /** Programs that run it, tried in order: a name, or a path from `{root}`. */
  readonly programs: readonly string[];
  /**
   * What follows the program. A text with `{file}` (from the project's folder), `{module}` (the same with dots, without its
   * ending), `{class}` (the file's name without its ending), `{folder}` (of the file) or `{name}` (of a test) is repeated
   * for each; `{names}` is all names, put together as alternatives of a regular expression, `{classes}` all classes with
   * commas; `{report}` is where the report is to be written, `{home}` the user's home.
   */
  readonly parameters: readonly string[];
  /**
   * Variables and further paths that it reads. A text may begin with `~`, the user's home, or with `$NAME`, a variable;
   * behind `|` stands what holds where that one is not set.
   */
  readonly environment?: Readonly<Record<string, string>>;
  readonly readable?: readonly string[];
  /** Folders like those, in which it keeps what it has compiled. */
  readonly caches?: readonly string[];
  readonly report: TestReportRules;
  /**
   * Regular expression (flags `mu`) over its output: the project does not build, or its tests cannot be read. Its group
   * `message` says why; without one, the last lines do.
   */
  readonly unbuilt?: string;
  /** Regular expression (flags `mu`) over its output: it is not installed. */
  readonly absent?: string;
  /** Milliseconds that it needs besides the tests, to build. */
  readonly build?: number;
}

export interface TestMark {
  /** A file in the project's folder. */
  readonly file: string;
  /** Regular expression (flags `mu`) over its text. */
  readonly text?: string;
}

export interface TestReportRules {
  /**
   * `junit`: XML as JUnit's, in `{report}` or in `files`. `results`: one JSON object with `testResults`, in `{report}`.
   * `tap`: Test Anything Protocol on the output. `events`: a JSON object a line with `Action`, `Test` and `Output`.
   * `lines`: what the patterns from `line` to `ends` find in lines of output and errors.
   */
  readonly format: 'junit' | 'results' | 'tap' | 'events' | 'lines';
  /** Which files the reports are, from the project's folder, as a pattern of the shell. */
  readonly files?: string;
  /** Regular expressions (flag `u`) over one line each. A test begins: groups `name`, and `title` where there is more to it. */
  readonly line?: string;
  /** What came of the test that began last, on its line or a later one: group `state`. */
  readonly state?: string;
  /** Words of `state`. */
  readonly states?: Readonly<Record<string, 'passed' | 'failed' | 'skipped'>>;
  /** No state follows until another test begins. */
  readonly closing?: string;
  /** Of a failed test, groups as in `line`, the lines say why that follow until `failureEnd`. */
  readonly failure?: string;
  readonly failureEnd?: string;
  /** The runner's words when a part of the run begins, of which there is one where it has none, and when it came to its end. */
  readonly begins?: string;
  readonly ends?: string;
  /** Regular expression (flags `gmu`) over a failure: the group of its last match is what is said to the user. */
  readonly message?: string;
  /** Regular expression (flags `gmu`) with the groups `path` and `line` (from 1) over a failure; the last in a test file counts. */
  readonly place?: string;
}
