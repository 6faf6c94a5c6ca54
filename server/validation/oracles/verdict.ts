// The diagnostics of a text, complete: asked for where the server answers that, else waited for until it has said all.
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource, type MessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import type { CommandQuestion } from '../../core/judge-rules.ts';
import {
  type Diagnostic,
  type Publication,
  readDiagnostics,
  readPublication,
  readPulled,
} from './diagnostics.ts';
import { JudgeFailure } from './failure.ts';
import type { Overlay } from './overlay.ts';
import { fill } from './texts.ts';

export interface Diagnoser {
  /** Whether it answers when asked; else it tells by itself of what was changed. */
  readonly asks: () => boolean;
  /**
   * Diagnostics of the text that is shown. There is no limit of time in it.
   * @throws the abort reason; JudgeFailure when it answers with an error or something else.
   */
  diagnose(signal: AbortSignal): Promise<readonly Diagnostic[]>;
}

export interface Ways {
  /** Whether it answers `textDocument/diagnostic`. */
  readonly pulls: () => boolean;
  /** By what name it wants to be asked for them. */
  readonly identifier: () => string | undefined;
  /** Resolves when it says that it does: it may say so late. */
  readonly willPull: Promise<void>;
  readonly commands?: readonly CommandQuestion[];
  /** Milliseconds of silence after which what was published is all. */
  readonly settle: number;
  /** How many diagnostics are looked at. */
  readonly limit: number;
}

/** The protocol's codes for "not now, ask again". */
const serverCancelled = -32802;
const contentModified = -32801;
/** Milliseconds until it is asked again. */
const retryAfter = 50;

/** Publications whose file has no version may still be those of the text before for so many times the silence. */
const staleTimes = 2;

export function createDiagnoser(connection: MessageConnection, overlay: Overlay, ways: Ways): Diagnoser {
  const published = collectPublished(connection, overlay);
  let pullInstead = (): void => undefined;
  void ways.willPull.then(() => pullInstead());
  return {
    asks: () => ways.commands !== undefined || ways.pulls(),
    async diagnose(signal) {
      if (ways.commands) return byCommands(connection, overlay, ways.commands, ways.limit, signal);
      if (ways.pulls()) return pulled(connection, overlay, ways, signal);
      const ending = new AbortController();
      const complete = published.complete(AbortSignal.any([signal, ending.signal]), ways.settle);
      const all = await new Promise<Publication | undefined>((resolve, reject) => {
        pullInstead = () => resolve(undefined);
        complete.then(resolve, reject);
      });
      if (all) return readDiagnostics(all.diagnostics, ways.limit);
      ending.abort();
      return pulled(connection, overlay, ways, signal);
    },
  };
}

async function pulled(
  connection: MessageConnection,
  overlay: Overlay,
  { limit, identifier }: Ways,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const name = identifier();
  const textDocument = { uri: overlay.shown!.uri };
  const params = { textDocument, ...(name !== undefined && { identifier: name }) };
  for (;;) {
    try {
      return readPulled(await request(connection, 'textDocument/diagnostic', params, signal), limit);
    } catch (error) {
      const again =
        error instanceof ResponseError && (error.code === serverCancelled || error.code === contentModified);
      if (!again) throw error;
      await sleep(retryAfter, undefined, { signal });
    }
  }
}

async function byCommands(
  connection: MessageConnection,
  overlay: Overlay,
  commands: readonly CommandQuestion[],
  limit: number,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const { uri, path } = overlay.shown!;
  const answers = await Promise.all(
    commands.map(async ({ command, arguments: given }) => {
      const params = { command, arguments: fill(given, { uri, path }) };
      const answer = await request(connection, 'workspace/executeCommand', params, signal);
      return readDiagnostics((answer as { body?: unknown } | null)?.body ?? answer, limit);
    }),
  );
  return answers.flat();
}

/**
 * A request that is called off when the signal ends.
 * @throws the abort reason, at once; JudgeFailure or ResponseError when it is answered by an error.
 */
export async function request(
  connection: MessageConnection,
  method: string,
  params: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  signal.throwIfAborted();
  const source = new CancellationTokenSource();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      source.cancel();
      reject(signal.reason);
    };
  });
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([connection.sendRequest(method, params, source.token), aborted]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof ResponseError)) throw error;
    if (error.code === serverCancelled || error.code === contentModified) throw error;
    throw new JudgeFailure(`answered ${method} with an error: ${error.message}`);
  } finally {
    signal.removeEventListener('abort', abort);
    source.dispose();
  }
}

interface Published {
  complete(signal: AbortSignal, settle: number): Promise<Publication>;
}

/** Keeps the last publication for each text that is shown. */
function collectPublished(connection: MessageConnection, overlay: Overlay): Published {
  const last = new Map<string, { readonly publication: Publication; readonly version: number }>();
  /** When anything at all was published of a file, by a clock that only runs forward. */
  const heardAt = new Map<string, number>();
  let given = true;
  let hear = (): void => undefined;

  connection.onNotification('textDocument/publishDiagnostics', (params: unknown) => {
    const publication = readPublication(params);
    const shown = publication && overlay.find(publication.uri);
    if (!publication || !shown) return;
    heardAt.set(shown.path, performance.now());
    if (publication.version !== undefined && publication.version !== shown.version) return;
    last.set(shown.path, { publication, version: shown.version });
    hear();
  });

  return {
    async complete(signal, settle) {
      const stale = given ? 0 : settle * staleTimes;
      given = false;
      const { path } = overlay.shown!;
      for (const [each, { publication }] of last) if (!overlay.find(publication.uri)) last.delete(each);
      for (const each of heardAt.keys()) if (!last.has(each)) heardAt.delete(each);
      const current = (): Publication | undefined => {
        const one = last.get(path);
        return one?.version === overlay.shown?.version ? one?.publication : undefined;
      };
      const quietFor = (): number => performance.now() - (heardAt.get(path) ?? -Infinity);
      while (!current() || quietFor() < settle + stale) {
        const rest = current() ? settle + stale - quietFor() : undefined;
        await pause(signal, rest, (resolve) => {
          hear = resolve;
        });
      }
      given = true;
      return current()!;
    },
  };
}

/** Until the time is over, if there is one, or something is heard. */
async function pause(
  signal: AbortSignal,
  milliseconds: number | undefined,
  listen: (resolve: () => void) => void,
): Promise<void> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let abort = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      listen(resolve);
      abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
