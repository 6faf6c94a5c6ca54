// What retrieval asks of an index over the whole workspace, whoever keeps it: vouch itself (input/workspace/index/) or an
// engine that a team runs. Asynchronous, since the latter is somewhere else.
import type { SymbolKind } from '../../core/facts.ts';
import type { Run } from '../../core/run.ts';
import type { Span } from '../../core/span.ts';

export interface IndexedSymbol {
  /** Absolute path. */
  readonly path: string;
  readonly name: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** The signature's text, on one line or several as written. */
  readonly signature: string;
  /** First line of its documentation, without marks. */
  readonly doc?: string;
  /** Names of the declarations around it, outermost first. */
  readonly containers: readonly string[];
}

/** A use of a name, with the declaration that it stands in. */
export interface IndexedUse {
  readonly path: string;
  readonly span: Span;
  readonly inside?: IndexedSymbol;
}

export interface WorkspaceIndex {
  /** Declarations of that name, those nearest to `near` (a path) first. */
  named(run: Run, name: string, near: string, limit: number): Promise<readonly IndexedSymbol[]>;
  /** Declarations of one file. */
  inFile(run: Run, path: string): Promise<readonly IndexedSymbol[]>;
  /** Calls of a name. */
  callers(run: Run, name: string, near: string, limit: number): Promise<readonly IndexedUse[]>;
  /** Files that import a file of the workspace. */
  importers(run: Run, path: string, limit: number): Promise<readonly string[]>;
  /** Functions and classes whose text has most in common with the terms (identifiers, split at case and underscores). */
  similar(run: Run, terms: readonly string[], near: string, limit: number): Promise<readonly IndexedSymbol[]>;
  /** Tests that name a symbol: functions of test files in which it occurs. */
  testsOf(run: Run, name: string, near: string, limit: number): Promise<readonly IndexedSymbol[]>;
  /** Files were created, changed or removed on disk. */
  changed(paths: readonly string[]): Promise<void>;
  /** How far it is: files seen, files read, bytes; what was left out and why, for `vouch doctor`. */
  state(): Promise<IndexState>;
  dispose(): Promise<void>;
}

export interface IndexState {
  readonly ready: boolean;
  readonly files: number;
  readonly symbols: number;
  readonly bytes: number;
  readonly leftOut: Readonly<Record<string, number>>;
}
