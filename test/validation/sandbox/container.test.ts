// How a container engine is asked: a stand-in for its command writes down what it was given and runs the program itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled, detachedRun } from '../../../server/core/run.ts';
import { imageVariable } from '../../../server/validation/sandbox/container.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import { processesWith } from './attempts.ts';

const run = detachedRun(() => undefined);
const folder = mkdtempSync(join(tmpdir(), 'vouch-engine-'));
const engine = join(folder, 'docker');
writeFileSync(
  engine,
  `#!${process.execPath}
const { spawn } = require('node:child_process');
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const [verb, ...rest] = process.argv.slice(2);
const file = (name) => ${JSON.stringify(folder)} + '/' + name;
if (verb === 'image') process.exit(['has-it', 'is-slow', 'fails'].includes(rest[1]) ? 0 : 1);
if (verb === 'kill') {
  if (!existsSync(file(rest[0]))) process.exit(1);
  process.kill(-Number(readFileSync(file(rest[0]), 'utf8')), 'SIGKILL');
  process.exit(0);
}
appendFileSync(file('asked'), JSON.stringify(rest) + '\\n');
const mounts = [], environment = {};
let name, workdir, program, at = 0;
const alone = ['--rm', '--init', '--read-only', '--interactive'];
for (; rest[at].startsWith('-'); at++) {
  if (alone.includes(rest[at])) continue;
  const option = rest[at], value = rest[++at];
  if (option === '--name') name = value;
  if (option === '--workdir') workdir = value;
  if (option === '--entrypoint') program = value;
  if (option === '--mount') mounts.push(Object.fromEntries(value.split(',').map((one) => one.split('='))));
  if (option === '--env') environment[value.slice(0, value.indexOf('='))] = value.slice(value.indexOf('=') + 1);
}
if (rest[at] === 'fails') { console.error('daemon is gone'); process.exit(125) }
if (rest[at] === 'is-slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
mounts.sort((a, b) => b.target.length - a.target.length);
const outside = (path) => { const one = mounts.find(({ target }) => path.startsWith(target)); return one ? one.source + path.slice(one.target.length) : path };
const child = spawn(program, rest.slice(at + 1), { cwd: outside(workdir), env: environment, stdio: 'inherit', detached: true });
writeFileSync(file(name), String(child.pid));
child.on('exit', (code, signal) => process.exit(code ?? 137));
`,
);
chmodSync(engine, 0o755);
const { PATH: path } = process.env;
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(process.platform === 'linux')('a container engine', () => {
  beforeEach(() => {
    process.env.PATH = `${folder}${delimiter}${path}`;
    process.env[imageVariable] = 'has-it';
  });
  afterEach(() => {
    process.env.PATH = path;
    delete process.env[imageVariable];
  });
  const asked = (): string[] =>
    JSON.parse(readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n').at(-1)!);

  it('runs programs without network, rights or anything of the machine but what is given', async () => {
    const sandbox = await findSandbox(() => undefined, ['container']);
    expect(sandbox).toMatchObject({ name: 'container', isolation: 'closed' });
    await using place = await sandbox.open(run, { files: { 'in.txt': 'here' } });
    const outcome = await place.execute(run, {
      program: 'sh',
      parameters: ['-c', 'cat in.txt; echo out > out.txt; echo "$WORD"'],
      environment: { WORD: 'given' },
      limits: { memory: 1000, processes: 5 },
    });
    expect(outcome).toMatchObject({ ended: 'exit', code: 0, output: 'heregiven\n' });
    expect(await place.read('out.txt')).toBe('out\n');
    const options = asked().join(' ');
    for (const needed of [
      '--network none',
      '--read-only',
      '--cap-drop ALL',
      '--security-opt no-new-privileges',
      '--pull never',
      '--memory 1000',
      '--pids-limit',
    ]) {
      expect(options).toContain(needed);
    }
    expect(options.match(/target=[^, ]+/g)).toEqual(['target=/workplace', 'target=/tmp']);
  });

  it.each(['has-it', 'is-slow'])('is told to kill a container whose run ends, %s', async (image) => {
    process.env[imageVariable] = image;
    const sandbox = await findSandbox(() => undefined, ['container']);
    await using place = await sandbox.open(run, {});
    const controller = new AbortController();
    const word = `6${process.pid}`;
    const working = place.execute(
      detachedRun(() => undefined, controller.signal),
      { program: 'sleep', parameters: [word] },
    );
    // The engine's own command is there at once, the program in the container later.
    while (processesWith(word).length < (image === 'is-slow' ? 1 : 2)) await sleep(10);
    controller.abort(new Cancelled('client'));
    await expect(working).rejects.toThrow('cancelled: client');
    expect(processesWith(word)).toEqual([]);
  });

  it('is told so as well where vouch itself is killed', async () => {
    const word = `8${process.pid}`;
    const program = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
    const vouch = spawn(process.execPath, ['--import', 'tsx', program, word, '500', 'container'], {
      stdio: 'ignore',
    });
    await once(vouch, 'exit');
    while (processesWith(word).length > 0) await sleep(20);
  });

  it('is not taken where it fails, has no such image, or no image is named', async () => {
    const reasonOf = async (image: string | undefined): Promise<string> => {
      if (image === undefined) delete process.env[imageVariable];
      else process.env[imageVariable] = image;
      const said: string[] = [];
      const sandbox = await findSandbox((_, message) => said.push(message), ['container', 'restricted']);
      expect(sandbox.name).toBe('restricted');
      return said.join('\n');
    };
    expect(await reasonOf('fails')).toContain('the container failed: daemon is gone');
    expect(await reasonOf('other')).toContain('not run by container: docker: Command failed');
    expect(await reasonOf(undefined)).toContain(`no image is named by ${imageVariable}`);
    expect(existsSync(engine)).toBe(true);
  });
});
