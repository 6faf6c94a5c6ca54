// An HTTP answer read as events: streamed or whole, whatever its content type says, and never taken for complete when it was cut.
import { type ModelEvent, ModelFailure } from '../../core/model.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import { type Body, inspectBody, TooLarge } from './body.ts';
import { badAnswer, cutFailure, emptyFailure, type Place, saidFailure } from './failures.ts';
import { type AnswerPart, parseJson, readError, readPart } from './protocol.ts';

/** Bytes of one answer: a stream spends some 250 on each token, so this is about 100,000 tokens. */
const maximumAnswerBytes = 24_000_000;

type Finish = Extract<ModelEvent, { type: 'finish' }>;

/**
 * @param parseEvents reads an event stream's JSON values; ends silently when the connection is aborted.
 * @param mustSpeak whether an answer without any text is a failure. Nothing to fill in is a good answer.
 * @throws ModelFailure; the abort reason of the run.
 */
export async function* readAnswer(
  run: Run,
  place: Place,
  response: Response,
  parseEvents: (bytes: Body['bytes']) => AsyncIterable<unknown>,
  mustSpeak: boolean,
): AsyncGenerator<ModelEvent> {
  try {
    const body = await inspectBody(response, maximumAnswerBytes);
    if (body.kind === 'html' || body.kind === 'empty' || body.kind === 'unknown')
      throw badAnswer(place, body.kind);
    const values = body.kind === 'json' ? wholeValue(body.bytes) : parseEvents(body.bytes);
    let spoken = false;
    let finish: Finish['reason'] | undefined;
    let usage: AnswerPart['usage'];
    for await (const value of values) {
      throwIfEnded(run);
      const part = partOf(place, value);
      spoken ||= part.text !== '';
      // Text that follows the end would be another answer's.
      if (finish === undefined) yield { type: 'text', text: part.text };
      finish ??= part.finish;
      usage = part.usage ?? usage;
    }
    throwIfEnded(run);
    if (finish === undefined && body.kind === 'stream' && !body.sawEnd()) throw cutFailure(place);
    if (!spoken && mustSpeak) throw emptyFailure(place);
    yield { type: 'finish', reason: finish ?? 'unknown', ...(usage && { usage }) };
  } catch (error) {
    throwIfEnded(run);
    throw asFailure(place, error);
  }
}

async function* wholeValue(bytes: Body['bytes']): AsyncGenerator<unknown> {
  yield parseJson(await new Response(bytes).text());
}

function partOf(place: Place, value: unknown): AnswerPart {
  const said = readError(value);
  if (said) throw saidFailure(place, said);
  const part = readPart(value);
  if (!part) throw badAnswer(place, 'unknown');
  return part;
}

function asFailure(place: Place, error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (error instanceof TooLarge) return badAnswer(place, 'too large');
  // The client throws an error event's content, and what does not parse.
  if (error instanceof SyntaxError) return badAnswer(place, 'unknown');
  const said = error instanceof Error && 'error' in error ? readError({ error: error.error }) : undefined;
  return said ? saidFailure(place, said) : cutFailure(place, error);
}
