// A model that may not fall silent: a limit on the wait for the first sign of life, and one on each pause after it.
import { type Model, ModelFailure } from '../../core/model.ts';
import { Cancelled } from '../../core/run.ts';

export interface TimeoutOptions {
  /** Milliseconds until the first event. */
  readonly first: number;
  /** Milliseconds between one event and the next. */
  readonly between: number;
}

/**
 * The first event may need a local server to load its model from disk and to read a long prompt without a graphics
 * card; after that a second a token is already slow.
 */
export const timeoutDefaults: TimeoutOptions = { first: 120_000, between: 30_000 };

/** @throws ModelFailure of kind `stalled` when a limit is over, with the connection closed. */
export function withTimeout(model: Model, options: TimeoutOptions = timeoutDefaults): Model {
  return {
    get name() {
      return model.name;
    },
    get api() {
      return model.api;
    },
    async *stream(run, request) {
      const controller = new AbortController();
      let begun = false;
      const arm = (): NodeJS.Timeout =>
        setTimeout(
          () => controller.abort(new Cancelled('timeout')),
          begun ? options.between : options.first,
        ).unref();
      let timer = arm();
      const signal = AbortSignal.any([run.signal, controller.signal]);
      try {
        for await (const event of model.stream({ ...run, signal }, request)) {
          clearTimeout(timer);
          // While the reader is busy with the event the model is not to blame for the time.
          yield event;
          begun = true;
          timer = arm();
        }
      } catch (error) {
        run.signal.throwIfAborted();
        if (!controller.signal.aborted) throw error;
        throw stalled(model.name, begun ? options.between : options.first, begun);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function stalled(name: string, limit: number, begun: boolean): ModelFailure {
  const seconds = Math.round(limit / 100) / 10;
  return new ModelFailure(
    'stalled',
    begun
      ? `${name} fell silent for ${seconds} s in the middle of its answer. Try again; see the server's log.`
      : `${name} has not begun to answer for ${seconds} s. Is it still loading, or is the server busy?`,
  );
}
