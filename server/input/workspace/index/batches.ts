// Work in portions of a size worth sending, a few at a time.
import { maxBatchBytes, maxBatchFiles } from '../limits.ts';

export interface Batches<Item> {
  /** Resolves when there is room for more. */
  add(item: Item, bytes: number): Promise<void>;
  /** Resolves when all that was added is done. */
  done(): Promise<void>;
}

/**
 * @param lanes portions that are worked on at once; as many again wait ready.
 * @param work must not reject.
 */
export function createBatches<Item>(
  lanes: number,
  work: (items: readonly Item[]) => Promise<void>,
): Batches<Item> {
  const running = new Set<Promise<void>>();
  let items: Item[] = [];
  let size = 0;
  const flush = (): void => {
    if (items.length === 0) return;
    const one = work(items).finally(() => running.delete(one));
    running.add(one);
    items = [];
    size = 0;
  };
  return {
    async add(item, bytes) {
      items.push(item);
      size += bytes;
      if (size >= maxBatchBytes || items.length >= maxBatchFiles) flush();
      while (running.size >= lanes * 2) await Promise.race(running);
    },
    async done() {
      flush();
      await Promise.all(running);
    },
  };
}
