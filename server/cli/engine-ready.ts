// Waiting for the embedded engine and the index to have read the project, since a command lives too short to profit from
// them later.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../core/run.ts';
import type { EngineStatus, Workbench } from '../orchestration/workbench.ts';

/** Enough for some ten thousand files; what was read by then is used. */
const limitMilliseconds = 15_000;
const intervalMilliseconds = 100;

/** The engine's state when both are ready, or when the limit has passed. */
export async function engineReady(run: Run, workbench: Workbench): Promise<EngineStatus> {
  const started = run.now();
  for (;;) {
    const { engine, index } = await workbench.readiness();
    if ((engine.ready && index.ready) || run.now() - started > limitMilliseconds) return engine;
    run.report({ message: `reading the project: ${engine.files} files` });
    await sleep(intervalMilliseconds, undefined, { signal: run.signal });
  }
}
