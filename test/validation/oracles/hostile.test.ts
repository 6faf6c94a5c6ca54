// Judges that hang, flood, crash or talk nonsense: each costs a report that says so, and leaves nothing behind.
import { describe, expect, it } from 'vitest';
import { changeOf, isAlive, languageWith, openLab, quietRun, scriptedServer, until } from './kit.ts';

const limits = { initialize: 5_000, verdict: 700, ready: 700, leave: 300, traffic: 4 * 1024 ** 2 };

describe('a judge that misbehaves has no verdict', () => {
  const cases: Readonly<Record<string, string | RegExp>> = {
    'hangs-at-start': 'did not start within 700 ms',
    'hangs-when-asked': 'took longer than 700 ms',
    'busy-when-asked': 'took longer than 700 ms',
    'dies-at-once': 'ended with code 3: fatal error: no such component',
    'refuses-to-start': 'answered initialize with an error: this folder is not for me',
    crashes: 'ended with code 7',
    floods: 'sent more than 4194304 bytes without being asked',
    'speaks-garbage': /speaks no JSON-RPC/,
    'lies-about-length': 'sent a message of 99999999999 bytes',
    'sends-broken-json': /speaks no JSON-RPC/,
    'has-no-length': 'speaks no JSON-RPC: a header without a length',
    'answers-nonsense': 'sent diagnostics of an unknown form',
    'answers-by-error': 'answered textDocument/diagnostic with an error: internal trouble',
  };
  for (const [mode, why] of Object.entries(cases)) {
    it(`${mode}, and none of it is left`, async () => {
      const initialize = mode === 'hangs-at-start' ? 700 : 5_000;
      const lab = await openLab(mode, { limits: { ...limits, initialize } });
      const change = changeOf(lab.path('a.txt'), 'one\n<<old|BAD>>\n');
      const [report] = await lab.judges.judge(quietRun(), lab.root, change);
      expect(report!.findings).toEqual([]);
      expect(report!.failed).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
      const started = await lab.started();
      await lab[Symbol.asyncDispose]();
      expect(started.filter(isAlive)).toEqual([]);
    });
  }

  it('a program that is not there is no judge', async () => {
    await using lab = await openLab('', {
      judgesSettings: { ghost: { command: ['vouch-no-such-program'], languages: ['plain'] } },
    });
    expect(await lab.judges.available('plain', lab.path('a.txt'), lab.root)).toEqual([]);
  });

  it('one that dies again and again is left alone, and says so', async () => {
    await using lab = await openLab('dies-at-once');
    const reports = [];
    for (let count = 0; count < 5; count++) {
      const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
      reports.push(report!.failed);
    }
    expect(await lab.started()).toHaveLength(3);
    expect(reports[4]).toMatch(/^ended with code 3.*\(3 times of late; it is started again in \d+ min/);
  });

  it('one that does not start leaves judging to the next of its group', async () => {
    const tool = (name: string, mode: string) => ({
      name,
      group: 'one',
      command: [process.execPath, scriptedServer, mode, '{root}/journal'],
    });
    await using lab = await openLab('', {
      languages: [languageWith([tool('first', 'dies-at-once'), tool('second', 'pull')])],
      judgesSettings: {},
    });
    const reports = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|BAD>>'));
    expect(reports).toMatchObject([{ tool: 'second', findings: [{ check: 'types/second' }] }]);
  });

  for (const parameters of [[], ['{scratch}']]) {
    it(`one that is gone before it is asked costs no other judge its word: ${parameters}`, async () => {
      const gone = { name: 'gone', command: ['false', ...parameters] };
      const sound = { name: 'sound', command: [process.execPath, scriptedServer, 'pull', '{root}/journal'] };
      await using lab = await openLab('', { languages: [languageWith([gone, sound])], judgesSettings: {} });
      const reports = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|BAD>>'));
      expect(reports.map(({ failed, findings }) => [failed, findings.length])).toEqual([
        ['ended with code 1', 0],
        [undefined, 1],
      ]);
    });
  }

  it('one that does not see all that it takes leaves judging to the next', async () => {
    const unless = { field: 'health', values: ['poor'] };
    const ready = { notification: 'scripted/status', field: 'state', values: ['done'], unless };
    const tool = (name: string, mode: string, server = {}) => ({
      name,
      group: 'one',
      command: [process.execPath, scriptedServer, mode, '{root}/journal'],
      server,
    });
    await using lab = await openLab('', {
      languages: [languageWith([tool('first', 'half-ready', { ready }), tool('second', 'pull')])],
      judgesSettings: {},
    });
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    expect(report).toMatchObject({ tool: 'second', findings: [] });
  });

  it('one that died of a candidate judges the next', async () => {
    await using lab = await openLab('pull');
    const path = lab.path('a.txt');
    const [dead] = await lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|CRASH>>'));
    expect(dead!.failed).toBe('ended with code 9');
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|BAD>>'));
    expect(report!.findings).toHaveLength(1);
    expect(await lab.started()).toHaveLength(2);
  });
});

describe('a judge that asks for much', () => {
  it('gets its settings and the folder, changes nothing, and still judges', async () => {
    await using lab = await openLab('asks', { settings: { scripted: { deep: { level: 3 } } } });
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|BAD>>'));
    expect(report!.findings).toHaveLength(1);
    await until(async () => (await lab.journal()).filter(({ answer }) => answer).length === 6);
    const answers = (await lab.journal()).filter(({ answer }) => answer);
    expect(answers.map(({ result, error }) => (error ? error.code : result))).toEqual([
      [{ level: 3 }, null],
      { applied: false, failureReason: expect.any(String) },
      null,
      [{ uri: expect.stringContaining('file://'), name: lab.root }],
      -32601,
      -32603,
    ]);
    expect(lab.logged).toContain('info scripted: Something is wrong');
  });

  it('writes megabytes of errors, of which the end is kept', async () => {
    await using lab = await openLab('chatty-errors');
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|BAD>>'));
    expect(report!.findings).toHaveLength(1);
  });
});
