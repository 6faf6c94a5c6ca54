// Checking many files: as many analyses as there are cores to run them, each with a stretch of the files, so that what lies
// together is read by one of them; who has finished helps another.
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
 * @param paths what lies together in a row.
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
    let failure: { readonly error: unknown } | undefined;
    const analyses = [crew.first, ...hired.map(async (one) => (await one).api)];
    const stretches = divide(paths, analyses.length);
    const work = async (analysis: Promise<Analysis> | Analysis, own: string[]): Promise<void> => {
      const ready = await analysis;
      while (!failure) {
        run.signal.throwIfAborted();
        const path = own.shift() ?? longest(stretches).pop();
        if (path === undefined) return;
        done.push(await checkOne(ready, path));
        wake();
      }
    };
    let working = analyses.length * ahead;
    for (const [index, analysis] of analyses.entries()) {
      for (let lane = 0; lane < ahead; lane++) {
        void work(analysis, stretches[index]!)
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

/** Stretches of a list, each as long as the others but for one. */
const divide = (paths: readonly string[], count: number): string[][] =>
  Array.from({ length: count }, (_, index) =>
    paths.slice(Math.floor((index * paths.length) / count), Math.floor(((index + 1) * paths.length) / count)),
  );

const longest = (stretches: readonly string[][]): string[] =>
  stretches.reduce((most, one) => (one.length > most.length ? one : most));
