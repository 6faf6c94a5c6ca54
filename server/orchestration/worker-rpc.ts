// An interface of asynchronous methods, spoken across a worker's message port: JSON-RPC with cancellation, progress and
// log lines. `serve` in the worker, `connect` beside it; what the methods mean is none of this file's business.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MessagePort, Worker } from 'node:worker_threads';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  NotificationType,
  PortMessageReader,
  PortMessageWriter,
  RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { ModelFailure, type ModelFailureKind } from '../core/model.ts';
import { Cancelled, type LogLevel, type Progress, type Run } from '../core/run.ts';

/** An interface whose members are all asynchronous methods. A `Run` may be the first parameter of any. */
export type Remote<Api> = { readonly [Name in keyof Api]: (...parameters: never[]) => Promise<unknown> };

export interface Link<Api> {
  /** Calls reach the worker in the order in which they were made. They reject once the worker has ended. */
  readonly remote: Api;
  /** Resolves when the worker is gone, with the reason where nobody asked it to go. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  /** Rejects what is pending and ends the thread. */
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly parameters: readonly unknown[];
  /** Names the call in `report`; absent when the method takes no `Run`. */
  readonly run?: number;
}

/** Wrapped, since JSON-RPC turns an absent result into null while the port could carry it. */
interface Answer {
  readonly value: unknown;
}

/** What an error keeps on its way across the port. */
interface Failure {
  readonly stack?: string;
  readonly cancelled?: Cancelled['reason'];
  readonly failed?: ModelFailureKind;
}

const callType = new RequestType<Call, Answer, Failure>('call');
const logType = new NotificationType<{ level: LogLevel; message: string }>('log');
const reportType = new NotificationType<{ run: number; progress: Progress }>('report');

/** The code of every failed call: JSON-RPC leaves -32000 to applications. */
const failedCode = -32000;

const connectionOf = (port: MessagePort | Worker): MessageConnection =>
  createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));

/**
 * Answers calls on the port with the methods of an object, for as long as the thread lives.
 * @param create is given the log's way back, and returns the object.
 */
export function serve<Api extends Remote<Api>>(port: MessagePort, create: (log: Run['log']) => Api): void {
  const connection = connectionOf(port);
  const log: Run['log'] = (level, message) => void connection.sendNotification(logType, { level, message });
  const methods = create(log);
  const runOf = (signal: AbortSignal, id: number): Run => ({
    signal,
    report: (progress) => void connection.sendNotification(reportType, { run: id, progress }),
    log,
    now: () => performance.now(),
  });
  connection.onRequest(callType, async ({ method, parameters, run }, token) => {
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => controller.abort(new Cancelled('client')));
    const watched = run === undefined ? [] : [runOf(controller.signal, run)];
    try {
      const call = methods[method as keyof Api] as unknown as (
        ...all: readonly unknown[]
      ) => Promise<unknown>;
      return { value: await call.call(methods, ...watched, ...parameters) };
    } catch (error) {
      return failure(error);
    } finally {
      listening.dispose();
    }
  });
  connection.listen();
}

/**
 * The object that a worker serves, as if it were here.
 * @param name of the worker, for the log line that tells of its end.
 */
export function connect<Api extends Remote<Api>>(worker: Worker, name: string, log: Run['log']): Link<Api> {
  const connection = connectionOf(worker);
  const runs = new Map<number, Run>();
  let lastRun = 0;
  let closing = false;
  connection.onNotification(logType, ({ level, message }) => log(level, message));
  connection.onNotification(reportType, ({ run, progress }) => runs.get(run)?.report(progress));
  connection.listen();

  let crash: Error | undefined;
  const ended = new Promise<Error | undefined>((resolve) => {
    worker.once('error', (error) => {
      crash = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      connection.dispose();
      const reason = closing ? undefined : (crash ?? new Error(`exit code ${code}`));
      if (reason) log('error', `the ${name} worker ended: ${reason.message}`);
      resolve(reason);
    });
  });

  const call = async (method: string, all: readonly unknown[]): Promise<unknown> => {
    const [first, ...rest] = all;
    if (!isRun(first)) return (await connection.sendRequest(callType, { method, parameters: all })).value;
    first.signal.throwIfAborted();
    const run = ++lastRun;
    const source = new CancellationTokenSource();
    // The caller is told at once: the worker may be busy, and its late answer is of no use to anyone.
    let abort = (): void => source.cancel();
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        source.cancel();
        reject(first.signal.reason);
      };
    });
    first.signal.addEventListener('abort', abort, { once: true });
    runs.set(run, first);
    try {
      const answer = connection.sendRequest(callType, { method, parameters: rest, run }, source.token);
      return (await Promise.race([answer, aborted])).value;
    } finally {
      first.signal.removeEventListener('abort', abort);
      runs.delete(run);
    }
  };

  return {
    remote: remoteOf<Api>(async (method, parameters) => {
      try {
        return await call(method, parameters);
      } catch (error) {
        throw revived(error, name);
      }
    }),
    ended,
    async close() {
      closing = true;
      connection.dispose();
      await worker.terminate();
      await ended;
    },
  };
}

/**
 * Where the build puts a worker: beside the running chunk, since chunks and entry points lie flat in one folder.
 * `undefined` when there is none there, as when running from source: then the caller works in process.
 */
export function builtWorker(name: string): URL | undefined {
  const file = new URL(`./${name}.js`, import.meta.url);
  return existsSync(fileURLToPath(file)) ? file : undefined;
}

const remoteOf = <Api>(call: (method: string, parameters: readonly unknown[]) => Promise<unknown>): Api =>
  new Proxy(
    {},
    {
      // Symbols and `then` are asked for by the language itself, to see whether the object is iterable or a promise.
      get: (_, method) =>
        typeof method === 'symbol' || method === 'then'
          ? undefined
          : (...parameters: readonly unknown[]) => call(method, parameters),
    },
  ) as Api;

const isRun = (value: unknown): value is Run =>
  typeof value === 'object' && value !== null && 'signal' in value && value.signal instanceof AbortSignal;

function failure(error: unknown): ResponseError<Failure> {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return new ResponseError(failedCode, message, {
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof Cancelled ? { cancelled: error.reason } : {}),
    ...(error instanceof ModelFailure ? { failed: error.kind } : {}),
  });
}

/** The error as the method threw it, as far as the port could carry it. */
function revived(error: unknown, name: string): unknown {
  if (!(error instanceof ResponseError)) return error;
  const data = error.data as Failure | undefined;
  if (data?.cancelled) return new Cancelled(data.cancelled);
  if (data?.failed) return new ModelFailure(data.failed, error.message);
  const revival = new Error(data ? error.message : `the ${name} worker has ended`);
  if (data?.stack !== undefined) revival.stack = data.stack;
  return revival;
}
