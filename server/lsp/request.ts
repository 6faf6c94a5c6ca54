// The one wrapper around every request: document, run, progress, cancellation, errors, and exactly one answer.
import {
  type CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  type NotificationType,
  type ProgressToken,
  type RequestType,
  ResponseError,
} from 'vscode-languageserver';
import { ModelFailure } from '../core/model.ts';
import { Cancelled, type Run } from '../core/run.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import { shorten } from './notices.ts';
import { type OpenDocument, openDocument, type Session } from './session.ts';

/** Characters of an error answer. */
const LONGEST_ERROR = 300;

/** What a handler is given besides its parameters. */
export interface Request {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly run: Run;
}

export interface DocumentRequest extends Request {
  readonly document: OpenDocument;
}

export interface RequestOptions<P, R> {
  /** Whether a newer request of the same kind for the same document ends this one, which is then answered with this. */
  readonly superseded?: R;
  /**
   * Given where the user asked for it: failures are told each time, and a progress begins with this title; none where
   * it is undefined.
   */
  readonly progress?: (params: P) => string | undefined;
}

interface Parameters {
  readonly textDocument?: { readonly uri?: unknown };
  readonly workDoneToken?: ProgressToken;
}

/** An error whose message is for the user and whose code is for the client. */
export const refusal = (code: number, message: string): ResponseError => new ResponseError(code, message);

export const contentModified = (): ResponseError =>
  refusal(LSPErrorCodes.ContentModified, 'the document changed while this was worked on');

/** Registers the handler of a request that is not about one open document. */
export function onRequest<P, R, E>(
  session: Session,
  type: RequestType<P, R, E>,
  options: RequestOptions<P, R>,
  handler: (request: Request, params: P) => Promise<R>,
): void {
  const running = new Map<string, AbortController>();
  session.connection.onRequest<unknown, unknown>(type.method, (params: P, token: CancellationToken) =>
    answer(session, type.method, options, running, params, token, (request) => handler(request, params)),
  );
}

/**
 * Registers the handler of a request about an open document.
 * @param otherwise the answer for a document that is not open.
 */
export function onDocumentRequest<P, R, E>(
  session: Session,
  type: RequestType<P, R, E>,
  options: RequestOptions<P, R> & { readonly otherwise: R },
  handler: (request: DocumentRequest, params: P) => Promise<R>,
): void {
  onRequest(session, type, options, async (request, params) => {
    const uri = (params as Parameters | undefined)?.textDocument?.uri;
    if (typeof uri !== 'string') throw refusal(ErrorCodes.InvalidParams, 'textDocument.uri is missing');
    const document = openDocument(request.workbench, uri);
    return document ? handler({ ...request, document }, params) : options.otherwise;
  });
}

/** Registers the handler of a notification. What it throws is logged: nobody waits for an answer. */
export function onNotification<P>(
  session: Session,
  type: NotificationType<P>,
  handler: (workbench: Workbench, params: P) => void | Promise<void>,
): void {
  session.connection.onNotification(type.method, async (params: P) => {
    try {
      await session.ready.then((workbench) => handler(workbench, params));
    } catch (error) {
      session.log('error', `${type.method}: ${error instanceof Error ? error.stack : error}`);
    }
  });
}

async function answer<P, R>(
  session: Session,
  method: string,
  options: RequestOptions<P, R>,
  running: Map<string, AbortController>,
  params: P,
  token: CancellationToken,
  handler: (request: Request) => Promise<R>,
): Promise<R | ResponseError> {
  const began = performance.now();
  const { textDocument, workDoneToken } = (params ?? {}) as Parameters;
  using ending = endings(session, token);
  const { controller } = ending;
  const key = String(textDocument?.uri);
  if (options.superseded !== undefined) {
    running.get(key)?.abort(new Cancelled('superseded'));
    running.set(key, controller);
  }
  const cancel = (): void => controller.abort(new Cancelled('client'));
  const title = options.progress?.(params);
  const progress = title === undefined ? undefined : session.progress.begin(title, workDoneToken, cancel);
  const run = createRun(session, controller.signal, (report) => progress?.report(report));
  let told: string | undefined;
  try {
    const work = session.ready.then((workbench) => {
      controller.signal.throwIfAborted();
      return handler({ session, workbench, run });
    });
    return await Promise.race([work, whenEnded(controller.signal)]);
  } catch (error) {
    if (isCancelled(error, 'superseded') && options.superseded !== undefined) return options.superseded;
    const { code, message } = tell(session, method, error, options.progress !== undefined);
    told = message;
    return refusal(code, message);
  } finally {
    progress?.end(told);
    if (running.get(key) === controller) running.delete(key);
    session.log('debug', `${method}: ${Math.round(performance.now() - began)} ms`);
  }
}

/** What ends a request from outside: the client's cancellation, and the end of the connection. */
function endings(
  { ended }: Session,
  token: CancellationToken,
): Disposable & { readonly controller: AbortController } {
  const controller = new AbortController();
  const shutdown = (): void => controller.abort(new Cancelled('shutdown'));
  const cancel = (): void => controller.abort(new Cancelled('client'));
  const cancelled = token.onCancellationRequested(cancel);
  // A request that was cancelled before it was looked at has a token that fires no event.
  if (token.isCancellationRequested) cancel();
  ended.addEventListener('abort', shutdown, { once: true });
  if (ended.aborted) shutdown();
  return {
    controller,
    [Symbol.dispose]() {
      cancelled.dispose();
      ended.removeEventListener('abort', shutdown);
    },
  };
}

/**
 * Logs a failure and shows it to the user where somebody ought to know.
 * @param waiting whether the user asked for it and sees no other sign of it.
 */
export function tell(session: Session, what: string, error: unknown, waiting: boolean): Failure {
  const told = failure(error);
  if (told.level === 'internal') {
    session.log('error', `${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
  if (waiting && told.level !== 'quiet') session.notices.asked('error', told.message);
  else if (told.level === 'user' || told.level === 'internal') {
    session.notices.background('error', told.message);
  }
  return told;
}

export const createRun = (session: Session, signal: AbortSignal, report: Run['report']): Run => ({
  signal,
  report,
  log: session.log,
  now: () => performance.now(),
});

/** Rejects with the abort reason as soon as there is one: a handler that does not listen cannot hold the answer up. */
const whenEnded = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const isCancelled = (error: unknown, reason?: Cancelled['reason']): error is Cancelled =>
  error instanceof Cancelled && (reason === undefined || error.reason === reason);

interface Failure {
  readonly code: number;
  readonly message: string;
  /** Who hears of it beyond the error answer: nobody, a user who waits, the user, or the user and the log. */
  readonly level: 'quiet' | 'waiting' | 'user' | 'internal';
}

/** What an error means for the client, and what is said of it to the user. */
function failure(error: unknown): Failure {
  if (isCancelled(error)) {
    if (error.reason === 'document changed') {
      return { code: LSPErrorCodes.ContentModified, message: contentModified().message, level: 'waiting' };
    }
    if (error.reason === 'timeout') {
      return { code: LSPErrorCodes.RequestFailed, message: 'it took too long and was ended', level: 'user' };
    }
    const code = error.reason === 'shutdown' ? ErrorCodes.InvalidRequest : LSPErrorCodes.RequestCancelled;
    return { code, message: error.message, level: 'quiet' };
  }
  if (error instanceof ModelFailure) {
    return {
      code: LSPErrorCodes.RequestFailed,
      message: shorten(error.message, LONGEST_ERROR),
      level: 'user',
    };
  }
  if (error instanceof ResponseError) {
    return { code: error.code, message: error.message, level: 'waiting' };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: error instanceof RangeError ? ErrorCodes.InvalidParams : ErrorCodes.InternalError,
    message: shorten(message, LONGEST_ERROR),
    level: 'internal',
  };
}
