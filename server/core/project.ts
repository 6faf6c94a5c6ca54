// What checks and retrieval may ask of the workspace: answered at once from memory and the file system's cache, since
// it is only called in workers. Implemented in input/workspace; the interface lives here so that validation need not know it.
import type { Declaration, Declarations } from './declarations.ts';
import type { Binding, FileFacts, NameUse } from './facts.ts';
import type { Span } from './span.ts';

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

/** Which package, outside of the workspace, a module belongs to. */
export type PackageResolution =
  /** Comes with the language or its runtime. */
  | { readonly kind: 'standard' }
  /** The project's manifest or lock file names it. */
  | { readonly kind: 'declared'; readonly name: string; readonly version?: string; readonly path?: string }
  /** Found on disk, though no manifest of the project names it. */
  | { readonly kind: 'installed'; readonly name: string; readonly version?: string; readonly path: string }
  /**
   * A public package of that name exists, as far as vouch knows. `nearest` are names so near to a name that few use that
   * one of them may have been meant: the project's own, declared ones, the most used.
   */
  | { readonly kind: 'known'; readonly name: string; readonly nearest?: readonly string[] }
  /** None of these; `nearest` are packages that exist, best first. */
  | { readonly kind: 'absent'; readonly name: string; readonly nearest: readonly string[] }
  /** Cannot be told. */
  | { readonly kind: 'unknown' };

/** A file in which a package can be declared, and the edit that does it. */
export interface Manifest {
  readonly path: string;
  /** `undefined` where the file is not understood. */
  declare(
    name: string,
    version?: string,
  ): { readonly start: number; readonly end: number; readonly newText: string } | undefined;
}

export interface Importable {
  readonly name: string;
  /** As it would be written in an import of the asking file. */
  readonly module: string;
  readonly path?: string;
  /** The name is that of the module itself, so that a use asks it for a member. */
  readonly namespace?: boolean;
  /** Whether all of the workspace was looked through, and nothing else that is likely to be meant has the name. */
  readonly certain?: boolean;
}

/** Names that a file sees though none of its imports names them. */
export interface SharedNames {
  /** Of files that it shares a package with, of modules that it takes everything from. */
  readonly names: ReadonlySet<string>;
  /** What a use that nothing in the file binds is: `unknown` where something in its way cannot be looked into. */
  look(use: NameUse): 'bound' | 'unbound' | 'unknown';
}

/** Something in a text that must stay secret. */
export interface FoundSecret {
  readonly span: Span;
  /** What it is: `password`, `AWS access key`. */
  readonly kind: string;
}

export interface Project {
  resolve(fromPath: string, languageId: string, module: string): ModuleResolution;
  /** Facts of a workspace file (open text before disk); `undefined` when it cannot or must not be read. */
  facts(path: string): FileFacts | undefined;
  text(path: string): string | undefined;
  /** Names visible without import in every file of the language: other scripts' top levels, ambient declarations. */
  ambient(languageId: string): ReadonlySet<string>;
  /**
   * Whether code of the workspace, in any file that may be of the language, sets a member of that name on what is not its
   * own receiver, or adds it to a type that all files see: whatever has it need not declare it. Looks through all files when
   * first asked.
   */
  isGivenMember(languageId: string, name: string): boolean;
  /**
   * What a file sees by sharing a package, by wildcards and by inheritance; `undefined` for languages without such, and
   * where nothing is known of what is around the file.
   * @param file as it is now, or as it would be.
   */
  sharedNames(
    fromPath: string,
    languageId: string,
    file: { readonly text: string; readonly facts: FileFacts },
  ): SharedNames | undefined;
  /** Where a name could be imported from, only modules that are certain to have it. */
  importable(fromPath: string, languageId: string, name: string): readonly Importable[];
  /** What other files can import from it; `undefined` when that cannot be told (wildcards, generated, not parsed). */
  exportsOf(path: string): readonly Binding[] | undefined;
  /** Which package a module that leads out of the workspace belongs to. */
  packageOf(fromPath: string, languageId: string, module: string): PackageResolution;
  /** The manifest that a file's dependencies are declared in. */
  manifestOf(fromPath: string, languageId: string): Manifest | undefined;
  /**
   * What a module offers, wherever it comes from: the workspace, an installed package, the standard library.
   * `undefined` when nothing is known of it.
   */
  declarationsOf(fromPath: string, languageId: string, module: string): Declarations | undefined;
  /**
   * Members of a class, interface, enum or struct, inherited ones included. `undefined` when nothing is known of it.
   * @param owner as a module's declarations gave it.
   * @param fromPath who asks; without it, the standard library is taken to be the one that is known.
   */
  membersOf(languageId: string, owner: Declaration, fromPath?: string): Declarations | undefined;
  /**
   * What a name with dots means in the types that a declaration is written with: `Path` in the module of `from`.
   * `undefined` when that is not known.
   */
  meaningOf(
    languageId: string,
    name: string,
    from: Declaration,
    fromPath?: string,
  ): readonly Declaration[] | undefined;
  /** Declarations that need no import: builtin functions and types by their names in the language (`str`, `Array`). */
  builtinsOf(languageId: string, fromPath?: string): Declarations | undefined;
  /** Whether the file's project asks for a later version of the language than the standard library that is known is of. */
  outgrown?(fromPath: string, languageId: string): boolean;
  /** By the rules that keep secrets out of prompts. Absent where they are not at hand: then nobody has looked. */
  secretsIn?(text: string): readonly FoundSecret[];
}

/** A file on its own: nothing is known of anything around it. */
export const noProject: Project = {
  resolve: () => ({ kind: 'unknown' }),
  facts: () => undefined,
  text: () => undefined,
  ambient: () => new Set(),
  isGivenMember: () => false,
  sharedNames: () => undefined,
  importable: () => [],
  exportsOf: () => undefined,
  packageOf: () => ({ kind: 'unknown' }),
  manifestOf: () => undefined,
  declarationsOf: () => undefined,
  membersOf: () => undefined,
  meaningOf: () => undefined,
  builtinsOf: () => undefined,
};
