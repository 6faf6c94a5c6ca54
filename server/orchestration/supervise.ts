// A worker that is started when first asked, and again when it dies, with what it must know told anew; in process where
// none was built.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Run } from '../core/run.ts';
import { builtWorker, connect, type Link, type Remote } from './worker-rpc.ts';

/** Deaths within `window` milliseconds after which it is left dead: something kills it for certain. */
const maximumDeaths = 3;
const window = 60_000;

/** Milliseconds that saving may hold up the end. */
const maxSaveMs = 500;

export interface Supervised<Api> {
  /** The present worker's methods, or the object in process. Calls reject while it is dead for good. */
  readonly api: Api;
  dispose(): Promise<void>;
}

/**
 * @param name of the worker's file and in log lines.
 * @param create makes the same object in process, where no worker was built (running from source).
 * @param restore tells a new worker what the dead one knew.
 * @param lost told once when it is not started again.
 */
export function supervise<Api extends Remote<Api> & { dispose(): Promise<void> }>(
  name: string,
  log: Run['log'],
  create: () => Api,
  restore: (api: Api) => Promise<void>,
  lost: () => void,
): Supervised<Api> {
  const url = builtWorker(name);
  if (!url) {
    const api = create();
    return { api, dispose: () => api.dispose() };
  }

  const deaths: number[] = [];
  let disposed = false;
  const start = (): Link<Api> => {
    const link = connect<Api>(new Worker(url), name, log);
    void link.ended.then(async (reason) => {
      if (!reason || disposed) return;
      const now = performance.now();
      deaths.push(now);
      if (deaths.filter((at) => now - at < window).length >= maximumDeaths) return lost();
      present = start();
      await restore(present.remote).catch((error: unknown) => log('error', `${name}: ${String(error)}`));
    });
    return link;
  };
  let present: Link<Api> | undefined;

  return {
    // Looked up at each call: the worker behind it may be another one by then, and none before the first call.
    api: new Proxy({} as Api, {
      get: (_, method) => {
        present ??= start();
        return Reflect.get(present.remote as object, method);
      },
    }),
    async dispose() {
      disposed = true;
      if (!present) return;
      // What it saves at its end; a worker that is busy or gone is not waited for.
      const saved = present.remote.dispose().catch(() => undefined);
      await Promise.race([saved, sleep(maxSaveMs, undefined, { ref: false })]);
      await present.close();
    },
  };
}
