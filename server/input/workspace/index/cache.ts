// What an index keeps between two starts: the shape of the cache; `disk-cache.ts` is the one on disk.
import type { Stamp } from './record.ts';

export interface CachedSegment {
  readonly buffer: SharedArrayBuffer;
  /** Files of it that count no more. */
  readonly dead: readonly number[];
  /** By file: what its size and time are now, where its content is as it was. */
  readonly stamps: ReadonlyMap<number, Stamp>;
}

export interface IndexCache {
  /** What was saved of a folder, as far as it is sound; nothing else is known of whether it is still true. */
  load(folder: string): readonly CachedSegment[];
  /**
   * Replaces what was saved. Failures are logged: an index works without its cache.
   * @param unwanted what must not be there any more, whoever may still use it.
   */
  save(folder: string, segments: readonly CachedSegment[], unwanted: readonly SharedArrayBuffer[]): void;
}
