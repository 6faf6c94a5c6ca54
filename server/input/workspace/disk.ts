// What is on disk around the documents: folder listings, cached until someone says they changed or trust runs out.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { listingTrustMs } from './limits.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface Disk {
  /** Names in a folder; `undefined` where there is no such folder or it cannot be read. Links keep their kind. */
  entries(folder: string): ReadonlyMap<string, EntryKind> | undefined;
  /** What a path leads to, links followed; `undefined` where nothing is. The case of the name counts. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** Counts up with every change that was told of: what is derived from the disk can be keyed by it. */
  readonly generation: number;
  /** These paths were created, changed or removed. */
  changed(paths: readonly string[]): void;
}

interface Listing {
  readonly names: ReadonlyMap<string, EntryKind> | undefined;
  readonly modified: number;
  checked: number;
}

/** A cached view of the file system. Synchronous: it is used in workers only. */
export function createDisk(): Disk {
  const listings = new Map<string, Listing>();
  let generation = 0;

  const entries = (folder: string): Listing['names'] => {
    const now = performance.now();
    const known = listings.get(folder);
    if (known && now - known.checked < listingTrustMs) return known.names;
    const modified = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (known && known.modified === modified) {
      known.checked = now;
      return known.names;
    }
    const names = modified === -1 ? undefined : list(folder);
    listings.set(folder, { names, modified, checked: now });
    return names;
  };

  return {
    entries,
    kind(path) {
      const parent = dirname(path);
      if (parent === path) return 'folder';
      const found = entries(parent)?.get(basename(path));
      if (found === 'file' || found === 'folder') return found;
      return found === undefined ? undefined : followed(path);
    },
    get generation() {
      return generation;
    },
    changed(paths) {
      generation++;
      for (const path of paths) {
        listings.delete(path);
        // A new path may have brought its parents with it.
        for (let at = dirname(path); ; at = dirname(at)) {
          listings.delete(at);
          if (dirname(at) === at) break;
        }
      }
    },
  };
}

/** The path without links; as it is where nothing exists there. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    // A file that is not there (yet) may still have a folder that is a link.
    const parent = dirname(path);
    if (parent === path || !isFileSystemError(error)) return path;
    return `${realPath(parent).replace(/[\\/]$/, '')}${path.slice(parent.length === 1 ? 0 : parent.length)}`;
  }
}

export const isFileSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';

function list(folder: string): ReadonlyMap<string, EntryKind> | undefined {
  try {
    return new Map(
      readdirSync(folder, { withFileTypes: true }).map((entry) => [
        entry.name,
        entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
      ]),
    );
  } catch (error) {
    // Not a folder, or not ours to read: both mean that nothing can be found in it.
    if (isFileSystemError(error)) return undefined;
    throw error;
  }
}

function followed(path: string): 'file' | 'folder' | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    // A loop of links leads nowhere.
    if (isFileSystemError(error)) return undefined;
    throw error;
  }
}
