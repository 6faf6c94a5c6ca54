// All that starts programs to look at code: judges, examples, inputs, tests; and the choice among candidates that follows
// from it. This file is the interface; `local.ts` does it, `../trials-worker.ts` does it in a thread.
import type { Example } from '../../core/examples/index.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Finding } from '../../core/finding.ts';
import type { Run } from '../../core/run.ts';
import type { Settings } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import type { CheckRecord, RequirementTest } from '../../core/task.ts';
import type { RunnableUnit } from '../../input/requirement/index.ts';
import type { KnownTool } from '../../validation/oracles/index.ts';
import type { JudgeFact } from '../../validation/oracles/judge.ts';
import type { SourceFile } from '../../validation/oracles/overlay.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import type { Choice } from '../../validation/selection/index.ts';

/** Where judges count as one project, with the settings in force there. */
export interface TrialFolder {
  readonly path: string;
  readonly settings: Pick<Settings, 'validation' | 'models' | 'index'>;
}

/** What code is tried by. */
export interface TrialGrounds {
  /** The project's folder, or the file's own where it has none: what the user was asked about. */
  readonly folder: string;
  /** Absolute. */
  readonly path: string;
  readonly languageId: string;
  /** The function that is asked for; absent where it is another kind of code. */
  readonly unit?: ExecutionUnit;
  /** Examples of its comments, with spans in `before`. */
  readonly examples: readonly Example[];
  /** The project's tests that name it, nearest first. */
  readonly tests: readonly RequirementTest[];
}

/** What of the project has to do with the code besides its own file. */
export interface Surroundings {
  /** Documents in the editor that are not on disk as they are there. */
  readonly unsaved: readonly SourceFile[];
  /** Absolute paths of files that may not fit the code any more, the likeliest first. */
  readonly dependents: readonly string[];
}

export interface TrialQuestion extends TrialGrounds, Surroundings {
  /** The file as it is; absent when the code that is there is what is asked about. */
  readonly before?: string;
  /** Whether candidates are tests of code that is there, in `path`. */
  readonly areTests?: boolean;
  /** Whether the function stands there without a body: that its tests fail then says nothing of them. */
  readonly unwritten: boolean;
  /** Whether what stands there is an answer that the user does not want: what is wrong with it is no excuse for another. */
  readonly another: boolean;
  /** Assertions that a model wrote. */
  readonly assertions: readonly string[];
  /** In the order in which they came; equal ones as often as they came. */
  readonly candidates: readonly TrialCandidate[];
  /** Samples that may still be asked for. */
  readonly remaining: number;
  /** `validation.checks`: severities by name. */
  readonly severities: Settings['validation']['checks'];
}

/** Code that is there, to be looked at by all that can. */
export interface ValidationQuestion {
  readonly folder: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly unsaved: Surroundings['unsaved'];
  /** What of the text is asked about. */
  readonly span: Span;
  /** The functions in it. */
  readonly units: readonly RunnableUnit[];
  readonly severities: Settings['validation']['checks'];
}

export interface FactsQuestion {
  readonly folder: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly unsaved: Surroundings['unsaved'];
  readonly offset: number;
}

export interface TrialCandidate {
  /** The code alone, as it would be put in. */
  readonly text: string;
  /** The whole file with it. */
  readonly after: string;
  /** Where it stands in `after`, additional edits included. */
  readonly spans: readonly Span[];
  /** What the checks found in it. */
  readonly findings: readonly Finding[];
}

/** What trying one candidate came to, besides what its checks said. */
export interface TrialOutcome {
  readonly findings: readonly Finding[];
  readonly records: readonly CheckRecord[];
}

/** What code that is there came to: all of it, and each function by what is its own. */
export interface ValidationOutcome extends TrialOutcome {
  /** Of its examples and its tests; in the order of the question's units. */
  readonly units: readonly (readonly CheckRecord[])[];
}

export interface Assessment {
  readonly choice: Choice;
  /** In the order of the candidates. */
  readonly outcomes: readonly TrialOutcome[];
}

/** What there is to try code by, whether it may be started or not. */
export interface KnownTrialTools {
  readonly judges: readonly KnownTool[];
  /** Packages of interpreters in WebAssembly that examples can run in where nothing else closes them in. */
  readonly interpreters: readonly { readonly package: string; readonly installed: boolean }[];
  /** Absent where no code can be run on this machine. */
  readonly sandbox?: Pick<Sandbox, 'name' | 'isolation'>;
}

/** What trying code in a place would start. */
export interface Startable {
  /** In words for a question; empty where there is nothing to start. */
  readonly programs: readonly string[];
  /** Whether code would run that nothing closes in. */
  readonly isOpen: boolean;
}

export interface Trials {
  configure(folders: readonly TrialFolder[], outside: TrialFolder['settings']): Promise<void>;
  /** What trying code here would start. Starts nothing. */
  startable(grounds: TrialGrounds): Promise<Startable>;
  /**
   * Tries candidates and chooses among them. What a program does is never thrown.
   * @throws the abort reason when the run ends: all that was started is dead by then.
   */
  assess(run: Run, question: TrialQuestion): Promise<Assessment>;
  /**
   * Has code that is there judged, its examples and its tests run.
   * @throws the abort reason when the run ends.
   */
  validate(run: Run, question: ValidationQuestion): Promise<ValidationOutcome>;
  /** What judges know of the expression that ends at an offset of a text: members, signatures, definitions. */
  facts(run: Run, question: FactsQuestion): Promise<readonly JudgeFact[]>;
  /** Starts what would know that of a file, so that it does when it is asked. Whether it may is for the caller to know. */
  warm(folder: string, file: SourceFile): Promise<void>;
  /** What could be started in a folder. */
  tools(folder: string): Promise<KnownTrialTools>;
  filesChanged(paths: readonly string[]): Promise<void>;
  /** Ends every program. */
  dispose(): Promise<void>;
}
