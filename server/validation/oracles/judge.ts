// A judge: a program that the user already has and that knows the language, asked what it thinks of a candidate.
import type { Finding } from '../../core/finding.ts';
import type { Run } from '../../core/run.ts';
import type { Span } from '../../core/span.ts';
import type { SourceFile } from './overlay.ts';

/** One file before and after a candidate was put in. Nothing of it is written to the user's disk. */
export interface JudgedChange {
  /** Absolute path. */
  readonly path: string;
  readonly languageId: string;
  /** Absent when the user asks about code that is there: then all that is found inside of `spans` counts, not only what is new. */
  readonly before?: string;
  readonly after: string;
  /** Where the candidate stands in `after`, additional edits included: what is found there is its own. */
  readonly spans: readonly Span[];
  /** Other files that are not on disk as they are to be taken for. */
  readonly unsaved?: readonly SourceFile[];
  /** Absolute paths of files whose code may not fit the candidate any more, the likeliest first. */
  readonly dependents?: readonly string[];
}

export interface JudgeReport {
  /** Name of the tool, as in `types/TOOL`. */
  readonly tool: string;
  readonly version?: string;
  /** What is new in `after`: `check` is `types/TOOL`, spans refer to `after`. */
  readonly findings: readonly Finding[];
  /** Why there is no verdict: it did not start, died, or took too long. `findings` is empty then. */
  readonly failed?: string;
  readonly milliseconds: number;
}

/** What a judge knows of a place: for prompts. */
export interface JudgeFact {
  /** Signature, type or member as the tool writes it. */
  readonly text: string;
  readonly kind: 'signature' | 'member' | 'definition';
  /** Where a definition stands. */
  readonly place?: { readonly path: string; readonly span: Span };
}

/** A file that is another on disk than it was, or is there no more. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'changed' | 'deleted';
}

/** Judges kept warm for the folders of a workspace. */
export interface Judges {
  /** Names of those that would judge a file here: found on the machine or in the project, or named by a setting. */
  available(languageId: string, path: string, root: string): Promise<readonly string[]>;
  /** The same in words for a question: whoever starts a program of the project's own should know that it is. */
  described(languageId: string, path: string, root: string): Promise<readonly string[]>;
  /**
   * One report a judge. Never throws for what a judge does.
   * @throws the abort reason when the run ends.
   */
  judge(run: Run, root: string, change: JudgedChange): Promise<readonly JudgeReport[]>;
  /** What they know about the expression that ends at an offset of `text`, which is the file as it is now. */
  facts(
    run: Run,
    root: string,
    at: {
      readonly path: string;
      readonly languageId: string;
      readonly text: string;
      readonly offset: number;
      /** As in a change. */
      readonly unsaved?: readonly SourceFile[];
    },
  ): Promise<readonly JudgeFact[]>;
  /** Starts what would answer `facts` on a file, so that it can do so when it is asked. */
  warm(root: string, file: SourceFile): Promise<void>;
  /** Tells them of files that have changed on disk: some do not look by themselves. */
  filesChanged(changes: readonly FileChange[]): void;
  /** Ends all of them; resolves when they are gone. */
  dispose(): Promise<void>;
}
