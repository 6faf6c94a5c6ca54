// The threads that read files for the index: as many as there are cores, and only for as long as there is much to read.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Run } from '../core/run.ts';
import type { ReadFilesOf } from '../input/workspace/index/read-files.ts';
import type { IndexThread } from './index-thread.ts';
import { builtWorker, connect, type Link } from './worker-rpc.ts';

/** Threads beyond which the disk is what is waited for, and memory what is paid. */
const maxThreads = 8;

/** Files that the asking thread reads itself: starting another one would take longer. */
const maxOwnFiles = 12;
const maxOwnBytes = 256 * 1024;

/**
 * What the first file of a language costs a thread, in portions of work: compiling its queries takes up to half a second,
 * so that a thread that has them may be waited for.
 */
const languagePrice = 3;

/** Milliseconds without work after which the threads end. */
const idleMs = 3000;

export interface Readers {
  readonly read: ReadFilesOf;
  readonly lanes: number;
  dispose(): Promise<void>;
}

interface Reader {
  readonly link: Link<Pick<IndexThread, 'read'>>;
  busy: number;
  /** Whose grammars and queries it has. */
  readonly languages: Set<string>;
}

/** @param own reads in this thread: what is little, and all where no worker was built. */
export function createReaders(log: Run['log'], own: ReadFilesOf): Readers {
  const url = builtWorker('index-worker');
  if (!url) return { read: own, lanes: 1, dispose: async () => undefined };
  const lanes = Math.min(maxThreads, availableParallelism());
  let readers: Reader[] = [];
  let timer: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    const ended = readers;
    readers = [];
    await Promise.all(ended.map(({ link }) => link.close()));
  };
  const start = (): Reader => {
    const link = connect<IndexThread>(new Worker(url), 'index reader', log);
    const reader: Reader = { link, busy: 0, languages: new Set() };
    void link.ended.then(() => {
      readers = readers.filter((one) => one !== reader);
    });
    readers.push(reader);
    return reader;
  };
  const priceOf = ({ busy, languages }: Reader, wanted: readonly string[]): number =>
    busy + (wanted.every((one) => languages.has(one)) ? 0 : languagePrice);
  const readerFor = (wanted: readonly string[]): Reader => {
    const [best] = [...readers].sort((a, b) => priceOf(a, wanted) - priceOf(b, wanted));
    if (best && (readers.length === lanes || priceOf(best, wanted) === 0)) return best;
    return start();
  };

  return {
    lanes,
    async read(folder, files) {
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      if (readers.length === 0 && files.length <= maxOwnFiles && bytes <= maxOwnBytes)
        return own(folder, files);
      clearTimeout(timer);
      const wanted = [...new Set(files.map(({ languageId }) => languageId))];
      const reader = readerFor(wanted);
      for (const one of wanted) reader.languages.add(one);
      reader.busy++;
      try {
        return await reader.link.remote.read(folder, files);
      } finally {
        reader.busy--;
        if (readers.every(({ busy }) => busy === 0)) {
          clearTimeout(timer);
          timer = setTimeout(() => void end(), idleMs);
          timer.unref();
        }
      }
    },
    async dispose() {
      clearTimeout(timer);
      await end();
    },
  };
}
