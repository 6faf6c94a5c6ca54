// A judge asked directly, with no more than it takes to speak to it: what it reports by itself, and how long it takes.
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { clientCapabilities } from '../../server/validation/oracles/capabilities.ts';
import type { FoundJudge } from '../../server/validation/oracles/find.ts';
import { section } from '../../server/validation/oracles/settings-tree.ts';
import { fill, fillTree } from '../../server/validation/oracles/texts.ts';

export interface Reported {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

export interface Direct {
  /** Errors and warnings of a text of the file, and the time from the edit to the last of them. */
  ask(text: string): Promise<{ readonly reported: readonly Reported[]; readonly milliseconds: number }>;
  stop(): void;
}

interface Raw {
  readonly range?: { readonly start: { readonly line: number } };
  readonly start?: { readonly line: number };
  readonly severity?: number;
  readonly category?: string;
  readonly message?: string;
  readonly text?: string;
}

/** Milliseconds without a further publication after which there will be none: as long as it takes, it is not counted. */
const silence = 1_500;

/** @param scratch an empty folder. */
export async function askDirectly(
  found: FoundJudge,
  root: string,
  path: string,
  languageId: string,
  scratch: string,
): Promise<Direct> {
  const places = { ...found.places, root, scratch };
  const rules = found.tool.server!;
  const parameters = found.tool.command.slice(1).map((each) => fill(each, places) as string);
  const environment = fillTree(found.tool.environment, places) as NodeJS.ProcessEnv;
  const child: ChildProcess = spawn(found.program, parameters, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  const settings = fillTree(rules.settings, places);
  connection.onRequest((method, params) =>
    method === 'workspace/configuration'
      ? (params as { items: { section?: string }[] }).items.map((item) => section(settings, item.section))
      : null,
  );
  let published: { diagnostics: Raw[]; at: number } | undefined;
  let registered = false;
  connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => {
    registered ||= params.registrations.some(({ method }) => method === 'textDocument/diagnostic');
    return null;
  });
  const uri = pathToFileURL(path).href;
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: { uri: string; diagnostics: Raw[] }) => {
      if (params.uri === uri) published = { diagnostics: params.diagnostics, at: performance.now() };
    },
  );
  const { ready } = rules;
  const isReady = new Promise<void>((resolve) => {
    if (!ready) return resolve();
    connection.onNotification(ready.notification, (params: Record<string, unknown>) => {
      if (ready.values.includes(params[ready.field])) resolve();
    });
  });
  connection.listen();
  const folder = { uri: pathToFileURL(root).href, name: root };
  const { capabilities } = await connection.sendRequest<{ capabilities: { diagnosticProvider?: unknown } }>(
    'initialize',
    {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: clientCapabilities(rules.experimental),
      initializationOptions: fillTree(rules.initializationOptions, places),
    },
  );
  await connection.sendNotification('initialized', {});
  if (rules.settings) await connection.sendNotification('workspace/didChangeConfiguration', { settings });
  await isReady;

  let version = 0;
  return {
    async ask(text) {
      const start = performance.now();
      published = undefined;
      version++;
      if (version === 1) {
        const textDocument = { uri, languageId, version, text };
        await connection.sendNotification('textDocument/didOpen', { textDocument });
      } else {
        const textDocument = { uri, version };
        await connection.sendNotification('textDocument/didChange', {
          textDocument,
          contentChanges: [{ text }],
        });
      }
      const pulls = registered || capabilities.diagnosticProvider;
      if (rules.commands || pulls) {
        const raw = rules.commands
          ? await commanded(connection, rules.commands, path, uri)
          : (
              await connection.sendRequest<{ items: Raw[] | null }>('textDocument/diagnostic', {
                textDocument: { uri },
              })
            ).items;
        return { reported: read(raw ?? []), milliseconds: performance.now() - start };
      }
      // Only what is published after the edit counts, and only until the last of it.
      const heard = (): typeof published => published;
      for (let last = heard(); !last || performance.now() - last.at < silence; last = heard()) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const { diagnostics, at } = heard()!;
      return { reported: read(diagnostics), milliseconds: at - start };
    },
    stop() {
      connection.dispose();
      child.kill('SIGKILL');
    },
  };
}

async function commanded(
  connection: MessageConnection,
  commands: readonly { readonly command: string; readonly arguments: readonly unknown[] }[],
  path: string,
  uri: string,
): Promise<Raw[]> {
  const answers = await Promise.all(
    commands.map(({ command, arguments: given }) =>
      connection.sendRequest<{ body: Raw[] }>('workspace/executeCommand', {
        command,
        arguments: fill(given, { path, uri }),
      }),
    ),
  );
  return answers.flatMap(({ body }) => body);
}

const read = (raw: readonly Raw[]): readonly Reported[] =>
  raw
    .filter(({ severity, category }) => (severity ?? (category === 'suggestion' ? 4 : 1)) <= 2)
    .map(({ range, start, message, text }) => ({
      line: range?.start.line ?? start!.line - 1,
      message: (message ?? text)!.replace(/\s+/g, ' ').trim(),
    }));
