// What is found in a text that must not leave the machine.
import type { Span } from '../../core/span.ts';

export interface Secret {
  readonly span: Span;
  /** What it is, as its placeholder says: `AWS access key`. */
  readonly kind: string;
}

/** Looks through a text. What several finders see at one place is one secret; the first of them names it. */
export type Finder = (text: string) => Iterable<Secret>;
