// The door of the syntax room: text in, facts out. Trees, nodes and queries never leave this folder.
import type { Binding, BlockFact, FileFacts } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { Edit } from '../../core/span.ts';
import type { Outline } from './outline.ts';

export { createSyntax, type SyntaxOptions } from './create.ts';
export type { Outline, OutlineSymbol } from './outline.ts';

/** A parsed text. Holds memory outside the JavaScript heap until `release`; parse the next version from it first. */
export interface ParsedFile {
  readonly languageId: string;
  readonly text: string;
  /** Whether it nests so deep that nothing is read of it but its syntax errors; the other facts are as of an opaque file. */
  readonly limited: boolean;
  /** Computed on first use and kept, by parts: after an edit only the parts that it touched are computed again. */
  readonly facts: FileFacts;
  /** Names that code at `offset` can see without importing them, innermost scope first. */
  visibleNames(offset: number): readonly Binding[];
  /** Functions, classes and statement blocks around `offset`, innermost first. */
  blocksAt(offset: number): readonly BlockFact[];
  /** What kind of text stands at `offset`. */
  placeAt(offset: number): 'code' | 'comment' | 'string';
  /** The same text with `edits` made, parsed incrementally: for judging a candidate. This file stays as it is. */
  branch(edits: readonly Edit[]): ParsedFile;
  release(): void;
}

export interface Syntax {
  readonly languages: readonly Language[];
  /** By the client's language id, else by file name. */
  languageFor(path: string, languageId?: string): Language | undefined;
  /** Loads the grammar; `false` when vouch has none or it cannot be loaded (which is logged). */
  load(languageId: string): Promise<boolean>;
  /** Language id to the parser in use for it (`wasm` or `native`), for the grammars loaded so far. */
  loaded(): Readonly<Record<string, string>>;
  /**
   * Parses a text whose grammar was loaded.
   * @param previous the version before and the edits, in order, that lead from it to `text`. It is released.
   * @returns `undefined` when the grammar is not loaded or the text is over the size limit.
   */
  parse(
    languageId: string,
    text: string,
    previous?: { file: ParsedFile; edits: readonly Edit[] },
  ): ParsedFile | undefined;
  /**
   * What a text declares and imports, for indexing: much cheaper than its facts. Nothing of the parse is kept.
   * @returns `undefined` when the grammar is not loaded, or the text is over the size limit or takes too long.
   */
  outline(languageId: string, text: string): Outline | undefined;
  /** Whether a language's outline can have anything in it. */
  hasOutline(languageId: string): boolean;
  /** A digest of all that outlines depend on but the texts: queries, grammars, what languages say of themselves. */
  outlineVersion(): string;
}
