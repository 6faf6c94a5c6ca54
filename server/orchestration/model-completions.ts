// A model's completions: asked for after a pause in typing, kept while the typing agrees with them, stopped when it does not.
import { ModelFailure } from '../core/model.ts';
import { Cancelled, type Run, throwIfEnded } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { CompletionCandidate } from '../core/task.ts';
import { createEarlyStop } from '../development/polish/early-stop.ts';
import { polish } from '../development/polish/index.ts';
import { readAnswer } from './answer.ts';
import { judgeCompletion } from './complete.ts';
import type { Workshop } from './propose.ts';
import { completionRequest } from './requests.ts';
import type { CompletionQuestion } from './workbench.ts';

/**
 * Milliseconds without a key before a model is asked unbidden, while keys come faster than answers: most pauses within a
 * word are shorter. A key that comes after the answer to the one before is not held back.
 */
const debounce = 120;

/** Streams kept going or kept whole a document: the present one and those that going back a few keys would want again. */
const maximumKept = 8;

/** What is compared to know that a stream still belongs to the place: the text before the cursor, this many code units. */
const anchorLength = 2_000;

/** Characters that may be typed before a stream's first text comes: by then it is likelier to miss than to fit. */
const maximumBlindTyping = 4;

interface Stream {
  readonly uri: string;
  /** Text before the cursor when it was asked, its last part. */
  readonly anchor: string;
  readonly offset: number;
  readonly suffix: string;
  readonly multiline: boolean;
  text: string;
  /** `failed` also when it was stopped. */
  state: 'running' | 'done' | 'failed';
  /** The model as it called itself, once it was asked. */
  model: string;
  readonly controller: AbortController;
  ended: Promise<void>;
}

export interface ModelCompletions {
  /** Resolves with nothing when the model failed: the failure is told through `failed`. */
  ask(
    run: Run,
    workshop: Workshop,
    snapshot: Snapshot,
    question: CompletionQuestion,
  ): Promise<readonly CompletionCandidate[]>;
  /** Stops what is under way for a document, and forgets it. */
  forget(uri: string): void;
  /** The same for all documents: the models are others, or nobody is left to ask. */
  clear(): void;
}

/** @param failed told of each failure; it decides whether the user hears of it. */
export function createModelCompletions(
  failed: (failure: ModelFailure) => void,
  log: Run['log'],
): ModelCompletions {
  let streams: Stream[] = [];
  /** When a question about a document was last overtaken by the next key. */
  const overtaken = new Map<string, number>();

  const drop = (which: (stream: Stream) => boolean, reason: Cancelled['reason']): void => {
    for (const stream of streams.filter(which)) stream.controller.abort(new Cancelled(reason));
    streams = streams.filter((stream) => !which(stream));
  };

  const start = (workshop: Workshop, snapshot: Snapshot, question: CompletionQuestion): Stream => {
    const { uri, text } = snapshot;
    const { offset, multiline } = question;
    drop((other) => other.uri === uri && other.state === 'running' && other.offset !== offset, 'superseded');
    const controller = new AbortController();
    const stream: Stream = {
      uri,
      anchor: anchorAt(text, offset),
      offset,
      suffix: text.slice(offset, offset + suffixLength),
      multiline,
      text: '',
      state: 'running',
      model: '',
      controller,
      ended: Promise.resolve(),
    };
    const run: Run = {
      signal: controller.signal,
      report: () => undefined,
      log,
      now: () => performance.now(),
    };
    stream.ended = pour(run, workshop, snapshot, question, stream).then(
      () => {
        stream.state = 'done';
      },
      (error: unknown) => {
        stream.state = 'failed';
        streams = streams.filter((one) => one !== stream);
        if (error instanceof ModelFailure) failed(error);
        else if (!(error instanceof Cancelled)) log('error', `completion: ${String(error)}`);
      },
    );
    const kept = new Set([stream, ...streams].slice(0, maximumKept));
    drop((one) => !kept.has(one), 'superseded');
    streams = [...kept];
    return stream;
  };

  return {
    async ask(run, workshop, snapshot, question) {
      const fitting = (): Stream | undefined => streams.find((stream) => fits(stream, snapshot, question));
      run.signal.addEventListener('abort', () => overtaken.set(snapshot.uri, run.now()), { once: true });
      throwIfEnded(run);
      const last = overtaken.get(snapshot.uri) ?? Number.NEGATIVE_INFINITY;
      const hurried = run.now() - last < debounce;
      for (;;) {
        let stream = fitting();
        if (!stream && !question.invoked && hurried) {
          await pause(run, debounce);
          // Another request for the same place may have begun one meanwhile.
          stream = fitting();
        }
        stream ??= start(workshop, snapshot, question);
        await orEnd(run, stream.ended);
        if (stream.state !== 'done') return [];
        // What came may contradict what was typed before it came: then the model is asked for the present place.
        if (stream.offset !== question.offset && !fits(stream, snapshot, question)) continue;
        const rest = restOf(stream, snapshot, question);
        if (rest.trim() === '') return [];
        const origin = { source: 'model', model: stream.model } as const;
        const candidate = await judgeCompletion(run, workshop, snapshot, question.offset, rest, origin);
        return candidate ? [candidate] : [];
      }
    },
    forget(uri) {
      overtaken.delete(uri);
      drop((stream) => stream.uri === uri, 'document changed');
    },
    clear: () => drop(() => true, 'shutdown'),
  };
}

/** Code units after the cursor that must still stand there. */
const suffixLength = 200;

const anchorAt = (text: string, offset: number): string =>
  text.slice(Math.max(0, offset - anchorLength), offset);

/** Whether a stream was asked at this place or a little before, and agrees with what was typed since. */
function fits(
  stream: Stream,
  { uri, text }: Snapshot,
  { offset, multiline, invoked }: CompletionQuestion,
): boolean {
  if (stream.uri !== uri || offset < stream.offset || (multiline && !stream.multiline)) return false;
  if (anchorAt(text, stream.offset) !== stream.anchor || !text.startsWith(stream.suffix, offset))
    return false;
  const typed = text.slice(stream.offset, offset);
  if (stream.state === 'running' && stream.text === '') {
    return typed.length <= maximumBlindTyping && !typed.includes('\n');
  }
  if (stream.state === 'running') return stream.text.startsWith(typed) || typed.startsWith(stream.text);
  // Whoever asks by a key wants another try where nothing came.
  if (invoked && stream.text.trim() === '') return false;
  // Taken whole, there is nothing left of it: what comes next is another question.
  return stream.text.startsWith(typed) && (typed === '' || stream.text.length > typed.length);
}

/** What of an answer is still to be typed; one line where more cannot be shown. */
function restOf(stream: Stream, { text }: Snapshot, { offset, multiline }: CompletionQuestion): string {
  const rest = stream.text.slice(text.slice(stream.offset, offset).length);
  return multiline ? rest : rest.split('\n', 1)[0]!;
}

async function pour(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  question: CompletionQuestion,
  stream: Stream,
): Promise<void> {
  const { analysis, roles, settings } = workshop;
  const model = await roles.model(run, 'completion');
  stream.model = model.name;
  const built = await analysis.prompt(run, {
    uri: snapshot.uri,
    version: snapshot.version,
    kind: 'completion',
    offset: question.offset,
    multiline: question.multiline,
    invoked: question.invoked,
    budget: settings.budget.contextTokens,
  });
  const place = {
    before: snapshot.text.slice(0, question.offset),
    after: snapshot.text.slice(question.offset),
    language: workshop.language,
  };
  const ask = async (): Promise<string> => {
    const request = completionRequest(model, built, question.multiline);
    const chat = request.kind === 'chat';
    const enough = createEarlyStop({ ...place, multiline: question.multiline, chat });
    const { text } = await readAnswer(run, model, request, enough, (soFar) => {
      if (!chat) stream.text = soFar;
    });
    return text;
  };
  // An endpoint that turns out not to fill in the middle is asked by chat from then on.
  const text = await ask().catch((error: unknown) => {
    if (error instanceof ModelFailure && error.kind === 'no-fim') return ask();
    throw error;
  });
  // Polished here too, so that what is typed on can be compared with code, not with the answer's wrapping.
  const target = { start: question.offset, end: question.offset };
  stream.text = polish({ text, snapshot, target }, { ...place, replaced: '', mode: 'insert' }).text;
}

async function pause(run: Run, milliseconds: number): Promise<void> {
  await orEnd(run, new Promise((resolve) => setTimeout(resolve, milliseconds)));
}

/** Waits for the promise, or throws the run's abort reason when that comes first. */
function orEnd<T>(run: Run, promise: Promise<T>): Promise<T> {
  if (run.signal.aborted) return Promise.reject(run.signal.reason);
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(run.signal.reason);
    run.signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => run.signal.removeEventListener('abort', abort));
  });
}
