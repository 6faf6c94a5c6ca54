// What an index keeps of one file, as it travels from the parse into a segment. Offsets refer to the file's text.
import type { SymbolKind } from '../../../core/facts.ts';

/** By these a file that changed is told from one that did not. */
export interface Stamp {
  readonly size: number;
  /** Milliseconds, as the file system says them. */
  readonly modified: number;
}

export interface SymbolRecord {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly start: number;
  readonly end: number;
  readonly signature: string;
  /** Empty where there is none. */
  readonly doc: string;
  /** Index in the same list of the one around it; -1 at the top level. */
  readonly container: number;
  readonly test: boolean;
  /** Hashes of the words of its text and, in a test, of the names in it. */
  readonly words: ReadonlySet<number>;
}

export interface FileRecord extends Stamp {
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  /** Of the content: 16 hexadecimal digits. */
  readonly hash: string;
  readonly symbols: readonly SymbolRecord[];
  /** Modules as written, with the names taken from each. */
  readonly imports: readonly { readonly module: string; readonly names: readonly string[] }[];
  /** Called names and where each stands. */
  readonly calls: readonly { readonly name: string; readonly start: number }[];
  /** Names that it gives to all files of its language without import. */
  readonly ambient: readonly string[];
}

/** A file as it is asked for: where it is, and what it was like when it was last seen. */
export interface FileRequest extends Stamp {
  readonly path: string;
  readonly languageId: string;
}
