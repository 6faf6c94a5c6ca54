// A model's stream read to its end, or to where enough has come.
import type { Model, ModelRequest, Usage } from '../core/model.ts';
import { type Run, throwIfEnded } from '../core/run.ts';

export interface Answer {
  readonly text: string;
  readonly usage?: Usage;
  /** Why it ended: the server's reason, or `enough` when the reader had what it needed. */
  readonly reason: 'stop' | 'length' | 'filter' | 'unknown' | 'enough';
}

/** An answer longer than this is not read further: no target in one file needs more, and memory is bounded by it. */
const maximumAnswerLength = 400_000;

/**
 * @param enough told of the text so far after each piece; `true` closes the connection.
 * @param heard told of the same, for showing it as it grows.
 * @throws ModelFailure; the abort reason when the run ended.
 */
export async function readAnswer(
  run: Run,
  model: Model,
  request: ModelRequest,
  enough: (text: string) => boolean = () => false,
  heard: (text: string) => void = () => undefined,
): Promise<Answer> {
  let text = '';
  for await (const event of model.stream(run, request)) {
    throwIfEnded(run);
    if (event.type === 'finish')
      return { text, reason: event.reason, ...(event.usage && { usage: event.usage }) };
    text += event.text;
    heard(text);
    if (text.length > maximumAnswerLength || enough(text)) return { text, reason: 'enough' };
  }
  throwIfEnded(run);
  return { text, reason: 'unknown' };
}
