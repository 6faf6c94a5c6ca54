// What checks remember of open documents. What is remembered of one rests on all others, so it goes when any of them, or
// anything on disk, changes: one is typed in at a time.
import { createMemory, type Memory } from '../../validation/memory.ts';

interface Memories {
  of(uri: string): Memory;
  /** A document was edited. */
  edited(uri: string): void;
  /** Anything else has changed. */
  clear(): void;
}

export function createMemories(): Memories {
  const all = new Map<string, Memory>();
  return {
    of(uri) {
      const known = all.get(uri) ?? createMemory();
      all.set(uri, known);
      return known;
    },
    edited(uri) {
      for (const other of all.keys()) if (other !== uri) all.delete(other);
    },
    clear: () => all.clear(),
  };
}
