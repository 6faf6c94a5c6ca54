// An editor without a screen: starts the server as an editor does, and speaks the protocol with it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument';
import type { Range } from '../places.ts';

export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly code?: string;
  readonly severity?: number;
}

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Editor {
  open(uri: string, languageId: string, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** Replaces the text, as typing does. */
  change(uri: string, text: string): Promise<void>;
  text(uri: string): string;
  /** Applies edits of the server to the open document. */
  apply(uri: string, edits: readonly TextEdit[]): Promise<void>;
  /**
   * @param limit milliseconds after which the request is cancelled.
   * @throws Error with the server's message.
   */
  request<T>(method: string, parameters: object, limit: number): Promise<T>;
  /** The diagnostics of the present version once they are as wanted; `undefined` when they are not within the limit. */
  diagnostics(
    uri: string,
    wanted: (diagnostics: readonly Diagnostic[]) => boolean,
    limit: number,
  ): Promise<readonly Diagnostic[] | undefined>;
  /** Shuts the server down, and ends its process if it does not. */
  quit(): Promise<void>;
}

/** Milliseconds that the server has to end by itself. */
const shutdownLimit = 3_000;

/**
 * @param folder the project that is open.
 * @param report told of the server's progress and messages.
 * @throws Error when the server does not start; its stderr is in the message.
 */
export async function startEditor(folder: string, report: (message: string) => void): Promise<Editor> {
  // The same program that runs now, so that the demo works from the package and from source.
  const server = spawn(process.execPath, [...process.execArgv, process.argv[1]!, '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  server.stderr.on('data', (data: Buffer) => {
    errors = (errors + data.toString('utf8')).slice(-4_000);
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const gone = new Promise<never>((_, reject) => {
    connection.onClose(() => reject(new Error(`the server ended. ${errors}`)));
    server.once('error', reject);
  });
  // Whoever waits for an answer hears of it; with nobody waiting it is no error.
  gone.catch(() => undefined);
  connection.onError(([error]) => report(error.message));

  const documents = new Map<string, TextDocument>();
  const published = new Map<string, Published>();
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (told: Published) => {
    published.set(told.uri, told);
    for (const look of waiting) look();
  });
  connection.onNotification('$/progress', ({ value }: { value?: { message?: string; title?: string } }) => {
    if (value?.message ?? value?.title) report(value.message ?? value.title ?? '');
  });
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => report(message));
  // Whatever else the server tells or asks, an editor that knows nothing of it says nothing, or null.
  connection.onNotification(() => undefined);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest(() => null);
  connection.listen();

  const request = async <T>(method: string, parameters: object, limit: number): Promise<T> => {
    const cancellation = new CancellationTokenSource();
    const timer = setTimeout(() => cancellation.cancel(), limit);
    try {
      return await Promise.race([connection.sendRequest<T>(method, parameters, cancellation.token), gone]);
    } finally {
      clearTimeout(timer);
      cancellation.dispose();
    }
  };

  await request('initialize', initializeParameters(folder), 10_000);
  await connection.sendNotification('initialized', {});

  const change = async (uri: string, text: string): Promise<void> => {
    const before = documents.get(uri)!;
    const after = TextDocument.create(uri, before.languageId, before.version + 1, text);
    documents.set(uri, after);
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: after.version },
      contentChanges: [{ text }],
    });
  };

  return {
    request,
    change,
    text: (uri) => documents.get(uri)!.getText(),
    async open(uri, languageId, text) {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    async close(uri) {
      documents.delete(uri);
      published.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    apply: (uri, edits) => change(uri, TextDocument.applyEdits(documents.get(uri)!, [...edits])),
    diagnostics: (uri, wanted, limit) =>
      new Promise((resolve) => {
        const end = (found: readonly Diagnostic[] | undefined): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const look = (): void => {
          const told = published.get(uri);
          const current = told?.version === undefined || told.version === documents.get(uri)?.version;
          if (told && current && wanted(told.diagnostics)) end(told.diagnostics);
        };
        const timer = setTimeout(() => end(undefined), limit);
        waiting.add(look);
        look();
      }),
    async quit() {
      await stopServer(server, async () => {
        await request('shutdown', {}, shutdownLimit);
        await connection.sendNotification('exit');
      });
      connection.dispose();
    },
  };
}

async function stopServer(server: ChildProcess, ask: () => Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  const timer = setTimeout(() => server.kill('SIGKILL'), shutdownLimit);
  // A server that cannot answer any more is ended by the timer.
  await ask().catch(() => server.kill('SIGTERM'));
  await ended;
  clearTimeout(timer);
}

function initializeParameters(folder: string): object {
  const uri = pathToFileURL(folder).href;
  return {
    processId: process.pid,
    clientInfo: { name: 'vouch demo' },
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'a small shop' }],
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      window: { workDoneProgress: true },
      workspace: { workspaceFolders: true, configuration: true, workspaceEdit: { documentChanges: true } },
      textDocument: {
        synchronization: { didSave: true },
        completion: { completionItem: { documentationFormat: ['plaintext'] } },
        inlineCompletion: {},
        publishDiagnostics: { versionSupport: true, dataSupport: true, codeDescriptionSupport: true },
        hover: { contentFormat: ['plaintext'] },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor.rewrite'] } },
          resolveSupport: { properties: ['edit'] },
          dataSupport: true,
          disabledSupport: true,
        },
      },
    },
  };
}
