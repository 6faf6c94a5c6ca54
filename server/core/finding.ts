// What a check has to say about a piece of code, and what would mend it.
import type { Edit, Span } from './span.ts';

export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** Whether it speaks against the code. The rest is advice: it is shown, and stands in the way of nothing. */
export const isFault = ({ severity }: { readonly severity: Severity }): boolean =>
  severity === 'error' || severity === 'warning';

/** `group/name`, as listed in the checks reference. */
export type CheckName = `${string}/${string}`;

export interface FileEdit {
  /** Absolute path; the finding's own file where it is the same. */
  readonly path: string;
  readonly edits: readonly Edit[];
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** Whether it is the one right answer: only those are applied by `check --fix` and by repair. */
  readonly certain: boolean;
}

/** A place in another file that a finding has to do with, by the line that it is on: nobody need read the file to show it. */
export interface RelatedPlace {
  /** Absolute. */
  readonly path: string;
  /** Counted from 0, and its text. */
  readonly line: number;
  readonly text: string;
  /** Within the line. */
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  readonly path: string;
  readonly span: Span;
  /** One sentence that names the thing: "`reqests` is not defined; did you mean `requests`?" */
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Where else it shows. */
  readonly related?: readonly RelatedPlace[];
}
