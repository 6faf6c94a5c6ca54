// Which names the workspace gives to its files: those they can import, and those they see without an import.
import { isAbsolute } from 'node:path';
import type { Binding, FileFacts, ImportFact } from '../../core/facts.ts';
import type { Importable } from '../../core/project.ts';
import type { Syntax } from '../syntax/index.ts';
import type { Disk } from './disk.ts';
import { indexSliceMs, maxAmbientBytes, maxAmbientFiles, maxIndexedFiles } from './limits.ts';
import type { Modules } from './modules.ts';
import { readSource } from './read.ts';
import { isTestPath } from './test-path.ts';

export interface NameIndexOptions {
  readonly syntax: Syntax;
  readonly modules: Modules;
  readonly disk: Disk;
  readonly files: (folder: string) => readonly string[];
  readonly text: (path: string) => string | undefined;
  readonly facts: (path: string) => FileFacts | undefined;
  readonly exportsOf: (path: string) => readonly Binding[] | undefined;
}

export interface NameIndex {
  ambient(languageId: string, folders: readonly string[]): ReadonlySet<string>;
  /** Where the name is declared and can be imported from. Empty until every file has been looked at. */
  importable(
    fromPath: string,
    languageId: string,
    name: string,
    folder: string | undefined,
    imports: readonly ImportFact[],
  ): readonly Importable[];
  changed(paths: readonly string[]): void;
}

/** One file's share: names that it declares itself and exports. */
type Shares = Map<string, ReadonlySet<string>>;

export function createNameIndex(options: NameIndexOptions): NameIndex {
  const { modules, syntax } = options;
  const shares: Shares = new Map();
  const ambients = new Map<string, ReadonlySet<string>>();

  const inFamily = (folder: string, family: readonly string[]): string[] =>
    options
      .files(folder)
      .filter((path) => family.includes(syntax.languageFor(path)?.id ?? ''))
      .slice(0, maxIndexedFiles);

  /** Looks at files that are not known yet; `false` when the time was over before all were. */
  const extend = (paths: readonly string[]): boolean => {
    const end = performance.now() + indexSliceMs;
    for (const path of paths) {
      if (shares.has(path)) continue;
      if (performance.now() > end) return false;
      shares.set(path, declaredExports(path));
    }
    return true;
  };

  const declaredExports = (path: string): ReadonlySet<string> => {
    const facts = options.facts(path);
    const declared = new Set(facts?.topLevel.filter(({ kind }) => kind !== 'import').map(({ name }) => name));
    const exported = options.exportsOf(path) ?? [];
    return new Set(
      exported.map(({ name }) => name).filter((name) => declared.has(name) && !name.startsWith('_')),
    );
  };

  /** What the workspace's own files give to each other. */
  const ownAmbient = (languageId: string, path: string): readonly string[] => {
    const text = options.text(path);
    if (text === undefined) return [];
    const names = modules.ambientNames(languageId, text, path);
    const facts = modules.mayBeScript(languageId, text) ? options.facts(path) : undefined;
    return facts?.script ? [...names, ...facts.topLevel.map(({ name }) => name)] : names;
  };

  /** What installed declarations give to all files of a folder. */
  const installedAmbient = (languageId: string, folder: string): readonly string[] => {
    const names: string[] = [];
    let bytes = 0;
    let count = 0;
    for (const path of modules.ambientFiles(languageId, folder)) {
      if (++count > maxAmbientFiles || bytes > maxAmbientBytes) break;
      const source = readSource(path);
      if (!('text' in source)) continue;
      bytes += source.text.length;
      names.push(...modules.ambientNames(languageId, source.text, path));
    }
    return names;
  };

  const ambientOf = (languageId: string, folders: readonly string[]): ReadonlySet<string> =>
    new Set(
      folders.flatMap((folder) => [
        ...inFamily(folder, modules.family(languageId)).flatMap((path) => ownAmbient(languageId, path)),
        ...installedAmbient(languageId, folder),
      ]),
    );

  return {
    ambient(languageId, folders) {
      let names = ambients.get(languageId);
      if (!names) {
        names = ambientOf(languageId, folders);
        ambients.set(languageId, names);
      }
      return names;
    },
    importable(fromPath, languageId, name, folder, imports) {
      if (folder === undefined) return [];
      const paths = inFamily(folder, modules.family(languageId));
      if (!extend(paths)) return [];
      const style = imports.map(({ module }) => module);
      const forTests = isTestPath(fromPath.slice(folder.length));
      const found: Importable[] = [];
      for (const path of paths) {
        if (path === fromPath || !shares.get(path)?.has(name)) continue;
        // Names of test code are for test code.
        if (isTestPath(path.slice(folder.length)) && !forTests) continue;
        const module = modules.nameFor(fromPath, languageId, path, style);
        if (module !== undefined) found.push({ name, module, path });
      }
      return found;
    },
    changed(paths) {
      ambients.clear();
      for (const path of paths) {
        if (isAbsolute(path)) shares.delete(path);
      }
    },
  };
}
