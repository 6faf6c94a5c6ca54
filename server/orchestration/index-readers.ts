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
    const reader: Reader = { link: { ...link, remote: link.remote }, busy: 0 };
    void link.ended.then(() => {
      readers = readers.filter((one) => one !== reader);
    });
    readers.push(reader);
    return reader;
  };
  const free = (): Reader => {
    const idle = readers.find(({ busy }) => busy === 0);
    if (idle) return idle;
    if (readers.length < lanes) return start();
    return readers.reduce((best, one) => (one.busy < best.busy ? one : best));
  };

  return {
    lanes,
    async read(folder, files) {
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      if (readers.length === 0 && files.length <= maxOwnFiles && bytes <= maxOwnBytes)
        return own(folder, files);
      clearTimeout(timer);
      const reader = free();
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
