// Watching folders where the client does not. Node's own watcher, one a folder where the system has none for whole trees:
// the well-known libraries watch each file as well, or come compiled for each machine; this needs one watch a folder that
// may hold sources, and leaves out what is ignored or installed before it is looked into.
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Run } from '../../core/run.ts';
import { createDisk, type Disk, isFileSystemError } from './disk.ts';
import { type Bounds, createBounds, isIgnoreFile, isInside } from './ignore.ts';
import { maxDepth, maxWatchedPaths, maxWatches, watchDelayMs } from './limits.ts';
import { isInstalled } from './walk.ts';

export interface WatchedFolder {
  /** Absolute path. */
  readonly path: string;
  /** Globs of `privacy.exclude`: what they name is not watched. */
  readonly exclude: readonly string[];
}

export interface FolderWatcher {
  /** These folders and no others. Resolves when all are watched. */
  follow(folders: readonly WatchedFolder[]): Promise<void>;
  dispose(): void;
}

/** The systems that watch a whole tree at the price of one folder. */
const watchesTrees = process.platform === 'darwin' || process.platform === 'win32';

/**
 * @param accepts whether a change of a file is worth telling, by its path.
 * @param changed is told of files and folders some moments after they changed, each once; of a folder alone where there
 *   were too many.
 */
export function createFolderWatcher(
  log: Run['log'],
  accepts: (path: string) => boolean,
  changed: (paths: readonly string[]) => void,
): FolderWatcher {
  const disk = createDisk();
  const watchers = new Map<string, FSWatcher>();
  const pending = new Set<string>();
  let roots: readonly { readonly path: string; readonly bounds: Bounds }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let following = 0;
  let isFull = false;

  const flush = (): void => {
    timer = undefined;
    const paths = [...pending];
    pending.clear();
    disk.changed(paths);
    for (const { bounds } of roots) bounds.changed(paths);
    const wide = paths.length > maxWatchedPaths;
    changed(wide ? roots.map(({ path }) => path) : paths);
  };
  const noticed = (path: string): void => {
    pending.add(path);
    timer ??= setTimeout(flush, watchDelayMs);
  };
  const closeInside = (folder: string): void => {
    for (const [path, watcher] of watchers) {
      if (!isInside(folder, path)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };

  const heard = (folder: string, name: string | null): void => {
    if (name === null) {
      noticed(folder);
      return;
    }
    const path = join(folder, name);
    const root = roots.find((one) => isInside(one.path, path));
    if (!root || isInstalled(path.slice(root.path.length))) return;
    disk.changed([path]);
    const kind = disk.kind(path);
    if (root.bounds.judge(path, kind === 'folder') !== undefined) return;
    if (kind === 'folder' && !watchesTrees) {
      watchBelow(root, path, following).catch((error: unknown) =>
        log('error', `watching ${path}: ${String(error)}`),
      );
    }
    // What is gone may have been a folder of sources.
    if (kind === undefined) closeInside(path);
    if (kind !== 'file' || accepts(path) || isIgnoreFile(path)) noticed(path);
  };

  const watchOne = (folder: string): void => {
    if (watchers.has(folder) || isFull) return;
    if (watchers.size >= maxWatches) {
      full(`more than ${maxWatches} folders`);
      return;
    }
    try {
      const watcher = watch(folder, { recursive: watchesTrees, persistent: false }, (_, name) =>
        heard(folder, name),
      );
      watcher.on('error', () => closeInside(folder));
      watchers.set(folder, watcher);
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      // The system's own limit; anything else is a folder that went away or is not ours.
      if (error.code === 'ENOSPC' || error.code === 'EMFILE') full(error.message);
    }
  };
  const full = (reason: string): void => {
    isFull = true;
    log(
      'warning',
      `not all folders are watched (${reason}): what other programs change there is seen when a file is opened or saved`,
    );
  };

  /** @param turn in which this began; another one since then makes it void. */
  const watchBelow = async (
    { bounds, path: rootPath }: (typeof roots)[number],
    start: string,
    turn: number,
  ): Promise<void> => {
    const waiting = [{ path: start, depth: 0 }];
    for (let next = waiting.pop(); next && turn === following; next = waiting.pop()) {
      watchOne(next.path);
      if (watchesTrees) return;
      for (const path of foldersIn(disk, next.path)) {
        const isLeft =
          next.depth >= maxDepth ||
          isInstalled(path.slice(rootPath.length)) ||
          bounds.judge(path, true) !== undefined;
        if (!isLeft) waiting.push({ path, depth: next.depth + 1 });
      }
      await nextTurn();
    }
  };

  return {
    async follow(folders) {
      following++;
      const turn = following;
      isFull = false;
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      roots = folders
        .map(({ path, exclude }) => ({ path, bounds: createBounds(path, exclude) }))
        .sort((a, b) => b.path.length - a.path.length);
      for (const root of roots) await watchBelow(root, root.path, turn);
    },
    dispose() {
      following++;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function foldersIn(disk: Disk, folder: string): string[] {
  return [...(disk.entries(folder) ?? [])].flatMap(([name, kind]) =>
    kind === 'folder' ? [join(folder, name)] : [],
  );
}
