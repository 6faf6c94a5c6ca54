// What is said of members, arguments and imported names where facts make types certain, and what is left alone.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkCandidate, checkFile, loadSyntax, projectIn, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript', 'javascript');
});

const judged = new Set(['members/unknown', 'calls/arguments', 'imports/unknown-export']);

function around(files: Readonly<Record<string, string>>) {
  const folder = tree(files);
  const project = projectIn(syntax, folder);
  return { folder, project };
}

function findingsIn(text: string, files: Readonly<Record<string, string>> = {}): readonly Finding[] {
  const { folder, project } = around({ ...files, 'a.py': text });
  const { findings } = checkFile(syntax, join(folder, 'a.py'), text, project);
  return findings.filter(({ check }) => judged.has(check));
}

const cases: Record<string, [marked: string, files?: Record<string, string>]> = {
  'a member of another language': [
    `
names = ["b", "a"]
names.push("c")
      ^^^^ members/unknown
print(names.length)
            ^^^^^^ members/unknown
`,
  ],
  'a member of what a parameter is written to be': [
    `
from typing import Dict, List, Optional
def f(rows: List[str], table: "Dict[str, List[int]]", name: Optional[str] = None, n: int | None = 0):
    rows.add("x")
         ^^^ members/unknown
    rows[0].strip().trim()
                    ^^^^ members/unknown
    table["a"].push(1)
               ^^^^ members/unknown
    for row in rows:
        row.toUpperCase()
            ^^^^^^^^^^^ members/unknown
    name.trim()
         ^^^^ members/unknown
    n.foo
      ^^^ members/unknown
`,
  ],
  'a member of a module': [
    `
import os.path
import json as j
j.parse("{}")
  ^^^^^ members/unknown
os.path.joins("a")
        ^^^^^ members/unknown
`,
  ],
  'a member of a class of the workspace, and what it inherits': [
    `
from shapes import Square
def f(square: Square):
    square.area()
    square.colour
    square.side.bit_length()
    square.perimeter()
           ^^^^^^^^^ members/unknown
    Square(1).side.append(2)
                   ^^^^^^ members/unknown
`,
    {
      'shapes.py': `
class Shape:
    colour = "red"
    def area(self): ...
class Square(Shape):
    side: int
    def __init__(self, side: int) -> None:
        self.side = side
`,
    },
  ],
  'a method that its class does not have': [
    `
class Solver:
    def run(self, values):
        self.values = [1]
        self.values.push(2)
                    ^^^^ members/unknown
        return self.sumUp(values)
                    ^^^^^ members/unknown
`,
  ],
  'what may be set, answered or brought by others': [
    `
import unknown_thing
class Open:
    def __getattr__(self, name): ...
class Kid(unknown_thing.Parent):
    def run(self): return self.whatever()
class TimerMixin:
    def run(self): return self.clock()
@unknown_thing.decorate
class Decorated:
    pass
class Loose:
    def __init__(self): self.__dict__.update(a=1)
class Later:
    def __init__(self): ...
def f(later: Later):
    later.extra = 1
    return later.extra
Open().a, Decorated().a, Loose().a
`,
  ],
  'a type that is not certain': [
    `
import json
def f(a, flag, *rest):
    x = []
    if flag:
        x = json.loads("1")
    x.push(1)
    a.push(1)
    y = [] if flag else a
    y.push(1)
    def g():
        nonlocal x
        x = a
    for z in rest:
        z.push(1)
    with open("f") as h:
        h.push(1)
    w: object = []
    w.push(1)
    return lambda x: x.push(1)
`,
  ],
  'what is tested before it is asked for': [
    `
import os, sys
def f(a: str, b: list):
    if isinstance(a, list):
        a.append(1)
    if hasattr(b, "push"):
        b.push(1)
    try:
        os.missing()
    except AttributeError:
        pass
    if sys.version_info < (3, 0):
        os.getcwdu()
`,
  ],
  'too many arguments, too few, and by a name that is not there': [
    `
def area(width, height=1, *, unit="m"):
    return width * height
area(1, 2, 3)
           ^ calls/arguments
area()
^^^^ calls/arguments
area(1, units="cm")
        ^^^^^ calls/arguments
area(1, width=2)
        ^^^^^ calls/arguments
area(*[1, 2], unit="cm")
area(**{"width": 1})
area(1, 2, unit="cm")
`,
  ],
  'the arguments of methods and constructors': [
    `
from dataclasses import dataclass
class Point:
    def __init__(self, x, y=0): ...
    def move(self, by): return self
    @classmethod
    def origin(cls): return cls(0)
    @staticmethod
    def near(a, b): ...
Point()
^^^^^ calls/arguments
Point(1).move(1, 2)
                 ^ calls/arguments
Point.origin(1)
             ^ calls/arguments
Point.near(1)
      ^^^^ calls/arguments
Point.move(Point(1), 2)
@dataclass
class Box:
    width: int
    height: int = 1
Box(1, 2, 3)
          ^ calls/arguments
Box(depth=1)
    ^^^^^ calls/arguments
Box(width=1)
class Empty: pass
Empty(1)
      ^ calls/arguments
`,
  ],
  'the arguments of the standard library, where no overload fits': [
    `
from os import path
sorted([], reversed=True)
           ^^^^^^^^ calls/arguments
path.exists()
     ^^^^^^ calls/arguments
range(1, 2, 3)
range(1, 2, 3, 4)
               ^ calls/arguments
max(1, 2, key=abs)
`,
  ],
  'arguments that a decorator, an overload or a test may want so': [
    `
import functools, unittest
from wrappers import wrap
@wrap
def f(a): ...
f()
@functools.lru_cache(maxsize=None)
def g(a): ...
g()
^ calls/arguments
def h(a): ...
if f:
    def h(a, b): ...
h(1)
h(1, 2)
class Test(unittest.TestCase):
    def test(self):
        with self.assertRaises(TypeError):
            h()
`,
    { 'wrappers.py': 'def wrap(f): return f\n' },
  ],
  'what a module has from elsewhere, or in place of it': [
    `
from compat import Klass, go, wrapped, late, sure
Klass(1).foo
go(1)
wrapped(1)
late().foo
sure(1)
     ^ calls/arguments
`,
    {
      'compat.py': `
try:
    from fastlib import Klass, go
except ImportError:
    class Klass:
        size = 1
    def go(): pass
def wrapped(): pass
wrapped = other(wrapped)
try:
    late = other
except NameError:
    class late: pass
def sure(): pass
`,
    },
  ],
  'a name that its module does not have': [
    `
from collections import OrderDict
                        ^^^^^^^^^ imports/unknown-export
from shop.money import total, price
                              ^^^^^ imports/unknown-export
from shop import money, cart
                        ^^^^ imports/unknown-export
from shop.lazy import anything
from shop.stars import total as t, nothing
                                   ^^^^^^^ imports/unknown-export
`,
    {
      'shop/__init__.py': '',
      'shop/money.py': 'def total(): ...\n',
      'shop/lazy.py': 'def __getattr__(name): ...\n',
      'shop/stars.py': 'from .money import *\n',
    },
  ],
};

describe('finds', () => {
  for (const [what, [marked, files]] of Object.entries(cases)) {
    test(what, () => {
      const { text, marks } = readMarks(marked);
      expect(asMarks(text, findingsIn(text, files))).toEqual(marks);
    });
  }
});

const scripts: Record<string, [path: string, marked: string, files?: Record<string, string>]> = {
  "members of Node's modules, however they are imported, and of its globals": [
    'a.ts',
    `
import * as path from "node:path";
import fs from "node:fs";
import { glob } from "fs/promises";
import { sep, posix } from "path";
path.jion("a"); path.join("a"); path.posix.join("a");
     ^^^^ members/unknown
fs.readFileSnc("x"); fs.promises.readFile("x"); fs.globSync("*");
   ^^^^^^^^^^^ members/unknown
console.lgo(1); console.log(1);
        ^^^ members/unknown
process.envv; process.env.HOME; process.on("exit", () => {}); process.browser;
        ^^^^ members/unknown
new Date().getYear(); "a".substr(1);
module.id; module.exports; module.children;
`,
  ],
  'what the line above says is meant': [
    'a.ts',
    `
const size = { width: 1 };
function reset() {}
// @ts-expect-error
size.height = size;
// @ts-ignore
reset(1);
size.depth = 1;
     ^^^^^ members/unknown
reset(1);
      ^ calls/arguments
export {};
`,
  ],
  'a member of another language, in TypeScript': [
    'a.ts',
    `
import { join } from 'node:path';
const names: string[] = ['b'];
names.append('c');
      ^^^^^^ members/unknown
names.push('c');
'abc'.lower();
      ^^^^^ members/unknown
const ages = new Map<string, number>();
ages.put('a', 1);
     ^^^ members/unknown
for (const name of names) name.trim().strip();
                                      ^^^^^ members/unknown
export const all = (b?: string) => b && join(b, JSON.parse('1').anything);
`,
  ],
  'members and constructors of classes': [
    'a.ts',
    `
import { Square } from './square';
class Box {
  private count = 3;
  constructor(readonly label: string, public note?: string) {}
  show(): void {
    this.label.trimm();
               ^^^^^ members/unknown
    this.note?.trim();
    this.count.toFixed();
    this.missing();
         ^^^^^^^ members/unknown
  }
}
new Box('a', 'b', 3);
                  ^ calls/arguments
new Box();
    ^^^ calls/arguments
new Square(1).perimeter();
              ^^^^^^^^^ members/unknown
new Square(1).side.toFixed();
`,
    {
      'square.ts':
        'export class Square {\n  side: number;\n  constructor(side: number) { this.side = side; }\n}\n',
    },
  ],
  'what is any, narrowed or read in another way': [
    'a.ts',
    `
class Loose { constructor() { Object.assign(this, { a: 1 }); } f() { return (this as any).b; } }
interface Open { [key: string]: unknown }
export function f(a: any, b: string | string[], c: Open, d: unknown, e: Loose) {
  if (typeof b !== 'string') b.push('x');
  a.x; c.y; e.f();
  let g = [1];
  g = a;
  g.foo();
  return [d].map((b) => (b as any).foo);
}
`,
  ],
  'names that a module exports': [
    'a.ts',
    `
import { total, price } from './money';
                ^^^^^ imports/unknown-export
import { total as t, gone } from './index';
                     ^^^^ imports/unknown-export
import { readFileSyn, promises } from 'node:fs';
         ^^^^^^^^^^^ imports/unknown-export
import fs from 'node:fs';
export default [total, t, promises, fs];
`,
    {
      'money.ts': 'export const total = 1;\n',
      'index.ts': "export * from './money';\n",
    },
  ],
  'arguments in JavaScript may be more or fewer': [
    'a.js',
    `
let last = false;
function set(data) { last = data; }
function area(width, height) { return width * height; }
area(1); area(1, 2, 3); set({});
last.web;
[1].append(2);
    ^^^^^^ members/unknown
export { area };
`,
  ],
};

describe('finds in scripts', () => {
  for (const [what, [path, marked, files]] of Object.entries(scripts)) {
    test(what, () => {
      const { text, marks } = readMarks(marked);
      const { folder, project } = around({ ...files, [path]: text });
      const { findings } = checkFile(syntax, join(folder, path), text, project);
      expect(
        asMarks(
          text,
          findings.filter(({ check }) => judged.has(check)),
        ),
      ).toEqual(marks);
    });
  }
});

describe('offers', () => {
  const fixed = (text: string): string[] =>
    findingsIn(text).flatMap(({ fixes }) =>
      fixes.map(({ title, edits }) => `${title}: ${applyEdits(text, edits[0]!.edits)}`),
    );

  test('the member that was meant', () => {
    expect(fixed('"a".uper()')).toEqual(['Change to `upper`: "a".upper()']);
    expect(fixed('[].push(1)')).toEqual(['Change to `append`: [].append(1)']);
  });

  test('the name that the module has', () => {
    expect(fixed('from collections import OrderedDic')).toEqual([
      'Change to `OrderedDict`: from collections import OrderedDict',
    ]);
  });

  test('the keyword that was meant, or the call without it', () => {
    expect(fixed('sorted([], revers=True)')).toEqual([
      'Change to `reverse`: sorted([], reverse=True)',
      'Drop `revers`: sorted([])',
    ]);
    expect(fixed('len([], )\nlen([], 1)')).toEqual(['Drop the argument: len([], )\nlen([])']);
  });
});

test('Of a candidate only what it brings is said', () => {
  const before = 'names = []\nnames.push(1)\n';
  const { folder, project } = around({ 'a.py': before });
  const edit = { span: { start: before.length, end: before.length }, newText: 'names.add(2)\n' };
  const { findings } = checkCandidate(syntax, join(folder, 'a.py'), before, edit, project);
  expect(findings.map(({ message }) => message)).toEqual([
    '`list` has no member `add`; did you mean `append`?',
  ]);
});

test('A file that does not parse, half a call and a class that extends itself are no harm', () => {
  const texts = [
    'import os\nos.\n',
    'def f(a:\n  a.x(\n',
    'class A(A):\n    def f(self): self.x()\n',
    'class A(B): pass\nclass B(A): pass\nA().x\n',
    'x = x\nx.y\n',
    'x: "List[" = 1\nx.y\n',
    `x = ${'('.repeat(2000)}1${')'.repeat(2000)}\nx.y\n`,
    `${'a.'.repeat(3000)}b\n`,
  ];
  for (const text of texts) expect(() => findingsIn(text)).not.toThrow();
});
