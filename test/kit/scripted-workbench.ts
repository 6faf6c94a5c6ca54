// A workbench whose answers a test writes down, and a server around it on real streams: the editor's door by itself.
import { PassThrough } from 'node:stream';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { defaultSettings } from '../../server/core/settings.ts';
import type { CompletionCandidate, Evidence, Requirement } from '../../server/core/task.ts';
import { createDocuments } from '../../server/input/documents.ts';
import type { SettingsLoader } from '../../server/lsp/configuration.ts';
import { type ServerOptions, startServer } from '../../server/lsp/server.ts';
import type { Workbench, WorkbenchEvents } from '../../server/orchestration/workbench.ts';
import { type ClientOptions, connectClient, type LspClient } from './client.ts';

export type Script = Partial<Workbench>;

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  verdict: 'vouched',
  checks: [
    { name: 'syntax/error', outcome: 'passed' },
    { name: 'names/unresolved', outcome: 'passed' },
    { name: 'tests/failed', outcome: 'not-run', note: 'there are none' },
  ],
  findings: [],
  model: 'coder @ localhost',
  repairs: 0,
  milliseconds: 1200,
  ...changes,
});

export const requirement = (changes: Partial<Requirement> = {}): Requirement => ({
  kind: 'implement',
  source: 'stub',
  title: 'Implement `area`',
  target: { start: 0, end: 0 },
  subject: { start: 0, end: 0 },
  prose: '',
  ...changes,
});

export const candidate = (
  text: string,
  start: number,
  end: number,
  changes: Partial<CompletionCandidate> = {},
): CompletionCandidate => ({
  text,
  replace: { start, end },
  source: 'embedded',
  confidence: 0.9,
  additionalEdits: [],
  evidence: evidence({ model: 'embedded', checks: [] }),
  ...changes,
});

/** A workbench that knows nothing, with the scripted parts put in. */
export function scriptedWorkbench(script: Script): Workbench {
  const documents = script.documents ?? createDocuments();
  const version = (uri: string): number => documents.get(uri)?.version ?? 0;
  return {
    documents,
    languages: [],
    configure: () => undefined,
    filesChanged: () => undefined,
    watch: () => undefined,
    diagnose: async (_run, uri) => ({ version: version(uri), findings: [] }),
    check: async function* () {
      yield* [];
    },
    complete: async (_run, { uri }) => ({ version: version(uri), candidates: [], incomplete: false }),
    offers: async () => [],
    propose: () => Promise.reject(new Error('not scripted')),
    validate: async (_run, uri) => ({ version: version(uri), findings: [], checks: [] }),
    prompt: () => Promise.reject(new Error('not scripted')),
    offered: () => undefined,
    written: () => undefined,
    regions: () => [],
    accept: () => undefined,
    status: async () => ({
      engine: { files: 0, bytes: 0, ready: true, leftOut: {} },
      models: [],
      grammars: {},
      index: { ready: true, files: 0, symbols: 0, bytes: 0, leftOut: {} },
    }),
    trialTools: async () => ({ judges: [], interpreters: [], refusal: undefined }),
    readiness: async () => ({
      engine: { files: 0, bytes: 0, ready: true, leftOut: {} },
      index: { ready: true, files: 0, symbols: 0, bytes: 0, leftOut: {} },
    }),
    dispose: async () => undefined,
    ...script,
  };
}

export interface ScriptedServer {
  readonly client: LspClient;
  readonly workbench: Workbench;
  readonly events: WorkbenchEvents;
}

/** A server over a scripted workbench and an editor that is connected to it. */
export async function scriptedServer(
  script: Script,
  options: ClientOptions & { readonly loadSettings?: SettingsLoader } & Partial<
      Pick<ServerOptions, 'checkPage' | 'trustFolder' | 'now'>
    > = {},
): Promise<ScriptedServer> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const workbench = scriptedWorkbench(script);
  let made: WorkbenchEvents | undefined;
  const exited = new Promise<number>((exit) => {
    startServer(
      { reader: new StreamMessageReader(toServer), writer: new StreamMessageWriter(toClient) },
      {
        version: '0.0.0',
        createWorkbench: async (events) => {
          made = events;
          return workbench;
        },
        trustFolder: options.trustFolder ?? (async () => undefined),
        loadSettings: options.loadSettings ?? (async () => ({ settings: defaultSettings, problems: [] })),
        ...(options.checkPage ? { checkPage: options.checkPage } : {}),
        ...(options.now ? { now: options.now } : {}),
        exit,
      },
    );
  });
  const client = await connectClient({ input: toServer, output: toClient, exited }, options);
  const events: WorkbenchEvents = {
    notice: (...parameters) => made!.notice(...parameters),
    log: (...parameters) => made!.log(...parameters),
    ask: (...parameters) => made!.ask(...parameters),
    findingsChanged: (...parameters) => made!.findingsChanged(...parameters),
  };
  return { client, workbench, events };
}
