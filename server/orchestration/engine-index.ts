// What the embedded engine has read of the folders, kept true in the background: a few files at a time, so that the
// thread answers between them.
import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Run } from '../core/run.ts';
import type { EmbeddedEngine, LeftOut as NotLearned } from '../development/models/embedded/index.ts';
import { createDisk, isFileSystemError } from '../input/workspace/disk.ts';
import { type Bounds, createBounds, isInside } from '../input/workspace/ignore.ts';
import { maxFileBytes } from '../input/workspace/limits.ts';
import { readSource, type Unreadable } from '../input/workspace/read.ts';
import { isInstalled, type LeftOut, walk } from '../input/workspace/walk.ts';
import type { EngineCache } from './engine-cache.ts';

export interface EngineFolder {
  readonly path: string;
  /** Globs of `privacy.exclude`: what they name is not learned. */
  readonly exclude: readonly string[];
}

/** Milliseconds of work between two turns in which requests are answered: a question may wait for so long. */
const stepMs = 2;

/** Milliseconds between two times at which what was learned is kept: a session may end at any time. */
const keepInterval = 2 * 60_000;

/** Kept with what was learned. */
const noteSchema = z.object({
  /** Whether all was sorted to its depth, so that the next session need not. */
  sorted: z.boolean(),
  /** Path to size and time. */
  stamps: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
type Note = z.infer<typeof noteSchema>;

/** By these a file that changed is told from one that did not. */
interface Known {
  readonly size: number;
  readonly modified: number;
}

export interface EngineIndex {
  /** Learns what is in these folders and forgets the rest. */
  follow(folders: readonly EngineFolder[]): void;
  changed(paths: readonly string[]): void;
  /** Whether all that was read is worked in, so that questions are answered from all of it. */
  ready(): boolean;
  /** Reason to number, of files that the engine was not shown. */
  leftOut(): ReadonlyMap<string, number>;
  stop(): void;
}

/** @param cache where it is kept between two sessions; absent to keep nothing. */
export function createEngineIndex(engine: EmbeddedEngine, log: Run['log'], cache?: EngineCache): EngineIndex {
  const disk = createDisk();
  const known = new Map<string, Known>();
  let folders: readonly { readonly path: string; readonly bounds: Bounds; readonly left: LeftOut }[] = [];
  let followed: readonly EngineFolder[] = [];
  let walking: Generator<undefined, void> | undefined;
  /** Whether something was learned that is not kept. */
  let unkept = false;
  /** Whether all that was learned is sorted to its depth, and whether what is kept is. */
  let sorted = false;
  let keptSorted = true;
  let keeping: Generator<undefined, void> | undefined;
  let keepTimer: NodeJS.Timeout | undefined;
  let keptAt = Number.NEGATIVE_INFINITY;
  const waiting = new Set<string>();
  let working = false;
  let stopped = false;

  /** Files that are no text, too large to be read at all, or for which there is no room. */
  const unread = new Map<string, Unreadable | NotLearned>();

  const forget = (path: string): void => {
    known.delete(path);
    unread.delete(path);
    sorted = false;
    engine.forget(path);
  };
  const read = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const before = known.get(path);
    if (stat && before?.size === stat.size && before.modified === stat.mtimeMs) return;
    const noRoom =
      stat?.isFile() && stat.size <= maxFileBytes ? engine.noRoomFor(path, stat.size) : undefined;
    if (noRoom) {
      forget(path);
      unread.set(path, noRoom);
      return;
    }
    const source = stat?.isFile() ? readSource(path) : undefined;
    if (!stat || !source || !('text' in source)) {
      forget(path);
      if (source && 'skipped' in source) unread.set(path, source.skipped);
      return;
    }
    unread.delete(path);
    known.set(path, { size: stat.size, modified: stat.mtimeMs });
    unkept = true;
    sorted = false;
    engine.learn(path, source.text);
  };
  const learn = (path: string): void => {
    try {
      read(path);
    } catch (error) {
      // A file that may not be looked at must not end the reading of the others.
      if (!isFileSystemError(error)) throw error;
      log('debug', `the embedded engine left out ${path}: ${error.message}`);
      forget(path);
    }
  };

  function* readAll(): Generator<undefined, void> {
    const seen = new Set<string>();
    for (const { path: folder, bounds, left } of folders) {
      left.clear();
      for (const path of walk(folder, { disk, bounds, leftOut: left, probe: false })) {
        if (!seen.has(path)) {
          seen.add(path);
          learn(path);
        }
        yield;
      }
    }
    for (const path of [...known.keys(), ...unread.keys()]) if (!seen.has(path)) forget(path);
  }

  /** One path that changed: a file, a folder, or nothing any more. */
  function* readOne(path: string): Generator<undefined, void> {
    const bounds = folders.find((one) => isInside(one.path, path))?.bounds;
    if (!bounds || isInstalled(path)) return;
    const kind = bounds.isIgnored(path) || bounds.isExcluded(path) ? undefined : disk.kind(path);
    if (kind === 'file') learn(path);
    else if (kind === 'folder') {
      for (const file of walk(path, { disk, bounds, probe: false })) {
        learn(file);
        yield;
      }
    }
    // What was there and is not any more, alone or with its folder.
    for (const file of [...known.keys(), ...unread.keys()]) {
      if (isInside(path, file) && (kind === undefined || !disk.kind(file))) forget(file);
    }
  }

  const next = (): Generator<undefined, void> | undefined => {
    const [path] = waiting;
    if (path === undefined) return undefined;
    waiting.delete(path);
    return readOne(path);
  };

  /** Takes over what an earlier session learned; files that changed since are found by the walk that follows. */
  const restore = (): void => {
    const bytes = cache?.read(followed);
    const text = bytes && engine.restore(bytes);
    if (text === undefined) return;
    const note = noteSchema.parse(JSON.parse(text));
    for (const [path, [size, modified]] of Object.entries(note.stamps)) known.set(path, { size, modified });
    keptSorted = note.sorted;
    keptAt = performance.now();
  };

  const isWorthKeeping = (): boolean => cache !== undefined && (unkept || (sorted && !keptSorted));
  /** As soon as questions are answered from all of it, for a session may be short; once more when it is sorted. */
  const isTimeToKeep = (): boolean =>
    isWorthKeeping() && performance.now() >= keptAt + keepInterval && engine.stats().waiting === 0;
  function* keep(to: EngineCache): Generator<undefined, void> {
    unkept = false;
    keptSorted = sorted;
    keptAt = performance.now();
    const of = followed;
    const stamps: Note['stamps'] = {};
    for (const [path, { size, modified }] of known) stamps[path] = [size, modified];
    const note: Note = { sorted, stamps };
    const bytes = yield* engine.saveInSteps(JSON.stringify(note));
    to.write(of, bytes).catch((error: unknown) => {
      log('warning', `what the embedded engine learned could not be kept: ${String(error)}`);
    });
  }
  const keepLater = (): void => {
    if (!isWorthKeeping() || keepTimer || stopped) return;
    keepTimer = setTimeout(
      () => {
        keepTimer = undefined;
        wake();
      },
      Math.max(0, keptAt + keepInterval - performance.now()),
    ).unref();
  };

  /** What is done when all was read; whether there is more. */
  const settle = (milliseconds: number): boolean => {
    if (cache && !keeping && isTimeToKeep()) keeping = keep(cache);
    if (!keeping) {
      sorted = !engine.work(milliseconds, true);
      return !sorted || isTimeToKeep();
    }
    if (keeping.next().done) keeping = undefined;
    return true;
  };

  /** A little of what is to be done; whether there is more. */
  const step = (): boolean => {
    const end = performance.now() + stepMs;
    while (performance.now() < end) {
      walking ??= next();
      if (!walking) {
        if (!settle(end - performance.now())) return false;
        continue;
      }
      if (walking.next().done) walking = undefined;
      // Segments are made as soon as there is enough for one, so that what was read counts early.
      if (performance.now() < end) engine.work(0, false);
    }
    return true;
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    try {
      do await nextTurn();
      while (!stopped && step());
    } finally {
      working = false;
    }
    keepLater();
  };
  const wake = (): void => {
    work().catch((error: unknown) => {
      // A fault of ours in one place; the rest of the work goes on without it.
      log('error', `the embedded engine: ${error instanceof Error ? error.message : String(error)}`);
      walking = undefined;
      keeping = undefined;
      wake();
    });
  };

  return {
    follow(wanted) {
      const first = followed.length === 0;
      followed = wanted;
      if (first) restore();
      folders = wanted.map(({ path, exclude }) => ({
        path,
        bounds: createBounds(path, exclude),
        left: new Map(),
      }));
      walking = readAll();
      wake();
    },
    changed(paths) {
      disk.changed(paths);
      for (const { bounds } of folders) bounds.changed(paths);
      for (const path of paths) waiting.add(path);
      wake();
    },
    ready: () => !walking && waiting.size === 0 && engine.stats().waiting === 0,
    leftOut() {
      const counts = new Map<string, number>();
      for (const { left } of folders) {
        for (const [reason, count] of left) counts.set(reason, (counts.get(reason) ?? 0) + count);
      }
      for (const reason of unread.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      return counts;
    },
    stop() {
      stopped = true;
      clearTimeout(keepTimer);
    },
  };
}
