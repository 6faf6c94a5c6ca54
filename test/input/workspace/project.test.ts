// The workspace as checks and retrieval see it: facts, exports, names that come without an import, where to import from.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSyntax } from '../../../server/input/syntax/create.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import { tree, write } from './tree.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: () => undefined });
});

async function open(files: Record<string, string>, exclude: string[] = []) {
  const folder = tree(files);
  const editor = new Map<string, string>();
  const project = createProject({
    log: () => undefined,
    syntax,
    folders: [{ path: folder, exclude }],
    openText: (path) => editor.get(path),
  });
  await Promise.all(['python', 'typescript'].map((id) => project.prepare(id)));
  const at = (path: string): string => join(folder, path);
  const names = (path: string) => project.exportsOf(at(path))?.map(({ name }) => name);
  return { folder, project, editor, at, names };
}

describe('facts', () => {
  test('come from the editor before the disk', async () => {
    const { project, editor, at } = await open({ 'a.py': 'def disk(): pass\n' });
    expect(project.facts(at('a.py'))!.symbols[0]!.name).toBe('disk');
    editor.set(at('a.py'), 'def editor(): pass\n');
    expect(project.facts(at('a.py'))!.symbols[0]!.name).toBe('editor');
    editor.delete(at('a.py'));
    project.changed([at('a.py')]);
    expect(project.facts(at('a.py'))!.symbols[0]!.name).toBe('disk');
  });

  test('of a changed file are made again once the change is told', async () => {
    const { folder, project, at } = await open({ 'a.py': 'def one(): pass\n' });
    expect(project.facts(at('a.py'))!.symbols[0]!.name).toBe('one');
    write(folder, { 'a.py': 'def two(): pass\n' });
    project.changed([at('a.py')]);
    expect(project.facts(at('a.py'))!.symbols[0]!.name).toBe('two');
  });

  test('are not given for what is out of bounds, even when it is open', async () => {
    const { project, editor, at } = await open(
      {
        '.gitignore': 'made.py\n',
        'made.py': '',
        'secrets/key.py': '',
        'node_modules/x/index.ts': '',
        'notes.txt': 'x',
      },
      ['secrets'],
    );
    editor.set(at('secrets/key.py'), 'key = 1\n');
    for (const path of ['made.py', 'secrets/key.py', 'node_modules/x/index.ts', 'gone.py']) {
      expect([path, project.facts(at(path)), project.text(at(path))]).toEqual([path, undefined, undefined]);
    }
    expect(project.facts(at('notes.txt'))).toBeUndefined();
    expect(project.facts(at('secrets'))).toBeUndefined();
  });
});

describe('exports', () => {
  test('of a dotted module are all of its top level', async () => {
    const { names } = await open({
      'a.py': 'import os\nfrom b import c\nX = 1\ndef f(): pass\nclass A:\n    y = 1\n',
      'lazy.py': 'def __getattr__(name): ...\n',
      'open.py': 'from a import *\n',
    });
    expect(names('a.py')?.sort()).toEqual(['A', 'X', 'c', 'f', 'os']);
    expect(names('lazy.py')).toBeUndefined();
    expect(names('open.py')).toBeUndefined();
  });

  test('of a module with marked exports are those that are marked', async () => {
    const { names } = await open({
      'a.ts': [
        'const hidden = 1;',
        'export const one = 1, two = 2;',
        'export const { three, four: renamed } = f();',
        'export async function five() {}',
        'export abstract class Six {}',
        'export interface Seven {}',
        'export type Eight = 1;',
        'export const enum Nine { A }',
        'export default function ten() {}',
        'export { hidden as eleven, type Eight as Twelve };',
        'export { thirteen } from "./b";',
        'export * as fourteen from "./b";',
        'export declare namespace Fifteen {}',
        'const text = `\nexport const no = 1;\n`;',
        '// export const no = 1;',
        '/*\nexport const no = 1;\n*/',
      ].join('\n'),
      'b.ts': 'export const thirteen = 1;\nexport default 1;\n',
      'star.ts': 'export * from "./b";\nexport * from "./star";\n',
      'far.ts': 'export * from "somewhere";\n',
      'old.js': 'module.exports = { a: 1, b() {} };\nexports.c = exports.d = 1;\n',
      'all.js': 'module.exports = require("./old");\n',
      'value.js': 'module.exports = f();\nmodule.exports.a = 1;\n',
      'computed.js': 'for (const name of names) exports[name] = 1;\n',
      'broken.ts': 'export const a = (;\nexport const b = 1;\n',
    });
    expect(names('a.ts')).toEqual([
      'one', 'two', 'three', 'renamed', 'five', 'Six', 'Seven', 'Eight', 'Nine', 'default', 'eleven', 'Twelve',
      'thirteen', 'fourteen', 'Fifteen',
    ]); // biome-ignore format: a table
    expect(names('star.ts')).toEqual(['thirteen']);
    expect(names('far.ts')).toBeUndefined();
    expect(names('old.js')).toEqual(['a', 'b', 'default', 'c', 'd']);
    expect(names('all.js')).toEqual(['default', 'a', 'b', 'c', 'd']);
    for (const path of ['value.js', 'computed.js', 'broken.ts'])
      expect([path, names(path)]).toEqual([path, undefined]);
  });

  test('of a language that does not say are not told', async () => {
    const { names } = await open({ 'a.rs': 'pub fn f() {}\n' });
    expect(names('a.rs')).toBeUndefined();
  });
});

describe('names that come without an import', () => {
  test('are those of scripts, global declarations and installed types', async () => {
    const { folder, project, at } = await open({
      'script.js': 'var fromScript = 1;\nfunction alsoFromScript() {}\n',
      'module.js': 'export const notThis = 1;\n',
      'globals.d.ts': 'declare const fromDeclaration: string;\ninterface Shape {}\n',
      'augment.ts':
        'export {};\ndeclare global {\n  interface Window { x: number }\n  var augmented: string;\n}\n',
      'node_modules/@types/runner/index.d.ts': 'declare function suite(name: string): void;\n',
      'node_modules/@types/umd/index.d.ts': 'export as namespace Runner;\nexport declare const inside: 1;\n',
      'node_modules/tool/client.d.ts': 'declare const __TOOL__: boolean;\n',
      'tsconfig.json': '{ "compilerOptions": { "types": ["tool/client"] } }',
    });
    const names = project.ambient('typescript');
    for (const name of [
      'fromScript', 'alsoFromScript', 'fromDeclaration', 'Shape', 'Window', 'augmented', 'suite', 'Runner', '__TOOL__',
    ]) {
      expect([name, names.has(name)]).toEqual([name, true]);
    } // biome-ignore format: a table
    expect(names.has('notThis') || names.has('inside')).toBe(false);
    write(folder, { 'more.d.ts': 'declare const more: 1;\n' });
    project.changed([at('more.d.ts')]);
    expect(project.ambient('typescript').has('more')).toBe(true);
    expect(project.ambient('python').size).toBe(0);
  });
});

describe('where a name can be imported from', () => {
  const files = {
    '.gitignore': 'made\n',
    'pyproject.toml': '',
    'src/shop/__init__.py': 'from .cart import Cart\n',
    'src/shop/cart.py': 'class Cart: ...\ndef _hidden(): ...\n',
    'src/shop/store/memory.py': '',
    'src/shop/store/__init__.py': '',
    'tests/helpers.py': 'def make_cart(): ...\n',
    'made/cart.py': 'class Cart: ...\n',
    'web/a.ts': "import { x } from './x.js';\n",
    'web/x.ts': 'export const x = 1;\nconst inner = 2;\n',
    'web/deep/view.tsx': 'export function View() { return null; }\n',
    'web/deep/index.ts': 'export const deepest = 1;\n',
    'web/bare.ts': '',
  };

  test.each([
    ['src/shop/store/memory.py', 'python', 'Cart', ['shop.cart']],
    ['src/shop/store/memory.py', 'python', '_hidden', []],
    ['src/shop/store/memory.py', 'python', 'make_cart', []],
    ['src/shop/cart.py', 'python', 'Cart', []],
    ['web/a.ts', 'typescript', 'View', ['./deep/view.js']],
    ['web/bare.ts', 'typescript', 'View', ['./deep/view']],
    ['web/bare.ts', 'typescript', 'deepest', ['./deep']],
    ['web/a.ts', 'typescript', 'inner', []],
    ['web/a.ts', 'typescript', 'nowhere', []],
  ])('%s (%s) %s: %j', async (from, languageId, name, expected) => {
    const { project, at } = await open(files);
    let found = project.importable(at(from), languageId, name);
    // On a slow machine the index may take another go; a name that is nowhere has none.
    for (let go = 0; go < 20 && found.length === 0 && expected.length > 0; go++) {
      found = project.importable(at(from), languageId, name);
    }
    expect(found.map(({ module }) => module)).toEqual(expected);
  });
});
