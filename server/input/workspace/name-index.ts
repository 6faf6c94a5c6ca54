// Which names the workspace gives to its files: those they can import, and those they see without an import. Each file is
// looked through once as text; only where a name was found is it parsed, to be certain.
import type { Binding, FileFacts, ImportFact } from '../../core/facts.ts';
import type { Importable } from '../../core/project.ts';
import type { Syntax } from '../syntax/index.ts';
import { isInside } from './ignore.ts';
import { maxAmbientBytes, maxAmbientFiles, maxCandidates, maxIndexedFiles } from './limits.ts';
import type { Modules } from './modules.ts';
import { readSource } from './read.ts';
import { isTestPath } from './test-path.ts';

export interface NameIndexOptions {
  readonly syntax: Syntax;
  readonly modules: Modules;
  /** Files of a folder that may be read, as the walk found them. */
  readonly files: (folder: string) => readonly string[];
  readonly openText: (path: string) => string | undefined;
  readonly facts: (path: string) => FileFacts | undefined;
  readonly exportsOf: (path: string) => readonly Binding[] | undefined;
  readonly indexed?: IndexedNames;
}

/** The names that the workspace's index knows, without a look at any file. */
export interface IndexedNames {
  /** `off` where there will be none: then files are looked through here. `ready` once all was read for the first time. */
  state(): 'off' | 'building' | 'ready';
  /** Counts up with each change of what is known. */
  generation(): number;
  /** Files that declare a name at their top level, by absolute path. */
  declaring(name: string): readonly string[];
  /** See `Project.ambient`; without installed declarations. */
  ambient(languageIds: readonly string[]): ReadonlySet<string>;
}

/** Where a name is asked for. */
export interface Asking {
  readonly fromPath: string;
  readonly languageId: string;
  readonly folder: string;
  readonly imports: readonly ImportFact[];
}

export interface NameIndex {
  ambient(languageId: string, folders: readonly string[]): ReadonlySet<string>;
  /** See `Project.isGivenMember`. */
  isGivenMember(languageId: string, name: string, folders: readonly string[]): boolean;
  /** Where the workspace itself has a name, and whether nothing else in it seems to declare it. */
  importable(
    asking: Asking,
    name: string,
  ): { readonly places: readonly Importable[]; readonly whole: boolean };
  changed(paths: readonly string[]): void;
}

/** What the text of one file shows. */
interface Glance {
  /** The text in the editor that it was made from, where there was one. */
  readonly open: string | undefined;
  readonly ambient: readonly string[];
  readonly declared: ReadonlySet<string>;
  /** Members that it sets on something else than the receiver, or adds to what all files see. */
  readonly given: ReadonlySet<string>;
}

export function createNameIndex(options: NameIndexOptions): NameIndex {
  const { modules, syntax } = options;
  const glances = new Map<string, Glance>();
  const givenPatterns = new Map(
    syntax.languages.flatMap(({ id, types }) =>
      types?.givenMembers === undefined ? [] : [[id, new RegExp(types.givenMembers, 'gu')] as const],
    ),
  );
  const installed = new Map<string, readonly string[]>();
  let ambients = new Map<string, ReadonlySet<string>>();
  let ambientsOf = 0;

  /** By the list of all files and the language: while it is the same list, its files are. */
  const families = new WeakMap<readonly string[], Map<string, readonly string[]>>();
  const inFamily = (folder: string, languageId: string): readonly string[] => {
    const files = options.files(folder);
    const known = families.get(files) ?? new Map<string, readonly string[]>();
    families.set(files, known);
    let found = known.get(languageId);
    if (!found) {
      const family = modules.family(languageId);
      const all = files.filter((path) => family.includes(syntax.languageFor(path)?.id ?? ''));
      found = all.slice(0, maxIndexedFiles);
      known.set(languageId, found);
    }
    return found;
  };

  const glance = (path: string, languageId: string): Glance => {
    const open = options.openText(path);
    let known = glances.get(path);
    if (!known || known.open !== open) {
      const text = open ?? textOf(path);
      known = {
        open,
        ambient: modules.ambientNames(languageId, text, path),
        declared: new Set(modules.declaredNames(languageId, text)),
        given: new Set([
          ...givenMembers(text, givenPatterns.get(languageId)),
          ...modules.addedMembers(languageId, text),
        ]),
      };
      glances.set(path, known);
    }
    return known;
  };

  const ambientIn = (languageId: string, folder: string): string[] =>
    inFamily(folder, languageId).flatMap((path) => glance(path, languageId).ambient);

  /** Files that seem to declare a name. While the index is being made there are none: nobody waits for it. */
  const declaringIn = (folder: string, languageId: string, name: string): readonly string[] => {
    const { indexed } = options;
    if (!indexed || indexed.state() === 'off') {
      return inFamily(folder, languageId).filter((path) => glance(path, languageId).declared.has(name));
    }
    if (indexed.state() === 'building') return [];
    const family = modules.family(languageId);
    return indexed
      .declaring(name)
      .filter((path) => isInside(folder, path) && family.includes(syntax.languageFor(path)?.id ?? ''));
  };

  const isKnownWhole = (folder: string, languageId: string): boolean => {
    const state = options.indexed?.state() ?? 'off';
    return state === 'off' ? inFamily(folder, languageId).length < maxIndexedFiles : state === 'ready';
  };

  const installedNames = (languageId: string, folder: string): readonly string[] => {
    const key = `${languageId}\n${folder}`;
    let names = installed.get(key);
    if (!names) {
      names = readInstalled(modules, languageId, folder);
      installed.set(key, names);
    }
    return names;
  };

  const declaresAndExports = (path: string, name: string): boolean =>
    (options.facts(path)?.topLevel.some((binding) => binding.name === name && binding.kind !== 'import') ??
      false) &&
    (options.exportsOf(path)?.some((binding) => binding.name === name) ?? false);

  return {
    ambient(languageId, folders) {
      const { indexed } = options;
      const isIndexed = indexed?.state() === 'ready';
      // The index learns of a change some moments after this did.
      if (isIndexed && indexed.generation() !== ambientsOf) {
        ambients.clear();
        ambientsOf = indexed.generation();
      }
      let names = ambients.get(languageId);
      if (!names) {
        if (isIndexed) glances.clear();
        const own = isIndexed
          ? indexed.ambient(modules.family(languageId))
          : folders.flatMap((folder) => ambientIn(languageId, folder));
        names = new Set([...own, ...folders.flatMap((folder) => installedNames(languageId, folder))]);
        ambients.set(languageId, names);
      }
      return names;
    },

    isGivenMember(languageId, name, folders) {
      return folders.some((folder) =>
        inFamily(folder, languageId).some((path) => glance(path, languageId).given.has(name)),
      );
    },

    importable({ fromPath, languageId, folder, imports }, name) {
      // What begins with an underscore is its module's own.
      if (name.startsWith('_')) return { places: [], whole: false };
      const forTests = isTestPath(fromPath.slice(folder.length));
      const declaring = declaringIn(folder, languageId, name).filter((path) => path !== fromPath);
      const candidates = declaring.filter((path) => forTests || !isTestPath(path.slice(folder.length)));
      // A name that many files declare is nobody's in particular.
      if (candidates.length > maxCandidates) return { places: [], whole: false };
      const style = imports.map(({ module }) => module);
      const places = candidates.flatMap((path) => {
        const module = declaresAndExports(path, name)
          ? modules.nameFor(fromPath, languageId, path, style)
          : undefined;
        return module === undefined ? [] : [{ name, module, path }];
      });
      return { places, whole: places.length === declaring.length && isKnownWhole(folder, languageId) };
    },

    changed(paths) {
      ambients = new Map();
      for (const path of paths) glances.delete(path);
      // What was installed since is in another folder than any of the workspace's own files.
      if (paths.some((path) => /[\\/]node_modules(?:[\\/]|$)|\.json$/.test(path))) installed.clear();
    },
  };
}

const givenMembers = (text: string, pattern: RegExp | undefined): string[] =>
  pattern ? [...text.matchAll(pattern)].flatMap((match) => match.slice(1).find(Boolean) ?? []) : [];

function textOf(path: string): string {
  const source = readSource(path);
  return 'text' in source ? source.text : '';
}

function readInstalled(modules: Modules, languageId: string, folder: string): readonly string[] {
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
}
