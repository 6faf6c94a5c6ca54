// Which judges there are for a file: found by their existence in the project and the PATH, of each group one.
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JudgeTool } from '../../../server/core/judge-rules.ts';
import { defaultSettings } from '../../../server/core/settings.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findResources } from '../../../server/input/syntax/resources.ts';
import { findJudges, findTools } from '../../../server/validation/oracles/find.ts';
import { createJudges } from '../../../server/validation/oracles/index.ts';
import { languageWith } from './kit.ts';

let root: string;
let bin: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vouch-find-'));
  bin = join(root, 'elsewhere/bin');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const project = (): string => join(root, 'project');

async function put(path: string, text = ''): Promise<string> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  return join(root, path);
}

const putProgram = async (path: string): Promise<void> => chmod(await put(path, '#!/bin/sh\n'), 0o755);

/** A program of an npm package, with the link that npm makes. */
async function putPackage(folder: string, name: string, version: string, program: string): Promise<void> {
  await put(`${folder}/${name}/package.json`, JSON.stringify({ name, version }));
  await putProgram(`${folder}/${name}/bin/${program}`);
  await mkdir(join(root, folder, '.bin'), { recursive: true });
  await symlink(`../${name}/bin/${program}`, join(root, folder, '.bin', program));
}

async function find(
  tools: readonly JudgeTool[],
  settings: Parameters<typeof findJudges>[2] = {},
  path = 'project/src/a.txt',
) {
  const found = await findJudges(languageWith(tools), 'plain', settings, {
    path: join(root, path),
    root: project(),
    environment: { PATH: `relative:${bin}` },
    compilers: false,
  });
  return found.map(({ tool, program }) => `${tool.name} ${program.slice(root.length + 1)}`);
}

const server = (name: string, more: Partial<JudgeTool> = {}): JudgeTool => ({
  name,
  command: [name],
  ...more,
});

describe('judges of a file', () => {
  it('are looked for in the project, from the file up, and then in the PATH', async () => {
    const tools = [server('one')];
    expect(await find(tools)).toEqual([]);
    await putProgram('elsewhere/bin/one');
    expect(await find(tools)).toEqual(['one elsewhere/bin/one']);
    await putProgram('project/.venv/bin/one');
    expect(await find(tools)).toEqual(['one project/.venv/bin/one']);
    await putProgram('project/src/node_modules/.bin/one');
    expect(await find(tools)).toEqual(['one project/src/node_modules/.bin/one']);
  });

  it('are told apart where they are the project’s own', async () => {
    const judges = createJudges({
      languages: [languageWith([server('one'), server('two')])],
      log: () => undefined,
      settingsFor: () => defaultSettings,
      environment: () => ({ PATH: bin }),
    });
    for (const path of ['elsewhere/bin/two', 'project/node_modules/.bin/one']) await putProgram(path);
    expect(await judges.described('plain', join(project(), 'a.txt'), project())).toEqual([
      'one of the project (node_modules/.bin)',
      'two',
    ]);
  });

  it('are programs that can be started', async () => {
    await put('elsewhere/bin/one', 'text');
    await mkdir(join(bin, 'two'), { recursive: true });
    expect(await find([server('one'), server('two')])).toEqual([]);
  });

  it('are one of each group: the project’s own, else the first', async () => {
    const tools = [server('one', { group: 'g' }), server('two', { group: 'g' }), server('three')];
    for (const name of ['one', 'two', 'three']) await putProgram(`elsewhere/bin/${name}`);
    expect(await find(tools)).toEqual(['one elsewhere/bin/one', 'three elsewhere/bin/three']);
    await putProgram('project/node_modules/.bin/two');
    expect(await find(tools)).toEqual(['two project/node_modules/.bin/two', 'three elsewhere/bin/three']);
  });

  it('need their manifest, in the project', async () => {
    const tools = [server('one', { manifests: ['Build.toml'] })];
    await putProgram('elsewhere/bin/one');
    await put('Build.toml');
    expect(await find(tools)).toEqual([]);
    await put('project/Build.toml');
    expect(await find(tools)).toEqual(['one elsewhere/bin/one']);
  });

  it('are of the version that will do', async () => {
    await putPackage('project/node_modules', 'kit', '5.9.1', 'kit');
    const of = (from: number, below: number) => [server('kit', { package: { name: 'kit', from, below } })];
    expect(await find(of(5, 6))).toHaveLength(1);
    expect(await find(of(6, 8))).toEqual([]);
    expect(await find([server('kit', { package: { name: 'other' } })])).toEqual([]);
  });

  it('need a package of the project, or one beside them', async () => {
    const tools = [server('langserver', { needs: { name: 'kit', below: 7 } })];
    await putPackage('elsewhere/node_modules', 'langserver', '1.0.0', 'langserver');
    await mkdir(bin, { recursive: true });
    await symlink('../node_modules/.bin/langserver', join(bin, 'langserver'));
    await put('project/node_modules/kit/package.json', '{"name":"kit","version":"7.0.1"}');
    expect(await find(tools)).toEqual([]);
    await put('elsewhere/node_modules/kit/package.json', '{"name":"kit","version":"6.0.1"}');
    expect(await find(tools)).toHaveLength(1);
  });

  it('are those of the settings besides, and without those that are switched off', async () => {
    for (const name of ['one', 'mine']) await putProgram(`elsewhere/bin/${name}`);
    const mine = { command: ['mine', '--lsp'], languages: ['plain'] };
    expect(await find([server('one')], { mine })).toEqual([
      'mine elsewhere/bin/mine',
      'one elsewhere/bin/one',
    ]);
    expect(await find([server('one')], { one: false })).toEqual([]);
    expect(await find([server('one')], { one: mine })).toEqual(['one elsewhere/bin/mine']);
    expect(await find([], { mine: { ...mine, languages: ['other'] } })).toEqual([]);
  });

  it('are compilers only where there is a sandbox', async () => {
    await putProgram('elsewhere/bin/one');
    expect(await find([server('one', { compiler: { diagnostic: 'x' } })])).toEqual([]);
  });
});

describe('the list of judges', () => {
  it('has those that are here with their programs, and those that are not with what they need', async () => {
    await putPackage('project/node_modules', 'kit', '5.9.1', 'kit');
    const language = languageWith([
      server('kit'),
      server('gone', { manifests: ['Build.toml'], compiler: { diagnostic: 'x' } }),
    ]);
    expect(await findTools([language], {}, project(), { PATH: bin })).toEqual([
      {
        name: 'kit',
        languages: ['plain'],
        kind: 'server',
        program: join(project(), 'node_modules/.bin/kit'),
        version: '5.9.1',
      },
      { name: 'gone', languages: ['plain'], kind: 'compiler', needs: 'Build.toml in the project' },
    ]);
  });

  it('knows the usual ones', async () => {
    const tools = await findTools(readLanguages(findResources().grammars), {}, project(), { PATH: bin });
    const names = tools.map(({ name }) => name);
    for (const name of ['pyright', 'basedpyright', 'typescript-language-server', 'tsc', 'gopls']) {
      expect(names).toContain(name);
    }
    for (const name of ['rust-analyzer', 'cargo', 'jdtls', 'javac', 'clangd', 'gcc', 'go']) {
      expect(names).toContain(name);
    }
    expect(tools.every(({ program }) => program === undefined)).toBe(true);
  });
});
