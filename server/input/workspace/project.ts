// The workspace as checks and retrieval see it: the one implementation of core/project.ts. Used in workers, synchronous.
import { dirname, join } from 'node:path';
import type { Binding, FileFacts } from '../../core/facts.ts';
import type { Project } from '../../core/project.ts';
import type { Run } from '../../core/run.ts';
import type { Syntax } from '../syntax/index.ts';
import { createDeclarations } from './declarations/index.ts';
import { packageFolders } from './declarations/package-files.ts';
import { createVersions } from './declarations/versions.ts';
import { createDisk, type Disk, realPath } from './disk.ts';
import { type Bounds, createBounds, isIgnoreFile, isInside } from './ignore.ts';
import { createModules } from './modules.ts';
import { createNameIndex, type IndexedNames } from './name-index.ts';
import { createPackages, type Packages } from './packages/index.ts';
import type { Registry } from './packages/registry.ts';
import { createSources, type Sources } from './sources.ts';
import { isInstalled, type LeftOut, walk } from './walk.ts';

export interface ProjectFolder {
  /** Absolute path. */
  readonly path: string;
  /** Globs of `privacy.exclude`. */
  readonly exclude: readonly string[];
}

export interface ProjectOptions {
  readonly log: Run['log'];
  readonly syntax: Syntax;
  readonly folders: readonly ProjectFolder[];
  /** `privacy.exclude` for files outside of every folder. */
  readonly outsideExclude?: readonly string[];
  /** The text of an open document, which counts before the disk. */
  readonly openText: (path: string) => string | undefined;
  /** Facts of an open document where they were made already, so that it is not parsed twice. */
  readonly openFacts?: (path: string) => FileFacts | undefined;
  /** The names that the workspace's index knows; files are looked through where there is none. */
  readonly indexed?: IndexedNames;
  /** Variables that say where packages are installed; this process's own when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Asked whether a package exists that nothing on this machine knows. */
  readonly registry?: Registry;
}

export interface WorkspaceProject extends Project, Pick<Packages, 'entryOf' | 'dependenciesOf'> {
  readonly disk: Disk;
  /** The innermost workspace folder around a path. */
  folderOf(path: string): string | undefined;
  boundsOf(path: string): Bounds;
  /** Source files of a folder, in languages that vouch knows; walked once until files change. */
  files(folder: string): readonly string[];
  /** Source files that lie directly in a folder, in a language or one that its modules may be written in. */
  sourcesIn(folder: string, languageId: string): readonly string[];
  /** What the walk of the folder left out, and why. */
  leftOut(folder: string): LeftOut;
  /**
   * Loads the grammars of a language and of those that its modules may be written in. Without it, the first question for
   * facts in a language has no answer.
   */
  prepare(languageId: string): Promise<void>;
  /** Files were created, changed or removed on disk, or changed in an editor. */
  changed(paths: readonly string[]): void;
}

interface Walked {
  readonly paths: readonly string[];
  readonly set: ReadonlySet<string>;
  readonly leftOut: LeftOut;
}

/** A project over the given folders. Make a new one when the folders or what they exclude change. */
export function createProject(options: ProjectOptions): WorkspaceProject {
  const { syntax, openText } = options;
  const disk = createDisk();
  const folders = options.folders
    .map((folder) => ({ ...folder, bounds: createBounds(folder.path, folder.exclude) }))
    .sort((a, b) => b.path.length - a.path.length);
  const outside = new Map<string, Bounds>();
  const walks = new Map<string, Walked>();

  const folderOf = (path: string): string | undefined =>
    folders.find((each) => isInside(each.path, path))?.path;
  const boundsOf = (path: string): Bounds => {
    const inside = folders.find((each) => isInside(each.path, path));
    if (inside) return inside.bounds;
    const folder = dirname(path);
    let bounds = outside.get(folder);
    if (!bounds) {
      bounds = createBounds(folder, options.outsideExclude ?? []);
      outside.set(folder, bounds);
    }
    return bounds;
  };

  const walkOf = (folder: string) => {
    let found = walks.get(folder);
    if (!found) {
      const leftOut: LeftOut = new Map();
      const accepts = (path: string): boolean => syntax.languageFor(path) !== undefined || isManifest(path);
      const paths = [...walk(folder, { disk, bounds: boundsOf(folder), accepts, leftOut, probe: false })];
      found = { paths, set: new Set(paths), leftOut };
      walks.set(folder, found);
    }
    return found;
  };
  const manifests = new Set(syntax.languages.flatMap(({ modules }) => modules?.manifests ?? []));
  const isManifest = (path: string): boolean => manifests.has(path.slice(dirname(path).length + 1));
  const files = (folder: string): readonly string[] =>
    folders.some(({ path }) => path === folder) ? walkOf(folder).paths : [];

  /** A file that was there and is: its change moves nothing else. */
  const isWalkedStill = (path: string): boolean => {
    const folder = folderOf(path);
    const walked = folder === undefined ? undefined : walks.get(folder);
    return walked?.set.has(path) === true && disk.kind(path) === 'file';
  };

  const modules = createModules({
    languages: syntax.languages,
    disk,
    bounds: boundsOf,
    folder: folderOf,
    files,
  });

  const packages = createPackages({
    languages: syntax.languages,
    disk,
    folder: folderOf,
    files,
    openText,
    environment: options.environment ?? process.env,
    ...(options.registry && { registry: options.registry }),
  });

  /** Not a link to somewhere outside of the workspace: what lies there was not opened, and may not be shown to anybody. */
  const realFolders = folders.map(({ path }) => realPath(path));
  const isOwn = (path: string): boolean => {
    const real = realPath(path);
    if (realFolders.some((folder) => isInside(folder, real))) return true;
    return folderOf(path) === undefined && isInside(realPath(dirname(path)), real);
  };

  const mayRead = (path: string): boolean => {
    const bounds = boundsOf(path);
    return (
      isOwn(path) &&
      !bounds.isExcluded(path) &&
      !bounds.isIgnored(path) &&
      !isInstalled(path.slice(folderOf(path)?.length ?? 0))
    );
  };

  const sources = createSources({ syntax, openText, openFacts: options.openFacts, mayRead });
  const { text, facts, forget } = sources;

  const exportsOf = (path: string, seen: ReadonlySet<string> = new Set()): readonly Binding[] | undefined => {
    const languageId = syntax.languageFor(path)?.id;
    const made = languageId === undefined ? undefined : facts(path);
    const own = made && modules.exportsOf(made.languageId, { text: text(path) ?? '', facts: made });
    if (!own) return undefined;
    const names = [...own.names];
    for (const module of own.handedOn) {
      const target = modules.resolve(path, made.languageId, module);
      if (target.kind !== 'file') return undefined;
      if (seen.has(target.path) || target.path === path) continue;
      const theirs = exportsOf(target.path, new Set([...seen, path]));
      if (!theirs) return undefined;
      names.push(...theirs.filter(({ name }) => name !== 'default'));
    }
    return names;
  };

  const installed = createSources({ syntax, openText, openFacts: undefined, mayRead: () => true });
  const sourceIn = (from: Sources) => (path: string) => {
    const made = from.facts(path);
    return made && { text: from.text(path) ?? '', facts: made };
  };
  const versions = createVersions({
    languages: syntax.languages,
    disk,
    folder: folderOf,
    read: packages.read,
  });
  /** What only a later standard library can have, it may have. */
  const packageOf: Project['packageOf'] = (fromPath, languageId, module) => {
    const found = packages.packageOf(fromPath, languageId, module);
    const standard = syntax.languages.find(({ id }) => id === languageId)?.types?.standard;
    const mayBeNew =
      found.kind === 'absent' &&
      standard?.modules !== undefined &&
      new RegExp(standard.modules, 'u').test(module) &&
      versions.outgrown(fromPath, languageId);
    return mayBeNew ? { kind: 'unknown' } : found;
  };
  const declarations = createDeclarations({
    languages: syntax.languages,
    disk,
    resolve: modules.resolve,
    foldersOf(fromPath, languageId, module) {
      const folder = folderOf(fromPath);
      const extensions = syntax.languages.find(({ id }) => id === languageId)?.extensions;
      return folder === undefined || !extensions ? [] : packageFolders(files(folder), extensions, module);
    },
    source: sourceIn(sources),
    installedSource: sourceIn(installed),
    entryOf: (fromPath, languageId, module) => packages.entryOf(fromPath, languageId, module),
    outgrown: versions.outgrown,
  });

  const resolve: Project['resolve'] = (fromPath, languageId, module) => {
    const found = modules.resolve(fromPath, languageId, module);
    if (found.kind !== 'external') return found;
    const installedModule = packages.moduleOf(fromPath, languageId, module);
    return installedModule.kind === 'missing' ? installedModule : found;
  };

  const index = createNameIndex({
    syntax,
    modules,
    files,
    openText,
    facts,
    exportsOf,
    ...(options.indexed && { indexed: options.indexed }),
  });

  return {
    disk,
    folderOf,
    boundsOf,
    files,
    sourcesIn(folder, languageId) {
      const family = modules.family(languageId);
      const names = [...(disk.entries(folder)?.keys() ?? [])].sort();
      return names
        .filter((name) => family.includes(syntax.languageFor(name)?.id ?? ''))
        .map((name) => join(folder, name));
    },
    leftOut: (folder) => walkOf(folder).leftOut,
    resolve,
    facts,
    text,
    exportsOf: (path) => exportsOf(path),
    packageOf,
    manifestOf: packages.manifestOf,
    entryOf: packages.entryOf,
    dependenciesOf: packages.dependenciesOf,
    declarationsOf: declarations.declarationsOf,
    membersOf: declarations.membersOf,
    meaningOf: declarations.meaningOf,
    builtinsOf: declarations.builtinsOf,
    outgrown: versions.outgrown,
    ambient: (languageId) =>
      index.ambient(
        languageId,
        folders.map(({ path }) => path),
      ),
    isGivenMember: (languageId, name) =>
      index.isGivenMember(
        languageId,
        name,
        folders.map(({ path }) => path),
      ),
    importable(fromPath, languageId, name) {
      const folder = folderOf(fromPath);
      const imports = facts(fromPath)?.imports ?? [];
      const { places, whole } =
        folder === undefined
          ? { places: [], whole: false }
          : index.importable({ fromPath, languageId, folder, imports }, name);
      const homes = modules.standardHomes(languageId, name);
      return [
        ...places.map((each) => ({ ...each, certain: whole && places.length === 1 })),
        ...homes.map((each) => ({ ...each, certain: whole && places.length === 0 && each.certain === true })),
      ];
    },
    sharedNames: (fromPath, languageId, file) =>
      modules.sharedNames(fromPath, languageId, file, { text, facts }),
    async prepare(languageId) {
      await Promise.all(modules.family(languageId).map((each) => syntax.load(each)));
    },
    changed(paths) {
      disk.changed(paths);
      modules.changed();
      packages.changed();
      versions.changed();
      declarations.changed(paths, !paths.every(isWalkedStill));
      installed.forget(paths);
      forget(paths.some(isIgnoreFile) ? undefined : paths);
      for (const { bounds } of folders) bounds.changed(paths);
      outside.clear();
      if (paths.some((path) => isIgnoreFile(path) || !isWalkedStill(path))) walks.clear();
      index.changed(paths);
    },
  };
}
