// Programs that try to get out of a sandbox, and how it is seen from outside whether they did.
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Escape } from '../../../server/validation/sandbox/escapes.ts';
import type { Command, Outcome, Workplace } from '../../../server/validation/sandbox/sandbox.ts';

/** What there is to be reached outside. */
export interface Outside {
  readonly folder: string;
  readonly project: string;
  readonly secret: string;
  readonly port: number;
  readonly socket: string;
  readonly victim: ChildProcess;
  /** A word that only these processes and files have in their names. */
  readonly mark: string;
  /** What came to the servers. */
  readonly heard: string[];
  close(): Promise<void>;
}

export interface Attempt {
  readonly target: Escape;
  /** Several programs may try the same. */
  readonly programs: (outside: Outside, place: Workplace) => readonly Command[];
  /** Whether one of them got out. */
  escaped(outside: Outside, outcome: Outcome, place: Workplace): boolean | Promise<boolean>;
}

const secretText = 'what nobody may read';

export async function makeOutside(): Promise<Outside> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-escapes-'));
  const project = join(folder, 'project');
  const other = join(folder, 'other');
  for (const path of [project, other]) mkdirSync(path);
  const secret = join(other, 'secret.txt');
  writeFileSync(secret, secretText);
  writeFileSync(join(project, 'code.txt'), 'as it was');
  symlinkSync(secret, join(project, 'absolute-link'));
  symlinkSync('../other', join(project, 'relative-link'));
  // The home folder is the test's own; programs find it by its path.
  mkdirSync(join(folder, 'home/.ssh'), { recursive: true });
  writeFileSync(join(folder, 'home/.ssh/id'), secretText);
  const heard: string[] = [];
  const socket = join(folder, 'socket');
  const servers = [
    await listen({ port: 0, host: '127.0.0.1' }, heard),
    await listen({ path: socket }, heard),
  ];
  const { port } = servers[0]!.address() as { port: number };
  const names = createSocket('udp4');
  names.on('message', () => heard.push('dns'));
  await new Promise<void>((resolve) => names.bind(port, '127.0.0.1', resolve));
  const victim = spawn('sleep', ['600'], { stdio: 'ignore', env: { SECRET_OF_VICTIM: secretText } });
  return {
    folder,
    project,
    secret,
    port,
    socket,
    victim,
    mark: `7${process.pid}`,
    heard,
    async close() {
      victim.kill('SIGKILL');
      names.close();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      rmSync(folder, { recursive: true });
    },
  };
}

function listen(where: { port: number; host: string } | { path: string }, heard: string[]): Promise<Server> {
  const server = createServer((connection) => {
    heard.push('path' in where ? 'socket' : 'tcp');
    connection.on('error', () => undefined);
    connection.end(secretText);
  });
  return new Promise((resolve) => {
    server.listen(where, () => resolve(server));
  });
}

const node = (script: string, limits?: Command['limits']): Command => ({
  program: process.execPath,
  parameters: ['-e', script],
  ...(limits && { limits }),
});
const shell = (script: string, limits?: Command['limits']): Command => ({
  program: 'sh',
  parameters: ['-c', script],
  ...(limits && { limits }),
});
const reads = (...paths: readonly string[]): Command =>
  node(
    `for (const path of ${JSON.stringify(paths)}) try { console.log(require('fs').readFileSync(path, 'utf8')) } catch (error) { console.error(error.message) }`,
  );
const showsSecret = (_: Outside, { output }: Outcome): boolean => output.includes(secretText);

/** Processes with a word in their command lines. */
export const processesWith = (word: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
      } catch {
        return false;
      }
    });

const leaves = (word: (outside: Outside) => string) => (outside: Outside) => {
  const left = processesWith(word(outside));
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return left.length > 0;
};

const MB = 1024 ** 2;
/** Names that every Unix program may count on. */
const commonDevices =
  /^(null|zero|full|u?random|tty|console|ptmx|pts|shm|fd|stdin|stdout|stderr|core|mqueue)$/;

export const attempts: readonly Attempt[] = [
  {
    target: 'home',
    programs: ({ folder }) => [reads(join(folder, 'home/.ssh/id'))],
    escaped: showsSecret,
  },
  { target: 'projects', programs: ({ secret }) => [reads(secret)], escaped: showsSecret },
  {
    target: 'variables',
    programs: () => [
      node('console.log(JSON.stringify(process.env))'),
      shell('env; cat /proc/self/environ /proc/1/environ'),
    ],
    escaped: showsSecret,
  },
  {
    target: 'network',
    programs: ({ port }) => [
      node(
        `const net = require('net'), dns = require('dns');
         net.connect(${port}, '127.0.0.1').on('data', (data) => console.log(String(data))).on('error', () => {});
         const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
         resolver.setServers(['127.0.0.1:${port}']);
         resolver.resolve4('example.org', () => {});`,
      ),
    ],
    escaped: ({ heard }, { output }) =>
      output.includes(secretText) || heard.includes('dns') || heard.includes('tcp'),
  },
  {
    target: 'sockets',
    programs: ({ socket }) => [
      node(
        `require('net').connect(${JSON.stringify(socket)}).on('data', (data) => console.log(String(data))).on('error', () => {})`,
      ),
    ],
    escaped: showsSecret,
  },
  {
    target: 'forks',
    // Ends by itself, so that it is harmless where nothing stops it.
    programs: ({ mark }) => [
      shell(`i=0; while [ $i -lt 300 ]; do sleep ${mark}1 & i=$((i+1)); done; sleep 20; echo all`, {
        processes: 16,
        milliseconds: 30_000,
      }),
    ],
    escaped: (outside, { output }) => output.includes('all') || leaves(({ mark }) => `${mark}1`)(outside),
  },
  {
    target: 'memory',
    programs: () => [
      node(
        `const all = []; for (let i = 0; i < 24; i++) all.push(Buffer.alloc(64 * ${MB}, 1)); console.log(all.length, 'taken')`,
        { memory: 512 * MB, milliseconds: 30_000 },
      ),
    ],
    escaped: (_, { output }) => output.includes('taken'),
  },
  {
    target: 'memories',
    programs: () => [
      node(
        `const { spawn } = require('child_process');
         const script = 'const one = Buffer.alloc(150 * ${MB}, 1); setTimeout(() => console.log(one.length), 20_000)';
         let left = 10;
         for (let i = 0; i < 10; i++) spawn(process.execPath, ['-e', script]).on('exit', (code) => { if (code === 0 && --left === 0) console.log('taken') });`,
        { memory: 300 * MB, milliseconds: 40_000 },
      ),
    ],
    escaped: (_, { output }) => output.includes('taken'),
  },
  {
    target: 'output',
    programs: () => [
      shell('yes'),
      shell('yes >&2'),
      node("for (;;) require('fs').writeSync(1, 'x'.repeat(1e6))"),
    ],
    escaped: (_, { ended, output, errors }) => ended !== 'output' || output.length + errors.length > 4 * MB,
  },
  {
    target: 'links',
    programs: () => [reads('absolute-link', 'relative-link/secret.txt')],
    escaped: showsSecret,
  },
  {
    target: 'traps',
    programs: ({ secret }) => [
      shell(`ln -s ${secret} report.xml; mkfifo pipe.xml; ln -s ${join(secret, '..')} folder; true`),
    ],
    async escaped({ folder }, _, place) {
      const read = [
        await place.read('report.xml'),
        await place.read('pipe.xml'),
        await place.read('folder/secret.txt'),
      ];
      const wasWritten = await place.write('folder/planted.txt', 'x').then(
        () => existsSync(join(folder, 'other/planted.txt')),
        () => false,
      );
      return wasWritten || read.some((text) => text !== undefined);
    },
  },
  {
    target: 'signals',
    programs: ({ victim }) => [node(`process.kill(${victim.pid}, 'SIGCONT'); console.log('sent')`)],
    escaped: (_, { output }) => output.includes('sent'),
  },
  {
    target: 'inspection',
    programs: ({ victim, secret }) => [
      reads(`/proc/${victim.pid}/environ`, `/proc/${victim.pid}/root${secret}`),
      node(
        `for (const pid of require('fs').readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) try { console.log(require('fs').readFileSync('/proc/' + pid + '/environ', 'utf8')) } catch {}`,
      ),
    ],
    escaped: showsSecret,
  },
  {
    target: 'writes',
    programs: ({ project }) => [
      shell(`echo changed > code.txt; echo changed > ${project}/code.txt; echo new > ${project}/new.txt`),
    ],
    escaped: ({ project }) =>
      readFileSync(join(project, 'code.txt'), 'utf8') !== 'as it was' || existsSync(join(project, 'new.txt')),
  },
  {
    target: 'time',
    programs: ({ mark }) => [
      shell(`trap '' TERM INT HUP; sleep ${mark}2; sleep ${mark}2`, { milliseconds: 300 }),
    ],
    escaped: (outside, { ended }) => leaves(({ mark }) => `${mark}2`)(outside) || ended !== 'timeout',
  },
  {
    target: 'survivors',
    programs: ({ mark }) => [
      shell(`(setsid sh -c 'sleep ${mark}3 & exec sleep ${mark}3' </dev/null >/dev/null 2>&1 &) ; exit 0`),
      shell(`(setsid sleep ${mark}3 &) ; sleep ${mark}3`, { milliseconds: 300 }),
    ],
    escaped: leaves(({ mark }) => `${mark}3`),
  },
  {
    target: 'daemons',
    programs: ({ mark }) => [
      shell(`(env -i setsid sh -c '/bin/sleep ${mark}4 &' </dev/null >/dev/null 2>&1 &) ; sleep 0.3`),
    ],
    escaped: leaves(({ mark }) => `${mark}4`),
  },
  {
    target: 'shared',
    programs: ({ mark }) => [shell(`echo here > /dev/shm/vouch-${mark}`)],
    escaped({ mark }) {
      const path = `/dev/shm/vouch-${mark}`;
      const wasWritten = existsSync(path);
      rmSync(path, { force: true });
      return wasWritten;
    },
  },
  {
    target: 'devices',
    programs: () => [node("console.log(require('fs').readdirSync('/dev').join('\\n'))")],
    escaped: (_, { output }) =>
      output
        .split('\n')
        .some((name) => name !== '' && !commonDevices.test(name) && existsSync(join('/dev', name))),
  },
  {
    target: 'disk',
    programs: () => [
      node(
        `const fs = require('fs'); const some = Buffer.alloc(${MB}, 1);
         for (let i = 0; i < 2000; i++) { fs.writeFileSync('file' + i, some); if (i % 20 === 0) fs.fsyncSync(fs.openSync('file' + i)) }
         console.log('filled')`,
        { file: MB, milliseconds: 40_000 },
      ),
      node(`require('fs').writeFileSync('large', Buffer.alloc(4 * ${MB}, 1)); console.log('filled')`, {
        file: MB,
      }),
    ],
    escaped: (_, { output }) => output.includes('filled'),
  },
];
