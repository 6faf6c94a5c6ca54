// Whether there is any model to ask, for saying in a menu that there is none. Looked for beside the requests: servers
// may take seconds to say that they are there, and a menu may not wait for them.
import type { Run } from '../core/run.ts';
import type { Workbench } from '../orchestration/workbench.ts';

/** Milliseconds for which an answer holds: a model server that was started meanwhile should soon be seen. */
const HOLDS = 10_000;

export interface ModelPresence {
  /** Whether it is known that there is none. What is not known yet is looked for, and known at a later call. */
  missing(workbench: Workbench): boolean;
}

/** @param configured whether the settings name a model; then it counts as there, and tells by itself where it fails. */
export function createModelPresence(
  configured: () => boolean,
  log: Run['log'],
  now: Run['now'],
): ModelPresence {
  let missing = false;
  let asked = Number.NEGATIVE_INFINITY;
  return {
    missing(workbench) {
      if (configured()) return false;
      if (now() - asked > HOLDS) {
        asked = now();
        workbench.status().then(
          ({ models }) => {
            missing = models.length === 0;
          },
          (error: unknown) => log('debug', `no status: ${error instanceof Error ? error.message : error}`),
        );
      }
      return missing;
    },
  };
}
