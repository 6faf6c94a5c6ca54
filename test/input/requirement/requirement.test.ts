// What could be asked for at a place: `$0` is the cursor, two of them are a selection; «» shows what would be replaced.
import { beforeAll, describe, expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { type PlaceDiagnostic, requirementsAt } from '../../../server/input/requirement/index.ts';
import { createSyntax } from '../../../server/input/syntax/create.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';

let syntax: Syntax;
const failures: string[] = [];
const run = detachedRun((level, message) => {
  if (level === 'error') failures.push(message);
});

beforeAll(async () => {
  syntax = await createSyntax({ log: run.log });
});

async function asked(name: string, marked: string, diagnostics: readonly PlaceDiagnostic[] = []) {
  const start = marked.indexOf('$0');
  const end = marked.lastIndexOf('$0');
  const text = marked.replaceAll('$0', '');
  const span = { start, end: start === end ? end : end - 2 };
  const language = syntax.languageFor(name)!;
  await syntax.load(language.id);
  const file = syntax.parse(language.id, text)!;
  const path = `/home/ann/shop/${name}`;
  const snapshot = { uri: `file://${path}`, path, languageId: language.id, version: 1, text };
  const found = requirementsAt(run, { snapshot, file, language, span, diagnostics });
  file.release();
  expect(failures).toEqual([]);
  return found.map((requirement) => ({
    ...requirement,
    replaced: `${text.slice(requirement.subject.start, requirement.target.start)}«${text.slice(
      requirement.target.start,
      requirement.target.end,
    )}»${text.slice(requirement.target.end, requirement.subject.end)}`,
  }));
}

const titles = async (name: string, marked: string): Promise<string[]> =>
  (await asked(name, marked)).map(({ kind, title }) => `${kind}: ${title}`);

describe('a stub is implemented', () => {
  test.each([
    {
      name: 'a method with decorator and docstring keeps both',
      file: 'a.py',
      text: 'class A:\n    @cached\n    def f(self, x: int) -> str:\n        """Do it."""\n        raise Not$0ImplementedError\n',
      replaced:
        '    @cached\n    def f(self, x: int) -> str:\n        """Do it."""\n        «raise NotImplementedError»',
      title: 'Implement `A.f`',
      prose: 'Do it.',
    },
    {
      name: 'a docstring alone is the body',
      file: 'a.py',
      text: 'def f(x):\n    """Do it.\n\n    Return x.\n    """$0\n',
      replaced: 'def f(x):\n    «"""Do it.\n\n    Return x.\n    """»',
      title: 'Implement `f`',
      prose: 'Do it.\n\nReturn x.',
    },
    {
      name: 'comments in the body are instructions',
      file: 'a.py',
      text: 'def f(x):\n    # TODO: return the sum$0\n    pass\n',
      replaced: 'def f(x):\n    «# TODO: return the sum\n    pass»',
      title: 'Implement `f`',
      prose: 'return the sum',
    },
    {
      name: 'a body on the line of its header is written with it',
      file: 'a.py',
      text: 'x = 1\ndef f(x): ...$0\n',
      replaced: '«def f(x): ...»',
      title: 'Implement `f`',
      prose: '',
    },
    {
      name: 'a header that waits for its body',
      file: 'a.py',
      text: 'def f(x) -> int:$0',
      replaced: '«def f(x) -> int:»',
      title: 'Implement `f`',
      prose: '',
    },
    {
      name: 'a comment for a body',
      file: 'a.ts',
      text: '/** Adds. */\nexport function add(a: number, b: number): number {\n  // add them all up$0\n}\n',
      replaced:
        '/** Adds. */\nexport function add(a: number, b: number): number {\n  «// add them all up»\n}',
      title: 'Implement `add`',
      prose: 'Adds.\nadd them all up',
    },
    {
      name: 'an empty body is written with its header, modifiers included',
      file: 'a.ts',
      text: 'export function add(a: number, b: number): number {$0}\n',
      replaced: '«export function add(a: number, b: number): number {}»',
      title: 'Implement `add`',
      prose: '',
    },
    {
      name: 'an arrow function',
      file: 'a.ts',
      text: 'export const size = (text: string): number => {\n  throw new Error("not implemented");$0\n};\n',
      replaced:
        'export const size = (text: string): number => {\n  «throw new Error("not implemented");»\n};',
      title: 'Implement `size`',
      prose: '',
    },
    {
      name: 'a signature at the end of the file',
      file: 'a.ts',
      text: '/** Adds. */\nexport function add(a: number, b: number): number$0',
      replaced: '/** Adds. */\n«export function add(a: number, b: number): number»',
      title: 'Implement `add`',
      prose: 'Adds.',
    },
    {
      name: 'Go',
      file: 'a.go',
      text: 'package a\n\n// Sum adds.\nfunc Sum(xs []int) int {\n\tpanic("not implemented")$0\n}\n',
      replaced: '// Sum adds.\nfunc Sum(xs []int) int {\n\t«panic("not implemented")»\n}',
      title: 'Implement `Sum`',
      prose: 'Sum adds.',
    },
    {
      name: 'Rust',
      file: 'a.rs',
      text: '/// Adds one.\n#[inline]\npub fn add(a: i32) -> i32 {\n    todo!()$0\n}\n',
      replaced: '/// Adds one.\n#[inline]\npub fn add(a: i32) -> i32 {\n    «todo!()»\n}',
      title: 'Implement `add`',
      prose: 'Adds one.',
    },
    {
      name: 'Java',
      file: 'A.java',
      text: 'class A {\n    /** Adds. */\n    public int add(int a) {\n        throw new UnsupportedOperationException("not implemented");$0\n    }\n}\n',
      replaced:
        '    /** Adds. */\n    public int add(int a) {\n        «throw new UnsupportedOperationException("not implemented");»\n    }',
      title: 'Implement `A.add`',
      prose: 'Adds.',
    },
  ])('$name', async ({ file, text, replaced, title, prose }) => {
    const [found] = await asked(file, text);
    expect(found).toMatchObject({ kind: 'implement', source: 'stub-signature', replaced, title, prose });
  });

  test('the cursor may be on the blank line below the header', async () => {
    const [found] = await asked('a.py', 'def f(x):\n    $0\n\ndef g():\n    return 1\n');
    expect(found).toMatchObject({ title: 'Implement `f`', replaced: '«def f(x):\n    »' });
  });

  test('its signature is told without body and comments', async () => {
    const [found] = await asked('a.py', 'def f(\n    a: int,\n) -> int:\n    # sum$0\n    pass\n');
    expect(found?.symbol).toEqual({ name: 'f', signature: 'def f(\n    a: int,\n) -> int:' });
  });

  test.each([
    ['a.py', 'def f(x):\n    return x$0\n'],
    ['a.ts', 'interface A {\n  f(x: number): string$0\n}\n'],
    ['a.ts', 'abstract class A {\n  abstract f(x: number): string$0\n}\n'],
    ['a.ts', 'declare function f(x: number): string$0\n'],
    [
      'a.ts',
      'function f(x: number): string;$0\nfunction f(x: string): string;\nfunction f(x: any) { return ""; }\n',
    ],
    ['a.ts', 'const x = 1;$0\n'],
  ])('%s has none: %j', async (file, text) => {
    expect((await titles(file, text)).filter((title) => title.startsWith('implement'))).toEqual([]);
  });
});

describe('a comment asks', () => {
  test.each([
    [
      'a.py',
      'x = 1\n\n# parse the duration$0 string\n\n',
      'Write code for “parse the duration string”',
      '«# parse the duration string»',
    ],
    [
      'a.py',
      'x = 1\n# TODO(ann): add a cache$0\ny = 2\n',
      'Write code for “add a cache”',
      '«# TODO(ann): add a cache»',
    ],
    [
      'a.ts',
      'f();\n// sort them by name\n// and drop duplicates$0\n',
      'Write code for “sort them by name and drop duplicates”',
      '«// sort them by name\n// and drop duplicates»',
    ],
    [
      'a.ts',
      'const x = 1;\n\n/**\n * Parses a duration like 1h30m.\n */$0\n\n',
      'Write what the comment describes: “Parses a duration like 1h30m.”',
      '«/**\n * Parses a duration like 1h30m.\n */»',
    ],
  ])('%s %j', async (file, text, title, replaced) => {
    expect((await asked(file, text))[0]).toMatchObject({ kind: 'implement', title, replaced });
  });

  test('for a change of the function below', async () => {
    const [found] = await asked('a.py', '# TODO: handle negative numbers$0\ndef f(x):\n    return x\n');
    expect(found).toMatchObject({
      kind: 'rewrite',
      title: 'Rewrite `f`: “handle negative numbers”',
      replaced: '«# TODO: handle negative numbers\ndef f(x):\n    return x»',
    });
  });

  test.each([
    ['a comment on the code below', 'a.py', 'x = 1\n# explains the next$0 line well\ny = 2\n'],
    ['a short one', 'a.py', 'x = 1\n\n# helpers$0\n\n'],
    ['the head of the file', 'a.py', '# Copyright by all of us$0\n\nx = 1\n'],
    ['a word to a tool', 'a.ts', 'f();\n// eslint-disable-next-line no-console because$0\n'],
    ['code that was commented out', 'a.py', 'x = 1\n\n# y = f(x, 1)$0\n\n'],
    ['a comment that the cursor is not on', 'a.py', 'x = 1\n\n# parse the duration string\n\n$0'],
    ['a comment behind code', 'a.py', 'x = 1  # TODO: make this two$0\n'],
  ])('not by %s', async (_name, file, text) => {
    expect(await titles(file, text)).toEqual([]);
  });

  test('for a plan, where it lists what is required', async () => {
    const list =
      '# Requirements:$0\n# - parse the file line by line\n# - skip comments and blank lines\n# - return the names\n';
    const found = await asked('a.py', `x = 0\n${list}\ny = 2\n`);
    expect(found.map(({ kind }) => kind)).toEqual(['implement', 'plan']);
    expect(found[1]!.title).toBe('Plan “Requirements: - parse the file line by line - skip comments…”');
    expect(found[1]!.replaced.endsWith('names\n«»')).toBe(true);
  });
});

describe('a declaration can be documented and tested', () => {
  test.each([
    [
      'a.py',
      'class Cache:\n    def g$0et(self, key):\n        # from the store\n        return key\n',
      '    def get(self, key):\n        «»# from the store\n        return key',
    ],
    [
      'a.ts',
      'class Cache {\n  async g$0et(key: string) {\n    return key;\n  }\n}\n',
      '  «»async get(key: string) {\n    return key;\n  }',
    ],
    [
      'a.rs',
      'impl Cache {\n    pub fn g$0et(&self) -> i32 { 1 }\n}\n',
      '    «»pub fn get(&self) -> i32 { 1 }',
    ],
  ])('%s', async (file, text, replaced) => {
    const found = await asked(file, text);
    expect(found.map(({ title }) => title)).toEqual(['Document `Cache.get`', 'Write tests for `Cache.get`']);
    expect(found[0]!.replaced).toBe(replaced);
  });

  test.each([
    [
      'documented',
      'a.ts',
      '/** Gets. */\nfunction g$0et() { return 1; }\n',
      ['tests: Write tests for `get`'],
    ],
    ['in its body', 'a.ts', 'function get() {\n  const x = 1;$0\n  return x;\n}\n', []],
    ['not first on its line', 'a.ts', 'interface A { f$0(): void }\n', []],
    ['in a test file', 'a.test.ts', 'function h$0elper() { return 1; }\n', ['document: Document `helper`']],
    ['without a convention for tests', 'A.java', '/** A. */\nclass $0A { int f() { return 1; } }\n', []],
  ])('%s', async (_name, file, text, expected) => {
    expect(await titles(file, text)).toEqual(expected);
  });

  test('by a selection that covers it', async () => {
    expect(await titles('a.py', '$0def f(x):\n    return x$0\n')).toEqual([
      'document: Document `f`',
      'tests: Write tests for `f`',
    ]);
  });
});

describe('a selection is rewritten by the instruction', () => {
  test('in it', async () => {
    const [found] = await asked('a.py', '$0y = 1\n# make it faster\nz = y$0\n');
    expect(found).toMatchObject({
      kind: 'rewrite',
      title: 'Rewrite the selection: “make it faster”',
      replaced: '«y = 1\n# make it faster\nz = y»',
      prose: 'make it faster',
    });
  });

  test('above it', async () => {
    const [found] = await asked('a.ts', 'f();\n// use a map instead\n$0const x = [];\nx.push(1);$0\n');
    expect(found).toMatchObject({
      kind: 'rewrite',
      replaced: '«// use a map instead\nconst x = [];\nx.push(1);»',
    });
  });
});

describe('a diagnostic is fixed', () => {
  const at = (text: string, word: string): PlaceDiagnostic => {
    const start = text.replaceAll('$0', '').indexOf(word);
    return { span: { start, end: start + word.length }, message: '‘y’ is not defined', source: 'ruff' };
  };

  test('by rewriting the smallest construct around it', async () => {
    const text = 'a = 1\n\ndef f(x):\n    return y$0\n';
    const found = await asked('a.py', text, [at(text, 'y')]);
    expect(found).toMatchObject([
      {
        kind: 'fix',
        title: 'Fix: ‘y’ is not defined',
        prose: '‘y’ is not defined (ruff)',
        replaced: '«def f(x):\n    return y»',
      },
    ]);
  });

  test('by rewriting its line where the construct is long', async () => {
    const text = `def f(x):\n${'    x += 1\n'.repeat(50)}    return y$0\n`;
    expect((await asked('a.py', text, [at(text, 'y')]))[0]!.replaced).toBe('    «return y»');
  });

  test('only where it is', async () => {
    const text = 'def f(x):\n    return y\n\n$0a = 1\n';
    expect(await asked('a.py', text, [at(text, 'y')])).toEqual([]);
  });
});

test('a text that does not parse, or has nothing in it, costs nothing', async () => {
  for (const name of ['a.py', 'a.ts', 'a.go', 'a.rs', 'A.java', 'a.json', 'a.css']) {
    expect(await asked(name, '$0')).toEqual([]);
    await asked(name, '}}}(((\n"""$0\n/* ');
  }
});
