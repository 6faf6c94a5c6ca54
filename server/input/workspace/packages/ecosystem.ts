// The shape of an ecosystem of packages, and what it is given to look at: one file each implements it.
import type { Manifest, PackageResolution } from '../../../core/project.ts';
import type { Disk } from '../disk.ts';
import type { PackageData } from './data.ts';

/** The surroundings of a file that imports something. */
export interface Asking {
  readonly fromPath: string;
  /** The workspace folder around it; its own folder when no workspace folder holds it. */
  readonly folder: string;
  readonly disk: Disk;
  /** Text of a manifest or another small file, an open document before the disk; kept until it changes. */
  readonly read: (path: string) => string | undefined;
  /** Source files and manifests of the workspace folder. */
  readonly files: () => readonly string[];
  readonly data: PackageData;
  /** Endings of source files, as the language has them. */
  readonly extensions: readonly string[];
  /** First names of the standard library's modules, where the language lists them. */
  readonly standard: ReadonlySet<string>;
  /** Environment variables that say where packages are installed. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Keeps what `make` returns until files change.
   * @param key unique within the ecosystem.
   */
  readonly keep: <T>(key: string, make: () => T) => T;
}

/** A package that a manifest names. */
export interface Dependency {
  /** As the manifest writes it. */
  readonly name: string;
  /** As written: a range, an exact version, empty for any. */
  readonly version?: string;
  /** Folder of a dependency that lies on this machine by the manifest's word. */
  readonly path?: string;
}

/** What the manifests around a file say together. */
export interface Declared {
  /** By normalised name. */
  readonly dependencies: ReadonlyMap<string, Dependency>;
  /** Where a new one is declared; absent where there is no manifest. */
  readonly manifest?: string;
  /** A manifest has syntax errors: nothing can be said. */
  readonly broken: boolean;
  /** More may be declared than can be read: by code, by a tool's own file. */
  readonly open: boolean;
}

/** Where a module of an installed package is. */
export interface Entry {
  /** The file that declares what the module offers, declarations before sources; absent where only a folder is known. */
  readonly file?: string;
  /** The package's folder. */
  readonly folder: string;
}

/** Whether a module exists within its package. */
export type ModuleOfPackage =
  | { readonly kind: 'there' }
  | { readonly kind: 'missing'; readonly nearest: readonly string[] }
  | { readonly kind: 'unknown' };

export interface Ecosystem {
  /** Whether nothing builds that uses what no manifest names, wherever the file lies. */
  readonly exhaustive?: boolean;
  readonly packageOf: (at: Asking, module: string) => PackageResolution;
  /** `undefined` where there is none, or what it says is not understood in full. */
  readonly manifestOf: (at: Asking) => Manifest | undefined;
  readonly moduleOf: (at: Asking, module: string) => ModuleOfPackage;
  readonly entryOf: (at: Asking, module: string) => Entry | undefined;
  readonly declared: (at: Asking) => Declared;
}

export const unknownPackage: PackageResolution = { kind: 'unknown' };
export const standardPackage: PackageResolution = { kind: 'standard' };
export const unknownModule: ModuleOfPackage = { kind: 'unknown' };
export const moduleThere: ModuleOfPackage = { kind: 'there' };
export const nothingDeclared: Declared = { dependencies: new Map(), broken: false, open: false };
