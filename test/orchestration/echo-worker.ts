// A worker with one method for each thing that worker-rpc must carry.
import { parentPort } from 'node:worker_threads';
import { Cancelled, type Run } from '../../server/core/run.ts';
import { serve } from '../../server/orchestration/worker-rpc.ts';

export interface Echo {
  same(value: unknown): Promise<unknown>;
  nothing(): Promise<undefined>;
  steps(run: Run, count: number): Promise<string>;
  untilCancelled(run: Run): Promise<void>;
  cancellations(): Promise<readonly string[]>;
  refuse(message: string): Promise<void>;
  outdated(): Promise<void>;
  crash(): Promise<void>;
}

serve<Echo>(parentPort!, (log) => {
  const cancellations: string[] = [];
  return {
    same: async (value) => value,
    nothing: async () => undefined,
    async steps(run, count) {
      for (let step = 1; step <= count; step++) run.report({ message: `step ${step}` });
      run.log('info', `${count} steps`);
      return 'done';
    },
    untilCancelled: (run) =>
      new Promise((_, reject) => {
        run.signal.addEventListener('abort', () => {
          cancellations.push(String(run.signal.reason));
          reject(run.signal.reason);
        });
        run.report({ message: 'waiting' });
      }),
    cancellations: async () => cancellations,
    refuse: (message) => Promise.reject(new RangeError(message)),
    outdated: () => Promise.reject(new Cancelled('document changed')),
    async crash() {
      log('warning', 'about to crash');
      setImmediate(() => {
        throw new Error('out of order');
      });
      await new Promise(() => undefined);
    },
  };
});
