// All that runs beside the protocol thread because it parses or searches: facts, findings, requirements, prompts, and the
// judging of a candidate. This file is the interface; `local.ts` does it, `../analysis-worker.ts` does it in a thread.
import type { Binding } from '../../core/facts.ts';
import type { CheckName, Finding, Severity } from '../../core/finding.ts';
import type { ModelRequest } from '../../core/model.ts';
import type { Run } from '../../core/run.ts';
import type { SharedIndexSettings } from '../../core/settings.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Edit, Span } from '../../core/span.ts';
import type { CheckRecord, Prompt, Requirement, Snippet } from '../../core/task.ts';
import type { RunnableUnit } from '../../input/requirement/index.ts';
import type { IndexState } from '../../input/workspace/workspace-index.ts';
import type { CheckedFile, OfferDiagnostic } from '../workbench.ts';

export type Severities = Readonly<Record<CheckName, Severity | 'off'>>;

/** A folder as the analysis needs to know it. */
export interface AnalysisFolder {
  readonly path: string;
  /** Globs of `privacy.exclude`. */
  readonly exclude: readonly string[];
  /** `privacy.redact`: whether secrets are replaced in prompts. */
  readonly redact: boolean;
  /** `index`: where a team keeps one. */
  readonly index?: SharedIndexSettings | undefined;
}

/** What holds for files outside of every folder, and for all. */
export interface AnalysisOutside extends Omit<AnalysisFolder, 'path'> {
  /** `validation.registries`: where names of packages may be looked up. */
  readonly registries: Readonly<Record<string, string>>;
}

/** A document at one version; asking for another than the present one throws `Cancelled('document changed')`. */
export interface At {
  readonly uri: string;
  readonly version: number;
}

/** Where findings count: lines that differ from git, everything, or the given spans. */
export type Where = 'changed' | 'file' | readonly Span[];

/** Model or engine text on its way into a document. */
export interface CandidateQuestion extends At {
  readonly target: Span;
  readonly text: string;
  /**
   * `insert`: continues at the cursor. `replace`: stands for the whole target. `comment`: as replace, and must be a
   * comment. `notes`: prose, which is made one.
   */
  readonly mode: 'insert' | 'replace' | 'comment' | 'notes';
  /** The document itself, where it is not open: a test file that is about to be written. */
  readonly snapshot?: Snapshot;
  readonly severities: Severities;
}

export interface Judgement {
  /** The polished text; empty when nothing of the answer was left. */
  readonly text: string;
  /** The target's edit first, then those that complete it (imports). */
  readonly edits: readonly Edit[];
  /** Only what the candidate adds; spans refer to the text after the edits. */
  readonly findings: readonly Finding[];
  readonly records: readonly CheckRecord[];
  /** The text after the edits, which `findings` refer to. */
  readonly after: string;
}

export type PromptQuestion = At & {
  /** Tokens for the whole prompt. */
  readonly budget: number;
} & (
    | {
        readonly kind: 'task';
        readonly requirement: Requirement;
        readonly feedback?: Feedback;
        readonly known?: readonly Snippet[];
      }
    | {
        readonly kind: 'completion';
        readonly offset: number;
        readonly multiline: boolean;
        /** Whether the user asked for it and can wait for a moment: imports that were not read yet are read then. */
        readonly invoked: boolean;
      }
  );

/** The answer before and what was found in it, for a repair. */
export interface Feedback {
  readonly text: string;
  readonly problems: string;
}

/** A prompt that can be shown (`prompt`) and sent, both ways where both make sense. */
export interface BuiltPrompt {
  readonly prompt: Prompt;
  readonly fim?: Pick<Extract<ModelRequest, { kind: 'fim' }>, 'prefix' | 'suffix' | 'context'>;
}

export type VisibleName = Pick<Binding, 'name' | 'kind'>;

export interface Destination {
  readonly snapshot: Snapshot;
  readonly creates: boolean;
}

export interface Analysis {
  configure(folders: readonly AnalysisFolder[], outside: AnalysisOutside): Promise<void>;
  open(snapshot: Snapshot): Promise<void>;
  /** `edits` lead, one after another, from the version before to `version`. */
  change(at: At, edits: readonly Edit[]): Promise<void>;
  close(uri: string): Promise<void>;
  filesChanged(paths: readonly string[]): Promise<void>;
  /** Waits for names of packages that are being looked up; whether findings may be others now. */
  answered(): Promise<boolean>;
  /** Waits until the workspace's index is complete; whether findings that were made before may be others now. */
  indexed(): Promise<boolean>;
  findings(run: Run, at: At, where: Where, severities: Severities): Promise<readonly Finding[]>;
  requirements(
    run: Run,
    at: At,
    span: Span,
    diagnostics: readonly OfferDiagnostic[],
  ): Promise<readonly Requirement[]>;
  /** Whether a model may be asked in a file: not where `privacy.exclude` names it. Parses nothing. */
  mayLeave(run: Run, path: string): Promise<boolean>;
  /** @throws ModelFailure when secrets should be replaced and cannot be looked for. */
  prompt(run: Run, question: PromptQuestion): Promise<BuiltPrompt>;
  judge(run: Run, question: CandidateQuestion): Promise<Judgement>;
  /** Findings of others but for those that a comment in the document excuses. */
  withoutExcused(run: Run, at: At, findings: readonly Finding[]): Promise<readonly Finding[]>;
  /** Functions that touch a span, as what can be run. */
  units(run: Run, at: At, span: Span): Promise<readonly RunnableUnit[]>;
  /** Absolute paths of files that may not fit any more when a span is written anew, the likeliest first; few. */
  dependents(run: Run, at: At, span: Span): Promise<readonly string[]>;
  /** Names that code at an offset can see without importing them, innermost scope first; empty without a parse. */
  namesAt(run: Run, at: At, offset: number): Promise<readonly VisibleName[]>;
  /** All members of the value before an offset; `undefined` where its type is not certain. */
  membersAt(run: Run, at: At, offset: number): Promise<readonly string[] | undefined>;
  /** Where the tests of a document go, by the language's convention. */
  testFile(run: Run, at: At): Promise<Destination>;
  /** Files under the paths that can be checked, with `since` those that changed since then; a file that is named is there even when git ignores it. */
  list(run: Run, paths: readonly string[], since?: string): Promise<readonly string[]>;
  checkFile(run: Run, path: string, severities: Severities, since?: string): Promise<CheckedFile>;
  /** Language id to parser, for the grammars loaded so far. */
  grammars(): Promise<Readonly<Record<string, string>>>;
  /** The next paths that changed on disk: from the first call on, the folders are watched. Waits until there are some. */
  diskChanges(): Promise<readonly string[]>;
  /** How far the index of the workspace is; begins it where nothing has yet. */
  indexState(): Promise<IndexState>;
  dispose(): Promise<void>;
}
