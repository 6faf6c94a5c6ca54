// The builder's own view of the index: what is known of each file, what the others have been told, what is to be saved.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../core/run.ts';
import { isInside } from '../ignore.ts';
import { maxSmallSegments, saveDelayMs, smallSegmentFiles } from '../limits.ts';
import type { Update } from './builder.ts';
import type { CachedSegment, IndexCache } from './cache.ts';
import { readRecords } from './read-records.ts';
import type { FileRequest, Stamp } from './record.ts';
import { absolute, createStore, type Held } from './store.ts';
import { fits, writeSegment } from './write-segment.ts';

export interface Keeper {
  known(path: string): (Stamp & { readonly hash: string }) | undefined;
  /** Takes in what the cache has of a folder of which nothing is known, untold; whether there was anything. */
  load(folder: string): boolean;
  /** Tells of all that is known of a folder. */
  tellAll(folder: string): void;
  add(folder: string, segments: readonly SharedArrayBuffer[]): void;
  /** A file whose content is as it was, with another time. */
  restamp(folder: string, file: FileRequest): void;
  remove(folder: string, paths: readonly string[]): void;
  removeUnseen(folder: string, seen: ReadonlySet<string>): void;
  removeInside(folder: string, path: string, gone: (file: string) => boolean): void;
  keep(folders: readonly string[]): void;
  /** Makes one segment of many small ones, and writes those anew that are mostly dead. */
  compact(): void;
  counts(): { readonly files: number; readonly symbols: number; readonly bytes: number };
  saveSoon(): void;
  save(): void;
}

interface KeeperOptions {
  readonly log: Run['log'];
  readonly tell: (update: Update) => void;
  readonly cache: IndexCache | undefined;
}

export function createKeeper({ log, tell, cache }: KeeperOptions): Keeper {
  const store = createStore(log);
  const stamps = new Map<string, Stamp>();
  const dirty = new Set<string>();
  // Segments that have something of a file that is there and must not be known: they are written anew without it.
  const tainted = new Set<Held>();
  const unwanted = new Set<SharedArrayBuffer>();
  let timer: NodeJS.Timeout | undefined;

  const add = (folder: string, segments: readonly SharedArrayBuffer[]): void => {
    if (segments.length === 0) return;
    for (const buffer of segments) store.add(folder, buffer);
    dirty.add(folder);
    tell({ type: 'added', folder, segments });
  };
  const remove = (folder: string, paths: readonly string[]): void => {
    const there = paths.filter((path) => store.place(path));
    if (there.length === 0) return;
    for (const path of there) if (existsSync(path)) tainted.add(store.place(path)!.held);
    store.remove(there);
    for (const path of there) stamps.delete(path);
    dirty.add(folder);
    tell({ type: 'removed', paths: there });
  };
  const pathsOf = (folder: string): string[] =>
    store.paths().filter((path) => store.place(path)!.held.folder === folder);

  const rewrite = (folder: string, several: readonly Held[]): void => {
    const records = several.flatMap((held) =>
      readRecords(held).map((record) => ({
        ...record,
        ...stamps.get(join(folder, ...record.path.split('/'))),
      })),
    );
    const written: SharedArrayBuffer[] = [];
    let part: typeof records = [];
    let symbols = 0;
    for (const record of records) {
      if (!fits(part.length, symbols, record)) {
        written.push(writeSegment(part));
        part = [];
        symbols = 0;
      }
      part.push(record);
      symbols += record.symbols.length;
    }
    if (part.length > 0) written.push(writeSegment(part));
    add(folder, written);
  };

  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const folder of dirty) {
      const own = store.segments.filter((held) => held.folder === folder);
      cache?.save(
        folder,
        own.map((held) => cachedOf(held, stamps)),
        [...unwanted],
      );
    }
    dirty.clear();
    unwanted.clear();
  };

  return {
    known(path) {
      const place = store.place(path);
      if (!place) return undefined;
      const { segment } = place.held;
      const stamp = stamps.get(path) ?? {
        size: segment.columns.fileSize[place.file]!,
        modified: segment.columns.fileModified[place.file]!,
      };
      return { ...stamp, hash: segment.hash(place.file) };
    },
    load(folder) {
      if (!cache || store.segments.some((held) => held.folder === folder)) return false;
      for (const { buffer, dead, stamps: newer } of cache.load(folder)) {
        if (!store.add(folder, buffer)) continue;
        const held = store.segments.at(-1)!;
        store.remove(dead.filter((file) => file < held.segment.files).map((file) => absolute(held, file)));
        for (const [file, stamp] of newer)
          if (file < held.segment.files) stamps.set(absolute(held, file), stamp);
      }
      return store.segments.some((held) => held.folder === folder);
    },
    tellAll(folder) {
      for (const held of store.segments) {
        if (held.folder !== folder) continue;
        tell({ type: 'added', folder, segments: [held.segment.buffer] });
        const dead = [...held.dead.keys()]
          .filter((file) => held.dead[file] === 1)
          .map((file) => absolute(held, file));
        // A file that is dead here may count in another segment, which is told of before or after.
        const gone = dead.filter((path) => !store.place(path));
        if (gone.length > 0) tell({ type: 'removed', paths: gone });
      }
    },
    add,
    restamp(folder, { path, size, modified }) {
      stamps.set(join(folder, ...path.split('/')), { size, modified });
      dirty.add(folder);
    },
    remove,
    removeUnseen: (folder, seen) =>
      remove(
        folder,
        pathsOf(folder).filter((path) => !seen.has(path)),
      ),
    removeInside: (folder, path, gone) =>
      remove(
        folder,
        store.place(path) ? [path] : pathsOf(folder).filter((file) => isInside(path, file) && gone(file)),
      ),
    keep(folders) {
      save();
      store.keep(folders);
      tell({ type: 'folders', folders });
    },
    compact() {
      for (const held of tainted) {
        unwanted.add(held.segment.buffer);
        if (store.segments.includes(held)) rewrite(held.folder, [held]);
      }
      tainted.clear();
      for (const folder of new Set(store.segments.map((held) => held.folder))) {
        const own = store.segments.filter((held) => held.folder === folder);
        const small = own.filter(({ segment }) => segment.files < smallSegmentFiles);
        if (small.length > maxSmallSegments) rewrite(folder, small);
        for (const held of own) {
          const dead = held.dead.reduce((sum, one) => sum + one, 0);
          if (store.segments.includes(held) && dead * 4 > held.segment.files) rewrite(folder, [held]);
        }
      }
    },
    counts: () => store.counts(),
    saveSoon() {
      if (dirty.size === 0 || timer) return;
      timer = setTimeout(save, saveDelayMs);
      timer.unref();
    },
    save,
  };
}

function cachedOf({ segment, dead, paths }: Held, stamps: ReadonlyMap<string, Stamp>): CachedSegment {
  const newer = new Map<number, Stamp>();
  for (const [file, path] of paths.entries()) {
    const stamp = dead[file] === 0 ? stamps.get(path) : undefined;
    if (stamp) newer.set(file, stamp);
  }
  return {
    buffer: segment.buffer,
    dead: [...dead.keys()].filter((file) => dead[file] === 1),
    stamps: newer,
  };
}
