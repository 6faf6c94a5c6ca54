// What vouch needs of a parser library, in the shape that web-tree-sitter and the native tree-sitter share. The rest of
// the syntax room is written against this file; wasm.ts and native.ts fit the two libraries to it.

/** Row and column as tree-sitter counts them here: 0-based, columns in UTF-16 code units, only `\n` ends a row. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

export interface TreeEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}

/** A node, valid until its tree is deleted. Indices are UTF-16 code units. */
export interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly isNamed: boolean;
  readonly isExtra: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly hasError: boolean;
  readonly childCount: number;
  /** With itself. */
  readonly descendantCount: number;
  readonly children: readonly (SyntaxNode | null)[];
}

/** A half-open range of indices whose structure differs between two trees. */
export interface ChangedRange {
  readonly startIndex: number;
  readonly endIndex: number;
}

export interface RawCapture {
  readonly name: string;
  readonly node: SyntaxNode;
}

export interface RawMatch {
  /** Index of the pattern in its query. */
  readonly pattern: number;
  readonly captures: readonly RawCapture[];
  /** What the pattern's `#set!` directives say. */
  readonly properties: Readonly<Record<string, string | null>> | undefined;
}

/** A compiled query of one grammar. */
export interface TreeQuery {
  readonly source: string;
  /**
   * Matches that touch `start`…`end`, in no promised order.
   * @param depth how far below the root a match may begin; the walk goes no deeper than it must.
   */
  matches(tree: SyntaxTree, start: number, end: number, depth?: number): readonly RawMatch[];
}

/** A parse in memory outside the JavaScript heap. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  /** Top-level nodes in order, from one that ends at `index` or the first after it, as long as `visit` says `true`. */
  visitTopLevel(index: number, visit: (node: SyntaxNode) => boolean): void;
  edit(edit: TreeEdit): void;
  /** Where `next`, parsed from this edited tree, differs from it. */
  changedRanges(next: SyntaxTree): readonly ChangedRange[];
  /** A second handle on the same parse, which can be edited without harm to this one; absent where the library has none. */
  copy?(): SyntaxTree;
  delete(): void;
}

export interface Grammar {
  readonly engine: 'wasm' | 'native';
  /**
   * @param previous a tree edited to match `text`; stays the caller's to delete.
   * @param milliseconds how long it may take.
   * @returns `undefined` when it took longer.
   */
  parse(text: string, previous: SyntaxTree | undefined, milliseconds: number): SyntaxTree | undefined;
  /** @throws Error when the query does not fit the grammar. */
  query(source: string): TreeQuery;
}
