// What each check finds in a whole file, and what it leaves alone.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { secretSearch } from '../../server/orchestration/analysis/secret-search.ts';
import { checks } from '../../server/validation/index.ts';
import { asMarks, checkFile, loadSyntax, project, readMarks, run } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript', 'typescript', 'go', 'rust', 'java', 'json', 'c');
});

const cases: Record<string, [path: string, marked: string]> = {
  'a bracket that nobody closed': [
    'a.py',
    `
def area(width, height:
        ^ syntax/error
    return width * height
`,
  ],
  'a name that nothing binds': [
    'a.py',
    `
def total(prices):
    return sum(pricse)
               ^^^^^^ names/unresolved
`,
  ],
  'a type that nothing declares': [
    'a.ts',
    `
export function f(a: Missing): number { return gone; }
                     ^^^^^^^ names/unresolved
                                               ^^^^ names/unresolved
`,
  ],
  'what browsers, Node and test runners bring': [
    'a.test.js',
    `import x from './x.js';
describe('x', () => it('y', async () => { expect(await (x)).toBe(document.title + process.env.HOME); }));
`,
  ],
  'names in a script may come from its page': ['a.js', `$('#x').hide();\nGallery.open();\n`],
  'what a build puts in': ['a.ts', `export const version = __APP_VERSION__;\n`],
  'a body that says it is to be written': [
    'a.py',
    `
def parse(text):
    """Parse."""
    raise NotImplementedError("not written yet")
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ incomplete/placeholder
`,
  ],
  'the same in other languages': [
    'a.rs',
    `
fn parse(text: &str) -> u32 {
    todo!()
    ^^^^^^^ incomplete/placeholder
}
`,
  ],
  'a body of nothing but a note': [
    'a.ts',
    `
export function parse(text: string) {
  // TODO: implement
  ^^^^^^^^^^^^^^^^^^ incomplete/placeholder
}
`,
  ],
  'bodies that are empty by intent': [
    'a.py',
    `
import abc
from typing import Protocol, overload


class MyError(Exception):
    pass


class Reader(Protocol):
    def read(self) -> bytes: ...


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        raise NotImplementedError

    def grow(self):
        raise NotImplementedError("must be implemented in a subclass")


@overload
def f(a: int) -> int: ...
def f(a):
    try:
        return a
    except MyError:
        pass


def noop(*_):
    pass
`,
  ],
  'a stand-in for what could not be imported': [
    'a.py',
    `
try:
    from fast import parse
except ImportError:
    def parse(text):
        raise NotImplementedError
`,
  ],
  'remarks in place of code': [
    'a.ts',
    `
export class A {
  // ... existing code ...
  ^^^^^^^^^^^^^^^^^^^^^^^^ incomplete/elision
  m() {
    /* rest of the method stays the same */
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ incomplete/elision
  }
  // other methods remain unchanged
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ incomplete/elision
}
`,
  ],
  'remarks that only sound like it': [
    'a.py',
    `
# The rest of the file is a list of names.
# the rest of the logic is just re-creating the type
# Use the existing code path here.
# 1, 2, ... and so on
x = 1  # same as before
`,
  ],
  'what the grammar cannot read, though it is valid': [
    'a.ts',
    `export interface Box<in out T> { value: T }
export type S = import('stream').Readable<string>;
export type T = import('stream').Readable[];
export interface Shape {
  'max-width'?: string | undefined
  in2?: string | undefined
  in?: string | undefined
  k1?: string | undefined
}
`,
  ],
  'what the grammar of Java cannot read, though it is valid': [
    'Area.java',
    `class Area {
  sealed interface Shape {
    record Square(int side) implements Shape {}
    record Pair(Shape one, Shape other) implements Shape {}
  }

  int of(Object shape) {
    if (shape instanceof Shape.Square(int side) && side > 1) return side;
    return switch (shape) {
      case Shape.Square(var side) -> side;
      case Shape.Pair(Shape.Square(var one), Shape.Square(var other)) when one > 1 -> other;
      default -> 0;
    };
  }
}
`,
  ],
};

test.each(Object.entries(cases))('%s', (_, [path, marked]) => {
  const { text, marks } = readMarks(marked);
  const { findings } = checkFile(syntax, path, text);
  expect(asMarks(text, findings)).toEqual(marks);
});

describe('comments that excuse a line', () => {
  test.each([
    ['a.py', 'gone  # vouch: ignore\n', 0],
    ['a.py', '# vouch: ignore[names/unresolved]\ngone\n', 0],
    ['a.py', 'gone  # vouch: ignore[syntax/error]\n', 1],
    ['a.py', 'gone  # noqa\n', 0],
    ['a.py', 'gone  # noqa: F821\n', 0],
    ['a.py', 'gone  # noqa: E501\n', 1],
    ['a.py', 'gone  # type: ignore[name-defined]\n', 0],
    ['a.ts', 'export {};\n// @ts-expect-error\ngone;\n', 0],
    ['a.ts', 'export {};\ngone; // eslint-disable-line no-undef\n', 0],
    ['a.ts', 'export {};\n// an ordinary remark\ngone;\n', 1],
  ])('%s: %j', (path, text, count) => {
    expect(checkFile(syntax, path, text).findings).toHaveLength(count);
  });
});

describe('imports', () => {
  const missing = project({
    resolve: (_, __, module) =>
      module.startsWith('.') && module !== './there.ts'
        ? { kind: 'missing', nearest: ['./parser.ts'] }
        : { kind: 'unknown' },
  });

  test('of a module that is not in the workspace, with the nearest that is', () => {
    const text =
      "import { a } from './praser.ts';\nimport { b } from './there.ts';\nimport c from 'c';\na(b, c);\n";
    const { findings } = checkFile(syntax, 'a.ts', text, missing);
    expect(asMarks(text, findings)).toEqual(['1:20 ./praser.ts imports/unknown-module']);
    // Whether it has the name is not known here.
    expect(findings[0]!.fixes[0]).toMatchObject({ certain: false, title: 'Change to `./parser.ts`' });
  });

  test('that may fail by intent are left alone', () => {
    const around = project({ resolve: () => ({ kind: 'missing', nearest: [] }) });
    const text = 'try:\n    from .fast import f\nexcept ImportError:\n    from .slow import f\n';
    expect(checkFile(syntax, 'a.py', text, around).findings).toEqual([]);
  });
});

test('trailing commas are an error in JSON and none in JSON with comments', () => {
  expect(checkFile(syntax, 'a.json', '{"a": [1,],}\n').findings.length).toBeGreaterThan(0);
  expect(checkFile(syntax, 'a.jsonc', '{"a": [1,],}\n').findings).toEqual([]);
});

test('blocks of foreign items that are unsafe to declare are valid Rust, though the grammar does not know them', () => {
  const text =
    'unsafe extern "C" {\n    pub fn open(a: *const u8) -> i32;\n    pub safe fn abs(a: i32) -> i32;\n}\n';
  expect(checkFile(syntax, 'a.rs', text).findings).toEqual([]);
  for (const inside of [
    'safe static X: i32;',
    'safe fn x();',
    'safe static X: i32; pub unsafe static Y: i32;',
  ])
    expect(checkFile(syntax, 'a.rs', `unsafe extern "C" { ${inside} }\nfn a() {}\n`).findings).toEqual([]);
  expect(
    checkFile(syntax, 'a.rs', 'unsafe extern "C" { safe static X: i32; }\nfn a( {}\n').findings,
  ).toHaveLength(1);
});

test('every check finds what its own example shows', async () => {
  // The standard library's declarations are the product's own data, which no folder is needed for.
  const { declarationsOf, membersOf, meaningOf, builtinsOf } = createProject({
    syntax,
    folders: [],
    log: run.log,
    openText: () => undefined,
  });
  const around = project({
    declarationsOf,
    membersOf,
    meaningOf,
    builtinsOf,
    secretsIn: (await secretSearch(run.log))!,
    resolve: (_, __, module) =>
      module.startsWith('.') ? { kind: 'missing', nearest: ['./parser.ts'] } : { kind: 'external' },
    packageOf: (_, __, name) =>
      name === 'chalk' ? { kind: 'known', name } : { kind: 'absent', name, nearest: ['requests'] },
    manifestOf: () => ({ path: '/package.json', declare: () => undefined }),
  });
  for (const { name, example } of checks) {
    const language = syntax.languages.find(({ id }) => id === example.languageId)!;
    const { findings } = checkFile(syntax, `example${language.extensions[0]}`, example.code, around);
    expect(
      findings.map(({ check }) => check),
      name,
    ).toContain(name);
  }
});
