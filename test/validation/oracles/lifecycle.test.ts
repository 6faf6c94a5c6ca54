// How long judges live: started once for all tasks, given up when asked, gone with vouch, however it goes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../server/core/run.ts';
import { changeOf, isAlive, openLab, quietRun, scriptedServer, until } from './kit.ts';

describe('a judge', () => {
  it('is shared by tasks that ask at once, each with the answer to its own candidate', async () => {
    await using lab = await openLab('pull');
    const puts = ['BAD', 'x', 'BAD BAD', 'WARN', 'x BAD', ''];
    const reports = await Promise.all(
      puts.map((put, index) =>
        lab.judges.judge(
          quietRun(),
          lab.root,
          changeOf(lab.path(`${index % 2}.txt`), `BAD ${index}\n<<old|${put}>>\n`),
        ),
      ),
    );
    expect(reports.map(([report]) => report!.findings.length)).toEqual([1, 0, 2, 1, 1, 0]);
    expect(await lab.started()).toHaveLength(1);
  });

  it('keeps its files where those of a killed vouch are swept, and leaves none', async () => {
    const note = 'printf %s "$0" > scratch; touch "$0/used"; exec "$@"';
    const server = [process.execPath, scriptedServer, 'pull', 'journal'];
    await using lab = await openLab('pull', {
      judgesSettings: {
        scripted: { command: ['/bin/sh', '-c', note, '{scratch}', ...server], languages: ['plain'] },
      },
    });
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    const scratch = await readFile(lab.path('scratch'), 'utf8');
    const [, above] = scratch.split('/').reverse();
    expect(above).toMatch(/^vouch-sandbox-\d+-\d+-\d+$/);
    expect(existsSync(scratch)).toBe(true);
    await lab.judges.dispose();
    expect(existsSync(scratch)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('inherits what it is given, and nothing besides', async () => {
    process.env.VOUCH_TEST_KEY = 'secret';
    const note = 'printf %s "$GIVEN $VOUCH_TEST_KEY" > inherited; exec "$@"';
    const server = [process.execPath, scriptedServer, 'pull', 'journal'];
    await using lab = await openLab('pull', {
      environment: () => ({ PATH: process.env.PATH, GIVEN: 'given' }),
      judgesSettings: {
        scripted: { command: ['/bin/sh', '-c', note, 'sh', ...server], languages: ['plain'] },
      },
    });
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    delete process.env.VOUCH_TEST_KEY;
    expect(await readFile(lab.path('inherited'), 'utf8')).toBe('given ');
  });

  it('is one a project', async () => {
    await using lab = await openLab('pull');
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    await lab.judges.judge(quietRun(), '/tmp', changeOf('/tmp/a.txt', '<<a|b>>'));
    expect(await lab.started()).toHaveLength(2);
  });

  it('lets a question go at once, whether it is being answered or waits, and answers the next', async () => {
    await using lab = await openLab('pull');
    const path = lab.path('a.txt');
    await lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|b>>'));
    const controllers = [new AbortController(), new AbortController()];
    const asked = controllers.map(({ signal }) =>
      lab.judges
        .judge(quietRun(signal), lab.root, changeOf(path, '<<a|SLOW>>'))
        .catch((error: unknown) => error),
    );
    await until(async () => (await lab.journal()).some(({ shown }) => shown === 'SLOW'));
    const last = lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|BAD>>'));
    for (const controller of controllers.reverse()) controller.abort(new Cancelled('client'));
    expect(await Promise.all(asked)).toEqual([new Cancelled('client'), new Cancelled('client')]);
    const [report] = await last;
    expect(report!.findings).toHaveLength(1);
    expect(await lab.started()).toHaveLength(1);
    expect((await lab.journal()).filter(({ cancelled }) => cancelled)).toHaveLength(1);
  });

  it('is not started for a question that has ended already', async () => {
    await using lab = await openLab('pull');
    const asked = lab.judges.judge(
      quietRun(AbortSignal.abort(new Cancelled('client'))),
      lab.root,
      changeOf(lab.path('a.txt'), '<<a|b>>'),
    );
    await expect(asked).rejects.toEqual(new Cancelled('client'));
    expect(await lab.started()).toEqual([]);
  });

  it('leaves when nobody has asked for a while, and comes back', async () => {
    await using lab = await openLab('pull', { limits: { idle: 50 } });
    const path = lab.path('a.txt');
    await lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|b>>'));
    const [first] = await lab.started();
    await until(() => !isAlive(first!));
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(path, '<<a|BAD>>'));
    expect(report!.findings).toHaveLength(1);
  });

  it('makes room for another when too many run', async () => {
    await using lab = await openLab('pull', { limits: { servers: 1 } });
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    const [first] = await lab.started();
    await lab.judges.judge(quietRun(), '/tmp', changeOf('/tmp/a.txt', '<<a|b>>'));
    await until(() => !isAlive(first!));
  });

  for (const mode of ['never-leaves', 'child']) {
    it(`is gone with all that it started when judging ends: ${mode}`, async () => {
      const lab = await openLab(mode, { limits: { leave: 200 } });
      await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
      const started = await lab.started();
      expect(started.filter(isAlive)).toEqual(started);
      await lab[Symbol.asyncDispose]();
      await until(() => !started.some(isAlive));
    });
  }

  it.skipIf(process.platform === 'win32')('is gone when vouch is killed, even if it would stay', async () => {
    await using lab = await openLab('pull');
    const program = fileURLToPath(new URL('./judging-process.ts', import.meta.url));
    const vouch = spawn(process.execPath, ['--import', 'tsx', program, lab.root], { stdio: 'ignore' });
    await until(async () => (await lab.journal()).filter(({ shown }) => shown === 'b').length === 2);
    const started = await lab.started();
    expect(started.filter(isAlive)).toHaveLength(2);
    vouch.kill('SIGKILL');
    await until(() => !started.some(isAlive));
  });
});
