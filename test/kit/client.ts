// An editor for tests: a real connection to a real server, with the habits of one of the profiles. It counts: a request
// that was not answered, an error in the server's log or a broken rule of the protocol makes `stop` fail.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ApplyWorkspaceEditParams,
  CancellationToken,
  InitializeParams,
  InitializeResult,
  RequestType,
  ServerCapabilities,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import { ClientDocuments } from './client-documents.ts';
import { type Profile, type ProfileName, profiles } from './profiles.ts';

export interface ClientOptions {
  readonly profile?: ProfileName | Profile;
  /** Absolute paths of the folders that are open. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** What the client answers when asked for the section `vouch`; a function is called each time that it is asked. */
  readonly settings?: unknown;
  /** Encodings to offer instead of the profile's. */
  readonly encodings?: readonly string[];
  /** The process that the server is told it belongs to; this one when absent. */
  readonly processId?: number;
  /** Whether errors in the server's log are part of the test. */
  readonly expectsErrors?: boolean;
}

export interface Message {
  readonly method: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every shape
  readonly params: any;
}

/** A server that is spoken to: a process, or streams of one inside of this process. */
export interface Pipe {
  readonly input: Writable;
  readonly output: Readable;
  readonly process?: ChildProcess;
  /** Resolves with the exit code when the server has ended. */
  readonly exited: Promise<number | null>;
  /** What a process wrote on stderr so far. */
  readonly errors?: () => string;
}

export interface LspClient {
  readonly connection: MessageConnection;
  readonly profile: Profile;
  readonly capabilities: ServerCapabilities;
  readonly initializeResult: InitializeResult;
  readonly documents: ClientDocuments;
  /** Everything that the server sent unasked, in order. */
  readonly messages: readonly Message[];
  request<P, R, E>(type: RequestType<P, R, E>, params: P, token?: CancellationToken): Promise<R>;
  notify(method: string, params?: unknown): Promise<void>;
  /** Opens a document at version 1. */
  open(uri: string, languageId: string, text: string): Promise<void>;
  /** Changes one: positions refer to the text that the change before left. Sends the whole text where the profile does. */
  change(uri: string, ...changes: TextDocumentContentChangeEvent[]): Promise<number>;
  close(uri: string): Promise<void>;
  /** The next message of the method, from those not taken yet on. Each is taken once. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every shape
  next(method: string, matches?: (params: any) => boolean): Promise<any>;
  /** Ends the server as this editor does. @throws when something was left unanswered or a rule was broken. */
  stop(): Promise<number | null>;
}

/** Starts a process that speaks on its standard streams. */
export function spawnServer(command: readonly string[], environment: NodeJS.ProcessEnv = process.env): Pipe {
  const child = spawn(command[0]!, command.slice(1), { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  return { input: child.stdin, output: child.stdout, process: child, exited, errors: () => errors };
}

/** Connects and initializes. */
export async function connectClient(pipe: Pipe, options: ClientOptions = {}): Promise<LspClient> {
  const { profile: chosen = 'vscode' } = options;
  const profile: Profile = typeof chosen === 'string' ? profiles[chosen] : chosen;
  const connection = createMessageConnection(
    new StreamMessageReader(pipe.output),
    new StreamMessageWriter(pipe.input),
  );
  const messages: Message[] = [];
  const untaken: Message[] = [];
  const waiting: {
    method: string;
    matches: (params: unknown) => boolean;
    take: (params: unknown) => void;
  }[] = [];
  const faults: string[] = [];
  const pending = new Map<number, string>();
  const begun = new Set<unknown>();
  let counter = 0;

  const receive = (method: string, params: unknown): void => {
    const message = { method, params };
    messages.push(message);
    const index = waiting.findIndex((one) => one.method === method && one.matches(params));
    if (index >= 0) waiting.splice(index, 1)[0]!.take(params);
    else untaken.push(message);
  };

  connection.onNotification((method, params) => {
    receive(method, params);
    watchRules(method, params, begun, faults, options.expectsErrors === true);
  });
  // Progress takes its own way through the library; a handler for its method sees all of it.
  connection.onNotification('$/progress', (params: unknown) => {
    receive('$/progress', params);
    watchRules('$/progress', params, begun, faults, false);
  });
  let leaving = false;
  connection.onError(([error]) => {
    // What is still answered after the pipe was closed goes nowhere.
    if (!leaving) faults.push(`connection: ${error.message}`);
  });
  connection.onUnhandledNotification(({ method }) => faults.push(`unhandled ${method}`));
  const never = new Promise<never>(() => undefined);
  connection.onRequest((method, params) => {
    receive(method, params);
    const answer = answerOf(method, params, documents, profile, options.settings);
    return profile.answers ? answer : never;
  });
  connection.listen();

  const request = async <R>(method: string, params: unknown, token?: CancellationToken): Promise<R> => {
    counter += 1;
    const id = counter;
    pending.set(id, method);
    try {
      return await (token
        ? connection.sendRequest<R>(method, params, token)
        : connection.sendRequest<R>(method, params));
    } finally {
      pending.delete(id);
    }
  };

  const initializeResult = await request<InitializeResult>('initialize', initializeParams(profile, options));
  const { capabilities } = initializeResult;
  const documents = new ClientDocuments(capabilities.positionEncoding ?? 'utf-16');
  await connection.sendNotification('initialized', {});

  return {
    connection,
    profile,
    capabilities,
    initializeResult,
    documents,
    messages,
    request: (type, params, token) => request(type.method, params, token),
    notify: (method, params) => connection.sendNotification(method, params),
    async open(uri, languageId, text) {
      documents.open(uri, languageId, text);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    async change(uri, ...changes) {
      const { version, text } = documents.change(uri, changes);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: profile.fullSync ? [{ text }] : changes,
      });
      return version;
    },
    async close(uri) {
      documents.close(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    next(method, matches = () => true) {
      const index = untaken.findIndex((one) => one.method === method && matches(one.params));
      if (index >= 0) return Promise.resolve(untaken.splice(index, 1)[0]!.params);
      return new Promise((take) => waiting.push({ method, matches, take }));
    },
    async stop() {
      const unanswered = [...pending.values()];
      leaving = profile.leaves !== 'exit';
      if (profile.leaves === 'exit') {
        await request('shutdown', undefined);
        await connection.sendNotification('exit');
      } else if (profile.leaves === 'SIGTERM' && pipe.process) pipe.process.kill('SIGTERM');
      else pipe.input.end();
      const code = await pipe.exited;
      connection.dispose();
      const problems = [...unanswered.map((method) => `${method} was not answered`), ...faults];
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return code;
    },
  };
}

function initializeParams(profile: Profile, options: ClientOptions): InitializeParams {
  const folders = (options.folders ?? []).map((path) => ({ uri: pathToFileURL(path).href, name: path }));
  const { capabilities } = profile;
  return {
    processId: options.processId ?? process.pid,
    ...(profile.clientInfo ? { clientInfo: profile.clientInfo } : {}),
    rootUri: folders[0]?.uri ?? null,
    ...(profile.rootUriOnly ? {} : { workspaceFolders: folders }),
    ...(options.initializationOptions === undefined
      ? {}
      : { initializationOptions: options.initializationOptions }),
    capabilities: options.encodings
      ? { ...capabilities, general: { positionEncodings: [...options.encodings] } }
      : capabilities,
  };
}

/** What the editor answers to a request of the server. */
function answerOf(
  method: string,
  params: unknown,
  documents: ClientDocuments,
  profile: Profile,
  settings: unknown,
): unknown {
  switch (method) {
    case 'workspace/configuration':
      return Promise.all(
        (params as { items: unknown[] }).items.map(
          () => (typeof settings === 'function' ? settings() : settings) ?? null,
        ),
      );
    case 'workspace/applyEdit':
      return documents.apply((params as ApplyWorkspaceEditParams).edit, profile.checksVersions);
    default:
      return null;
  }
}

/** Rules that every message of the server is held to. */
function watchRules(
  method: string,
  params: unknown,
  begun: Set<unknown>,
  faults: string[],
  expectsErrors: boolean,
): void {
  if (method === '$/progress') {
    const { token, value } = params as { token: unknown; value: { kind: string } };
    if (value.kind === 'begin') begun.add(token);
    else if (!begun.has(token)) faults.push(`progress ${value.kind} without begin`);
    if (value.kind === 'end') begun.delete(token);
  }
  if (method === 'window/logMessage' && !expectsErrors) {
    const { type, message } = params as { type: number; message: string };
    if (type === 1) faults.push(`logged: ${message}`);
  }
}
