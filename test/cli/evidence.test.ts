// `vouch evidence` as a process: what was checked on generated code is told of the commit that brings it.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer } from '../kit/model-server.ts';
import { buildCommand, createProject } from './command.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

const stub = 'import math\n\n\ndef double(number: int) -> int:\n    """Twice the number."""\n    ...\n';
const answer = '```python\ndef double(number: int) -> int:\n    return number * 2\n```';

async function committed() {
  await using server = await startModelServer();
  const one = createProject(built.folder, { 'a.py': stub, 'b.py': 'x = 1\n' });
  one.settings({
    models: { default: { baseURL: server.baseURL, model: 'test-model' } },
    validation: { run: 'never' },
  });
  one.git('init', '-q');
  one.git('add', '.');
  one.git('commit', '-qm', 'stub');
  server.reply({ text: [answer] });
  await one.vouch('try', 'a.py:6', '--action', 'implement', '--apply');
  one.write('a.py', `# moved down\n${one.read('a.py')}`);
  one.write('b.py', 'x = 2\n');
  one.git('commit', '-qam', 'implementation');
  return one;
}

describe('vouch evidence', () => {
  it('finds the generated code of a commit, and makes a statement of what was checked', async () => {
    const one = await committed();
    const { code, out } = await one.vouch('evidence', '--format', 'json');
    expect(code).toBe(0);
    const statement = JSON.parse(out);
    const sha256 = createHash('sha256').update(one.read('a.py')).digest('hex');
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'commit', digest: { gitCommit: expect.stringMatching(/^[\da-f]{40}$/) } },
        { name: 'a.py', digest: { sha256 } },
      ],
      predicate: {
        regions: [
          {
            path: 'a.py',
            range: { start: { line: 6 }, end: { line: 6 } },
            verdict: 'checked',
            model: expect.stringContaining('test-model'),
            samples: 1,
            failed: [],
            passed: expect.arrayContaining([{ name: 'names/unresolved' }]),
            notChecked: expect.arrayContaining([
              { name: 'types/*', note: 'the setting validation.run is "never"' },
            ]),
          },
        ],
      },
    });
    expect((await one.vouch('evidence')).out).toContain('a.py:7-7');
  });

  it('has nothing to say of a commit without any, nor of code that was edited since', async () => {
    const one = await committed();
    expect((await one.vouch('evidence', 'HEAD^')).out).toContain('brings no code that vouch wrote');
    one.write('a.py', one.read('a.py').replace('* 2', '* 3'));
    one.git('commit', '-qam', 'edited');
    expect((await one.vouch('evidence')).out).toContain('brings no code that vouch wrote');
  });

  it('says what is wrong with a revision that is none', async () => {
    const one = createProject(built.folder, {});
    one.git('init', '-q');
    const { code, err } = await one.vouch('evidence', 'nowhere');
    expect(code).toBe(2);
    expect(err).toContain('nowhere');
  });
});
