// `vouch index` and what `vouch doctor` says of a team's index and of the last requests, as processes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer } from '../kit/model-server.ts';
import { type Postgres, postgresPrograms, startPostgres } from '../kit/postgres.ts';
import { buildCommand, createProject } from './command.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

const files = {
  'a.py': 'def double(number: int) -> int:\n    """Twice the number."""\n    ...\n',
  'b.py': 'x = 1\n',
};

describe('vouch index', () => {
  it.each([
    ['no database', [], 'no database: name one by --to'],
    ['a password in the address', ['--to', 'postgres://a:b@localhost/c'], 'holds no password'],
    [
      'nobody there',
      ['--name', 'x', '--to', 'postgres://a@127.0.0.1:1/c'],
      'the index was not filled: connect',
    ],
    ['no folder', ['nowhere', '--to', 'postgres://a@127.0.0.1:1/c'], 'is not a folder'],
  ])('%s is told', async (_, parameters, message) => {
    const { code, err } = await createProject(built.folder, files).vouch('index', ...parameters);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('vouch index with a server', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server.stop());

  it('fills it, and the doctor says what is in it', async () => {
    const one = createProject(built.folder, files, { DATABASE_WORD: server.password });
    one.settings({
      index: { url: server.url, passwordEnv: 'DATABASE_WORD' },
      models: { default: { baseURL: 'http://127.0.0.1:1/v1', model: 'm' } },
    });
    const before = await one.vouch('doctor');
    expect(before.out).toContain('nobody has filled it yet');
    expect((await one.vouch('index')).err).toContain('--name project');
    const filled = await one.vouch('index', '--name', 'project');
    expect(filled.err).toBe('');
    expect(filled.out).toContain('project: 2 files in the index, 2 sent, 0 dropped');
    one.write('b.py', 'x = 2\n');
    expect((await one.vouch('index', '--name', 'project')).out).toContain(
      '2 files in the index, 1 sent, 0 dropped',
    );
    expect((await one.vouch('doctor')).out).toMatch(/postgres: 2 files, \d declarations? of project/);
  });

  it('a server that wants a password is told with what to do', async () => {
    const { code, err } = await createProject(built.folder, files).vouch(
      'index',
      '--to',
      server.url,
      '--name',
      'project',
    );
    expect(code).toBe(2);
    expect(err).toContain('--password-env');
  });
});

describe('vouch doctor', () => {
  it('says what was sent last, and where to', async () => {
    await using model = await startModelServer({ models: ['m'] });
    const key = ['sk', '_live_', '4eC39HqLyjWDarjtT1zdp7dc'].join('');
    model.always({ text: [`\`\`\`python\nKEY = "[redacted: Stripe key]"\n\`\`\``] });
    const one = createProject(built.folder, { 'a.py': `${files['a.py']}\n\nKEY = "${key}"\n` });
    one.settings({ models: { default: { baseURL: model.baseURL, model: 'm' } } });
    expect((await one.vouch('doctor')).out).toContain('nothing was sent to a model so far');
    await one.vouch('try', 'a.py:3', '--action', 'implement');
    const { out } = await one.vouch('doctor');
    expect(out).toMatch(
      new RegExp(
        `just now, coder: m at ${model.baseURL.replaceAll('.', '\\.')}; about \\d+ tokens of a\\.py; redacted: \\d × Stripe key`,
      ),
    );
    expect(out).not.toContain(key);
  });
});
