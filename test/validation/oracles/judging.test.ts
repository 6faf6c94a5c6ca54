// What a language server's opinion of a candidate becomes: findings on what is new, at their places, and nothing else.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { changeOf, type LabOptions, languageWith, openLab, quietRun, until } from './kit.ts';

/** Findings of the scripted server as `severity check: text`. */
async function judge(mode: string, marked: string, options: LabOptions = {}) {
  await using lab = await openLab(mode, options);
  const change = changeOf(lab.path('a.txt'), marked);
  const reports = await lab.judges.judge(quietRun(), lab.root, change);
  const [report] = reports;
  return {
    report: report!,
    count: reports.length,
    findings: report!.findings.map(
      ({ severity, check, span }) =>
        `${severity} ${check} ${change.after.slice(0, span.start).split('\n').length}: ${change.after.slice(span.start, span.end)}`,
    ),
    journal: await lab.journal(),
  };
}

describe('a judge', () => {
  it('tells of errors and warnings that a candidate has, at their places, with code and version', async () => {
    const { findings, report, count } = await judge('pull', 'one\n<<old|x BAD\nä😀 WARN HINT>>\nend\n');
    expect(findings).toEqual(['error types/scripted 2: BAD', 'warning types/scripted 3: WARN']);
    expect(report.findings[0]!.message).toBe('BAD is not good (bad)');
    expect({ count, tool: report.tool, version: report.version, failed: report.failed }).toEqual({
      count: 1,
      tool: 'scripted',
      version: '1.2.3',
      failed: undefined,
    });
  });

  it('does not hold against a candidate what was wrong before, above and below it', async () => {
    const { findings } = await judge('pull', 'BAD\n<<old|new\nlines\nBAD>>\nBAD tail BAD\n');
    expect(findings).toEqual(['error types/scripted 4: BAD']);
  });

  it('nor a line within it that was there before; but the second of its kind is new', async () => {
    expect((await judge('pull', 'a\n<<x = BAD\nold|new\nx = BAD>>\n')).findings).toEqual([]);
    expect((await judge('pull', 'a\n<<x = BAD|x = BAD\nx = BAD>>\n')).findings).toHaveLength(1);
  });

  it('has nothing to say of a candidate that takes a fault away', async () => {
    expect((await judge('pull', 'a\n<<BAD|good>>\nBAD\n')).findings).toEqual([]);
  });

  it('sees code that is there, when asked about it, as far as it was asked', async () => {
    await using lab = await openLab('pull');
    const after = 'BAD\nmine BAD\nBAD\n';
    const change = { path: lab.path('a.txt'), languageId: 'plain', after, spans: [{ start: 4, end: 12 }] };
    const [report] = await lab.judges.judge(quietRun(), lab.root, change);
    expect(report!.findings.map(({ span }) => span)).toEqual([{ start: 9, end: 12 }]);
  });

  for (const mode of ['registers', 'push', 'push-in-steps', 'push-stale', 'retries']) {
    it(`waits for all that it has to say, however it says it: ${mode}`, async () => {
      const { findings } = await judge(mode, 'BAD\n<<old|new BAD>>\n');
      expect(findings).toEqual(['error types/scripted 2: BAD']);
    });
  }

  it('is asked by commands where it answers those', async () => {
    const commands = ['none', 'all'].map((question) => ({
      command: 'some.command',
      arguments: [question, { file: '{path}' }],
    }));
    const { findings } = await judge('commands', 'BAD\n<<old|\n new BAD>>\n', {
      languages: [languageWith([{ name: 'scripted', command: ['unused'], server: { commands } }])],
    });
    expect(findings).toEqual(['error types/scripted 3: BAD']);
  });

  it('is shown the file as it is again afterwards, and nothing is written', async () => {
    await using lab = await openLab('pull', { files: { 'a.txt': 'on disk' } });
    const change = changeOf(lab.path('a.txt'), 'one\n<<old|BAD>>\n');
    await lab.judges.judge(quietRun(), lab.root, change);
    await until(async () => (await lab.journal()).at(-1)?.shown === change.before);
    expect(await readFile(lab.path('a.txt'), 'utf8')).toBe('on disk');
    expect((await readdir(lab.root)).sort()).toEqual(['a.txt', 'journal']);
  });

  it('has one file open at a time, so that others count as they are on disk', async () => {
    await using lab = await openLab('pull');
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('b.txt'), '<<a|b>>'));
    const closed = (await lab.journal()).flatMap(({ closed: uri }) => uri ?? []);
    expect(closed).toEqual([expect.stringContaining('/a.txt')]);
  });

  it('is told of files that change on disk', async () => {
    await using lab = await openLab('pull');
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    lab.judges.filesChanged([
      { path: lab.path('b.txt'), kind: 'deleted' },
      { path: '/elsewhere/c.txt', kind: 'changed' },
    ]);
    await until(async () => (await lab.journal()).some(({ changes }) => changes));
    const [told] = (await lab.journal()).flatMap(({ changes }) => (changes ? [changes] : []));
    expect(told).toEqual([{ uri: expect.stringContaining('b.txt'), type: 3 }]);
  });

  it('is asked for the text before once, however many candidates there are', async () => {
    await using lab = await openLab('pull');
    for (const put of ['BAD 1', 'BAD 2', 'BAD 3']) {
      await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), `BAD\n<<old|${put}>>\n`));
    }
    const shown = (await lab.journal()).flatMap(({ shown: text }) => text ?? []);
    expect(shown.filter((text) => text.includes('old'))).toHaveLength(1);
  });
});

describe('facts', () => {
  it('are the type and signatures of an expression, its definition and its members', async () => {
    await using lab = await openLab('pull');
    const text = 'abc\nsession\n';
    const at = { path: lab.path('a.txt'), languageId: 'plain', text, offset: text.length - 1 };
    // The first question only starts it: a prompt waits for no server.
    await lab.judges.judge(quietRun(), lab.root, changeOf(at.path, '<<a|b>>'));
    expect(await lab.judges.facts(quietRun(), lab.root, at)).toEqual([
      { kind: 'signature', text: 'get(url: str) -> int' },
      { kind: 'signature', text: 'session(base: str)' },
      { kind: 'definition', text: 'abc', place: { path: at.path, span: { start: 0, end: 3 } } },
      { kind: 'member', text: 'base str' },
      { kind: 'member', text: 'get (url: str) -> int' },
    ]);
  });

  it('are none where there is no judge, and none of one that is not warm, which is warmed for the next time', async () => {
    await using lab = await openLab('pull');
    const at = { path: lab.path('a.txt'), languageId: 'plain', text: 'session', offset: 7 };
    expect(await lab.judges.facts(quietRun(), lab.root, { ...at, languageId: 'other' })).toEqual([]);
    expect(await lab.judges.facts(quietRun(), lab.root, at)).toEqual([]);
    await until(async () => (await lab.judges.facts(quietRun(), lab.root, at)).length > 0);
    expect(await lab.started()).toHaveLength(1);
  });

  it('come at the first question of one that was warmed before', async () => {
    await using lab = await openLab('pull');
    const at = { path: lab.path('a.txt'), languageId: 'plain', text: 'session', offset: 7 };
    await lab.judges.warm(lab.root, at);
    await until(async () => (await lab.journal()).some(({ shown }) => shown === 'session'));
    // Whoever asks now waits behind what warms it.
    await lab.judges.judge(quietRun(), lab.root, changeOf(at.path, '<<a|b>>'));
    expect(await lab.judges.facts(quietRun(), lab.root, at)).not.toEqual([]);
    expect(await lab.started()).toHaveLength(1);
  });

  it('are not waited for where it does not start', async () => {
    await using lab = await openLab('hangs-at-start');
    const at = { path: lab.path('a.txt'), languageId: 'plain', text: 'a', offset: 1 };
    expect(await lab.judges.facts(quietRun(), lab.root, at)).toEqual([]);
    expect(await lab.judges.facts(quietRun(), lab.root, at)).toEqual([]);
  });
});
