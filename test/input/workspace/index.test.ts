// The workspace index: what can be asked of it, what it leaves out, and how it follows the disk.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { createSyntax, type Syntax } from '../../../server/input/syntax/index.ts';
import { createLocalIndex } from '../../../server/input/workspace/index/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import { tree, write } from './tree.ts';

const log = (): void => undefined;
const run = detachedRun(log);
let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log });
});

/** An index of the folders that has read all. */
async function indexOf(...folders: { path: string; exclude?: string[] }[]) {
  const all = folders.map(({ path, exclude = [] }) => ({ path, exclude }));
  const project = createProject({ log, syntax, folders: all, openText: () => undefined });
  const index = createLocalIndex(log, syntax, project.resolve);
  onTestFinished(() => index.dispose());
  index.follow(all);
  await index.settled();
  return index;
}

const names = (symbols: readonly { name: string }[]): string[] => symbols.map(({ name }) => name);

const shop = {
  'shop/__init__.py': '',
  'shop/cart.py': `from .prices import total_of

class Cart:
    """What somebody wants to buy.

    More on carts.
    """
    limit = 10

    def checkout(self, card: str = "4111-secret") -> int:
        return total_of(self.items)


def empty():
    return Cart()
`,
  'shop/prices.py': `# Sums up.
# In cents.
def total_of(items: list[int], currency="EUR") -> int:
    total = 0
    for item in items:
        total += item
    return total
`,
  'tests/test_prices.py': `from shop.prices import total_of

def test_total():
    assert total_of([1, 2]) == 3

def test_nothing():
    assert True
`,
  'web/view.ts': `/** Shows it. */
export function show(total: number): string { return format(total); }
`,
  'web/view.test.ts': `import { show } from './view';
describe('view', () => {
  it('shows a total', () => {
    expect(show(1)).toBe('1');
  });
});
`,
};

describe('the index', () => {
  it('knows declarations by name, with signature, documentation and what is around them', async () => {
    const path = tree(shop);
    const index = await indexOf({ path });
    const [checkout] = await index.named(run, 'checkout', path, 5);
    expect(checkout).toMatchObject({
      path: join(path, 'shop/cart.py'),
      kind: 'method',
      containers: ['Cart'],
      signature: expect.stringContaining('def checkout(self, card: str = '),
    });
    const [total] = await index.named(run, 'total_of', path, 5);
    expect(total).toMatchObject({ doc: 'Sums up.' });
    const [cart] = await index.named(run, 'Cart', path, 5);
    expect(cart).toMatchObject({ kind: 'class', doc: 'What somebody wants to buy.' });
    expect(names(await index.inFile(run, join(path, 'shop/cart.py')))).toEqual([
      'Cart',
      'limit',
      'checkout',
      'empty',
    ]);
  });

  it('names the nearest of several declarations first', async () => {
    const path = tree({
      'a/x.py': 'def f(): pass\n',
      'b/c/x.py': 'def f(): pass\n',
      'b/y.py': 'def f(): pass\n',
    });
    const index = await indexOf({ path });
    const found = await index.named(run, 'f', join(path, 'b/c/near.py'), 3);
    expect(found.map((one) => one.path)).toEqual(
      ['b/c/x.py', 'b/y.py', 'a/x.py'].map((one) => join(path, one)),
    );
  });

  it('knows calls and the declaration that each stands in', async () => {
    const path = tree(shop);
    const index = await indexOf({ path });
    const callers = await index.callers(run, 'total_of', join(path, 'shop/prices.py'), 10);
    expect(callers.map(({ inside }) => inside?.name)).toEqual(['checkout', 'test_total']);
    const text = shop['shop/cart.py'];
    expect(text.slice(callers[0]!.span.start, callers[0]!.span.end)).toBe('total_of');
  });

  it('does not take comments and strings for calls', async () => {
    const path = tree({ 'a.js': `// f(1)\nconst s = "f(2)"; /* f(3) */\nfunction g() { return f(4); }\n` });
    const index = await indexOf({ path });
    expect(await index.callers(run, 'f', path, 10)).toMatchObject([{ inside: { name: 'g' } }]);
  });

  it('knows who imports a file, by whatever name', async () => {
    const path = tree({
      ...shop,
      'shop/again.py': 'from shop import prices\n',
      'web/main.ts': "import * as all from './view';\n",
    });
    const index = await indexOf({ path });
    const importers = await index.importers(run, join(path, 'shop/prices.py'), 10);
    expect([...importers].sort()).toEqual(
      ['shop/again.py', 'shop/cart.py', 'tests/test_prices.py'].map((one) => join(path, one)),
    );
    expect(await index.importers(run, join(path, 'web/view.ts'), 10)).toHaveLength(2);
  });

  it('knows the tests of a name: functions, and the blocks of runners that have titles', async () => {
    const path = tree(shop);
    const index = await indexOf({ path });
    expect(names(await index.testsOf(run, 'total_of', path, 5))).toEqual(['test_total']);
    const [block] = await index.testsOf(run, 'show', join(path, 'web/view.ts'), 5);
    expect(block).toMatchObject({ name: 'shows a total', containers: ['view'] });
    const { start, end } = block!.span;
    expect(shop['web/view.test.ts'].slice(start, end)).toMatch(/^it\('shows[\s\S]*\}\)$/);
  });

  it('finds the code that has most words in common', async () => {
    const path = tree(shop);
    const index = await indexOf({ path });
    const found = await index.similar(run, ['items', 'total', 'currency'], join(path, 'shop/new.py'), 2);
    expect(names(found)[0]).toBe('total_of');
  });

  it('keeps no values of literals, which may be secrets', async () => {
    const path = tree({
      'a.py':
        'PASSWORD = "hunter2"\ndef login(user, password="hunter2", mode: Literal["r"] = "hunter2"): pass\n',
      'b.ts':
        'export const key = ["hunter2"];\nfunction f(a = { b: "hunter2" }, c: "x" | "y" = `hunter2`) {}\n',
    });
    const index = await indexOf({ path });
    const all = [
      ...(await index.inFile(run, join(path, 'a.py'))),
      ...(await index.inFile(run, join(path, 'b.ts'))),
    ];
    const signatures = all.map(({ signature }) => signature).join('\n');
    expect(signatures).toContain('login');
    expect(signatures).toContain('Literal["r"]');
    expect(signatures).not.toContain('hunter2');
  });

  it('follows the disk: a file changed, new, moved with its folder, removed', async () => {
    const path = tree(shop);
    const index = await indexOf({ path });
    const changed = async (...files: string[]): Promise<void> => {
      await index.changed(files.map((file) => join(path, file)));
      await index.settled();
    };
    write(path, { 'shop/prices.py': 'def sum_of(): pass\n', 'shop/deep/new.py': 'def fresh(): pass\n' });
    await changed('shop/prices.py', 'shop/deep');
    expect(await index.named(run, 'total_of', path, 5)).toEqual([]);
    expect(names(await index.named(run, 'sum_of', path, 5))).toEqual(['sum_of']);
    expect(names(await index.named(run, 'fresh', path, 5))).toEqual(['fresh']);
    rmSync(join(path, 'shop'), { recursive: true });
    await changed('shop');
    expect(await index.named(run, 'fresh', path, 5)).toEqual([]);
    expect(await index.named(run, 'Cart', path, 5)).toEqual([]);
    expect(names(await index.named(run, 'show', path, 5))).toEqual(['show']);
  });

  it('stays the same through many changes of few files', async () => {
    const path = tree({ 'keep.py': 'def keep(): return used()\n' });
    const index = await indexOf({ path });
    for (let round = 0; round < 80; round++) {
      write(path, { [`f${round % 40}.py`]: `def f${round}(): return used()\n` });
      await index.changed([join(path, `f${round % 40}.py`)]);
      await index.settled();
    }
    expect(await index.state()).toMatchObject({ files: 41, symbols: 41, ready: true });
    expect(await index.callers(run, 'used', path, 100)).toHaveLength(41);
    expect(names(await index.named(run, 'f79', path, 1))).toEqual(['f79']);
    expect(await index.named(run, 'f39', path, 1)).toEqual([]);
  });

  it('leaves out what git ignores and what privacy.exclude names, also when that changes', async () => {
    const path = tree({
      '.gitignore': 'out/\n',
      'out/a.py': 'def ignored(): pass\n',
      'private/b.py': 'def hidden(): pass\n',
      'c.py': 'def seen(): pass\n',
    });
    mkdirSync(join(path, '.git'));
    const index = await indexOf({ path, exclude: ['private/**'] });
    for (const name of ['ignored', 'hidden']) expect(await index.named(run, name, path, 1)).toEqual([]);
    write(path, { '.gitignore': 'c.py\n' });
    await index.changed([join(path, '.gitignore')]);
    await index.settled();
    expect(names(await index.named(run, 'ignored', path, 1))).toEqual(['ignored']);
    expect(await index.named(run, 'seen', path, 1)).toEqual([]);
    index.follow([{ path, exclude: [] }]);
    await index.settled();
    expect(names(await index.named(run, 'hidden', path, 1))).toEqual(['hidden']);
  });

  it('knows several folders, one within another, and forgets those that are closed', async () => {
    const path = tree({ 'a.py': 'def outer(): pass\n', 'inner/b.py': 'def inner(): pass\n' });
    const other = tree({ 'c.py': 'def other(): pass\n' });
    const index = await indexOf({ path }, { path: join(path, 'inner') }, { path: other });
    expect(await index.state()).toMatchObject({ files: 3 });
    expect(names(await index.named(run, 'inner', path, 5))).toEqual(['inner']);
    index.follow([{ path: other, exclude: [] }]);
    await index.settled();
    expect(await index.named(run, 'outer', path, 5)).toEqual([]);
    expect(names(await index.named(run, 'other', path, 5))).toEqual(['other']);
  });

  it('reads submodules as a part of the workspace, by their own ignore rules', async () => {
    const path = tree({
      'sub/.git': 'gitdir: ../.git/modules/sub\n',
      'sub/.gitignore': 'made.py\n',
      'sub/a.py': 'def a(): pass\n',
      'sub/made.py': 'def made(): pass\n',
    });
    mkdirSync(join(path, '.git/modules/sub'), { recursive: true });
    const index = await indexOf({ path });
    expect(await index.state()).toMatchObject({ files: 1 });
  });

  it('survives what is no source, and counts it', async () => {
    const path = tree({
      'good.py': 'def good(): pass\n',
      'binary.py': Buffer.from([1, 0, 2]),
      'packed.js': `var a=1;${'f(a);'.repeat(20_000)}`,
      'large.ts': `${'// a comment\n'.repeat(200_000)}`,
      'data.json': `[${'1,'.repeat(50_000)}1]`,
      'odd\nname.py': 'def odd(): pass\n',
      'locked/a.py': 'def locked(): pass\n',
      'broken.py': `${'((('.repeat(3000)}\n`,
    });
    symlinkSync(path, join(path, 'loop'));
    symlinkSync(join(path, 'nowhere'), join(path, 'dangling.py'));
    chmodSync(join(path, 'locked'), 0o000);
    onTestFinished(() => chmodSync(join(path, 'locked'), 0o700));
    const index = await indexOf({ path });
    const { leftOut, ready } = await index.state();
    expect(ready).toBe(true);
    expect(leftOut).toMatchObject({
      binary: 1,
      'too large': 1,
      'generated or too long to parse': 1,
      'symbolic link': 2,
    });
    expect(names(await index.named(run, 'good', path, 1))).toEqual(['good']);
    expect((await index.named(run, 'odd', path, 1))[0]?.path).toBe(join(path, 'odd\nname.py'));
  });

  it('takes a file back in when it has become source', async () => {
    const path = tree({ 'a.py': Buffer.from([1, 0, 2]) });
    const index = await indexOf({ path });
    writeFileSync(join(path, 'a.py'), 'def mended(): pass\n');
    await index.changed([join(path, 'a.py')]);
    await index.settled();
    expect(names(await index.named(run, 'mended', path, 1))).toEqual(['mended']);
    expect((await index.state()).leftOut).toEqual({});
  });
});
