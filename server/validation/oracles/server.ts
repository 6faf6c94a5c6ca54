// A language server that is asked for its opinion: started, told of the project, shown one file at a time, led out.
import { pathToFileURL } from 'node:url';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import type { LogLevel, Run } from '../../core/run.ts';
import { makeFolder, removeFolder } from '../sandbox/temporary.ts';
import { watchActivity } from './activity.ts';
import { answerServer, folderOf } from './answers.ts';
import {
  clientCapabilities,
  initializeResult,
  type ServerCapabilities,
  takesChanges,
} from './capabilities.ts';
import type { Diagnostic } from './diagnostics.ts';
import { JudgeFailure, untilEnded, within } from './failure.ts';
import type { FoundJudge } from './find.ts';
import type { FileChange } from './judge.ts';
import { type OracleLimits, shownCharacters } from './limits.ts';
import { createOverlay, type SourceFile } from './overlay.ts';
import { startProgram } from './program.ts';
import { fillText, fillTree } from './texts.ts';
import { createDiagnoser, request } from './verdict.ts';
import { openWire } from './wire.ts';

export interface LanguageServer {
  /** Its version, where it says one. */
  readonly version?: string;
  readonly pid?: number;
  readonly capabilities: ServerCapabilities;
  /** Why it is gone. Resolves when it is; never rejects. */
  readonly ended: Promise<string>;
  /** Changes what it takes files for; all others are as they are on disk. Nothing is written. */
  show(files: readonly SourceFile[]): Promise<void>;
  /**
   * Its diagnostics of the first of the files, which are what is shown.
   * @throws the abort reason; JudgeFailure when it gives none.
   */
  diagnose(signal: AbortSignal, files: readonly SourceFile[]): Promise<readonly Diagnostic[]>;
  /**
   * Its diagnostics of further ones of the files, after the first was changed.
   * @returns by path.
   * @throws the abort reason; JudgeFailure when it gives none.
   */
  diagnoseFurther(
    signal: AbortSignal,
    files: readonly SourceFile[],
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Diagnostic[]>>;
  /** Asks about the first of the files that are shown. @throws the abort reason, JudgeFailure. */
  ask(signal: AbortSignal, method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>;
  tellChanges(changes: readonly FileChange[]): Promise<void>;
  /** Leads it out, by force where it does not go. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly root: string;
  /** What it inherits. */
  readonly environment: NodeJS.ProcessEnv;
  readonly limits: OracleLimits;
  readonly log: Run['log'];
  /** Ends the start. */
  readonly signal: AbortSignal;
}

/** Milliseconds of silence after a publication, where nothing is known of the server. */
const usualSettle = 150;

/** Milliseconds that a first answer waits for a server that reports work and says not when it is ready. */
const firstWork = 10_000;

/** The protocol's numbers. */
const changeTypes = { changed: 2, deleted: 3 } as const;

/** @throws JudgeFailure when it does not get as far as being asked; it is gone then. */
export async function startServer(found: FoundJudge, options: ServerOptions): Promise<LanguageServer> {
  const { tool, program } = found;
  const { root, limits, signal } = options;
  const log = limitedLog(tool.name, limits.logged, options.log);
  const needsScratch = JSON.stringify(tool).includes('{scratch}');
  const scratch = needsScratch ? await makeFolder() : undefined;
  const places = { ...found.places, root, scratch };
  const process = startProgram({
    program,
    parameters: tool.command.slice(1).flatMap((text) => fillText(text, places) ?? []),
    folder: root,
    environment: { ...options.environment, ...environmentOf(fillTree(tool.environment, places)) },
  });
  signal.addEventListener('abort', process.kill, { once: true });
  const wire = openWire(process, limits);
  const { connection } = wire;

  const gone = Promise.race([
    wire.broken.then((reason) => {
      process.kill();
      return reason;
    }),
    // What it writes as its output is taken from it says nothing of why that was done.
    process.ended.then((reason) => withErrors(reason, process.errors())),
  ]).then(async (reason) => {
    await process.ended;
    return reason;
  });
  // Fails with the server's death, which leaves every request without an answer; before the connection says in words of
  // its own that nobody is there.
  const alive = untilEnded(gone);
  const ended = gone.then(async (reason) => {
    connection.dispose();
    if (scratch !== undefined) await removeFolder(scratch);
    return reason;
  });

  const rules = tool.server ?? {};
  const settings = fillTree(rules.settings, places);
  const activity = watchActivity(connection);
  const asked = answerServer(connection, { root, settings, log });
  const ready = rules.ready && activity.said(rules.ready);
  // It is waited for further below, once it has answered.
  ready?.catch(() => undefined);

  const initialize = async (): Promise<ReturnType<typeof initializeResult.parse>> => {
    const folder = folderOf(root);
    const answer = await connection.sendRequest('initialize', {
      processId: globalThis.process.pid,
      clientInfo: { name: 'vouch' },
      rootUri: folder.uri,
      rootPath: root,
      workspaceFolders: [folder],
      capabilities: clientCapabilities(rules.experimental),
      ...(rules.initializationOptions && {
        initializationOptions: fillTree(rules.initializationOptions, places),
      }),
    });
    const parsed = initializeResult.safeParse(answer);
    if (!parsed.success) throw new JudgeFailure('answered initialize with something else');
    await connection.sendNotification('initialized', {});
    if (rules.settings) await connection.sendNotification('workspace/didChangeConfiguration', { settings });
    return parsed.data;
  };

  let capabilities: ServerCapabilities;
  let version: string | undefined;
  try {
    const result = await alive(
      within(initialize(), limits.initialize, `did not start within ${limits.initialize} ms`),
    );
    capabilities = result.capabilities;
    version = numberIn(result.serverInfo?.version) ?? found.version;
    if (ready) {
      await alive(within(ready, limits.ready, `did not read the project within ${limits.ready} ms`));
    }
  } catch (error) {
    process.kill();
    const reason = await ended;
    if (error instanceof JudgeFailure) throw new JudgeFailure(error.message, true);
    if (isAnswer(error)) throw new JudgeFailure(`answered initialize with an error: ${error.message}`, true);
    // It could not be told, or did not answer: its end says why.
    throw new JudgeFailure(reason, true);
  } finally {
    signal.removeEventListener('abort', process.kill);
  }

  const overlay = createOverlay(connection, () => takesChanges(capabilities));
  const diagnoser = createDiagnoser(connection, overlay, {
    pulls: () => Boolean(capabilities.diagnosticProvider) || asked.registered('textDocument/diagnostic'),
    willPull: asked.registers('textDocument/diagnostic'),
    identifier: () => capabilities.diagnosticProvider?.identifier ?? undefined,
    settle: rules.settle ?? usualSettle,
    limit: limits.diagnostics,
    ...(rules.commands && { commands: rules.commands }),
  });
  // A command is answered when it can be.
  let answered = ready !== undefined || rules.commands !== undefined;

  return {
    ...(version && { version }),
    ...(process.pid !== undefined && { pid: process.pid }),
    capabilities,
    ended,
    show: (files) => alive(overlay.show(files)),
    async diagnose(signal, files) {
      wire.allow();
      await alive(overlay.show(files));
      let diagnostics = await alive(diagnoser.diagnose(signal));
      if (!answered) {
        // The first answer may be one of a server that has read half of the project.
        await alive(untilQuiet(activity.quiet(), signal));
        diagnostics = await alive(diagnoser.diagnose(signal));
        answered = true;
      }
      return diagnostics;
    },
    async diagnoseFurther(signal, files, paths) {
      wire.allow();
      await alive(overlay.show(files));
      if (!diagnoser.asks()) await alive(Promise.all(paths.map((path) => overlay.touch(path))));
      const found = new Map<string, readonly Diagnostic[]>();
      for (const path of paths) {
        // Another question may have the server by now.
        signal.throwIfAborted();
        await alive(
          overlay.show(files.toSorted((a, b) => Number(b.path === path) - Number(a.path === path))),
        );
        found.set(path, await alive(diagnoser.diagnose(signal)));
      }
      return found;
    },
    ask(signal, method, params) {
      wire.allow();
      const textDocument = { uri: overlay.shown?.uri };
      return alive(request(connection, method, { textDocument, ...params }, signal));
    },
    tellChanges: (changes) =>
      alive(
        connection.sendNotification('workspace/didChangeWatchedFiles', {
          changes: changes.map(({ path, kind }) => ({
            uri: pathToFileURL(path).href,
            type: changeTypes[kind],
          })),
        }),
      ),
    async stop() {
      const leave = async (): Promise<void> => {
        await connection.sendRequest('shutdown');
        await connection.sendNotification('exit');
        process.input.end();
        await ended;
      };
      await within(alive(leave()), limits.leave, 'does not leave').catch(() => undefined);
      process.kill();
      await ended;
    },
  };
}

async function untilQuiet(quiet: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await within(quiet, firstWork, 'still at work', signal);
  } catch (error) {
    // What it is busy with for so long is something else: an index.
    if (!(error instanceof JudgeFailure)) throw error;
  }
}

/** An error that the server sent, and not one by which the connection says that there is none any more. */
const isAnswer = (error: unknown): error is ResponseError<unknown> =>
  error instanceof ResponseError &&
  error.code !== ErrorCodes.MessageWriteError &&
  error.code !== ErrorCodes.PendingResponseRejected;

const environmentOf = (tree: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, String(value)]));

/** With the line of its standard error that says why, where there is one: the first that sounds like it, else the last. */
function withErrors(reason: string, errors: string): string {
  const lines = errors
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const line = lines.find((each) => /error|fail|exception|cannot|not found/i.test(each)) ?? lines.at(-1);
  return line === undefined ? reason : `${reason}: ${line.slice(0, shownCharacters)}`;
}

/** Some write a sentence, or all that they were built from. */
const numberIn = (version: string | null | undefined): string | undefined =>
  version?.match(/\bv?(\d+\.\d+[\w.+-]*)/)?.[1];

/** A judge that talks all the time fills no log. */
function limitedLog(name: string, most: number, log: Run['log']): (level: LogLevel, message: string) => void {
  let left = most;
  return (level, message) => {
    left--;
    if (left > 0) log(level, `${name}: ${message.trimStart().split('\n', 1)[0]!.slice(0, shownCharacters)}`);
    else if (left === 0) log('info', `${name}: has more to say, which is not logged`);
  };
}
