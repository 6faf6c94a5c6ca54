// Generated code is run before it is offered, through the built server as an editor speaks to it: the user is asked once, what
// ran is in the evidence, and a cancelled task leaves no program behind.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Command,
} from 'vscode-languageserver';
import { buildCommand, createProject } from '../cli/command.ts';
import { connectClient, type LspClient, spawnServer } from '../kit/client.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Whether programs can be closed in here at all: some containers forbid it. */
const closesIn = (): boolean => {
  if (!isInstalled('bwrap') || !isInstalled('python3')) return false;
  try {
    execFileSync('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const stub = 'def double(number):\n    """Twice the number.\n\n    >>> double(2)\n    4\n    """\n    ...\n';
const answer = (body: string): string => `\`\`\`python\ndef double(number):\n${body}\n\`\`\``;

async function openEditor(server: ModelServer, choice: string) {
  const project = createProject(built.folder, { 'a.py': stub });
  const home = dirname(project.folder);
  project.settings({ models: { default: { baseURL: server.baseURL, model: 'test-model' } } });
  // The rest stays: where an interpreter is installed may be told by a variable.
  const environment: NodeJS.ProcessEnv = { ...process.env, HOME: home, TMPDIR: home };
  for (const name of ['XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME']) delete environment[name];
  const pipe = spawnServer([process.execPath, join(built.folder, 'vouch.js'), '--stdio'], environment);
  onTestFinished(() => void pipe.process!.kill('SIGKILL'));
  const client = await connectClient(pipe, { folders: [project.folder] });
  const questions: string[] = [];
  client.connection.onRequest('window/showMessageRequest', ({ message, actions }) => {
    questions.push(message);
    return actions.find(({ title }: { title: string }) => title.startsWith(choice)) ?? null;
  });
  const uri = pathToFileURL(join(project.folder, 'a.py')).href;
  await client.open(uri, 'python', stub);
  return { client, uri, home, questions };
}

const implementAction = async (client: LspClient, uri: string): Promise<CodeAction> => {
  const position = { line: 6, character: 4 };
  const context = { diagnostics: [], only: ['refactor.rewrite.vouch.implement'] };
  const params = { textDocument: { uri }, range: { start: position, end: position }, context };
  const [action] = (await client.request(CodeActionRequest.type, params)) as CodeAction[];
  return action!;
};

/** Sandboxes that were started for an editor with this home. */
const programsOf = (home: string): number =>
  readdirSync('/proc').filter((id) => {
    try {
      const line = /^\d+$/.test(id) ? readFileSync(`/proc/${id}/cmdline`, 'utf8') : '';
      return line.includes('bwrap') && line.includes(home);
    } catch {
      return false; // It ended while the list was read.
    }
  }).length;

describe.skipIf(!closesIn())('trying generated code', () => {
  it('asks once, runs the examples, and sends back what they contradict', async () => {
    await using server = await startModelServer();
    const { client, uri, questions } = await openEditor(server, 'Allow');
    server.reply({ text: [answer('    return number + 1')] });
    server.reply({ text: [answer('    return number * 2')] });
    const action = await implementAction(client, uri);
    const { edit } = await client.request(CodeActionResolveRequest.type, action);
    expect(questions).toHaveLength(1);
    expect(questions[0]).toContain('examples in a sandbox (bubblewrap)');
    expect(JSON.stringify(server.requests[1]!.body)).toContain('gives 3; the example says 4');

    client.documents.apply(edit!, true);
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: client.documents.text(uri) }],
    });
    const lenses = await client.connection.sendRequest<{ command: Command }[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    expect(lenses.map(({ command }) => command.title)).toContain('Run the tests');
    const hover = await client.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 6, character: 6 },
    });
    expect(hover.contents.value).toContain('`examples/failed`: 1 of 1 example passed');

    await client.connection.sendRequest('workspace/executeCommand', {
      command: 'vouch.validate',
      arguments: [uri],
    });
    const { message } = await client.next('window/showMessage', ({ message }) =>
      message.includes('passed: checks'),
    );
    expect(message).toContain('examples/failed (1 of 1 example passed)');
    expect(message).toContain('tests/failed (no test names it)');
    await client.stop();
  });

  it('runs nothing after a no, and the evidence says so', async () => {
    await using server = await startModelServer();
    const { client, uri } = await openEditor(server, 'Not now');
    server.reply({ text: [answer('    return number + 1')] });
    const action = await implementAction(client, uri);
    const { edit } = await client.request(CodeActionResolveRequest.type, action);
    expect(JSON.stringify(edit)).toContain('number + 1');
    expect(server.requests).toHaveLength(1);
    await client.stop();
  });

  it('is cancelled with all that was started', async () => {
    await using server = await startModelServer();
    const { client, uri, home } = await openEditor(server, 'Allow');
    server.reply({ text: [answer('    while True:\n        pass')] });
    const action = await implementAction(client, uri);
    const source = new CancellationTokenSource();
    const resolving = client.request(CodeActionResolveRequest.type, action, source.token);
    await expect.poll(() => programsOf(home), { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
    source.cancel();
    await expect(resolving).rejects.toMatchObject({ code: -32800 });
    await expect.poll(() => programsOf(home), { timeout: 30_000 }).toBe(0);
    await client.stop();
  });
});
