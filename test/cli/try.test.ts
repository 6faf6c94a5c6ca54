// `vouch try`, `doctor`, `trust` and `demo` as processes, with a model server on loopback where a model is wanted.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer } from '../kit/model-server.ts';
import { buildCommand, createProject } from './command.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

const stub = 'def double(number: int) -> int:\n    """Twice the number."""\n    ...\n\n\nprint(double(2))\n';
const written = stub.replace('    ...\n', '    return number * 2\n');
const answer =
  '```python\ndef double(number: int) -> int:\n    """Twice the number."""\n    return number * 2\n```';
const project = (environment: Readonly<Record<string, string>> = {}) =>
  createProject(built.folder, { 'a.py': stub }, environment);
/** An address of this machine that nothing listens at. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/v1`;
}

const absent = await freeAddress();
const nobody = { models: { default: { baseURL: absent, model: 'm' } } };

describe('vouch try', () => {
  it('prints actions and findings at a place', async () => {
    const one = project();
    one.settings(nobody);
    one.write('a.py', 'def total(prices):\n    return sum(pricse)\n');
    const { code, out } = await one.vouch('try', 'a.py:2');
    expect(code).toBe(0);
    expect(out).toContain('a.py:2:23');
    expect(out).toContain('`pricse` is not defined; did you mean `prices`?');
    expect(out).toMatch(/Fix: `pricse` is not defined.*--action fix/);
  });

  it('shows a request with what the project has, as an editor would send it', async () => {
    const one = project();
    one.settings(nobody);
    one.write(
      'use.py',
      'from a import double\n\n\ndef quadruple(number: int) -> int:\n    return double(double(number))\n',
    );
    const { out } = await one.vouch('try', 'a.py:1', '--action', 'implement', '--prompt');
    expect(out).toContain('use.py');
    expect(out).toContain('return double(double(number))');
  });

  it('prints a request to the letter and sends nothing', async () => {
    await using server = await startModelServer();
    const one = project();
    one.settings({ models: { default: { baseURL: server.baseURL, model: 'test-model' } } });
    const shown = await one.vouch('try', 'a.py:1', '--action', 'implement', '--prompt');
    expect(shown.code).toBe(0);
    expect(server.all).toEqual([]);
    expect(shown.err).toContain('nothing was sent');

    server.always({ text: answer });
    await one.vouch('try', 'a.py:1', '--action', 'implement');
    const { messages } = (await server.request(0)).body as { messages: { role: string; content: string }[] };
    expect(shown.out).toBe(
      `${messages.map(({ role, content }) => `── ${role} ──\n${content}`).join('\n')}\n`,
    );
  });

  it('shows the diff and the evidence of an action, and leaves the file alone', async () => {
    await using server = await startModelServer();
    server.always({ text: answer });
    const one = project();
    one.settings({ models: { default: { baseURL: server.baseURL, model: 'test-model' } } });
    const { code, out } = await one.vouch('try', 'a.py:1', '--action', 'implement');
    expect(code).toBe(0);
    expect(out).toContain('--- a/a.py\n+++ b/a.py\n');
    expect(out).toContain('\n-    ...\n+    return number * 2\n');
    expect(out).toMatch(/^(vouched|checked) {2}test-model/m);
    expect(out).toContain('✓ syntax/error');
    expect(one.read('a.py')).toBe(stub);
  });

  it('writes it with --apply', async () => {
    await using server = await startModelServer();
    server.always({ text: answer });
    const one = project();
    one.settings({ models: { default: { baseURL: server.baseURL, model: 'test-model' } } });
    const { code, out } = await one.vouch('try', 'a.py:1', '--action', 'implement', '--apply');
    expect(code).toBe(0);
    expect(out).toContain('written to a.py');
    expect(one.read('a.py')).toBe(written);
  });

  it('does not write over a file that changed while the model was at work', async () => {
    await using server = await startModelServer();
    const one = project();
    server.always(() => {
      one.write('a.py', `# meanwhile\n${stub}`);
      return { text: answer };
    });
    one.settings({ models: { default: { baseURL: server.baseURL, model: 'test-model' } } });
    const { code, err } = await one.vouch('try', 'a.py:1', '--action', 'implement', '--apply');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('a.py was not written: it was changed meanwhile'),
    });
    expect(one.read('a.py')).toBe(`# meanwhile\n${stub}`);
  });

  it('exits with 1 where the model does not answer, and says what to do', async () => {
    const one = project();
    one.settings(nobody);
    const { code, err } = await one.vouch('try', 'a.py:1', '--action', 'implement');
    expect(code).toBe(1);
    expect(err).toContain(new URL(absent).host);
  });

  it('exits with 1 where there is nothing of the kind, and says what is offered', async () => {
    const one = project();
    one.settings(nobody);
    const { code, err } = await one.vouch('try', 'a.py:6', '--action', 'implement');
    expect(code).toBe(1);
    expect(err).toContain('nothing to implement at a.py:6');
  });
});

describe('vouch doctor', () => {
  it('finds all well where a configured model is ready', async () => {
    await using server = await startModelServer({ apiKey: 'key' });
    const one = project({ THE_KEY: 'key' });
    one.settings({
      models: { default: { baseURL: server.baseURL, model: 'test-model', apiKeyEnv: 'THE_KEY' } },
    });
    const { code, out } = await one.vouch('doctor');
    expect(out).toContain('All is well.');
    expect(out).toMatch(/✓ default: test-model at http:.*config\.json\): ready/);
    expect(out).toMatch(/✓ wasm: .*Python/);
    expect(code).toBe(0);
  });

  it.each([
    ['a server that is not there', {}, { baseURL: absent }, 'cannot be reached (ECONNREFUSED)'],
    ['a model it does not have', {}, { model: 'other' }, 'has no other; it has test-model'],
    [
      'a key that is not set',
      {},
      { apiKeyEnv: 'NO_KEY' },
      'NO_KEY, which is to hold the API key, is not set',
    ],
    ['a key that is refused', { A_KEY: 'wrong' }, { apiKeyEnv: 'A_KEY' }, 'the server refused the key (401)'],
    ['a base URL without /v1', {}, { baseURL: '' }, 'the base URL usually ends in /v1'],
  ])('exits with 1 for %s, and says what to do', async (_, environment, endpoint, said) => {
    await using server = await startModelServer('apiKeyEnv' in endpoint ? { apiKey: 'key' } : {});
    const one = project(environment);
    const baseURL =
      'baseURL' in endpoint && endpoint.baseURL === '' ? server.baseURL.replace('/v1', '') : server.baseURL;
    one.settings({
      models: {
        default: {
          model: 'test-model',
          ...endpoint,
          ...(!('baseURL' in endpoint && endpoint.baseURL !== '') && { baseURL }),
        },
      },
    });
    const { code, out } = await one.vouch('doctor');
    expect(out).toContain(said);
    expect(out).toContain('→');
    expect(code).toBe(1);
  });

  it('shows where settings are from, and what is wrong with them', async () => {
    const one = project();
    one.settings({ validation: { scope: 'file' } });
    one.write('.vouch.json', '{ "budgt": {}, "validation": { "run": "always" } }');
    const { code, out } = await one.vouch('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/validation\.scope = "file" \(.*config\.json\)/);
    expect(out).toContain('budgt: unknown; did you mean budget?');
    expect(out).toContain('validation.run: ignored');
    expect(out).toContain('is not trusted');
  });
});

describe('vouch trust', () => {
  it('puts the whole project file in force, and takes that back', async () => {
    const one = project();
    one.write('.vouch.json', JSON.stringify(nobody));
    expect((await one.vouch('check')).err).toContain('models: ignored');
    expect(await one.vouch('trust')).toMatchObject({ code: 0, out: expect.stringContaining('is trusted') });
    expect((await one.vouch('check')).err).toBe('');
    await one.vouch('trust', '--remove');
    expect((await one.vouch('check')).err).toContain('models: ignored');
  });
});

describe('vouch demo', () => {
  const body = `    if people < 1:
        raise ValueError("nobody to pay")
    share, rest = divmod(total.cents, people)
    return [Money(share + (1 if index < rest else 0), total.currency) for index in range(people)]`;

  it('shows completions, a fix and an implementation, and leaves nothing behind', async () => {
    await using server = await startModelServer();
    server.always({
      text: `\`\`\`python\ndef split_evenly(total: Money, people: int) -> list[Money]:\n${body}\n\`\`\``,
    });
    const one = project();
    one.settings({
      models: { default: { baseURL: server.baseURL, model: 'test-model' } },
      completion: { engine: 'embedded' },
    });
    const { code, out } = await one.vouch('demo');
    expect(out).toContain('quick fix: Change to `format_money`');
    expect(out).toContain('nothing is left to say');
    expect(out).toContain('+    share, rest = divmod(total.cents, people)');
    expect(out).toContain('test-model');
    expect(out).not.toContain('A part failed');
    expect(code).toBe(0);
    expect(readdirSync(join(one.folder, '..')).filter((name) => name.startsWith('vouch-demo'))).toEqual([]);
  });

  it('exits with 1 where the model fails', async () => {
    const one = project();
    one.settings({ ...nobody, completion: { engine: 'embedded' } });
    const { code, out } = await one.vouch('demo');
    expect(out).toContain('the model did not do it');
    expect(code).toBe(1);
  });
});
