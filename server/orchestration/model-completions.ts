// A model's completions: asked for after a pause in typing, kept while the typing agrees with them, stopped when it does not.
import { ModelFailure } from '../core/model.ts';
import { Cancelled, type Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { CompletionCandidate } from '../core/task.ts';
import { createEarlyStop } from '../development/polish/early-stop.ts';
import { polish } from '../development/polish/index.ts';
import { readAnswer } from './answer.ts';
import { judgeCompletion } from './complete.ts';
import type { Workshop } from './propose.ts';
import { completionRequest } from './requests.ts';
import type { CompletionQuestion } from './workbench.ts';

/** Milliseconds without a key before a model is asked unbidden: most pauses within a word are shorter. */
const debounce = 120;

/** Streams kept going or kept whole a document: the present one and those that going back a few keys would want again. */
const maximumKept = 8;

/** What is compared to know that a stream still belongs to the place: the text before the cursor, this many code units. */
const anchorLength = 2_000;

interface Stream {
  readonly uri: string;
  /** Text before the cursor when it was asked, its last part. */
  readonly anchor: string;
  readonly offset: number;
  readonly suffix: string;
  readonly multiline: boolean;
  text: string;
  done: boolean;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export interface ModelCompletions {
  /** Resolves with nothing when the model failed: the failure is told through `failed`. */
  ask(
    run: Run,
    workshop: Workshop,
    snapshot: Snapshot,
    question: CompletionQuestion,
  ): Promise<readonly CompletionCandidate[]>;
  forget(uri: string): void;
  dispose(): void;
}

/** @param failed told of each failure; it decides whether the user hears of it. */
export function createModelCompletions(
  failed: (failure: ModelFailure) => void,
  log: Run['log'],
): ModelCompletions {
  let streams: Stream[] = [];

  const fitting = (
    snapshot: Snapshot,
    { offset, multiline }: CompletionQuestion,
  ): { stream: Stream; typed: string } | undefined => {
    for (const stream of streams) {
      if (stream.uri !== snapshot.uri || stream.multiline !== multiline || offset < stream.offset) continue;
      const typed = snapshot.text.slice(stream.offset, offset);
      const before = snapshot.text.slice(Math.max(0, stream.offset - anchorLength), stream.offset);
      if (before !== stream.anchor || !agree(stream, typed)) continue;
      if (!snapshot.text.startsWith(stream.suffix, offset)) continue;
      return { stream, typed };
    }
    return undefined;
  };

  const start = (workshop: Workshop, snapshot: Snapshot, question: CompletionQuestion): Stream => {
    for (const other of streams)
      if (other.uri === snapshot.uri && !other.done) other.controller.abort(new Cancelled('superseded'));
    const controller = new AbortController();
    const stream: Stream = {
      uri: snapshot.uri,
      anchor: snapshot.text.slice(Math.max(0, question.offset - anchorLength), question.offset),
      offset: question.offset,
      suffix: snapshot.text.slice(question.offset, question.offset + 200),
      multiline: question.multiline,
      text: '',
      done: false,
      controller,
      ended: Promise.resolve(),
    };
    const run: Run = {
      signal: controller.signal,
      report: () => undefined,
      log,
      now: () => performance.now(),
    };
    const ended = pour(run, workshop, snapshot, question, stream).then(
      () => {
        stream.done = true;
      },
      (error: unknown) => {
        streams = streams.filter((one) => one !== stream);
        if (error instanceof ModelFailure) failed(error);
        else if (!(error instanceof Cancelled)) log('error', `completion: ${String(error)}`);
      },
    );
    Object.assign(stream, { ended });
    streams = [stream, ...streams].slice(0, maximumKept);
    return stream;
  };

  return {
    async ask(run, workshop, snapshot, question) {
      let found = fitting(snapshot, question);
      if (!found) {
        if (!question.invoked) await pause(run, debounce);
        found = { stream: start(workshop, snapshot, question), typed: '' };
      }
      const { stream, typed } = found;
      await orEnd(run, stream.ended);
      if (!stream.done || !agree(stream, typed)) return [];
      const rest = stream.text.slice(typed.length);
      if (rest.trim() === '') return [];
      const model = await workshop.roles.model(run, 'completion');
      const candidate = await judgeCompletion(run, workshop, snapshot, question.offset, rest, {
        source: 'model',
        model: model.name,
      });
      return candidate ? [candidate] : [];
    },
    forget(uri) {
      for (const stream of streams)
        if (stream.uri === uri) stream.controller.abort(new Cancelled('document changed'));
      streams = streams.filter((stream) => stream.uri !== uri);
    },
    dispose() {
      for (const stream of streams) stream.controller.abort(new Cancelled('shutdown'));
      streams = [];
    },
  };
}

/** What was typed since and what was streamed so far do not contradict each other. */
const agree = ({ text, done }: Stream, typed: string): boolean =>
  text.startsWith(typed) || (!done && typed.startsWith(text));

async function pour(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  question: CompletionQuestion,
  stream: Stream,
): Promise<void> {
  const { analysis, roles, settings } = workshop;
  const model = await roles.model(run, 'completion');
  const built = await analysis.prompt(run, {
    uri: snapshot.uri,
    version: snapshot.version,
    kind: 'completion',
    offset: question.offset,
    multiline: question.multiline,
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
