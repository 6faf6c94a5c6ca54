// Keeps an index true to the disk: walks the folders, has read what is new or has changed, and tells of segments as they
// come. It holds no thread for long, and knows nothing of threads: who reads files is given.
import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Run } from '../../../core/run.ts';
import { createDisk, isFileSystemError } from '../disk.ts';
import { isIgnoreFile, isInside } from '../ignore.ts';
import { maxFileBytes, maxIndexBytes } from '../limits.ts';
import { isInstalled, walk } from '../walk.ts';
import type { IndexState } from '../workspace-index.ts';
import { createBatches } from './batches.ts';
import type { IndexCache } from './cache.ts';
import { createKeeper } from './keeper.ts';
import type { FileToRead, ReadFiles, ReadFilesOf } from './read-files.ts';
import { createRoots, type IndexFolder, type Root } from './roots.ts';
import { within } from './store.ts';

export type { IndexFolder } from './roots.ts';

/** What changed in the index: to be applied in order. */
export type Update =
  | { readonly type: 'folders'; readonly folders: readonly string[] }
  | { readonly type: 'added'; readonly folder: string; readonly segments: readonly SharedArrayBuffer[] }
  | { readonly type: 'removed'; readonly paths: readonly string[] }
  /** Paths that changed on disk, told where the index is asked to watch; they are not read yet. */
  | { readonly type: 'disk'; readonly paths: readonly string[] }
  /** Whether all that is known to have changed was read, of the folders that were named in that turn. */
  | { readonly type: 'ready'; readonly ready: boolean; readonly turn: number };

export interface BuilderOptions {
  readonly log: Run['log'];
  /** The language of a file that has an outline, by its path. */
  readonly languageOf: (path: string) => string | undefined;
  readonly read: ReadFilesOf;
  /** How many readings may be under way at once. */
  readonly lanes: number;
  readonly tell: (update: Update) => void;
  readonly cache?: IndexCache;
}

export interface Builder {
  /**
   * These folders and no others are to be known.
   * @param turn comes back with what is told of their being ready.
   */
  follow(folders: readonly IndexFolder[], turn?: number): void;
  /** Files or folders were created, changed or removed. */
  changed(paths: readonly string[]): void;
  state(): IndexState;
  /** Resolves when there is nothing to do. */
  settled(): Promise<void>;
  /** Saves what is to be saved and ends. */
  stop(): Promise<void>;
}

/** Milliseconds of work after which others on the same thread have a turn. */
const stepMs = 8;

export function createBuilder({ log, languageOf, read, lanes, tell, cache }: BuilderOptions): Builder {
  const disk = createDisk();
  const roots = createRoots();
  const keeper = createKeeper({ log, tell, cache });
  const toWalk = new Set<Root>();
  const waiting = new Set<string>();
  let working: Promise<void> | undefined;
  let stopped = false;
  let turn = 0;

  const refuse = (root: Root, path: string, reason: string): void => {
    root.refused.set(path, reason);
    keeper.remove(root.path, [path]);
  };

  /** What is to be read of a file; `undefined` where it is as it was, or none for the index. */
  const requestFor = (root: Root, path: string): FileToRead | undefined => {
    const languageId = languageOf(path);
    if (languageId === undefined) return undefined;
    const stat = stampOf(path);
    if (!stat) {
      refuse(root, path, 'unreadable');
      return undefined;
    }
    const known = keeper.known(path);
    if (known?.size === stat.size && known.modified === stat.modified) return undefined;
    if (stat.size > maxFileBytes) {
      refuse(root, path, 'too large');
      return undefined;
    }
    root.refused.delete(path);
    return { path: within(root.path, path), languageId, ...stat, ...(known && { hash: known.hash }) };
  };

  const accept = (root: Root, { segments, unchanged, leftOut }: ReadFiles): void => {
    if (!roots.has(root)) return;
    keeper.add(root.path, segments);
    for (const file of unchanged) keeper.restamp(root.path, file);
    for (const { path, reason } of leftOut) refuse(root, roots.absolute(root, path), reason);
  };

  const batchesFor = (root: Root) =>
    createBatches<FileToRead>(
      lanes,
      ({ languageId }) => languageId,
      async (files) => {
        try {
          accept(root, await read(root.path, files));
        } catch (error) {
          if (!stopped) log('error', `the index could not read some files: ${String(error)}`);
          for (const { path } of files) root.refused.set(roots.absolute(root, path), 'reading failed');
        }
      },
    );

  /** What of a folder is to be read, file by file; `undefined` for one that is as it was. */
  function* requestsIn(root: Root, seen: Set<string>): Generator<FileToRead | undefined, void> {
    const accepts = (path: string): boolean => languageOf(path) !== undefined && roots.of(path) === root;
    const { bounds, left: leftOut } = root;
    let bytes = 0;
    for (const path of walk(root.path, { disk, bounds, accepts, leftOut, probe: false })) {
      const request = requestFor(root, path);
      bytes += request?.size ?? keeper.known(path)?.size ?? 0;
      if (bytes > maxIndexBytes) {
        root.refused.set(path, 'over the size limit of the index');
        yield undefined;
      } else {
        seen.add(path);
        yield request;
      }
    }
  }

  /** Everything of a folder, with what its cache has. */
  const walkRoot = async (root: Root): Promise<void> => {
    const fromCache = keeper.load(root.path);
    const batches = batchesFor(root);
    // Without a cache there is much to read, and it begins while the walk goes on.
    const later: FileToRead[] = [];
    const seen = new Set<string>();
    root.left.clear();
    root.refused.clear();
    let began = performance.now();
    for (const request of requestsIn(root, seen)) {
      if (stopped || !roots.has(root)) return;
      if (request && fromCache) later.push(request);
      else if (request) await batches.add(request, request.size);
      if (performance.now() - began > stepMs) {
        await nextTurn();
        began = performance.now();
      }
    }
    keeper.removeUnseen(root.path, seen);
    if (fromCache) keeper.tellAll(root.path);
    for (const request of later) await batches.add(request, request.size);
    await batches.done();
  };

  const readChanged = async (paths: readonly string[]): Promise<void> => {
    for (const root of roots.all()) {
      const batches = batchesFor(root);
      for (const path of paths) {
        if (roots.of(path) !== root || isInstalled(within(root.path, path))) continue;
        for (const request of changesAt(root, path)) await batches.add(request, request.size);
      }
      await batches.done();
    }
  };

  /** One path that changed: a file, a folder, or nothing any more. */
  function* changesAt(root: Root, path: string): Generator<FileToRead, void> {
    const { bounds } = root;
    const outside = bounds.isIgnored(path) || bounds.isExcluded(path);
    const kind = outside ? undefined : disk.kind(path);
    root.refused.delete(path);
    if (kind === 'file') {
      const request = requestFor(root, path);
      if (request) yield request;
      return;
    }
    if (kind === 'folder') {
      const accepts = (file: string): boolean => languageOf(file) !== undefined && roots.of(file) === root;
      for (const file of walk(path, { disk, bounds, accepts, probe: false })) {
        const request = requestFor(root, file);
        if (request) yield request;
      }
    }
    keeper.removeInside(root.path, path, (file) => kind === undefined || disk.kind(file) !== 'file');
  }

  const work = async (): Promise<void> => {
    // A turn for whoever has more to say at the same time.
    await nextTurn();
    while (!stopped) {
      const [root] = toWalk;
      if (root) {
        toWalk.delete(root);
        await walkRoot(root);
      } else if (waiting.size > 0) {
        const paths = [...waiting];
        waiting.clear();
        await readChanged(paths);
      } else break;
      keeper.compact();
    }
  };
  const wake = (): void => {
    if (working || stopped) return;
    tell({ type: 'ready', ready: false, turn });
    working = work()
      .catch((error: unknown) =>
        log('error', `the index: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      )
      .finally(() => {
        working = undefined;
        if (toWalk.size + waiting.size > 0) wake();
        else {
          tell({ type: 'ready', ready: true, turn });
          keeper.saveSoon();
        }
      });
  };

  return {
    follow(folders, newTurn = 0) {
      turn = newTurn;
      const fresh = roots.follow(folders);
      keeper.keep(roots.all().map(({ path }) => path));
      for (const root of toWalk) if (!roots.has(root)) toWalk.delete(root);
      for (const root of fresh) toWalk.add(root);
      wake();
    },
    changed(paths) {
      disk.changed(paths);
      for (const root of roots.all()) {
        root.bounds.changed(paths);
        if (paths.some((path) => isIgnoreFile(path) && isInside(root.path, path))) toWalk.add(root);
      }
      for (const path of paths) waiting.add(path);
      wake();
    },
    state: () => ({ ready: !working, ...keeper.counts(), leftOut: roots.leftOut() }),
    async settled() {
      while (working) await working;
    },
    async stop() {
      stopped = true;
      await working;
      keeper.save();
    },
  };
}

function stampOf(path: string): { size: number; modified: number } | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? { size: stat.size, modified: stat.mtimeMs } : undefined;
  } catch (error) {
    // A folder that may not be searched, a name that is too long.
    if (isFileSystemError(error)) return undefined;
    throw error;
  }
}
