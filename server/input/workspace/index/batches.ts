// Work in portions of a size worth sending, of one kind each, a few at a time.
import { maxBatchBytes, maxBatchFiles } from '../limits.ts';

export interface Batches<Item> {
  /** Resolves when there is room for more. */
  add(item: Item, bytes: number): Promise<void>;
  /** Resolves when all that was added is done. */
  done(): Promise<void>;
}

/**
 * @param lanes portions that are worked on at once; as many again wait ready.
 * @param kindOf items of different kinds are not put together.
 * @param work must not reject.
 */
export function createBatches<Item>(
  lanes: number,
  kindOf: (item: Item) => string,
  work: (items: readonly Item[]) => Promise<void>,
): Batches<Item> {
  const running = new Set<Promise<void>>();
  const open = new Map<string, { items: Item[]; size: number }>();
  const flush = (kind: string): void => {
    const portion = open.get(kind);
    if (!portion) return;
    open.delete(kind);
    const one = work(portion.items).finally(() => running.delete(one));
    running.add(one);
  };
  const room = async (): Promise<void> => {
    while (running.size >= lanes * 2) await Promise.race(running);
  };
  return {
    async add(item, bytes) {
      const kind = kindOf(item);
      const portion = open.get(kind) ?? { items: [], size: 0 };
      open.set(kind, portion);
      portion.items.push(item);
      portion.size += bytes;
      if (portion.size >= maxBatchBytes || portion.items.length >= maxBatchFiles) flush(kind);
      await room();
    },
    async done() {
      for (const kind of [...open.keys()]) {
        flush(kind);
        await room();
      }
      await Promise.all(running);
    },
  };
}
