// The door of the index that vouch keeps itself: the answers to `WorkspaceIndex` over a store that is kept up to date, and
// the whole of it in one thread.
import { basename, dirname } from 'node:path';
import type { ModuleResolution } from '../../../core/project.ts';
import type { Run } from '../../../core/run.ts';
import type { Syntax } from '../../syntax/index.ts';
import type { WorkspaceIndex } from '../workspace-index.ts';
import { callers, importing, inFile, named, similar, testsOf } from './answers.ts';
import { createBuilder, type IndexFolder, type Update } from './builder.ts';
import { createFileReader } from './read-files.ts';
import { createStore, type Store } from './store.ts';
import { lastName } from './write-segment.ts';

export type { IndexFolder, Update } from './builder.ts';
export { createStore, type Store } from './store.ts';

/** How an import of a file resolves; in the workspace it is `Project.resolve`. */
export type Resolve = (fromPath: string, languageId: string, module: string) => ModuleResolution;

export type Questions = Omit<WorkspaceIndex, 'changed' | 'state' | 'dispose'>;

/** Answers from the store, at once; a promise only since the interface may be elsewhere. */
export function questionsOf(store: Store, resolve: () => Resolve | Promise<Resolve>): Questions {
  return {
    named: async (_, name, near, limit) => named(store, name, near, limit),
    inFile: async (_, path) => inFile(store, path),
    callers: async (_, name, near, limit) => callers(store, name, near, limit),
    importers: async (run, path, limit) => importersOf(run, store, await resolve(), path, limit),
    similar: async (_, terms, near, limit) => similar(store, terms, near, limit),
    testsOf: async (_, name, near, limit) => testsOf(store, name, near, limit),
  };
}

function importersOf(run: Run, store: Store, resolve: Resolve, path: string, limit: number): string[] {
  const stem = basename(path).replace(/(?:\.\w+)+$/, '');
  // A file may stand for its folder, and its declarations for themselves where modules are not files.
  const declared = inFile(store, path).flatMap(({ containers, name }) =>
    containers.length === 0 ? [name] : [],
  );
  const names = new Set([stem, basename(dirname(path)), ...declared]);
  const found: string[] = [];
  for (const { path: from, languageId, imports } of importing(store, [...names], path)) {
    if (found.length >= limit) break;
    run.signal.throwIfAborted();
    if (from === path) continue;
    const leads = (module: string): boolean => {
      const to = resolve(from, languageId, module);
      return (to.kind === 'file' && to.path === path) || (to.kind === 'folder' && to.path === dirname(path));
    };
    const modules = new Set(imports.flatMap((one) => modulesOf(one, names)));
    if ([...modules].some(leads)) found.push(from);
  }
  return found;
}

/**
 * What an import may lead to by a module of one of these names. With `from .. import gen`, `use crate::gen`, a name that is
 * taken may be the module itself.
 */
export function modulesOf(
  { module, names }: { readonly module: string; readonly names: readonly string[] },
  wanted: ReadonlySet<string>,
): string[] {
  const own = wanted.has(lastName(module)) ? [module] : [];
  const taken = names.filter((name) => wanted.has(name));
  if (taken.length === 0) return own;
  if (/[/\\]/.test(module)) return [module];
  const separator = module.includes('::') || module === 'crate' ? '::' : module.endsWith('.') ? '' : '.';
  return [module, ...taken.map((name) => `${module}${separator}${name}`)];
}

/** Applies what a builder tells of. */
export function applyUpdate(store: Store, update: Update): void {
  if (update.type === 'added') for (const buffer of update.segments) store.add(update.folder, buffer);
  else if (update.type === 'removed') store.remove(update.paths);
  else if (update.type === 'folders') store.keep(update.folders);
}

/** Which files have an outline, and in which language. */
export const outlinedLanguage = (syntax: Syntax) => {
  const outlined = new Set(syntax.languages.filter(({ id }) => syntax.hasOutline(id)).map(({ id }) => id));
  return (path: string): string | undefined => {
    const id = syntax.languageFor(path)?.id;
    return id !== undefined && outlined.has(id) ? id : undefined;
  };
};

export interface LocalIndex extends WorkspaceIndex {
  follow(folders: readonly IndexFolder[]): void;
  /** Resolves when all is read. */
  settled(): Promise<void>;
}

/** The index in this thread, without a cache: for tests, benches and the command line. */
export function createLocalIndex(log: Run['log'], syntax: Syntax, resolve: Resolve): LocalIndex {
  const store = createStore(log);
  const builder = createBuilder({
    log,
    languageOf: outlinedLanguage(syntax),
    read: createFileReader(Promise.resolve(syntax)),
    lanes: 1,
    tell: (update) => applyUpdate(store, update),
  });
  return {
    ...questionsOf(store, () => resolve),
    follow: builder.follow,
    settled: builder.settled,
    changed: async (paths) => builder.changed(paths),
    state: async () => builder.state(),
    dispose: builder.stop,
  };
}
