// The source files of a folder, one by one, and a count of what was left out and why.
import { basename, join } from 'node:path';
import type { Disk } from './disk.ts';
import type { Bounds, OutOfBounds } from './ignore.ts';
import { maxDepth, maxFiles } from './limits.ts';
import { probeSource, type Unreadable } from './read.ts';

export type LeftOutReason =
  | Unreadable
  | OutOfBounds
  | 'installed packages'
  | 'symbolic link'
  | 'unknown language'
  | 'too deep'
  | 'over the file limit';

/** Reason to count; a folder that is left out counts once, since it is not looked into. */
export type LeftOut = Map<LeftOutReason, number>;

export interface WalkOptions {
  readonly disk: Disk;
  readonly bounds: Bounds;
  /** Whether a file is of interest by its path. All are when absent. */
  readonly accepts?: (path: string) => boolean;
  /** Receives what was left out. */
  readonly leftOut?: LeftOut;
  /** Told of each folder that is not looked into for its depth. */
  readonly tooDeep?: (folder: string) => void;
  /** Leave out binary and large files, which opens each: for those who read them later anyway, `false`. */
  readonly probe?: boolean;
  readonly limit?: number;
}

// Never the user's own source, whatever an ignore file says: repositories' own data, and what package managers fetch.
const neverNames = new Set([
  '.git', '.hg', '.svn', '.jj', 'node_modules', 'bower_components', '__pycache__', 'site-packages', '.tox', '.nox',
  '.mypy_cache', '.pytest_cache', '.ruff_cache', '.gradle', '.venv',
]); // biome-ignore format: a table

// A folder with one of these was made by a tool and holds installed packages, whatever it is called.
const installedMarkers = ['pyvenv.cfg', 'conda-meta'];

/** Whether a path leads through a folder that never holds the user's own source. */
export const isInstalled = (path: string): boolean =>
  path.split(/[\\/]/).some((name) => neverNames.has(name));

/**
 * Walks a folder in the order of names, files of a folder before its folders. Links are not followed, as git does it,
 * so no loop of them can catch it. A generator: whoever must stay responsive takes a few files at a time.
 * @param folder absolute path.
 */
export function* walk(folder: string, options: WalkOptions): Generator<string, void, void> {
  const { disk, bounds, accepts, leftOut, tooDeep, probe = true, limit = maxFiles } = options;
  const leave = (reason: LeftOutReason): void => {
    leftOut?.set(reason, (leftOut.get(reason) ?? 0) + 1);
  };
  const refuses = (path: string): LeftOutReason | undefined => {
    if (accepts && !accepts(path)) return 'unknown language';
    return bounds.judge(path, false) ?? (probe ? probeSource(path) : undefined);
  };
  const enter = (path: string, depth: number): void => {
    const reason = refusesFolder(path, depth, disk) ?? bounds.judge(path, true);
    if (reason === 'too deep') tooDeep?.(path);
    if (reason) leave(reason);
    else waiting.push({ path, depth });
  };

  let count = 0;
  const waiting: { path: string; depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { files, folders, links } = sorted(next.path, disk);
    for (let link = 0; link < links; link++) leave('symbolic link');
    for (const path of files) {
      const reason = count >= limit ? 'over the file limit' : refuses(path);
      if (reason) leave(reason);
      else {
        count++;
        yield path;
      }
    }
    for (const path of folders.reverse()) enter(path, next.depth + 1);
  }
}

/** What a folder holds, by kind and in the order of names. */
function sorted(folder: string, disk: Disk): { files: string[]; folders: string[]; links: number } {
  const found = { files: [] as string[], folders: [] as string[], links: 0 };
  for (const [name, kind] of disk.entries(folder) ?? []) {
    if (kind === 'link') found.links++;
    else if (kind === 'folder') found.folders.push(join(folder, name));
    else if (kind === 'file') found.files.push(join(folder, name));
  }
  found.files.sort();
  found.folders.sort();
  return found;
}

function refusesFolder(path: string, depth: number, disk: Disk): LeftOutReason | undefined {
  if (neverNames.has(basename(path))) return 'installed packages';
  if (depth > maxDepth) return 'too deep';
  return installedMarkers.some((marker) => disk.entries(path)?.has(marker))
    ? 'installed packages'
    : undefined;
}
