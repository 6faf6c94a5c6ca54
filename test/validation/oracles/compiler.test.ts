// Compilers as judges: their output read, and the candidate's part in it told from what was wrong before.
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JudgeTool } from '../../../server/core/judge-rules.ts';
import { defaultSettings } from '../../../server/core/settings.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findResources } from '../../../server/input/syntax/resources.ts';
import { keyOf } from '../../../server/validation/oracles/compare.ts';
import { readOutput } from '../../../server/validation/oracles/compiler-output.ts';
import type { Diagnostic } from '../../../server/validation/oracles/diagnostics.ts';
import type { Command, Outcome, Sandbox } from '../../../server/validation/sandbox/sandbox.ts';
import { changeOf, languageWith, openLab, quietRun } from './kit.ts';

const languages = readLanguages(findResources().grammars);
const compilerOf = (id: string, name: string) =>
  languages.find((language) => language.id === id)!.judges!.find((tool) => tool.name === name)!.compiler!;

const text = 'first\nsecond line\nthird\n';
const read = (languageId: string, name: string, output: string) =>
  readOutput(output, compilerOf(languageId, name), {
    root: '/p',
    seen: '/p',
    folder: '/p/sub',
    path: '/p/sub/src/a.x',
    text,
    dependents: ['/p/sub/lib/use.x'],
    limit: 100,
  });

describe('output of a compiler', () => {
  const cases: readonly [language: string, tool: string, output: string, expected: unknown][] = [
    [
      'rust',
      'cargo',
      'src/a.x:2:8: error[E0308]: mismatched types',
      [2, 7, 'error', 'E0308', 'mismatched types'],
    ],
    ['rust', 'cargo', 'src/a.x:2:1: warning: unused', [2, 0, 'warning', undefined, 'unused']],
    ['c', 'gcc', 'src/a.x:2:8: warning: odd [-Wall]', [2, 7, 'warning', '-Wall', 'odd']],
    ['cpp', 'gxx', '/p/sub/src/a.x:3: fatal error: gone', [3, 0, 'error', undefined, 'gone']],
    ['typescript', 'typescript', 'src/a.x(2,8): error TS2339: No such', [2, 7, 'error', 'TS2339', 'No such']],
  ];
  for (const [language, tool, output, expected] of cases) {
    it(`${tool}: ${output}`, () => {
      const { ofFile } = read(language, tool, `noise\n${output}\n  ^\n`);
      expect(
        ofFile.map(({ range: { start }, severity, code, message }) => [
          start.line + 1,
          start.character,
          severity,
          code,
          message,
        ]),
      ).toEqual([expected]);
    });
  }

  it('go and javac name only files of their own', () => {
    const path = '/p/sub/a.go';
    const options = { root: '/p', seen: '/p', folder: '/p/sub', path, text, dependents: [], limit: 100 };
    expect(
      readOutput('# pkg\n./a.go:2:8: undefined: x', compilerOf('go', 'go'), options).ofFile,
    ).toHaveLength(1);
    const java = { ...options, path: '/p/sub/src/A.java' };
    const output =
      'src/A.java:2: error: cannot find symbol\nsrc/A.java:3: warning: [cast] redundant\n1 error';
    expect(
      readOutput(output, compilerOf('java', 'javac'), java).ofFile.map(({ severity, code }) => [
        severity,
        code,
      ]),
    ).toEqual([
      ['error', undefined],
      ['warning', 'cast'],
    ]);
  });

  it('has columns of its own kind', () => {
    const line = "\tsay('é€', x);";
    const columnOf = (languageId: string, name: string, column: number): string => {
      const file = `src/a.${languageId}`;
      const { ofFile } = readOutput(`${file}:2:${column}: error: odd`, compilerOf(languageId, name), {
        ...{ root: '/p', seen: '/p', folder: '/p', path: `/p/${file}`, text: `\n${line}\n` },
        dependents: [],
        limit: 1,
      });
      const [{ range }] = ofFile as [Diagnostic];
      return line.slice(range.start.character, range.end.character);
    };
    expect(columnOf('go', 'go', 15)).toBe('x');
    expect(columnOf('c', 'gcc', 19)).toBe('x');
    expect(columnOf('c', 'gcc', 9)).toBe('say');
    expect(columnOf('c', 'gcc', 400)).toBe('');
  });

  it.each(['see line 3', 'see a.c:3:4', 'see a.ts(3,4)'])(
    'is the same where lines have moved: %s',
    (message) => {
      const keyed = (text: string): string =>
        keyOf({ ...read('c', 'gcc', 'src/a.x:1:1: error: odd').ofFile[0]!, message: text });
      expect(keyed(message)).toBe(keyed(message.replace('3', '8')));
      expect(keyed('f(3,4)')).not.toBe(keyed('f(8,4)'));
    },
  );

  it('of no line is of the first', () => {
    expect(read('c', 'gcc', 'src/a.x:0:0: warning: odd').ofFile).toMatchObject([
      { range: { start: { line: 0, character: 0 } } },
    ]);
  });

  it('said twice is said once', () => {
    const line = 'src/a.x:2:8: error: wrong';
    expect(read('c', 'gcc', `src/a.x:1:1: warning: odd\n${line}\n${line}`)).toMatchObject({
      ofFile: [{ severity: 'warning' }, { severity: 'error' }],
      first: line,
    });
  });

  const endings: readonly [language: string, tool: string, output: string, stopped: boolean][] = [
    ['c', 'gcc', 'src/a.x:1:10: fatal error: config.h: No such file or directory', true],
    ['c', 'gcc', 'src/a.x:1:8: error: expected declaration specifiers', false],
    ['rust', 'cargo', 'src/b.x:1:13: error: this file contains an unclosed delimiter', true],
    ['rust', 'cargo', 'src/b.x:1:14: error[E0765]: unterminated double quote string', true],
    ['rust', 'cargo', 'src/a.x:1:21: error[E0308]: mismatched types', false],
    ['rust', 'cargo', '../other/src/lib.rs:1:21: error[E0308]: mismatched types', true],
    ['typescript', 'typescript', 'src/b.x(1,8): error TS1005: ";" expected.', true],
    ['typescript', 'typescript', "error TS2688: Cannot find type definition file for 'node'.", true],
    ['typescript', 'typescript', "tsconfig.json(3,5): error TS5023: Unknown compiler option 'x'.", true],
    ['typescript', 'typescript', "src/b.x(1,8): error TS2322: Type 'a' is not assignable", false],
  ];
  for (const [language, tool, output, stopped] of endings) {
    it(`${stopped ? 'is no verdict' : 'is a verdict'}, ${tool}: ${output}`, () => {
      expect(read(language, tool, output).stopped).toBe(stopped);
    });
  }

  it('of go is none where a folder that may be needed has errors, or the folder itself could not be read', async () => {
    await using lab = await openLab('', {
      files: { 'p/a.go': '', 'p/b.go': '', 'q/q.go': '', 'use/u.go': '' },
    });
    const stopped = (output: string): boolean =>
      readOutput(output, compilerOf('go', 'go'), {
        root: lab.root,
        seen: lab.root,
        folder: lab.root,
        path: lab.path('p/a.go'),
        text,
        dependents: [lab.path('use/u.go')],
        limit: 100,
      }).stopped;
    expect(stopped('# x/p\np/b.go:2:9: syntax error: unexpected {')).toBe(true);
    expect(stopped('# x/p\np/b.go:2:8: package nope is not in std\nFAIL\tx/p [setup failed]')).toBe(true);
    expect(stopped('# x/q\nq/q.go:2:13: cannot use "s" as int value')).toBe(true);
    expect(stopped('# x/p\np/b.go:2:23: cannot use "s" as int value')).toBe(false);
    expect(stopped('# x/use\nuse/u.go:2:23: cannot use "s" as int value')).toBe(false);
  });
});

/**
 * A sandbox whose every program says of each line with `BAD` that it is, and of one with `BREAKS name` that the file is.
 * @param seen where programs see the project.
 */
function scriptedSandbox(outcome: Partial<Outcome> = {}, seen?: string) {
  const commands: Command[] = [];
  let closed = 0;
  const sandbox: Sandbox = {
    name: 'restricted',
    isolation: 'best-effort',
    async open(_run, { project, files }) {
      const contents = new Map(Object.entries(files ?? {}));
      return {
        root: seen ?? project!,
        read: async (path) => contents.get(path),
        async write(path, put) {
          contents.set(path, put);
        },
        async execute(_, command) {
          commands.push(command);
          const output = [...contents].flatMap(([path, content]) =>
            content.split('\n').flatMap((line, index) => {
              const broken = /BREAKS (\S+)/.exec(line)?.[1];
              if (broken) return [`${project}/${broken}:1:3: error: broken`];
              const column = line.indexOf('BAD');
              const at = seen === undefined ? path : join(seen, relative(project!, path));
              return column < 0 ? [] : [`${at}:${index + 1}:${column + 1}: error: BAD`];
            }),
          );
          const said = { output: output.join('\n'), code: output.length > 0 ? 1 : 0 };
          return { ended: 'exit', errors: '', milliseconds: 1, ...said, ...outcome };
        },
        async [Symbol.asyncDispose]() {
          closed++;
        },
      };
    },
  };
  return { sandbox, commands, closed: () => closed };
}

describe('a compiler as a judge', () => {
  const tool: JudgeTool = {
    name: 'compile',
    command: [process.execPath, '{path}', '{unknown}'],
    compiler: {
      diagnostic: '^(?<path>/.*?):(?<line>\\d+):(?<column>\\d+): (?<severity>error): (?<message>.*)$',
    },
  };
  const options = (sandbox: Sandbox) => ({
    languages: [languageWith([tool])],
    judgesSettings: {},
    sandbox: async () => sandbox,
  });

  it('runs over a copy with the candidate, and again without when there is something to compare', async () => {
    const { sandbox, commands, closed } = scriptedSandbox();
    await using lab = await openLab('', options(sandbox));
    const change = changeOf(lab.path('a.txt'), 'BAD\n<<old|x BAD>>\n');
    const [report] = await lab.judges.judge(quietRun(), lab.root, change);
    expect(
      report!.findings.map(({ check, span }) => [
        check,
        change.after.slice(0, span.start).split('\n').length,
      ]),
    ).toEqual([['types/compile', 2]]);
    await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), 'x\n<<old|y>>\n'));
    expect(commands).toHaveLength(3);
    expect(commands[0]!.parameters).toEqual([lab.path('a.txt'), '{unknown}']);
    expect(closed()).toBe(2);
  });

  it('tells what a candidate breaks in other files, which are there as they are in the editor', async () => {
    const { sandbox } = scriptedSandbox();
    const files = { 'b.txt': 'on disk\n', 'c.txt': '' };
    await using lab = await openLab('', { ...options(sandbox), files });
    const unsaved = [{ path: lab.path('b.txt'), languageId: 'plain', text: 'a call\nBREAKS c.txt\n' }];
    const change = { ...changeOf(lab.path('a.txt'), '<<a|BREAKS b.txt>>'), unsaved };
    const [report] = await lab.judges.judge(quietRun(), lab.root, change);
    expect(report!.findings.map(({ message, related }) => [message, related![0]!.text])).toEqual([
      ['Breaks `b.txt:1`: broken', 'a call'],
    ]);
  });

  it('does not hold against a candidate what errors of the text before it kept from being seen', async () => {
    const { sandbox } = scriptedSandbox();
    await using lab = await openLab('', { ...options(sandbox), files: { 'b.txt': 'a call\n' } });
    const change = changeOf(lab.path('a.txt'), '<<BAD|BREAKS b.txt>>');
    const [report] = await lab.judges.judge(quietRun(), lab.root, change);
    expect(report).toMatchObject({ tool: 'compile', findings: [] });
  });

  it('is told of the copy, where that is seen elsewhere, and heard as speaking of the project', async () => {
    const { sandbox, commands } = scriptedSandbox({}, '/copy');
    await using lab = await openLab('', options(sandbox));
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|BAD>>'));
    expect(commands[0]!.parameters[0]).toBe('/copy/a.txt');
    expect(report).toMatchObject({ findings: [{ path: lab.path('a.txt'), message: 'BAD' }] });
  });

  it('that stops at what was there before has no verdict, but that what is new is wrong', async () => {
    const stopping = { ...tool, compiler: { ...tool.compiler!, stops: ': error: broken$' } };
    const { sandbox } = scriptedSandbox();
    await using lab = await openLab('', { ...options(sandbox), languages: [languageWith([stopping])] });
    const judge = async (marked: string) => {
      const change = { ...changeOf(lab.path('a.txt'), `BREAKS a.txt\n${marked}`) };
      return (await lab.judges.judge(quietRun(), lab.root, change))[0]!;
    };
    expect((await judge('<<a|b>>')).failed).toBe(
      `the project does not build: ${lab.path('a.txt')}:1:3: error: broken`,
    );
    expect(await judge('<<a|BAD>>')).toMatchObject({ findings: [{ check: 'types/compile' }] });
  });

  it('that does not come to an end, or fails before it begins, has no verdict', async () => {
    for (const [outcome, failed] of [
      [{ ended: 'timeout' }, 'took longer than 60000 ms'],
      [{ ended: 'resources' }, 'took too much memory, disk or processes'],
      [{ ended: 'output' }, 'wrote more than may be read'],
      [{ signal: 'SIGSEGV' }, 'ended by SIGSEGV'],
      [{ code: 1, output: '/usr/x.h:1:1: error: odd' }, 'failed: /usr/x.h:1:1: error: odd'],
      [{ code: 101, errors: 'no matching package found\n' }, 'failed: no matching package found'],
    ] as const) {
      const { sandbox } = scriptedSandbox(outcome);
      await using lab = await openLab('', options(sandbox));
      const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
      expect(report).toMatchObject({ findings: [], failed });
    }
  });

  it('that runs code of the project needs a sandbox that closes it in, unless the user was asked', async () => {
    const running = { ...tool, compiler: { ...tool.compiler!, runsProject: true } };
    const { validation, ...rest } = defaultSettings;
    for (const [run, failed] of [
      ['ask', undefined],
      ['always', 'runs code of the project as it compiles, and nothing on this machine closes that in'],
    ] as const) {
      await using lab = await openLab('', {
        ...options(scriptedSandbox().sandbox),
        languages: [languageWith([running])],
        settingsFor: () => ({ ...rest, validation: { ...validation, run } }),
      });
      const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
      expect(report!.failed).toBe(failed);
    }
  });

  it('without a place to run in has no verdict, and says why', async () => {
    await using lab = await openLab('', {
      ...options(scriptedSandbox().sandbox),
      sandbox: () => Promise.reject(new Error('no room on disk')),
    });
    const [report] = await lab.judges.judge(quietRun(), lab.root, changeOf(lab.path('a.txt'), '<<a|b>>'));
    expect(report!.failed).toBe('no room on disk');
  });
});
