// Checking many files: as many analyses as there are cores to run them, each taking the next file when it is free.
import { availableParallelism } from 'node:os';
import type { Run } from '../core/run.ts';
import type { Analysis } from './analysis/analysis.ts';
import type { Supervised } from './supervise.ts';
import type { CheckedFile } from './workbench.ts';
import { builtWorker } from './worker-rpc.ts';

/** Files that make a further worker worth its start, which costs about half a second of a core. */
const filesPerWorker = 60;
/** Files under way in one worker: the next is on its port before it has finished the last. */
const ahead = 2;

export interface Crew {
  /** The analysis that is there already. */
  readonly first: Analysis;
  /** Starts a further one that knows what the first was told. */
  readonly hire: () => Promise<Supervised<Analysis>>;
}

/**
 * @param checkOne asks one analysis for one file.
 * @returns files as they are done, in no particular order.
 * @throws what `checkOne` throws, once what is under way has ended.
 */
export async function* checkFiles(
  run: Run,
  crew: Crew,
  paths: readonly string[],
  checkOne: (analysis: Analysis, path: string) => Promise<CheckedFile>,
): AsyncIterable<CheckedFile> {
  const wanted = Math.min(availableParallelism(), Math.ceil(paths.length / filesPerWorker));
  // In process there is one thread, however many would share it.
  const hired = builtWorker('analysis-worker')
    ? Array.from({ length: Math.max(0, wanted - 1) }, () => crew.hire())
    : [];
  try {
    const done: CheckedFile[] = [];
    let wake = (): void => undefined;
    let next = 0;
    let failure: { readonly error: unknown } | undefined;
    const work = async (analysis: Promise<Analysis> | Analysis): Promise<void> => {
      const ready = await analysis;
      while (next < paths.length && !failure) {
        run.signal.throwIfAborted();
        done.push(await checkOne(ready, paths[next++]!));
        wake();
      }
    };
    const analyses = [crew.first, ...hired.map(async (one) => (await one).api)];
    let working = analyses.length * ahead;
    for (const analysis of analyses) {
      for (let lane = 0; lane < ahead; lane++) {
        void work(analysis)
          .catch((error: unknown) => {
            failure ??= { error };
          })
          .finally(() => {
            working--;
            wake();
          });
      }
    }
    while (working > 0 || done.length > 0) {
      if (done.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      yield* done.splice(0);
    }
    if (failure) throw failure.error;
  } finally {
    await Promise.all(hired.map(async (one) => (await one).dispose()));
  }
}
