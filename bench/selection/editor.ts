// The built server as an editor drives it: "implement" is asked for, resolved, and what stands in the document then is what
// is scored. A scripted endpoint replays recorded answers, or hands requests on to a real one.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  HoverRequest,
} from 'vscode-languageserver';
import { connectClient, type LspClient, spawnServer } from '../../test/kit/client.ts';
import { type ModelServer, startModelServer } from '../../test/kit/model-server.ts';

export interface Endpoints {
  readonly default: object;
  readonly tester?: object;
}

export interface Editor extends AsyncDisposable {
  implement(text: string, name: string): Promise<Offered>;
}

export interface Offered {
  /** The document after the edit; the text as it was where nothing was offered. */
  readonly text: string;
  readonly verdict: string | undefined;
  readonly seconds: number;
  /** Of the evidence, as the hover shows it. */
  readonly evidence: string;
}

/** @param dist folder of the built server. */
export async function startEditor(dist: string, samples: number, models: Endpoints): Promise<Editor> {
  const home = await mkdtemp(join(tmpdir(), 'vouch-bench-select-'));
  const folder = join(home, 'project');
  await mkdir(folder);
  const settings = { models, validation: { run: 'always' }, budget: { samples, repairs: 0 } };
  await mkdir(join(home, 'config/vouch'), { recursive: true });
  await writeFile(join(home, 'config/vouch/config.json'), JSON.stringify(settings));
  const environment = {
    ...process.env,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
  };
  const client = await connectClient(
    spawnServer([process.execPath, join(dist, 'vouch.js'), '--stdio'], environment),
    {
      folders: [folder],
      initializationOptions: settings,
      settings,
      expectsErrors: true,
    },
  );
  let count = 0;
  return {
    implement: (text, name) => implement(client, join(folder, `task_${count++}.py`), text, name),
    async [Symbol.asyncDispose]() {
      await client.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function implement(client: LspClient, path: string, text: string, name: string): Promise<Offered> {
  const uri = pathToFileURL(path).href;
  await writeFile(path, text);
  await client.open(uri, 'python', text);
  const before = text.slice(0, text.lastIndexOf(`def ${name}`));
  const position = { line: before.split('\n').length - 1, character: 5 };
  const began = performance.now();
  const actions = (await client.request(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor.rewrite.vouch.implement'] },
  })) as CodeAction[];
  const [action] = actions;
  if (!action) throw new Error(`nothing to implement is offered for ${name}`);
  let evidence = '';
  try {
    const { edit } = await client.request(CodeActionResolveRequest.type, action);
    if (edit) {
      client.documents.apply(edit, true);
      const after = client.documents.text(uri);
      const end = { line: after.split('\n').length, character: 0 };
      await client.change(uri, { range: { start: { line: 0, character: 0 }, end }, text: after });
      evidence = await hovered(client, uri, after, name);
    }
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  const seconds = (performance.now() - began) / 1000;
  const offered = client.documents.text(uri);
  await client.close(uri);
  const verdict = /\b(Vouched|Checked|Doubtful)\b/.exec(evidence)?.[1]?.toLowerCase();
  return { text: offered, verdict, seconds, evidence };
}

/** Within what was put in: its last line. */
async function hovered(client: LspClient, uri: string, text: string, name: string): Promise<string> {
  const lines = text.trimEnd().split('\n');
  const first = lines.findLastIndex((line) => line.startsWith(`def ${name}`));
  const last = lines.findLastIndex((line, at) => at > first && line.startsWith('    '));
  const hover = await client.request(HoverRequest.type, {
    textDocument: { uri },
    position: { line: last, character: 4 },
  });
  return hover ? JSON.stringify(hover.contents) : '';
}

export interface Replay extends AsyncDisposable {
  readonly models: Endpoints;
  /** What is answered from now on, in this order and then again. */
  load(answers: readonly string[], tests: readonly string[]): void;
  /** Answers of the coder that were asked for since `load`. */
  readonly asked: () => number;
}

/** An endpoint that answers what was recorded. */
export async function startReplay(): Promise<Replay> {
  const server: ModelServer = await startModelServer({ models: ['coder', 'tester'] });
  let given = 0;
  let tested = 0;
  let loaded = { answers: [''] as readonly string[], tests: [''] as readonly string[] };
  server.always((request) =>
    request.body.model === 'tester'
      ? { text: loaded.tests[tested++ % loaded.tests.length] ?? '' }
      : { text: loaded.answers[given++ % loaded.answers.length]! },
  );
  const endpoint = (model: string) => ({ baseURL: server.baseURL, model, api: 'chat' });
  return {
    models: { default: endpoint('coder'), tester: endpoint('tester') },
    load(answers, tests) {
      loaded = { answers, tests };
      [given, tested] = [0, 0];
    },
    asked: () => given,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
