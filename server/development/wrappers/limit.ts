// A model that is asked only so many things at once: the rest waits its turn, in order.
import type { Model } from '../../core/model.ts';

/** Local servers have one to four slots; hosted ones count requests. More at once only makes each slower. */
export const concurrentRequests = 4;

/** The places at one endpoint, shared by all the models behind it. */
export interface Gate {
  /** Waits for a place. @returns gives the place back. @throws the signal's reason when it is aborted before. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createGate(places: number = concurrentRequests): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };
  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free--;
        return leaveOnce();
      }
      return new Promise((resolve, reject) => {
        const next = (): void => {
          signal.removeEventListener('abort', abort);
          resolve(leaveOnce());
        };
        const abort = (): void => {
          waiting.splice(waiting.indexOf(next), 1);
          reject(signal.reason);
        };
        waiting.push(next);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
}

/** @param gate one for each endpoint. */
export function withLimit(model: Model, gate: Gate): Model {
  return {
    get name() {
      return model.name;
    },
    get api() {
      return model.api;
    },
    async *stream(run, request) {
      const leave = await gate.enter(run.signal);
      try {
        yield* model.stream(run, request);
      } finally {
        leave();
      }
    },
  };
}
