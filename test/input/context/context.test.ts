// What of the project goes into a prompt, and what never does.
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { gather } from '../../../server/input/context/index.ts';
import { createSyntax } from '../../../server/input/syntax/create.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import { tree } from '../workspace/tree.ts';

let syntax: Syntax;
const failures: string[] = [];
const run = detachedRun((level, message) => {
  if (level === 'error') failures.push(message);
});
// Evidence is the same however slow the machine is: the limit on time is not what is tried here.
const unhurried = { ...run, now: () => 0 };

beforeAll(async () => {
  syntax = await createSyntax({ log: run.log });
});

/** Gathers for the `$0` of a file. */
async function gathered(
  files: Record<string, string>,
  at: string,
  exclude: string[] = [],
  prepare?: (folder: string) => void,
) {
  const marked = files[at]!;
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const folder = tree({ ...files, [at]: text });
  prepare?.(folder);
  const path = join(folder, at);
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude }],
    openText: (each) => (each === path ? text : undefined),
  });
  const language = syntax.languageFor(path)!;
  await project.prepare(language.id);
  const file = syntax.parse(language.id, text)!;
  const snapshot = { uri: `file://${path}`, path, languageId: language.id, version: 1, text };
  const around = file.facts.symbols.filter(({ span }) => span.start <= offset && offset <= span.end).at(-1);
  const snippets = await gather(unhurried, {
    purpose: 'task',
    snapshot,
    file,
    language,
    project,
    offset,
    ...(around && { subject: around.span }),
  });
  file.release();
  expect(failures).toEqual([]);
  return snippets.map((snippet) => ({ ...snippet, path: relative(folder, snippet.path) }));
}

const texts = (snippets: readonly { text: string }[]): string => snippets.map(({ text }) => text).join('\n');

describe('the file’s own scope', () => {
  const files = {
    'cart.py': [
      'import json',
      'LIMIT = 3',
      'def price(item: str) -> int:',
      '    """The price in cents.',
      '',
      '    More."""',
      '    return 1',
      'class Cart:',
      '    """Things to buy."""',
      '    items: list[str]',
      '    @property',
      '    def size(self) -> int:',
      '        return len(self.items)',
      '    def total(self) -> int:',
      '        """Sum of `price` over the items."""',
      '        $0pass',
      'def unrelated(x): return x',
    ].join('\n'),
  };

  test('has the members of the class around, what is named, imports, and the rest', async () => {
    const found = await gathered(files, 'cart.py');
    expect(found.map(({ reason, text }) => [reason, text])).toEqual([
      ['in this file, named here', 'def price(item: str) -> int:  # The price in cents.'],
      [
        'members of `Cart`, around this place',
        [
          'class Cart:  # Things to buy.',
          '    items: list[str]',
          '    def size(self) -> int:',
          '    def total(self) -> int:  # Sum of `price` over the items.',
        ].join('\n'),
      ],
      ['imports of this file', 'import json'],
      ['also declared in this file', 'LIMIT = 3\ndef unrelated(x):'],
    ]);
  });
});

describe('definitions that imports lead to', () => {
  const files = {
    '.gitignore': 'made/\n',
    'package.json': '{}',
    'src/a.ts': [
      "import { area, unused } from './shapes.js';",
      "import * as text from './text';",
      "import { Made } from '../made/made';",
      "import view from './view';",
      "import { readFileSync } from 'node:fs';",
      'function $0f(s: string) {',
      '  return area(text.pad(s)) + view;',
      '}',
    ].join('\n'),
    'src/shapes.ts': "export { area } from './deep/area';\nexport * from './deep/unused';\n",
    'src/deep/area.ts':
      '/** The area.\n * @param x */\nexport function area(x: string): number {\n  return 1;\n}\n',
    'src/deep/unused.ts': 'export class unused {\n  one(): void {}\n  private two(): void {}\n}\n',
    'src/text.ts': 'export function pad(s: string): string { return s; }\nexport function trim() {}\n',
    'src/view.ts': 'export default function render(): string { return ""; }\n',
    'made/made.ts': 'export class Made {}\n',
  };

  test('are followed across files, those that the place names first', async () => {
    const found = (await gathered(files, 'src/a.ts')).filter(({ path }) => path !== 'src/a.ts');
    expect(found.map(({ path, text, reason }) => [path, text, reason])).toEqual([
      ['src/deep/area.ts', 'export function area(x: string): number  // The area.', 'imported by this file'],
      ['src/text.ts', 'export function pad(s: string): string', 'used here as `text.pad`'],
      ['src/view.ts', 'export default function render(): string', 'imported by this file as `view`'],
      ['src/deep/unused.ts', 'export class unused\n  one(): void', 'imported by this file'],
    ]);
  });

  test('may be modules and packages', async () => {
    const found = await gathered(
      {
        'pyproject.toml': '',
        'shop/__init__.py': 'from .store import Store\n',
        'shop/store.py': 'class Store:\n    def put(self, key): ...\n',
        'shop/text.py': 'def slug(s): ...\n',
        'app.py': 'from shop import Store, text\ndef f():\n    $0return Store().put(text.slug("x"))\n',
      },
      'app.py',
    );
    expect(texts(found)).toContain('class Store:\n    def put(self, key):');
    expect(texts(found)).toContain('def slug(s):');
  });

  test('may be folders', async () => {
    const found = await gathered(
      {
        'go.mod': 'module example.org/shop\n',
        'store/store.go':
          'package store\n\n// Open opens it.\nfunc Open(path string) error {\n\treturn nil\n}\n',
        'store/store_test.go': 'package store\n\nfunc Open(hidden int) {}\n',
        'main.go':
          'package main\n\nimport "example.org/shop/store"\n\nfunc main() {\n\t$0store.Open("x")\n}\n',
      },
      'main.go',
    );
    expect(texts(found)).toContain('func Open(path string) error  // Open opens it.');
    expect(texts(found)).not.toContain('hidden');
  });
});

test('nothing comes from excluded or ignored files, by whatever way', async () => {
  const files = {
    '.gitignore': 'ignored.py\n',
    'secrets/key.py': 'def secret_key(): ...\n',
    'ignored.py': 'def ignored_name(): ...\n',
    'handing.py': 'from secrets.key import secret_key\nfrom ignored import ignored_name\n',
    'app.py': [
      'from secrets.key import secret_key',
      'from ignored import ignored_name',
      'from handing import secret_key as a, ignored_name as b',
      'from linked import secret_key as c',
      'import secrets.key as key',
      'def f():',
      '    $0return secret_key(), ignored_name(), a(), b(), c(), key.secret_key()',
    ].join('\n'),
  };
  const link = (folder: string): void => {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    symlinkSync(join(folder, 'secrets', 'key.py'), join(folder, 'linked.py'));
  };
  const open = texts(await gathered(files, 'app.py', [], link));
  expect(open).toContain('def secret_key():');
  expect(open).not.toContain('def ignored_name');
  const closed = texts(await gathered(files, 'app.py', ['secrets/**'], link));
  expect(closed).not.toContain('def secret_key');
});

test('a run that has ended ends it', async () => {
  const text = 'import a\nx = 1\n';
  const folder = tree({ 'b.py': text, 'a.py': 'y = 1\n' });
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
  });
  await project.prepare('python');
  const file = syntax.parse('python', 'from a import y\ny\n')!;
  const path = join(folder, 'b.py');
  const ended = detachedRun(run.log, AbortSignal.abort(new Error('over')));
  const snapshot = { uri: `file://${path}`, path, languageId: 'python', version: 1, text };
  const language = syntax.languageFor(path)!;
  await expect(
    gather(ended, { snapshot, file, language, project, offset: 0, purpose: 'task' }),
  ).rejects.toThrow('over');
  file.release();
});

test('what a link brings in from outside of the workspace is not shown', async () => {
  const elsewhere = tree({ 'secret_sauce.py': 'def cook(dish):\n    return "recipe of the house"\n' });
  const files = {
    'app.py':
      'from out import cook\nfrom within import bake\n\n\ndef serve(dish):\n    bake(dish)\n    return cook($0dish)\n',
    'real.py': 'def bake(dish):\n    """Bakes."""\n    return dish\n',
  };
  const snippets = await gathered(files, 'app.py', [], (folder) => {
    symlinkSync(join(elsewhere, 'secret_sauce.py'), join(folder, 'out.py'));
    symlinkSync(join(folder, 'real.py'), join(folder, 'within.py'));
  });
  expect(snippets.map(({ path }) => path)).toContain('within.py');
  expect(snippets.map(({ path }) => path)).not.toContain('out.py');
  expect(JSON.stringify(snippets)).not.toContain('def cook');
});
