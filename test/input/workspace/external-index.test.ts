// A team's index: filled from a checkout into a real PostgreSQL, asked from another one, and missed by nobody when it is gone.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { createSyntax, type Syntax } from '../../../server/input/syntax/index.ts';
import { createSharedIndex, fillIndex } from '../../../server/input/workspace/external-index/index.ts';
import { lookAtIndex } from '../../../server/input/workspace/external-index/look.ts';
import { createBounds } from '../../../server/input/workspace/ignore.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import type { WorkspaceIndex } from '../../../server/input/workspace/workspace-index.ts';
import { type Postgres, postgresPrograms, startPostgres } from '../../kit/postgres.ts';

const logged: string[] = [];
const run = detachedRun((_, message) => void logged.push(message));
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  logged.length = 0;
});

const files = {
  'shop/money.py': 'def round_money(amount: int) -> int:\n    """Round to cents."""\n    return amount\n',
  'shop/orders.py':
    'from shop.money import round_money\n\n\nclass Order:\n    def total_price(self, tax: int) -> int:\n        return round_money(tax)\n',
  'tests/test_money.py':
    'from shop.money import round_money\n\n\ndef test_rounds():\n    assert round_money(1) == 1\n',
  'shop/private.py': 'def hidden_money():\n    return 1\n',
  'shop/ignored.py': 'def ignored_money():\n    return 1\n',
  '.gitignore': 'shop/ignored.py\n',
};

/** A checkout of the same repository, wherever it lies. */
function checkout(
  content: Readonly<Record<string, string>> = files,
  origin = 'git@example.org:team/shop.git',
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-shared-')));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(content)) write(folder, name, text);
  execFileSync('git', ['init', '-q', folder]);
  execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', origin]);
  return folder;
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** A local index that knows nothing, or what is given. */
const localIndex = (known: Partial<WorkspaceIndex> = {}): WorkspaceIndex => ({
  named: async () => [],
  inFile: async () => [],
  callers: async () => [],
  importers: async () => [],
  similar: async () => [],
  testsOf: async () => [],
  changed: async () => undefined,
  state: async () => ({ ready: true, files: 0, symbols: 0, bytes: 0, leftOut: {} }),
  dispose: async () => undefined,
  ...known,
});

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: run.log });
  await syntax.load('python');
});

/** Long enough for a machine under load; what a slow server costs is tested with a short one. */
const patience = 20_000;

function open(
  folder: string,
  url: string,
  { local = localIndex(), exclude = [] as string[], wait = patience } = {},
): WorkspaceIndex {
  const bounds = createBounds(folder, exclude);
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude }],
    openText: () => undefined,
  });
  const index = createSharedIndex({
    address: { url, passwordEnv: 'VOUCH_TEST_PASSWORD' },
    folders: [folder],
    local,
    accepts: (path) => bounds.judge(path, false) === undefined,
    resolve: async () => project.resolve,
    log: run.log,
    patience: wait,
  });
  cleanups.push(() => index.dispose());
  return index;
}

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(programs!);
    process.env.VOUCH_TEST_PASSWORD = server.password;
  });
  afterAll(() => server.stop());

  const address = () => ({ url: server.url, passwordEnv: 'VOUCH_TEST_PASSWORD' });
  const fill = (folder: string, exclude: string[] = []) => fillIndex(run, address(), folder, exclude, syntax);

  test('one checkout fills it, another finds in it what is the same there', async () => {
    const filled = await fill(checkout());
    expect(filled).toMatchObject({ project: 'example.org/team/shop', files: 4, dropped: 0 });
    const folder = checkout();
    const index = open(folder, server.url);
    const near = join(folder, 'shop/orders.py');

    const [money] = await index.named(run, 'round_money', near, 5);
    expect(money).toEqual({
      path: join(folder, 'shop/money.py'),
      name: 'round_money',
      kind: 'function',
      span: { start: 0, end: files['shop/money.py'].length - 1 },
      signature: 'def round_money(amount: int) -> int:',
      doc: 'Round to cents.',
      containers: [],
    });
    const inFile = await index.inFile(run, near);
    expect(inFile.map(({ name, containers }) => [name, containers])).toEqual([
      ['Order', []],
      ['total_price', ['Order']],
    ]);
    const [call] = await index.callers(run, 'round_money', near, 5);
    expect(call).toMatchObject({ path: near, inside: { name: 'total_price', containers: ['Order'] } });
    expect(files['shop/orders.py'].slice(call!.span.start, call!.span.end)).toBe('round_money');
    const tests = await index.testsOf(run, 'round_money', near, 5);
    expect(tests.map(({ name }) => name)).toEqual(['test_rounds']);
    const similar = await index.similar(run, ['round', 'money', 'amount'], near, 5);
    expect(similar[0]?.name).toBe('round_money');
    expect(similar.map(({ name }) => name)).not.toContain('test_rounds');
    expect(await index.importers(run, join(folder, 'shop/money.py'), 5)).toEqual(
      expect.arrayContaining([near, join(folder, 'tests/test_money.py')]),
    );
    expect(await lookAtIndex(run, address(), folder)).toMatchObject({
      project: 'example.org/team/shop',
      files: 4,
    });
    expect(logged).toEqual([]);
  });

  test('again, only what changed is sent, and what is gone is dropped', async () => {
    const folder = checkout(files, 'https://example.org/team/incremental.git');
    expect(await fill(folder)).toMatchObject({ sent: 4 });
    expect(await fill(folder)).toMatchObject({ files: 4, sent: 0, dropped: 0 });
    write(folder, 'shop/money.py', `${files['shop/money.py']}\n\ndef halve(x):\n    return x\n`);
    rmSync(join(folder, 'shop/orders.py'));
    expect(await fill(folder)).toMatchObject({ files: 3, sent: 1, dropped: 1 });
    const index = open(folder, server.url);
    expect((await index.named(run, 'halve', folder, 5)).length).toBe(1);
    expect(await index.named(run, 'Order', folder, 5)).toEqual([]);
    expect(await index.callers(run, 'round_money', folder, 5)).toMatchObject([
      { inside: { name: 'test_rounds' } },
    ]);
  });

  test('what is excluded or ignored is neither sent nor asked for', async () => {
    const origin = 'https://example.org/team/private.git';
    await fill(checkout(files, origin), ['shop/private.py']);
    const folder = checkout(files, origin);
    expect(await open(folder, server.url).named(run, 'hidden_money', folder, 5)).toEqual([]);
    expect(await open(folder, server.url).named(run, 'ignored_money', folder, 5)).toEqual([]);
    // Somebody else excludes nothing; here it is excluded.
    await fill(checkout(files, origin));
    const index = open(folder, server.url, { exclude: ['shop/private.py'] });
    expect(await index.named(run, 'hidden_money', folder, 5)).toEqual([]);
    expect((await open(folder, server.url).named(run, 'hidden_money', folder, 5)).length).toBe(1);
  });

  test('of a file that is another one here nothing is said', async () => {
    const origin = 'https://example.org/team/changed.git';
    await fill(checkout(files, origin));
    const folder = checkout({ ...files, 'shop/money.py': `# moved down\n${files['shop/money.py']}` }, origin);
    const index = open(folder, server.url);
    expect(await index.named(run, 'round_money', folder, 5)).toEqual([]);
    expect((await index.named(run, 'Order', folder, 5)).length).toBe(1);
  });

  test('what the local index knows comes first, and its files are not asked for twice', async () => {
    const origin = 'https://example.org/team/both.git';
    await fill(checkout(files, origin));
    const folder = checkout(files, origin);
    const own = {
      path: join(folder, 'shop/money.py'),
      name: 'round_money',
      kind: 'function',
      span: { start: 0, end: 3 },
      signature: 'own',
      containers: [],
    } as const;
    const local = localIndex({
      named: async () => [own],
      inFile: async (_, path) => (path === own.path ? [own] : []),
    });
    const index = open(folder, server.url, { local });
    expect(await index.named(run, 'round_money', folder, 5)).toEqual([own]);
    expect((await index.testsOf(run, 'round_money', folder, 5)).length).toBe(1);
  });

  test('a folder of a repository is filled and asked as a part of it', async () => {
    const origin = 'https://example.org/team/parts.git';
    await fill(checkout(files, origin));
    const folder = checkout(files, origin);
    const part = join(folder, 'shop');
    rmSync(join(part, 'orders.py'));
    expect(await fill(part)).toMatchObject({ files: 2, sent: 0, dropped: 1 });
    expect(await lookAtIndex(run, address(), part)).toMatchObject({ files: 2 });
    const whole = open(folder, server.url);
    expect((await whole.testsOf(run, 'round_money', folder, 5)).length).toBe(1);
    expect(await whole.named(run, 'Order', folder, 5)).toEqual([]);
    const index = open(part, server.url);
    const [money] = await index.named(run, 'round_money', part, 5);
    expect(money?.path).toBe(join(part, 'money.py'));
    expect(await index.inFile(run, join(part, 'money.py'))).toEqual([money]);
    // What lies outside of the folder that is open is not spoken of.
    expect(await index.testsOf(run, 'round_money', part, 5)).toEqual([]);
  });

  test('characters beyond the plane of most, in what is cut to a length, are taken by the server', async () => {
    const emoji = '😀'.repeat(600);
    const folder = checkout(
      { 'a.py': `def one(a="b" ${emoji}):\n    """x${emoji}"""\n    return 1\n\n\nTWO = 1  # ${emoji}\n` },
      'https://example.org/team/emoji.git',
    );
    expect(await fill(folder)).toMatchObject({ files: 1, sent: 1 });
    const [one] = await open(folder, server.url).named(run, 'one', folder, 5);
    expect(one?.doc).toMatch(/^x(?:😀)+$/u);
  });

  test('a project without an origin is filled under a name that is given', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-shared-')));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    write(folder, 'a.py', 'def lonely():\n    return 1\n');
    await expect(fill(folder)).rejects.toThrow(`--name ${basename(folder)}`);
    const named = fillIndex(run, address(), folder, [], syntax, basename(folder));
    expect(await named).toMatchObject({ project: basename(folder), files: 1 });
    expect((await open(folder, server.url).named(run, 'lonely', folder, 5)).length).toBe(1);
    const elsewhere = checkout({}, 'https://example.org/team/elsewhere.git');
    await expect(fillIndex(run, address(), elsewhere, [], syntax, 'x')).rejects.toThrow(
      'this project is called example.org/team/elsewhere',
    );
  });

  test('repositories do not see one another', async () => {
    await fill(checkout(files, 'https://example.org/team/one.git'));
    const folder = checkout(files, 'https://example.org/team/other.git');
    expect(await open(folder, server.url).named(run, 'round_money', folder, 5)).toEqual([]);
  });

  test('a wrong password is told once, and the local index answers', async () => {
    const folder = checkout();
    process.env.VOUCH_TEST_PASSWORD = 'wrong';
    const index = open(folder, server.url);
    process.env.VOUCH_TEST_PASSWORD = server.password;
    for (let time = 0; time < 3; time++) expect(await index.named(run, 'round_money', folder, 5)).toEqual([]);
    expect(logged.length).toBe(1);
    expect(logged[0]).toMatch(/127\.0\.0\.1:\d+\/postgres does not answer \(.*password/);
    expect(logged[0]).not.toContain('wrong');
  });
});

describe('without a server', () => {
  const own = {
    path: '/x.py',
    name: 'f',
    kind: 'function',
    span: { start: 0, end: 1 },
    signature: 'f',
    containers: [],
  } as const;
  const local = localIndex({ named: async () => [own] });

  test('the local index answers, and one line says why', async () => {
    const folder = checkout();
    const index = open(folder, 'postgres://vouch@127.0.0.1:1/code', { local });
    for (let time = 0; time < 3; time++) expect(await index.named(run, 'f', folder, 5)).toEqual([own]);
    expect(logged.length).toBe(1);
    expect(logged[0]).toContain('the local one answers alone');
  });

  test('the same where one takes the connection and then says nothing', async () => {
    const silent: Server = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise<void>((resolve) => silent.close(() => resolve())));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const folder = checkout();
    const index = open(folder, `postgres://vouch@127.0.0.1:${port}/code`, { local, wait: 50 });
    expect(await index.named(run, 'f', folder, 5)).toEqual([own]);
  });

  test('filling it fails with a reason', async () => {
    await expect(
      fillIndex(run, { url: 'postgres://vouch@127.0.0.1:1/code' }, checkout(), [], syntax),
    ).rejects.toThrow();
  });
});
