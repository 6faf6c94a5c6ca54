// A model that is asked again where that helps: after 429, 5xx and connections that fail before the first text.
import { type Model, ModelFailure } from '../../core/model.ts';
import type { Run } from '../../core/run.ts';
import { sleep } from './sleep.ts';

export interface RetryOptions {
  /** How often the same is asked at most, the first time included. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly firstDelay: number;
  /** A server that wants more milliseconds than this is not waited for: the user hears of it at once. */
  readonly longestDelay: number;
}

/** Three attempts within a second or two: longer than that, whoever waits at an editor would rather know. */
export const retryDefaults: RetryOptions = { attempts: 3, firstDelay: 400, longestDelay: 20_000 };

/**
 * Waits the longer of what the server asks for (`Retry-After`) and the back-off, which is spread by a random quarter so
 * that several clients do not return together. Once text was delivered a failure is final, since a second answer would
 * not continue the first. An abort ends the waiting.
 * @throws the last ModelFailure; the abort reason of the run.
 */
export function withRetry(model: Model, options: RetryOptions = retryDefaults): Model {
  return {
    get name() {
      return model.name;
    },
    get api() {
      return model.api;
    },
    async *stream(run, request) {
      for (let attempt = 1; ; attempt++) {
        let delivered = false;
        try {
          for await (const event of model.stream(run, request)) {
            delivered ||= event.type === 'text' && event.text !== '';
            yield event;
          }
          return;
        } catch (error) {
          run.signal.throwIfAborted();
          const delay =
            delivered || attempt >= options.attempts ? undefined : delayAfter(error, attempt, options);
          if (delay === undefined) throw error;
          await wait(run, model.name, error, delay);
        }
      }
    },
  };
}

/** Milliseconds until the next attempt; `undefined` when there is none. */
function delayAfter(error: unknown, attempt: number, options: RetryOptions): number | undefined {
  if (!(error instanceof ModelFailure) || error.retryAfter === undefined) return undefined;
  if (error.retryAfter > options.longestDelay) return undefined;
  const backOff = options.firstDelay * 2 ** (attempt - 1) * (1 + Math.random() / 4);
  return Math.max(error.retryAfter, backOff);
}

function wait(run: Run, name: string, error: unknown, delay: number): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  run.log('info', `${name}: asking again in ${Math.round(delay)} ms: ${why}`);
  run.report({ message: `${why} Trying again` });
  return sleep(delay, run.signal);
}
