// The index between two starts, on disk, shared by all processes that open the same folder. Segments are files that never
// change, named by their content; a manifest says which of them count and is replaced as a whole. Whatever is missing,
// cut or damaged is read again from the sources. Several writers do no harm: the last manifest counts, and what it names
// was there before it.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import type { Run } from '../../../core/run.ts';
import { isFileSystemError } from '../disk.ts';
import { maxCacheAgeMs, maxCacheBytes, orphanAgeMs } from '../limits.ts';
import type { CachedSegment, IndexCache } from './cache.ts';
import { indexVersion } from './layout.ts';

const manifestName = 'manifest.json';
const ending = '.segment';

const count = z.int().check(z.nonnegative());
const manifestSchema = z.object({
  /** For whoever looks into the cache; nothing is read from there. */
  folder: z.string(),
  segments: z.array(
    z.object({
      name: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
      dead: z.array(count),
      stamps: z.array(z.tuple([count, z.number(), z.number()])),
    }),
  ),
});
type Manifest = z.infer<typeof manifestSchema>;

/**
 * @param home absolute path of the folder that holds the caches of all workspace folders.
 * @param grammars what the outlines depend on beside this program's own version: another value, another cache.
 */
export function createDiskCache(home: string, grammars: string, log: Run['log']): IndexCache {
  const folderFor = (folder: string): string => join(home, digest(`${indexVersion}\n${grammars}\n${folder}`));
  const guarded = <T>(what: string, otherwise: T, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      log('warning', `the index could not be ${what} ${home}: ${error.message}`);
      return otherwise;
    }
  };
  /** What is in a file of a buffer by now, so that it is not hashed at each save. */
  const names = new WeakMap<SharedArrayBuffer, string>();

  return {
    load: (folder) =>
      guarded('read from', [], () => {
        const place = folderFor(folder);
        const manifest = readManifest(join(place, manifestName));
        if (!manifest) return [];
        // Its time says when it was last of use.
        touch(join(place, manifestName));
        return manifest.segments.flatMap(({ name, dead, stamps }) => {
          const buffer = readSegment(join(place, name + ending), name);
          if (!buffer) return [];
          names.set(buffer, name);
          const newer = stamps.map(([file, size, modified]) => [file, { size, modified }] as const);
          return [{ buffer, dead, stamps: new Map(newer) }];
        });
      }),

    save(folder, segments, unwanted) {
      guarded('saved in', undefined, () => {
        const place = folderFor(folder);
        mkdirSync(place, { recursive: true, mode: 0o700 });
        chmodSync(place, 0o700);
        const written = segments.map((segment) => {
          const name = names.get(segment.buffer) ?? digest(new Uint8Array(segment.buffer));
          names.set(segment.buffer, name);
          writeSegment(join(place, name + ending), segment.buffer);
          return entryOf(name, segment);
        });
        replace(join(place, manifestName), JSON.stringify({ folder, segments: written } satisfies Manifest));
        for (const buffer of unwanted) {
          const name = names.get(buffer);
          if (name !== undefined) rmSync(join(place, name + ending), { force: true });
        }
        removeOrphans(place, new Set(written.map(({ name }) => name + ending)));
      });
      guarded('tidied in', undefined, () => removeOld(home, folderFor(folder)));
    },
  };
}

const entryOf = (name: string, { dead, stamps }: CachedSegment): Manifest['segments'][number] => ({
  name,
  dead: [...dead],
  stamps: [...stamps].map(([file, { size, modified }]) => [file, size, modified]),
});

const digest = (content: string | Uint8Array): string => createHash('sha1').update(content).digest('hex');

function readManifest(path: string): Manifest | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    // Cut or damaged: as good as none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns `undefined` where it is gone, or its content is not what its name says. */
function readSegment(path: string, name: string): SharedArrayBuffer | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return undefined;
  const buffer = new SharedArrayBuffer(size);
  const bytes = new Uint8Array(buffer);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < size; ) {
      const got = readSync(file, bytes, at, size - at, at);
      if (got === 0) return undefined;
      at += got;
    }
  } finally {
    closeSync(file);
  }
  return digest(bytes) === name ? buffer : undefined;
}

/** One that is there already is made young, so that no other process takes it for an orphan. */
function writeSegment(path: string, buffer: SharedArrayBuffer): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === buffer.byteLength) touch(path);
  else replace(path, Buffer.from(buffer));
}

/** Nobody ever sees half of it, and a process that dies leaves the old one. Power that fails may cut it, which is noticed. */
const replace = (path: string, content: string | Buffer): void =>
  writeFileAtomic.sync(path, content, { mode: 0o600, fsync: false });

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch (error) {
    // Gone meanwhile, or on a disk that is only read: its age then says what it says.
    if (!isFileSystemError(error)) throw error;
  }
}

/** What no manifest has named for so long that nobody can be about to. */
function removeOrphans(place: string, named: ReadonlySet<string>): void {
  const before = Date.now() - orphanAgeMs;
  for (const name of readdirSync(place)) {
    const path = join(place, name);
    if (name === manifestName || named.has(name)) continue;
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (modified !== undefined && modified < before) rmSync(path, { force: true });
  }
}

/** Caches of folders that were not opened for long; and the longest unused ones, when there is too much. */
function removeOld(home: string, own: string): void {
  const others = readdirSync(home)
    .map((name) => join(home, name))
    .filter((place) => place !== own)
    .map((place) => ({ place, used: usedAt(place), bytes: bytesIn(place) }))
    .sort((a, b) => b.used - a.used);
  let bytes = bytesIn(own);
  for (const one of others) {
    bytes += one.bytes;
    const isOld = Date.now() - one.used > maxCacheAgeMs;
    // One that was used just now may belong to a process that runs.
    const isTooMuch = bytes > maxCacheBytes && Date.now() - one.used > orphanAgeMs;
    if (isOld || isTooMuch) rmSync(one.place, { recursive: true, force: true });
  }
}

const usedAt = (place: string): number =>
  (
    statSync(join(place, manifestName), { throwIfNoEntry: false }) ??
    statSync(place, { throwIfNoEntry: false })
  )?.mtimeMs ?? 0;

function bytesIn(place: string): number {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.size ?? 0;
  return readdirSync(place).reduce(
    (sum, name) => sum + (statSync(join(place, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
