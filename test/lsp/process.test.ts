// The server as a process of its own: each pipe, and each way in which an editor leaves it.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, type Pipe, spawnServer as start } from '../kit/client.ts';
import type { ProfileName } from '../kit/profiles.ts';
import { removeFolder } from '../kit/remove-folder.ts';

const source = fileURLToPath(new URL('../kit/scripted-process.ts', import.meta.url));
let folder: string;
let script: string;

// Bundled once, as the real one is: ten processes that compile for themselves would take a minute.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-'));
  script = join(folder, 'server.mjs');
  const banner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";
  await build({
    entryPoints: [source],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: banner },
  });
});
afterAll(() => removeFolder(folder));

/** Whatever the tests started, so that nothing is left when one of them fails half way. */
const started: { kill(signal: NodeJS.Signals): boolean }[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

function spawnServer(parameters: readonly string[]): Pipe {
  const pipe = start(parameters);
  started.push(pipe.process!);
  return pipe;
}

const command = (...parameters: string[]): string[] => [process.execPath, script, ...parameters];

describe.concurrent('the process', () => {
  it.each([
    ['vscode', 0],
    ['eglot19', 1],
    ['ale', 1],
  ] as [ProfileName, number][])('ends as %s leaves, with exit code %i', async (profile, code) => {
    const pipe = spawnServer(command('--stdio'));
    const client = await connectClient(pipe, { profile });
    await client.open('file:///a.py', 'python', 'x = 1\n');
    expect(await client.stop()).toBe(code);
    expect(pipe.errors!()).toBe('disposed\n');
  });

  it('ends when the editor died without closing the pipe', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    started.push(editor);
    const pipe = spawnServer(command('--stdio'));
    const client = await connectClient(pipe, { processId: editor.pid! });
    editor.kill('SIGKILL');
    expect(await pipe.exited).toBe(1);
    client.connection.dispose();
  });

  it('speaks through a socket that the editor listens on', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    const child = spawnServer(command(`--socket=${port}`));
    const [socket] = (await once(listener, 'connection')) as [Socket];
    const pipe: Pipe = { ...child, input: socket, output: socket };
    const client = await connectClient(pipe, { profile: 'vscode' });
    expect(client.capabilities.hoverProvider).toBe(true);
    expect(await client.stop()).toBe(0);
    listener.close();
  });

  it('speaks through the channel of a Node parent, and ends with it', async () => {
    const child = fork(script, ['--node-ipc'], { silent: true });
    started.push(child);
    child.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    const [message] = await once(child, 'message');
    expect(message).toMatchObject({ id: 1, result: { serverInfo: { name: 'vouch' } } });
    child.disconnect();
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
  });

  it('survives nonsense in the pipe, and says what it does not know', async () => {
    const pipe = spawnServer(command('--stdio'));
    const send = (text: string): boolean =>
      pipe.input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    send('{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":null}');
    send('[1,2,3]');
    send('{"jsonrpc":"2.0","id":"two","method":"no/such","params":{}}');
    let output = '';
    for await (const chunk of pipe.output) {
      output += chunk;
      if (output.includes('"two"')) break;
    }
    expect(output).toContain('"code":-32002');
    pipe.process!.kill('SIGTERM');
    await pipe.exited;
  });

  it.each([['--socket=none'], ['--socket'], ['--socket=1']])(
    'says what is wrong with %s',
    async (parameter) => {
      const pipe = spawnServer(command(parameter));
      expect(await pipe.exited).toBe(2);
      expect(pipe.errors!()).toMatch(/^vouch: /);
    },
  );
});
