// The wrappers in their order around a model, outermost last.
import type { OpenAIModel } from '../models/openai.ts';
import { type Gate, withLimit } from './limit.ts';
import { type RetryOptions, withRetry } from './retry.ts';
import { type TimeoutOptions, withTimeout } from './timeout.ts';

export interface ProtectOptions {
  readonly retry?: RetryOptions;
  readonly timeout?: TimeoutOptions;
}

/**
 * The time limit is nearest to the model, so that waiting for a place does not count; the retry is outermost, so that
 * its pauses hold no place.
 * @param gate one for each endpoint, shared by its models.
 */
export function protectModel(
  model: OpenAIModel,
  gate: Gate,
  { retry, timeout }: ProtectOptions = {},
): OpenAIModel {
  const wrapped = withRetry(withLimit(withTimeout(model, timeout), gate), retry);
  return {
    get name() {
      return wrapped.name;
    },
    get api() {
      return wrapped.api;
    },
    stream: wrapped.stream,
    prepare: model.prepare,
    preview: model.preview,
  };
}
