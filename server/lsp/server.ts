// One connection from initialize to exit: the session is made here, the features attached, the workbench begun.
import { setTimeout } from 'node:timers/promises';
import {
  type Connection,
  createConnection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { createProtocolConnection } from 'vscode-languageserver/node';
import { Cancelled, type LogLevel, type Run } from '../core/run.ts';
import type { Workbench, WorkbenchEvents } from '../orchestration/workbench.ts';
import { type Client, readClient } from './client.ts';
import { createConfiguration, type SettingsLoader } from './configuration.ts';
import { createDiagnostics } from './diagnostics.ts';
import { features } from './features/index.ts';
import type { CheckPage } from './findings.ts';
import { createModelPresence } from './model-presence.ts';
import { askUser, createNotices } from './notices.ts';
import { createProgressBoard } from './progress.ts';
import type { Session } from './session.ts';
import { createShown } from './shown.ts';
import type { Transport } from './transport.ts';
import { createTyping } from './typing.ts';

/** Milliseconds that the workbench has to end its workers; the process ends in any case. */
const DISPOSE_LIMIT = 2_000;
/**
 * Milliseconds that a client has to tell its settings before the first request is answered without them: the answer
 * takes a round trip, and a client that gives none must not be kept waiting for its completions.
 */
const SETTINGS_LIMIT = 1_000;

export interface ServerOptions {
  readonly version: string;
  /** Makes the workbench. Called once, after initialize was answered. */
  readonly createWorkbench: (events: WorkbenchEvents) => Promise<Workbench>;
  readonly loadSettings: SettingsLoader;
  /** The user's yes to what the settings file of a folder asks for. */
  readonly trustFolder: (folder: string) => Promise<void>;
  /** Where a check is explained; absent where there is no such place. */
  readonly checkPage?: CheckPage;
  /** Milliseconds of a monotonic clock; the machine's when absent. */
  readonly now?: () => number;
  /** Called once, when everything has ended. 0 only after the client asked for the shutdown. */
  readonly exit: (code: number) => void;
  /** Called with the process that started the server, as the client tells it. */
  readonly watchParent?: (processId: number) => void;
}

export interface RunningServer {
  /** Ends requests, workers and connection, then calls `exit`. May be called more than once. */
  stop(): Promise<void>;
  /** Writes to the client's log, or nowhere before initialize. */
  readonly log: Run['log'];
}

/** Begins to speak through the transport. Returns at once; everything else is driven by messages. */
export function startServer({ reader, writer }: Transport, options: ServerOptions): RunningServer {
  const ended = new AbortController();
  let session: Session | undefined;
  let stopping: Promise<void> | undefined;
  let disposing: Promise<void> | undefined;
  let confirmInitialized = (): void => undefined;
  const initialized = new Promise<void>((resolve) => {
    confirmInitialized = resolve;
  });

  const watchDog = {
    shutdownReceived: false,
    initialize: ({ processId }: InitializeParams): void => {
      if (typeof processId === 'number') options.watchParent?.(processId);
    },
    exit: (): void => void stop(),
  };
  const connection: Connection = createConnection(
    (logger) => createProtocolConnection(reader, writer, logger),
    watchDog,
  );

  const log = (level: LogLevel, message: string): void => {
    if (!session || ended.signal.aborted) return;
    if (level === 'debug') connection.tracer.log(message);
    else connection.console[logMethods[level]](message);
  };

  function dispose(): Promise<void> {
    ended.abort(new Cancelled('shutdown'));
    disposing ??= Promise.race([
      session?.ready.then((workbench) => workbench.dispose()).catch(() => undefined) ?? Promise.resolve(),
      setTimeout(DISPOSE_LIMIT, undefined, { ref: false }),
    ]);
    return disposing;
  }

  function stop(): Promise<void> {
    stopping ??= dispose().then(() => {
      connection.dispose();
      options.exit(watchDog.shutdownReceived ? 0 : 1);
    });
    return stopping;
  }

  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    if (session) return new ResponseError(ErrorCodes.InvalidRequest, 'initialize was sent before');
    const client = readClient(params);
    session = openSession(connection, client, options, ended.signal, log, initialized);
    for (const feature of features) feature.attach(session);
    return {
      capabilities: capabilitiesFor(client),
      serverInfo: { name: 'vouch', version: options.version },
    };
  });
  connection.onInitialized(async () => {
    if (!session) return;
    confirmInitialized();
    log('info', `vouch ${options.version} for ${session.client.name}, offsets in ${session.client.encoding}`);
    for (const feature of features) {
      try {
        await feature.initialized?.(session);
      } catch (error) {
        log('error', `${feature.method}: ${error instanceof Error ? error.message : error}`);
      }
    }
  });
  connection.onRequest((method) =>
    session
      ? new ResponseError(ErrorCodes.MethodNotFound, `vouch does not know ${method}`)
      : new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first'),
  );
  connection.onShutdown(dispose);
  reader.onClose(() => void stop());
  connection.listen();
  return { stop, log };
}

const logMethods = { error: 'error', warning: 'warn', info: 'info' } as const satisfies Record<
  Exclude<LogLevel, 'debug'>,
  string
>;

const capabilitiesFor = (client: Client): ServerCapabilities =>
  Object.assign({ positionEncoding: client.encoding }, ...features.map((one) => one.capabilities?.(client)));

function openSession(
  connection: Connection,
  client: Client,
  options: ServerOptions,
  ended: AbortSignal,
  log: Run['log'],
  initialized: Promise<void>,
): Session {
  const now = options.now ?? (() => performance.now());
  const notices = createNotices(connection, now);
  const configuration = createConfiguration(connection, client, options.loadSettings, notices, log);
  const diagnostics = createDiagnostics(() => session, options.checkPage ?? (() => undefined));
  const events: WorkbenchEvents = {
    notice: notices.background,
    ask: (message, answers) => askUser(connection, message, answers),
    log,
    findingsChanged: diagnostics.changed,
  };
  const unread = (error: unknown): void =>
    notices.background(
      'error',
      `the settings could not be read: ${error instanceof Error ? error.message : error}`,
    );
  /** What the client has to say, of privacy above all, holds from the first request on; if late, from then on. */
  const firstSettings = async (workbench: Workbench): Promise<void> => {
    if (client.configuration) {
      const told = initialized.then(() => configuration.pull(workbench)).catch(unread);
      const limit = setTimeout(SETTINGS_LIMIT, true, { ref: false, signal: ended }).catch(() => false);
      const late = await Promise.race([told.then(() => false), limit]);
      if (!late) return;
    }
    await configuration.apply(workbench).catch(unread);
  };
  const ready = (async (): Promise<Workbench> => {
    // What is loaded here takes longer than all of initialize, whose answer goes out first.
    await new Promise((resolve) => setImmediate(resolve));
    const workbench = await options.createWorkbench(events);
    await firstSettings(workbench);
    diagnostics.watch(workbench);
    return workbench;
  })();
  ready.catch((error: unknown) => {
    notices.background('error', `vouch could not start: ${error instanceof Error ? error.message : error}`);
    log('error', `the workbench could not be made: ${error instanceof Error ? error.stack : error}`);
  });
  const session: Session = {
    connection,
    client,
    ready,
    notices,
    progress: createProgressBoard(connection, client, log),
    log,
    configuration,
    trustFolder: options.trustFolder,
    diagnostics,
    shown: createShown(),
    typing: createTyping(now),
    models: createModelPresence(configuration.namesModel, log, now),
    ended,
  };
  return session;
}
