// What the answers for names are made from: the workspace, what is installed, and the version that is asked for.
import type { FileFacts } from '../../../core/facts.ts';
import type { Language } from '../../../core/language.ts';
import type { ModuleResolution } from '../../../core/project.ts';
import type { Disk } from '../disk.ts';
import type { Versions } from './versions.ts';

export interface DeclarationsWorld {
  readonly languages: readonly Language[];
  readonly disk: Disk;
  readonly resolve: (fromPath: string, languageId: string, module: string) => ModuleResolution;
  /** Folders of the workspace whose paths end like a package's name; several where tests share it. */
  readonly foldersOf: (fromPath: string, languageId: string, module: string) => readonly string[];
  /** A file of the workspace. */
  readonly source: (path: string) => { readonly text: string; readonly facts: FileFacts } | undefined;
  /** A file of an installed package. */
  readonly installedSource: (
    path: string,
  ) => { readonly text: string; readonly facts: FileFacts } | undefined;
  /** The file that declares what a module of an installed package offers. */
  readonly entryOf: (
    fromPath: string,
    languageId: string,
    module: string,
  ) => { readonly file?: string; readonly folder: string } | undefined;
  readonly outgrown: Versions['outgrown'];
}
