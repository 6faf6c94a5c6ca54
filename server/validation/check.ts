// The shape of a check, and what it is given to look at.
import type { Binding, FileFacts } from '../core/facts.ts';
import type { CheckName, Finding, Severity } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import type { Project } from '../core/project.ts';
import type { Run } from '../core/run.ts';
import type { Edit, Span } from '../core/span.ts';
import type { Memory } from './memory.ts';

export interface Subject {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly facts: FileFacts;
  /** Names that code at an offset of `text` can see without importing them, innermost scope first. */
  readonly visibleNames: (offset: number) => readonly Binding[];
  /** The text before a candidate was put in: what was wrong there already is not the candidate's fault. */
  readonly before?: {
    readonly text: string;
    readonly facts: FileFacts;
    /** Leads from there to `text`. */
    readonly edit: Edit;
  };
  /** Whether this is the text before a candidate, to which `visibleNames` does not refer. */
  readonly earlier?: boolean;
  /** Where findings count; absent means everywhere. */
  readonly spans?: readonly Span[];
  /** Where the last edit in the editor ended: a word that ends there may be half typed. */
  readonly typedAt?: number;
  /** What is known of the document from before its last edit; absent for what is looked at once. */
  readonly memory?: Memory;
  readonly project: Project;
}

/** A finding before its severity is looked up in the settings. */
export interface CheckFinding extends Omit<Finding, 'check' | 'severity' | 'path'> {
  /** Advice rather than a fault: whatever the check's severity is, this one is shown as information at most. */
  readonly weak?: boolean;
}

export interface Check {
  readonly name: CheckName;
  readonly severity: Severity;
  /** One sentence for the reference: what it finds. */
  readonly summary: string;
  /** A bad line or two, and what is said of it, for the check's page. */
  readonly example: { readonly languageId: string; readonly code: string };
  /** Whether the facts suffice to judge this language. */
  readonly judges: (language: Language) => boolean;
  readonly run: (run: Run, subject: Subject) => readonly CheckFinding[];
}
