// The shape of a source of evidence for the prompt, and what it is asked.
import type { FileFacts } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';
import type { Place } from './place.ts';
import type { RecentPlace } from './recent-places.ts';
import type { Change } from './uncommitted.ts';

/** Where code is to be written. */
export interface ContextQuestion {
  readonly snapshot: Snapshot;
  /** The snapshot's text and what it says. */
  readonly file: { readonly text: string; readonly facts: FileFacts };
  readonly language: Language;
  readonly project: WorkspaceProject;
  readonly offset: number;
  /** What the task is about; around the offset when absent. */
  readonly subject?: Span;
  /**
   * A completion is asked for at each key: what takes longer than one can wait for then is left out. One that the user
   * asked for (`invoked`) may take as long as a task.
   */
  readonly purpose: 'completion' | 'invoked' | 'task';
  readonly index?: WorkspaceIndex;
  /** Where the user was before, the last one first. */
  readonly recent?: readonly RecentPlace[];
  /** What differs from the last commit in files around the document. */
  readonly uncommitted?: () => Promise<readonly Change[]>;
  /** Diagnostics of the document, the client's and vouch's own. */
  readonly diagnostics?: readonly DiagnosticNote[];
}

export interface DiagnosticNote {
  readonly span: Span;
  readonly message: string;
}

/**
 * A source reads other files only through `project`, which gives none that git ignores or `privacy.exclude` names: what
 * the index, git or the editor name is looked up there before any of it is shown.
 * Scores lie between 0 and 1 and mean the same in each: 0.9 what the place cannot do without, 0.5 what it may well use.
 */
export type Source = (
  run: Run,
  question: ContextQuestion,
  nearby: Nearby,
) => readonly Snippet[] | Promise<readonly Snippet[]>;

/** What stands around the place. */
export interface Nearby {
  /** 0 for a name that does not occur, up to 1 for one that the subject itself uses. */
  readonly closeness: (name: string) => number;
  /** `member` of every `name.member` in the subject and the lines around it. */
  readonly membersOf: (name: string) => ReadonlySet<string>;
  readonly place: Place;
}
