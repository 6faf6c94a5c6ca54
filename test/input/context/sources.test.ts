// Evidence beyond the file and its imports: what types have, who calls and tests the symbol, similar code, where the user
// was, what is not committed, what is reported, which versions are installed. And that none of it shows an excluded file.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import type { Snippet } from '../../../server/core/task.ts';
import {
  type ContextQuestion,
  createRecentPlaces,
  createUncommitted,
  gather,
} from '../../../server/input/context/index.ts';
import { createSyntax } from '../../../server/input/syntax/create.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { createGit } from '../../../server/input/workspace/git.ts';
import { createLocalIndex } from '../../../server/input/workspace/index/index.ts';
import { createProject } from '../../../server/input/workspace/project.ts';
import { tree } from '../workspace/tree.ts';

let syntax: Syntax;
const run = detachedRun((level, message) => {
  if (level === 'error') throw new Error(message);
});
const unhurried = { ...run, now: () => 0 };

beforeAll(async () => {
  syntax = await createSyntax({ log: run.log });
});

interface Asked {
  readonly exclude?: readonly string[];
  readonly purpose?: ContextQuestion['purpose'];
  readonly more?: (folder: string, text: string) => Partial<ContextQuestion>;
  readonly prepare?: (folder: string) => void;
}

/** Gathers for the `$0` of a file, with an index of the folder. */
async function gathered(
  files: Record<string, string>,
  at: string,
  asked: Asked = {},
): Promise<readonly Snippet[]> {
  const marked = files[at]!;
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const folder = tree({ ...files, [at]: text });
  asked.prepare?.(folder);
  const path = join(folder, at);
  const folders = [{ path: folder, exclude: asked.exclude ?? [] }];
  const project = createProject({
    log: run.log,
    syntax,
    folders,
    openText: (each) => (each === path ? text : undefined),
  });
  const language = syntax.languageFor(path)!;
  await project.prepare(language.id);
  // An index knows more than may be shown, such as one that a team runs: here it has read all files.
  const index = createLocalIndex(run.log, syntax, project.resolve);
  index.follow([{ path: folder, exclude: [] }]);
  await index.settled();
  const git = createUncommitted(createGit(), run.log);
  // The key before has asked git already.
  await git.around(project, path);
  const file = syntax.parse(language.id, text)!;
  const snippets = await gather(unhurried, {
    snapshot: { uri: `file://${path}`, path, languageId: language.id, version: 1, text },
    file,
    language,
    project,
    offset,
    purpose: asked.purpose ?? 'task',
    index,
    uncommitted: () => git.around(project, path),
    ...asked.more?.(folder, text),
  });
  file.release();
  await index.dispose();
  return snippets.map((snippet) => ({ ...snippet, path: relative(folder, snippet.path) }));
}

const about = (snippets: readonly Snippet[], reason: string): readonly string[] =>
  snippets.filter((each) => each.reason.startsWith(reason)).map(({ text }) => text);

const whole = (snippets: readonly Snippet[]): string =>
  snippets.map(({ text, short, reason }) => [text, short, reason].join('\n')).join('\n');

describe('members of the types in play', () => {
  const files = {
    'pyproject.toml': '',
    'shop/__init__.py': '',
    'shop/base.py': 'class Saved:\n    def save(self) -> None: ...\n    def _hidden(self): ...\n',
    'shop/cart.py':
      'from shop.base import Saved\nclass Cart(Saved):\n    def add(self, item: str) -> None: ...\n    def total(self) -> int: ...\n',
    'shop/make.py': 'from shop.cart import Cart\ndef open_cart(name: str) -> Cart:\n    return Cart()\n',
    'shop/app.py': [
      'from shop.make import open_cart',
      'from shop.cart import Cart',
      'class Till(Cart):',
      '    def close(self, other: Cart) -> int:',
      '        mine = open_cart("mine")',
      '        mine.$0',
      '        return 0',
    ].join('\n'),
  };

  test('are those of the receiver, by what it was set to and what that returns', async () => {
    const found = await gathered(files, 'shop/app.py', { purpose: 'completion' });
    expect(about(found, 'type of `mine`')).toEqual([
      'class Cart(Saved):\n    def add(self, item: str) -> None:\n    def total(self) -> int:',
    ]);
  });

  test('are inherited by the classes around the place, base after base', async () => {
    const found = await gathered(files, 'shop/app.py');
    expect(about(found, 'inherited by `Till`')).toContain('class Saved:\n    def save(self) -> None:');
  });

  test('are shown shorter where there is no room: by the signature alone', async () => {
    const found = await gathered(files, 'shop/app.py');
    expect(found.find(({ text }) => text.startsWith('class Cart'))?.short).toBe('class Cart(Saved):');
  });
});

describe('how the symbol is used', () => {
  const files = {
    'package.json': '{}',
    'src/price.ts': 'export function price(item: string): number {\n  $0return 1;\n}\n',
    'src/cart.ts':
      "import { price } from './price';\nexport function total(items: string[]): number {\n  let sum = 0;\n  for (const each of items) sum += price(each);\n  return sum;\n}\n",
    'test/price.test.ts':
      "import { price } from '../src/price';\ntest('a price', () => {\n  expect(price('tea')).toBe(3);\n});\nfunction pricesOfTea() {\n  return price('tea');\n}\n",
  };

  test('shows calls with the lines around them', async () => {
    const found = await gathered(files, 'src/price.ts');
    expect(about(found, '`total` calls `price`').join('\n')).toContain('sum += price(each);');
  });

  test('shows its tests', async () => {
    expect(about(await gathered(files, 'src/price.ts'), 'tests `price`').join('\n')).toContain(
      "price('tea')",
    );
  });
});

test('similar functions are shown whole, or by their signature', async () => {
  const found = await gathered(
    {
      'a.py': 'def read_invoice_lines(path):\n    $0pass\n',
      'b.py':
        'def read_order_lines(path):\n    with open(path) as lines:\n        return [line.strip() for line in lines]\n\ndef unrelated():\n    return 7\n',
    },
    'a.py',
  );
  const similar = found.find(({ reason }) => reason === 'similar code');
  expect(similar?.text).toContain('line.strip()');
  expect(similar?.short).toContain('def read_order_lines(path)');
});

describe('where the user was', () => {
  const files = { 'a.py': 'x = 1\n$0\n', 'b.py': 'first = 1\nsecond = 2\nthird = 3\n' };

  test('is shown, edited places before those looked at, and moves with edits', async () => {
    const recent = createRecentPlaces();
    const found = await gathered(files, 'a.py', {
      more: (folder) => {
        recent.edited(join(folder, 'b.py'), [{ span: { start: 10, end: 10 }, newText: 'second = 2\n' }]);
        return { recent: recent.all() };
      },
    });
    expect(about(found, 'edited just now').join('\n')).toContain('second = 2');
  });

  test('is one place while it is the same, and remembered as edited', () => {
    const recent = createRecentPlaces();
    recent.edited('/a', [{ span: { start: 10, end: 10 }, newText: 'one' }]);
    recent.viewed('/a', 12);
    recent.viewed('/b', 4000);
    recent.edited('/b', [{ span: { start: 0, end: 0 }, newText: 'ten before' }]);
    expect(recent.all().map(({ path, span, how }) => [path, span.start, how])).toEqual([
      ['/b', 0, 'edited'],
      ['/b', 4010, 'viewed'],
      ['/a', 12, 'edited'],
    ]);
  });
});

describe('what is not committed', () => {
  const files = {
    'a.py': 'from b import one\n$0\n',
    'b.py': 'def one():\n    return 1\n\ndef two():\n    return 2\n',
  };
  const change = (folder: string): void => {
    const git = (...words: string[]): void =>
      void execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', 'first');
    writeFileSync(join(folder, 'b.py'), files['b.py'].replace('return 2', 'return 22'));
  };

  test('is a diff in a task', async () => {
    const found = await gathered(files, 'a.py', { prepare: change });
    expect(about(found, 'uncommitted change')).toEqual([' def two():\n-    return 2\n+    return 22']);
  });

  test('is code as it stands for a completion', async () => {
    const found = await gathered(files, 'a.py', { prepare: change, purpose: 'completion' });
    expect(about(found, 'changed since the last commit').join('\n')).toContain('return 22');
    expect(whole(found)).not.toContain('+    return');
  });
});

test.each(['task', 'completion'] as const)(
  'what is not committed and stands in the outline of a class is not shown twice (%s)',
  async (purpose) => {
    const before =
      'class Basket:\n    owner: str\n    limit: int\n\n    def total(self) -> int:\n        return 1\n';
    const change = { path: '', before };
    const files = {
      'shop.py': before.replace('    limit', '    discount: int\n    limit'),
      'app.py': 'from shop import Basket\n\n\ndef pay(basket: Basket) -> int:\n    return basket.$0\n',
    };
    const found = await gathered(files, 'app.py', {
      purpose,
      more: (folder) => ({ uncommitted: async () => [{ ...change, path: join(folder, 'shop.py') }] }),
    });
    expect(found.filter(({ text }) => text.includes('discount: int')).length).toBe(1);
  },
);

test('what is reported near the place stands there with its line, whatever else is shown of the file', async () => {
  const found = await gathered({ 'a.py': 'total = pric * 2\n$0\n' }, 'a.py', {
    more: () => ({ diagnostics: [{ span: { start: 8, end: 12 }, message: '`pric` is not defined' }] }),
  });
  const [said] = found.filter(({ note }) => note);
  expect(said).toMatchObject({
    text: 'total = pric * 2  # `pric` is not defined',
    reason: 'reported on line 1',
  });
});

test('versions of the packages that are imported', async () => {
  const found = await gathered(
    {
      'package.json': '{"dependencies": {"left-pad": "^1.3.0"}}',
      'node_modules/left-pad/package.json': '{"name": "left-pad", "version": "1.3.0", "main": "index.js"}',
      'node_modules/left-pad/index.js': 'module.exports = () => {};\n',
      'a.ts': "import pad from 'left-pad';\n$0pad('x', 2);\n",
    },
    'a.ts',
  );
  expect(about(found, 'versions of the packages').join('\n')).toContain('left-pad 1.3.0');
});

describe('a file that is excluded is shown by none of the ways', () => {
  const files = {
    '.gitignore': '',
    'pyproject.toml': '',
    'hidden/secret_base.py': 'class SecretBase:\n    def secret_member(self): ...\n',
    'hidden/secret_calls.py':
      'from app import read_lines\ndef secret_caller():\n    return read_lines("secret")\n',
    'hidden/test_secret.py':
      'from app import read_lines\ndef test_secret_lines():\n    assert read_lines("secret")\n',
    'hidden/secret_twin.py': 'def secret_read_lines(path):\n    return path.read_lines()\n',
    'app.py': [
      'from hidden.secret_base import SecretBase',
      'from hidden import secret_twin',
      'class Mine(SecretBase):',
      '    pass',
      'def read_lines(path: SecretBase):',
      '    $0return path.read_lines()',
    ].join('\n'),
  };
  const asked = (exclude: readonly string[], ignore: string): Asked => ({
    exclude,
    prepare: (folder) => {
      execFileSync('git', ['init', '-q'], { cwd: folder });
      writeFileSync(join(folder, '.gitignore'), ignore);
    },
    more: (folder, text) => {
      const recent = createRecentPlaces();
      recent.edited(join(folder, 'hidden/secret_twin.py'), [{ span: { start: 0, end: 0 }, newText: 'x' }]);
      recent.viewed(join(folder, 'hidden/secret_base.py'), 20);
      const before = { path: join(folder, 'hidden/secret_twin.py'), before: 'def secret_before(): ...\n' };
      // The file's own lines are its user's, who sees them.
      expect(text).toContain('secret_base');
      return { recent: recent.all(), uncommitted: async () => [before] };
    },
  });
  const elsewhere = (snippets: readonly Snippet[]): string =>
    whole(snippets.filter(({ path }) => path !== 'app.py'));

  test('while it may be shown, each way finds it', async () => {
    const open = elsewhere(await gathered(files, 'app.py', asked([], '')));
    for (const name of [
      'secret_member',
      'secret_caller',
      'test_secret_lines',
      'secret_read_lines',
      'secret_before',
    ]) {
      expect(open).toContain(name);
    }
  });

  test.each([
    ['privacy.exclude', asked(['hidden/**'], '')],
    ['git', asked([], 'hidden/\n')],
  ])('by %s', async (_, closed) => {
    for (const purpose of ['task', 'completion'] as const) {
      const found = await gathered(files, 'app.py', { ...closed, purpose });
      expect(elsewhere(found)).not.toMatch(/secret/i);
    }
  });
});

test('a source that fails or takes too long costs a log line, the others go on', async () => {
  const said: string[] = [];
  const text = 'import os\nx = 1\ndef f():\n    return x\n';
  const path = join(tree({ 'a.py': text }), 'a.py');
  const project = createProject({ log: run.log, syntax, folders: [], openText: () => undefined });
  await project.prepare('python');
  const file = syntax.parse('python', text)!;
  const snippets = await gather(
    { ...unhurried, log: (level, message) => void said.push(`${level}: ${message.split('\n', 1)[0]}`) },
    {
      snapshot: { uri: `file://${path}`, path, languageId: 'python', version: 1, text },
      file,
      language: syntax.languageFor(path)!,
      project,
      offset: text.length - 2,
      purpose: 'completion',
      uncommitted: () => new Promise(() => undefined),
      get recent(): never {
        throw new Error('no memory');
      },
    },
  );
  file.release();
  expect(snippets).not.toEqual([]);
  expect(said.sort()).toEqual([
    expect.stringMatching(/^debug: context\/uncommitted took longer than \d+ ms$/),
    'error: context/recent-places failed: Error: no memory',
  ]);
});
