// The shape of a source of evidence for the prompt, and what it is asked.
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { ParsedFile } from '../syntax/index.ts';
import type { WorkspaceProject } from '../workspace/project.ts';

/** Where code is to be written. */
export interface ContextQuestion {
  readonly snapshot: Snapshot;
  readonly file: ParsedFile;
  readonly language: Language;
  readonly project: WorkspaceProject;
  readonly offset: number;
  /** What the task is about; around the offset when absent. */
  readonly subject?: Span;
}

/**
 * A source reads other files only through `project`, which gives none that git ignores or `privacy.exclude` names.
 * Scores lie between 0 and 1 and mean the same in each: 0.9 what the place cannot do without, 0.5 what it may well use.
 */
export type Source = (run: Run, question: ContextQuestion, nearby: Nearby) => readonly Snippet[];

/** How much a name has to do with the place. */
export interface Nearby {
  /** 0 for a name that does not occur, up to 1 for one that the subject itself uses. */
  readonly closeness: (name: string) => number;
  /** Text of the subject and the lines around it. */
  readonly text: string;
}
