// What checks and retrieval may ask of the workspace: answered at once from memory and the file system's cache, since
// it is only called in workers. Implemented in input/workspace; the interface lives here so that validation need not know it.
import type { Binding, FileFacts } from './facts.ts';

export type ModuleResolution =
  /** A file of the workspace. */
  | { readonly kind: 'file'; readonly path: string }
  /** A folder that stands for a package or namespace without a file of its own. */
  | { readonly kind: 'folder'; readonly path: string }
  /** Leads out of the workspace: a package, the standard library. */
  | { readonly kind: 'external' }
  /** Must be in the workspace and is not; `nearest` are modules that exist, best first. */
  | { readonly kind: 'missing'; readonly nearest: readonly string[] }
  /** Cannot be told: aliases, generated or ignored files, a language without rules. */
  | { readonly kind: 'unknown' };

export interface Importable {
  readonly name: string;
  /** As it would be written in an import of the asking file. */
  readonly module: string;
  readonly path?: string;
}

export interface Project {
  resolve(fromPath: string, languageId: string, module: string): ModuleResolution;
  /** Facts of a workspace file (open text before disk); `undefined` when it cannot or must not be read. */
  facts(path: string): FileFacts | undefined;
  text(path: string): string | undefined;
  /** Names visible without import in every file of the language: other scripts' top levels, ambient declarations. */
  ambient(languageId: string): ReadonlySet<string>;
  /** Where a name could be imported from, only modules that are certain to have it. */
  importable(fromPath: string, languageId: string, name: string): readonly Importable[];
  /** What other files can import from it; `undefined` when that cannot be told (wildcards, generated, not parsed). */
  exportsOf(path: string): readonly Binding[] | undefined;
}
