// Workplaces: what programs find in them, how they end, and that nothing is left of them.
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
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled, detachedRun } from '../../../server/core/run.ts';
import { copyProject } from '../../../server/validation/sandbox/copy.ts';
import { findSandbox, sandboxNames } from '../../../server/validation/sandbox/index.ts';
import { findProgram, toolchainOf } from '../../../server/validation/sandbox/programs.ts';
import type { Command } from '../../../server/validation/sandbox/sandbox.ts';
import { processesWith } from './attempts.ts';

const run = detachedRun(() => undefined);
const shell = (script: string, limits?: Command['limits']): Command => ({
  program: 'sh',
  parameters: ['-c', script],
  ...(limits && { limits }),
});
const found = await Promise.all(
  sandboxNames.map(
    async (name) => [name, await findSandbox(() => undefined, [name]).catch(() => undefined)] as const,
  ),
);
const ownFolders = (): readonly string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('vouch-sandbox-') && name.includes(`-${process.pid}-`))
    .flatMap((name) => readdirSync(join(tmpdir(), name)))
    .filter((name) => name.startsWith('place-'));

describe.runIf(process.platform === 'linux').each(found)('a workplace of %s', (name, sandbox) => {
  let folder: string;
  let project: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vouch-workplace-'));
    project = join(folder, 'project');
    mkdirSync(join(project, 'src'), { recursive: true });
    mkdirSync(join(project, 'node_modules/left-pad'), { recursive: true });
    writeFileSync(join(project, 'node_modules/left-pad/index.js'), 'module.exports = 1');
    writeFileSync(join(project, 'src/code.txt'), 'code');
    symlinkSync(join(project, 'src'), join(project, 'linked'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const open = () =>
    sandbox!.open(run, {
      project,
      files: { 'src/new.txt': 'new', [join(project, 'src/code.txt')]: 'changed' },
    });

  describe.runIf(sandbox)('', () => {
    it('has the project with the given files over it, and keeps what programs write from one to the next', async () => {
      await using place = await open();
      if (name !== 'restricted') expect(place.root).toBe(project);
      const first = await place.execute(
        run,
        shell(
          'cat src/code.txt src/new.txt linked/code.txt node_modules/left-pad/index.js; echo more >> src/new.txt; mkdir -p made/here; echo deep > made/here/file',
        ),
      );
      expect(first).toMatchObject({
        ended: 'exit',
        code: 0,
        output: 'changednewchangedmodule.exports = 1',
        errors: '',
      });
      await place.write('src/other.txt', 'other');
      const { output } = await place.execute(run, shell('cat src/new.txt src/other.txt'));
      expect(output).toBe('newmore\nother');
      expect(await place.read('made/here/file')).toBe('deep\n');
      expect(await place.read('src/nowhere.txt')).toBeUndefined();
      expect(readFileSync(join(project, 'src/code.txt'), 'utf8')).toBe('code');
      expect(readdirSync(join(project, 'src'))).toEqual(['code.txt']);
    });

    it('is empty without a project', async () => {
      await using place = await sandbox!.open(run, { files: { 'a/b.txt': 'b' } });
      expect(await place.execute(run, shell('ls; cat a/b.txt'))).toMatchObject({ output: 'a\nb' });
      expect((await place.execute(run, { ...shell('pwd'), folder: 'a' })).output.trim()).toBe(
        join(place.root, 'a'),
      );
    });

    it('gives programs what they are given: input, variables, a home and a temporary folder that can be written', async () => {
      await using place = await sandbox!.open(run, {});
      const command = shell('cat; echo $WORD; echo x > "$HOME/x" && echo y > "$TMPDIR/y" && echo "$LANG"');
      const { output } = await place.execute(run, {
        ...command,
        input: 'typed ',
        environment: { WORD: 'given' },
      });
      expect(output).toBe('typed given\nC.UTF-8\n');
    });

    it('takes a program that reads none of a large input', async () => {
      await using place = await sandbox!.open(run, {});
      expect(await place.execute(run, { ...shell('exit 3'), input: 'x'.repeat(5_000_000) })).toMatchObject({
        code: 3,
      });
    });

    it('says how a program ended', async () => {
      await using place = await sandbox!.open(run, {});
      expect(await place.execute(run, shell('echo out; echo err >&2; exit 7'))).toMatchObject({
        ended: 'exit',
        code: 7,
        output: 'out\n',
        errors: 'err\n',
      });
      const killed = await place.execute(run, shell('kill -SEGV $$'));
      expect(killed).toMatchObject({ ended: 'exit', signal: 'SIGSEGV' });
      expect(killed.code).toBeUndefined();
      expect(await place.execute(run, shell('sleep 60', { milliseconds: 200 }))).toMatchObject({
        ended: 'timeout',
      });
      const loud = await place.execute(run, shell('yes', { output: 1000 }));
      expect(loud).toMatchObject({ ended: 'output' });
      expect(loud.output).toHaveLength(1000);
      expect(await place.execute(run, { program: 'no-such-program', parameters: [] })).toMatchObject({
        ended: 'exit',
        code: 127,
      });
    });

    it('ends all when the run is cancelled', async () => {
      await using place = await sandbox!.open(run, {});
      const controller = new AbortController();
      const word = `8${process.pid}`;
      const working = place.execute(
        detachedRun(() => undefined, controller.signal),
        shell(`(setsid sleep ${word} &); sleep ${word}`),
      );
      while (processesWith(word).length < 2) await sleep(10);
      controller.abort(new Cancelled('client'));
      await expect(working).rejects.toThrow('cancelled: client');
      expect(processesWith(word)).toEqual([]);
      await expect(
        place.execute(
          detachedRun(() => undefined, controller.signal),
          shell('true'),
        ),
      ).rejects.toThrow('client');
    });

    it.skipIf(name === 'restricted')(
      'keeps what is written to a cache, and leaves the cache as it is',
      async () => {
        const caches = ['cache', 'new'].map((one) => join(folder, one));
        mkdirSync(caches[0]!, { recursive: true });
        writeFileSync(join(caches[0]!, 'old'), 'old');
        await using place = await sandbox!.open(run, { project, caches });
        const write = caches.map((cache) => `echo more >> ${cache}/old`).join('; ');
        expect((await place.execute(run, shell(write))).errors).toBe('');
        const { output } = await place.execute(run, shell(`cat ${caches[0]}/old ${caches[1]}/old`));
        expect(output).toMatch(/^(old)?more\nmore\n$/);
        expect(readFileSync(join(caches[0]!, 'old'), 'utf8')).toBe('old');
        expect(existsSync(caches[1]!)).toBe(false);
      },
    );

    it('does not see another one', async () => {
      await using one = await open();
      await using other = await open();
      const [, second] = await Promise.all([
        one.execute(run, shell('echo one > src/mine.txt; sleep 0.3')),
        other.execute(run, shell('sleep 0.1; cat src/mine.txt')),
      ]);
      expect(second.output).toBe('');
    });

    it('writes through links within the project to where they lead', async () => {
      await using place = await open();
      await place.write('linked/added.txt', 'added');
      const { output } = await place.execute(run, shell('cat src/added.txt linked/new.txt'));
      expect(output).toBe('addednew');
      expect(await place.read('linked/added.txt')).toBe('added');
    });

    it('refuses paths that lead out of it, the home folder and folders that are not there', async () => {
      await using place = await open();
      await expect(place.write('../outside.txt', '')).rejects.toThrow('outside of');
      await expect(place.read(join(folder, 'else.txt'))).rejects.toThrow('outside of');
      expect(existsSync(join(folder, 'outside.txt'))).toBe(false);
      await expect(sandbox!.open(run, { project: '/' })).rejects.toThrow('holds the home folder');
      await expect(sandbox!.open(run, { readable: ['/'] })).rejects.toThrow('holds the home folder');
      await expect(sandbox!.open(run, { project: join(folder, 'nowhere') })).rejects.toThrow('is no folder');
    });

    it('leaves no process, no file and no open pipe after 200 programs', async () => {
      const pipes = (): number => readdirSync('/proc/self/fd').length;
      const children = (): string => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
      const word = `9${process.pid}`;
      // The first starts what watches over all.
      const first = await sandbox!.open(run, {});
      await first.execute(run, shell('true'));
      await first[Symbol.asyncDispose]();
      const [before, others] = [pipes(), children()];
      for (let done = 0; done < 200; done += 4) {
        await Promise.all(
          [1, 2, 3, 4].map(async () => {
            await using place = await sandbox!.open(run, { project, files: { 'src/new.txt': String(done) } });
            const command = shell(
              `cat src/new.txt; (setsid sleep ${word} >/dev/null 2>&1 &); echo x > src/left.txt`,
            );
            expect((await place.execute(run, command)).output).toBe(String(done));
          }),
        );
      }
      expect(processesWith(word)).toEqual([]);
      expect(children()).toBe(others);
      expect(ownFolders()).toEqual([]);
      expect(pipes()).toBeLessThanOrEqual(before + 2);
    }, 300_000);
  });
});

describe('a copy of a project', () => {
  it('is refused where it would be too large, and says what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vouch-copy-'));
    mkdirSync(join(folder, 'from'));
    for (let i = 0; i < 5; i++) writeFileSync(join(folder, 'from', `${i}.txt`), 'x');
    const limits = { files: 3, bytes: 1000 };
    await expect(copyProject(run, join(folder, 'from'), join(folder, 'to'), false, limits)).rejects.toThrow(
      /more than 3 files .* Open a folder in it as the workspace/,
    );
    rmSync(folder, { recursive: true });
  });
});

describe('a program', () => {
  it('behind a version manager’s stand-in is the one that the manager names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vouch-manager-'));
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    };
    write('.toolenv/shims/tool', 'exit 1');
    write('.toolenv/bin/toolenv', `echo ${folder}/.toolenv/versions/3/bin/$2`);
    write('.toolenv/versions/3/bin/tool', 'echo three');
    const found = await findProgram('tool', folder, join(folder, '.toolenv/shims'));
    expect(found?.path).toBe(join(folder, '.toolenv/versions/3/bin/tool'));
    expect(found?.needs).toContain(join(folder, '.toolenv/versions/3'));
    rmSync(folder, { recursive: true });
  });

  it('that is not on the path, or no program, is not found', async () => {
    expect(await findProgram('no-such-program', '/')).toBeUndefined();
    expect(await findProgram('/etc/passwd', '/')).toBeUndefined();
    expect(await findProgram('../sh', '/usr')).toBeUndefined();
  });
});

describe('what a program needs to run', () => {
  const home = '/home/user';
  it.each([
    ['/usr/bin/python3', []],
    ['/home/user/.pyenv/versions/3.12.1/bin/python3', ['/home/user/.pyenv/versions/3.12.1']],
    ['/opt/jdk-21/bin/java', ['/opt/jdk-21']],
    ['/home/user/bin/tool', ['/home/user/bin']],
    ['/home/user/tool', ['/home/user/tool']],
    ['/home/tool', ['/home/tool']],
  ])('%s', (path, folders) => {
    expect(toolchainOf(path, home)).toEqual(folders);
  });

  it('of a folder directly in the home folder, only what holds programs', () => {
    const folders = toolchainOf('/home/user/.local/bin/tool', home);
    expect(folders).toContain('/home/user/.local/lib');
    expect(folders).not.toContain('/home/user/.local');
    expect(folders).not.toContain('/home/user/.local/share');
  });
});
