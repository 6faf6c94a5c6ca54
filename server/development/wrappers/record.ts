// Tells of every request that is sent to a model, just before it is: what it is made of and where it goes.
import type { Model, ModelRequest } from '../../core/model.ts';
import type { OpenAIModel } from '../models/openai.ts';

export interface Sending {
  readonly model: string;
  /** Relative paths of the files whose text is in it. */
  readonly files: readonly string[];
  readonly tokens: number;
  /** Kind of secret to the number of placeholders in it. */
  readonly redactions: Readonly<Record<string, number>>;
}

/** @param tell must not throw, and is not waited for. */
export const withRecord = (model: OpenAIModel, tell: (sending: Sending) => void): OpenAIModel => ({
  get name() {
    return model.name;
  },
  get api() {
    return model.api;
  },
  prepare: model.prepare,
  preview: model.preview,
  async *stream(run, request): ReturnType<Model['stream']> {
    run.signal.throwIfAborted();
    tell({
      model: model.name,
      files: request.about?.files ?? [],
      tokens: request.about?.tokens ?? 0,
      redactions: redactionsIn(request),
    });
    yield* model.stream(run, request);
  },
});

const placeholder = /\[redacted: ([^\]\n]{1,60}?)(?: \d+)?\]/g;

function redactionsIn(request: ModelRequest): Record<string, number> {
  const texts =
    request.kind === 'chat'
      ? request.messages.map(({ content }) => content)
      : [request.prefix, request.suffix, request.context];
  const counts: Record<string, number> = {};
  for (const [, kind] of texts.flatMap((text) => [...text.matchAll(placeholder)])) {
    counts[kind!] = (counts[kind!] ?? 0) + 1;
  }
  return counts;
}
