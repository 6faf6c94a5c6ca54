// From a module's name in an import to the file that it means, scheme by scheme; `missing` only where that is certain.
import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSyntax } from '../../../server/input/syntax/create.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import { tree, write } from './tree.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: () => undefined });
});

function open(files: Record<string, string>) {
  const folder = tree(files);
  const project = createProject({
    log: () => undefined,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
  });
  /** `path`, `path/` for a folder, or the kind; a missing one with what is near. */
  const resolve = (from: string, module: string): string => {
    const language = syntax.languageFor(from)!;
    const found = project.resolve(join(folder, from), language.id, module);
    if (found.kind === 'file') return relative(folder, found.path);
    if (found.kind === 'folder') return `${relative(folder, found.path)}/`;
    return found.kind === 'missing' ? ['missing', ...found.nearest].join(' ') : found.kind;
  };
  return { folder, project, resolve };
}

describe('dotted names', () => {
  const files = {
    'pyproject.toml': '[project]\nname = "shop"\n',
    '.gitignore': '_version.py\nproto/\n',
    'src/shop/__init__.py': '',
    'src/shop/cart.py': '',
    'src/shop/typed.pyi': '',
    'src/shop/fast.pyx': '',
    'src/shop/native.cpython-312-x86_64-linux-gnu.so': '',
    'src/shop/store/__init__.py': '',
    'src/shop/store/memory.py': '',
    'src/shop/data/rows.py': '',
    'src/shop/magic/__init__.py': '__path__ = make()\n',
    'tests/conftest.py': '',
    'tests/helpers.py': '',
    'tests/test_cart.py': '',
    'scripts/run.py': '',
  };

  test.each([
    ['src/shop/cart.py', '.', 'src/shop/__init__.py'],
    ['src/shop/cart.py', '.store', 'src/shop/store/__init__.py'],
    ['src/shop/cart.py', '.store.memory', 'src/shop/store/memory.py'],
    ['src/shop/store/memory.py', '..cart', 'src/shop/cart.py'],
    ['src/shop/cart.py', '.typed', 'src/shop/typed.pyi'],
    ['src/shop/cart.py', '.data', 'src/shop/data/'],
    ['tests/test_cart.py', 'shop.cart', 'src/shop/cart.py'],
    ['src/shop/store/memory.py', 'shop', 'src/shop/__init__.py'],
    ['tests/test_cart.py', 'shop.data.rows', 'src/shop/data/rows.py'],
    ['tests/test_cart.py', 'helpers', 'tests/helpers.py'],
  ])('%s finds %s: %s', (from, module, expected) => {
    expect(open(files).resolve(from, module)).toBe(expected);
  });

  test.each([
    ['src/shop/cart.py', 'os.path', 'external'],
    ['src/shop/cart.py', 'requests', 'external'],
    // A sibling is no top-level module: this is another package of that name.
    ['src/shop/store/memory.py', 'cart', 'external'],
    // Compiled, ignored by git, or made by the package itself.
    ['src/shop/cart.py', '.fast', 'unknown'],
    ['src/shop/cart.py', '.native', 'unknown'],
    ['src/shop/cart.py', '._version', 'unknown'],
    ['tests/test_cart.py', 'shop.proto.order', 'unknown'],
    ['src/shop/cart.py', '.magic.anything', 'unknown'],
    // A module may put its submodules in place itself; above the folder nothing is known.
    ['src/shop/cart.py', 'shop.cart.inner', 'unknown'],
    ['scripts/run.py', '...far', 'unknown'],
    ['src/shop/cart.py', 'not a name', 'unknown'],
  ])('%s cannot tell %s: %s', (from, module, expected) => {
    expect(open(files).resolve(from, module)).toBe(expected);
  });

  test.each([
    ['src/shop/cart.py', '.stor', 'missing .store'],
    ['src/shop/cart.py', '.store.memmory', 'missing .store.memory'],
    ['src/shop/cart.py', '.zebra', 'missing'],
    ['tests/test_cart.py', 'shop.carts', 'missing shop.cart'],
    ['tests/test_cart.py', 'shop.store.disk', 'missing'],
  ])('%s misses %s: %s', (from, module, expected) => {
    expect(open(files).resolve(from, module)).toBe(expected);
  });

  test('a file that appears is found once the change is told', () => {
    const { folder, project, resolve } = open(files);
    expect(resolve('src/shop/cart.py', '.fresh')).toBe('missing');
    write(folder, { 'src/shop/fresh.py': '' });
    project.changed([join(folder, 'src/shop/fresh.py')]);
    expect(resolve('src/shop/cart.py', '.fresh')).toBe('src/shop/fresh.py');
  });
});

describe('names by path', () => {
  const files = {
    'package.json':
      '{ "name": "shop", "exports": { ".": { "source": "./src/index.ts" }, "./cart": "./dist/cart.js" }, "imports": { "#util/*": "./src/util/*.ts" } }',
    'tsconfig.json':
      '{ // the aliases\n "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["./src/*"], } } }',
    '.gitignore': 'dist\n',
    'src/index.ts': '',
    'src/cart.ts': '',
    'src/view.tsx': '',
    'src/types.d.ts': '',
    'src/Page.vue': '',
    'src/logo.svg': '',
    'src/util/index.ts': '',
    'src/util/text.ts': '',
    'src/parts/package.json': '{ "main": "./main.ts" }',
    'src/parts/main.ts': '',
    'src/empty/readme.md': '',
    'packages/lib/package.json': '{ "name": "@shop/lib", "main": "./lib.ts" }',
    'packages/lib/lib.ts': '',
  };

  test.each([
    ['./cart', 'src/cart.ts'],
    ['./cart.js', 'src/cart.ts'],
    ['./cart.ts', 'src/cart.ts'],
    ['./view.js', 'src/view.tsx'],
    ['./types', 'src/types.d.ts'],
    ['./types.js', 'src/types.d.ts'],
    ['./util', 'src/util/index.ts'],
    ['./util/', 'src/util/index.ts'],
    ['./util/index.js', 'src/util/index.ts'],
    ['.', 'src/index.ts'],
    ['./parts', 'src/parts/main.ts'],
    ['./logo.svg', 'src/logo.svg'],
    ['./logo.svg?raw', 'src/logo.svg'],
    ['@app/util/text', 'src/util/text.ts'],
    ['#util/text', 'src/util/text.ts'],
    ['src/cart', 'src/cart.ts'],
    ['@shop/lib', 'packages/lib/lib.ts'],
    ['shop', 'src/index.ts'],
  ])('finds %s: %s', (module, expected) => {
    expect(open(files).resolve('src/index.ts', module)).toBe(expected);
  });

  test.each([
    ['react', 'external'],
    ['@scope/name/deep', 'external'],
    ['node:fs', 'external'],
    ['@/cart', 'unknown'],
    ['~/cart', 'unknown'],
    ['#imports', 'unknown'],
    ['@app/nothing', 'unknown'],
    ['./Page', 'unknown'],
    ['./empty', 'unknown'],
    ['../dist/cart.js', 'unknown'],
    ['../../elsewhere', 'unknown'],
    ['/src/cart.ts', 'unknown'],
    ['shop/cart', 'unknown'],
    ['', 'unknown'],
  ])('cannot tell %s: %s', (module, expected) => {
    expect(open(files).resolve('src/index.ts', module)).toBe(expected);
  });

  test.each([
    ['./carts', 'missing ./cart ./parts'],
    ['./card.js', 'missing ./cart.js'],
    ['./util/txt', 'missing ./util/text'],
    ['./text', 'missing ./util/text'],
    ['./gone/completely', 'missing'],
    ['./photo.svg', 'missing'],
  ])('misses %s: %s', (module, expected) => {
    expect(open(files).resolve('src/index.ts', module)).toBe(expected);
  });

  test('without ignore files, a folder that is not there may be made by a build', () => {
    expect(open({ 'a.ts': '' }).resolve('a.ts', './lib/b')).toBe('unknown');
    expect(open({ 'a.ts': '' }).resolve('a.ts', './b')).toBe('missing');
  });

  test('configuration that extends itself or is broken says nothing', () => {
    const circle = open({ 'tsconfig.json': '{ "extends": "./tsconfig.json" }', 'a.ts': '' });
    expect(circle.resolve('a.ts', 'b')).toBe('external');
    expect(
      open({ 'tsconfig.json': '{ "paths": 3', 'package.json': '[]', 'a.ts': '' }).resolve('a.ts', '#b'),
    ).toBe('unknown');
  });
});

describe('names of folders', () => {
  const files = {
    'go.mod':
      'module example.org/shop\n\nrequire example.org/shop/plugin v1.0.0\nreplace example.org/other => ./other\n',
    '.gitignore': 'gen/\n',
    'main.go': 'package main\n',
    'internal/store/store.go': 'package store\n',
    'docs/readme.md': '',
    'other/other.go': 'package other\n',
  };

  test.each([
    ['example.org/shop', '/'],
    ['example.org/shop/internal/store', 'internal/store/'],
    ['example.org/other', 'other/'],
    ['fmt', 'external'],
    ['github.com/x/y', 'external'],
    ['example.org/shop/plugin/deep', 'unknown'],
    ['example.org/shop/gen/api', 'unknown'],
    ['example.org/shop/docs', 'unknown'],
    ['example.org/shop/internal/stor', 'missing example.org/shop/internal/store'],
  ])('%s: %s', (module, expected) => {
    expect(open(files).resolve('main.go', module)).toBe(expected);
  });
});

describe('names within a crate', () => {
  const files = {
    'Cargo.toml': '[package]\nname = "the-shop"\n',
    'src/lib.rs': '',
    'src/cart.rs': '',
    'src/store/mod.rs': '',
    'src/store/memory.rs': '',
    'src/cart/item.rs': '',
  };

  test.each([
    ['src/lib.rs', 'crate::cart::Cart', 'src/cart.rs'],
    ['src/store/memory.rs', 'crate::store', 'src/store/mod.rs'],
    ['src/store/memory.rs', 'super::Row', 'src/store/mod.rs'],
    ['src/store/memory.rs', 'super::super::cart', 'src/cart.rs'],
    ['src/cart.rs', 'self::item::Item', 'src/cart/item.rs'],
    ['src/cart/item.rs', 'super::Cart', 'src/cart.rs'],
    ['src/lib.rs', 'cart::Cart', 'src/cart.rs'],
    ['src/store/memory.rs', 'the_shop::cart', 'src/cart.rs'],
    ['src/lib.rs', 'std::fs', 'external'],
    ['src/lib.rs', 'crate::nothing', 'src/lib.rs'],
  ])('%s: %s is %s', (from, module, expected) => {
    expect(open(files).resolve(from, module)).toBe(expected);
  });
});

describe('names of classes', () => {
  const files = {
    'src/main/java/org/shop/Cart.java': '',
    'src/main/java/org/shop/store/Memory.java': '',
    'src/test/java/org/shop/CartTest.java': '',
  };

  test.each([
    ['org.shop.Cart', 'src/main/java/org/shop/Cart.java'],
    ['org.shop.Cart.Item', 'src/main/java/org/shop/Cart.java'],
    ['org.shop.store', 'src/main/java/org/shop/store/'],
    ['java.util.List', 'external'],
  ])('%s: %s', (module, expected) => {
    expect(open(files).resolve('src/test/java/org/shop/CartTest.java', module)).toBe(expected);
  });
});

test('a file that lies in no folder finds its neighbours, and nothing is searched around it', () => {
  const folder = tree({ 'a.py': '', 'b.py': '', 'c.ts': '', 'd.ts': '' });
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const project = createProject({ log: () => undefined, syntax, folders: [], openText: () => undefined });
  expect(project.resolve(join(folder, 'a.py'), 'python', '.b').kind).toBe('file');
  expect(project.resolve(join(folder, 'c.ts'), 'typescript', './d').kind).toBe('file');
  expect(project.resolve(join(folder, 'c.ts'), 'typescript', './e')).toEqual({
    kind: 'missing',
    nearest: ['./d'],
  });
  expect(project.resolve('', 'typescript', './e').kind).toBe('unknown');
  expect(project.resolve(join(folder, 'c.ts'), 'plaintext', './e').kind).toBe('unknown');
});
