// What is known of values though nobody wrote their types down, and what is left alone though somebody did.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../../server/core/project.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { runChecks } from '../../server/validation/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, projectIn, readMarks, run, subjectOf } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript');
});

const judged = new Set(['members/unknown', 'calls/arguments']);

const cases: Record<string, [path: string, marked: string, files?: Record<string, string>]> = {
  'what waiting for a call gives, and what entering a value does': [
    'a.py',
    `
from contextlib import contextmanager
from typing import Iterator, TypeVar
T = TypeVar("T", bound="Client")
class Response:
    def read(self) -> bytes: ...
class Client:
    def __enter__(self: T) -> T: ...
    async def __aenter__(self) -> "Client": ...
    async def get(self, url: str) -> Response: ...
@contextmanager
def opened() -> Iterator[Client]: ...
async def run():
    async with Client() as client:
        response = await client.get("/")
        response.reads()
                 ^^^^^ members/unknown
        client.get("/").anything
    with Client() as other:
        other.fetch()
              ^^^^^ members/unknown
    with opened() as third:
        third.get("/", 1)
                       ^ calls/arguments
`,
  ],
  'classes and types that are declared in functions, several of a name, whatever decorates them': [
    'a.ts',
    `
import { injectable, make } from "./state";
describe("one", () => {
  @injectable()
  class Ninja { sneak() { return 1 } }
  const ninja: Ninja = make(Ninja);
  ninja.sneak();
  ninja.fight();
        ^^^^^ members/unknown
});
describe("other", () => {
  interface Ninja { fight(): number }
  const ninja: Ninja = make();
  ninja.fight();
  ninja.sneak();
        ^^^^^ members/unknown
});
describe("both", () => {
  if (make) { class Ninja { hide() {} } const ninja: Ninja = make(); ninja.any }
  else { class Ninja { seek() {} } const ninja: Ninja = make(); ninja.any }
});
declare const ninja: Ninja;
ninja.any;
`,
    { 'state.ts': 'export const injectable: any = null;\nexport const make: any = null;\n' },
  ],
  'what is tried, where the handler lets the failure pass, and where it does not': [
    'a.py',
    `
names = ["a"]
def close(): ...
try:
    names.push("b")
          ^^^^ members/unknown
except Exception as error:
    close()
    raise error
try:
    names.push("b")
except Exception as error:
    raise TypeError("no list") from error
try:
    names.push("b")
except AttributeError:
    close()
`,
  ],
  'comprehensions, what they go through and what they are made of': [
    'a.py',
    `
def use(lines: list[str], pairs: dict[str, int]):
    any(line.startwith("a") for line in lines)
             ^^^^^^^^^ members/unknown
    [part.stripp() for line in lines for part in line.split()]
          ^^^^^^ members/unknown
    {name.upperr(): 1 for name, value in pairs.items()}
          ^^^^^^ members/unknown
    [letter.isupperr() for letter in "abc"]
            ^^^^^^^^ members/unknown
    [row.any for row in unknown]
`,
  ],
  'values that are called': [
    'a.py',
    `
class Mark:
    def __call__(self, condition: bool, *, reason: str = "") -> str: ...
class Other(Unknown):
    def __call__(self): ...
mark = Mark()
mark(True, reason="a")
mark(True, raeson="a")
           ^^^^^^ calls/arguments
mark(True).stripp()
           ^^^^^^ members/unknown
Other()(1)
`,
  ],
  'values that are called as their type writes it, and many functions': [
    'a.ts',
    `
interface Handle { (name: string): number; many: (() => void)[] }
interface Made { (): string; new (text: string): Date }
declare const handle: Handle;
declare const made: Made;
handle("a");
handle("a", 1);
            ^ calls/arguments
new made("a");
made("a");
     ^^^ calls/arguments
handle.many.push(() => {});
handle.many.pusch(() => {});
            ^^^^^ members/unknown
`,
  ],
  'what calls give whose type arguments are written': [
    'a.ts',
    `
import { useState } from "./state";
interface Errors { name?: string }
function wrap<T>(value: T): T { return value }
function both<A, B = A>(value: A): A { return value }
const one = wrap<Errors>({});
one.name;
one.nama;
    ^^^^ members/unknown
const [errors] = useState<Errors>({});
errors.name;
const [counts] = useState<Record<string, number>>({});
counts.any;
both<Errors>({}).name;
Object.freeze<Errors>({}).name;
const later = wrap({});
later.anything;
const full = wrap({ a: 1 });
full.a; full.b;
             ^ members/unknown
`,
    {
      'state.ts': `export declare function useState<S>(initial: S | (() => S)): [S, (next: S) => void];\n`,
    },
  ],
  'a class that shares its name with an interface': [
    'a.ts',
    `
import { Far } from "./far";
export class Bus { fire() {} }
export interface Bus { on(e: "x"): void }
new Bus().on("x");
new Bus().fire();
new Bus().off();
          ^^^ members/unknown
interface First extends Based { on(): void }
interface Based { based(): void }
class First { fire() {} }
new First().on();
new First().based();
new First().off();
            ^^^ members/unknown
new Far().on();
new Far().off();
          ^^^ members/unknown
class Mixed { fire() {} }
interface Mixed { go(): void }
Object.assign(Mixed.prototype, { go() {} });
new Mixed().go();
`,
    { 'far.ts': 'export class Far { fire() {} }\nexport interface Far { on(): void }\n' },
  ],
  'values of a row, one by one and all of them': [
    'a.py',
    `
def parted(text: str) -> tuple[str, dict[str, str]]: ...
def numbers() -> tuple[int, ...]: ...
def anything() -> tuple: ...
parted("")[1].get("a")
parted("")[1].push("a")
              ^^^^ members/unknown
parted("")[0].gett("a")
              ^^^^ members/unknown
parted("")[-1].get("a")
parted("")[1:][0].get("a")
parted("")[1:].append(1)
               ^^^^^^ members/unknown
for one in parted(""):
    one.get("a")
    one.push("a")
        ^^^^ members/unknown
for number in numbers():
    number.upper()
           ^^^^^ members/unknown
numbers()[7].upper()
             ^^^^^ members/unknown
anything()[1].get("a")
for each in anything():
    each.get("a")
`,
  ],
  'a field that a base makes something else of': [
    'a.py',
    `
from shop import Page, Shelf
class Cover(Page):
    def fill(self):
        self.range = "1-2"
        self.title = "a"
        self.range.first
        self.title.lowr()
                   ^^^^ members/unknown
Cover().range.first
Shelf().range.first
`,
    {
      'shop.py': `
class Range:
    first: int
class Page:
    @property
    def range(self) -> Range: ...
    @range.setter
    def range(self, value: Range | str) -> None: ...
class Shelf(Page):
    def fill(self, text: str):
        self.range = text.strip()
`,
    },
  ],
  'results, variables and fields of other files': [
    'a.py',
    `
from shop import cart, make_cart, Shop
cart.ad(1)
     ^^ members/unknown
make_cart().add(1).ad(2)
                   ^^ members/unknown
Shop().cart.remove()
            ^^^^^^ calls/arguments
Shop().label.strip().lowr()
                     ^^^^ members/unknown
Shop().price.anything
Shop().total.strip()
`,
    {
      'shop.py': `
class Cart:
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
        return self
    def remove(self, item): ...
def make_cart():
    if cart.items:
        return cart
    return Cart()
cart = Cart()
class Shop:
    price = property(lambda self: 1)
    def __init__(self, label: str = ""):
        self.cart = Cart()
        self.label = label
        self.total = unknown()
`,
    },
  ],
  'private members of what is all there': [
    'a.py',
    `
import socket
class Reader:
    def __init__(self, stream):
        self._stream = stream
    def read(self):
        return self._strem.read()
                    ^^^^^^ members/unknown
class Server(socket.socket):
    def run(self): return self._io_ref
`,
  ],
  'a class that is told how to be restored, or that reads its own fields, gets no others': [
    'a.py',
    `
class Point:
    def __init__(self, x: int):
        self.x = x
    def __getstate__(self):
        return {key: value for key, value in self.__dict__.items()}
    def __setstate__(self, state):
        for key, value in state.items():
            setattr(self, key, value)
Point(1, 2)
         ^ calls/arguments
Point(1).real
         ^^^^ members/unknown
class Open:
    def __init__(self, **fields):
        for key, value in fields.items():
            setattr(self, key, value)
class Filled:
    def __init__(self, **fields):
        self.__dict__.update(fields)
Open().anything; Filled().anything
`,
  ],
  'what is meant to fail is so where it stands, not in all of the function': [
    'a.py',
    `
import pytest
def area(width, height): ...
def test_area():
    with pytest.raises(
        TypeError
    ):
        area(1)
    def broken():
        area(1)
    pytest.raises(TypeError, broken)
    try:
        area(1)
    except TypeError:
        pass
    area(1)  # type: ignore
    area(1)
    ^^^^ calls/arguments
`,
  ],
  'a type that is there to be extended says the least that a value is': [
    'a.py',
    `
from typing import IO
def f(stream: IO[str]):
    stream.getvalue()
    stream.reed()
           ^^^^ members/unknown
`,
  ],
  'fields of a class may be given to it by what takes the class; methods are not': [
    'a.py',
    `
from models import Entry, mapper
mapper(Entry)
Entry.published; Entry.find
Entry.serch()
      ^^^^^ members/unknown
`,
    { 'models.py': 'def mapper(c): ...\nclass Entry:\n    @classmethod\n    def search(cls): ...\n' },
  ],
  'constructors that are made from fields': [
    'a.py',
    `
from attrs import define, field, Factory
from dataclasses import dataclass
@define
class Base:
    a: int
    b: list = Factory(list)
@define
class Kid(Base):
    c: int = field(default=1)
    def size(self): return self.lenght + self.a
                                ^^^^^^ members/unknown
    def length(self): ...
Kid(1, [], 2, 3)
              ^ calls/arguments
Kid()
^^^ calls/arguments
Kid(1, d=2)
       ^ calls/arguments
@define
class Hidden:
    _a: int
    b: int = field(init=False)
Hidden(a=1)
@dataclass
class Late(Unknown):
    a: int
Late(1, 2, 3)
`,
  ],
  'slips of the hand on classes that are there to be extended': [
    'a.py',
    `
class BaseReader:
    def __init__(self): ...
    def read_all(self): return self.open_source()
    def read_line(self): return self.read_al()
                                     ^^^^^^^ members/unknown
`,
  ],
  'promises and functions with the type of their name': [
    'a.ts',
    `
type Fetch = (url: string, options?: object) => number;
class Reply { text(): string { return ''; } }
async function load() { const made = new Reply(); return made; }
const get: Fetch = (url, options) => url.length;
class Quiet extends Reply {
  text() { return super.txt() + super.text(); }
                        ^^^ members/unknown
}
class Client { send: Fetch = (url, options) => url.length; }
export async function run() {
  load().then((each) => each);
  const reply = await load();
  reply.txt();
        ^^^ members/unknown
  (await load()).text();
  get('a'); new Client().send('a');
}
`,
  ],
  'what classes promise, namespaces add, and values are asked of themselves': [
    'a.ts',
    `
import { Missing } from './missing';
enum Kind { Class, Method }
namespace Kind { export function plural(kind: Kind): string { return String(kind); } }
Kind.Methud; Kind.Method;
     ^^^^^^ members/unknown
Kind.plural(Kind.Class); Kind.plural(Kind.Class, 1);
                                                 ^ calls/arguments
class Holder<T> { value!: T; put(key: string, value: T): void {} }
class Names extends Holder<string> implements Missing {
  isOdd(): this is Odd { return false; }
  odd(): void {}
}
class Odd extends Names { extra(): void {} odd(loud?: boolean): void {} }
export function use(names: Names, other: Names, left: Pick<Names, 'put'>, ...rest: string[]) {
  names.value.trm(); names.value.trim(); names.put('a');
              ^^^ members/unknown
                                               ^^^ calls/arguments
  if (other.isOdd()) { other.extra(); other.odd(true); }
  left.put('a', 'b', 'c'); left.odd();
                     ^^^ calls/arguments
                                ^^^ members/unknown
  rest.pushh('a');
       ^^^^^ members/unknown
}
class Open { run(): void { if (this instanceof Shut) this.shut(); } }
class Shut extends Open { shut(): void {} }
`,
  ],
  'what brackets and constructions give': [
    'a.ts',
    `
const found = /a/.exec('a');
found![0].trm(); found?.[0].trim();
          ^^^ members/unknown
const table: Record<string, Date> = {};
table['a'].getTim(); table['a'].getTime();
           ^^^^^^ members/unknown
const groups = new Map<string, Date>();
groups.get(); groups.get('a'); groups.set('a');
       ^^^ calls/arguments
                                      ^^^ calls/arguments
new Map(new Map(), 1);
                   ^ calls/arguments
new Promise<void>((resolve, reject) => { resolve(); reject(1, 2); });
                                                              ^ calls/arguments
function pick(match: string | RegExp): string { return String(match); }
pick(/a/).split('a');
`,
  ],
};

const around = (files: Readonly<Record<string, string>>, folder = tree(files)): Project =>
  projectIn(syntax, folder);

describe('finds', () => {
  for (const [what, [path, marked, files = {}]] of Object.entries(cases)) {
    test(what, () => {
      const { text, marks } = readMarks(marked);
      const folder = tree({ ...files, [path]: text });
      const { findings } = checkFile(syntax, join(folder, path), text, around({}, folder));
      expect(
        asMarks(
          text,
          findings.filter(({ check }) => judged.has(check)),
        ),
      ).toEqual(marks);
    });
  }
});

test('A member that is being typed is not told as long as it can become one', () => {
  const at = (text: string): string[] => {
    const file = syntax.parse('python', text)!;
    const subject = { ...subjectOf(syntax, 'a.py', file, around({})), typedAt: text.length };
    const { findings } = runChecks(run, subject, {});
    file.release();
    return findings.map(({ check }) => check);
  };
  expect(at('names = ["b"]\nnames.app')).toEqual([]);
  expect(at('names = ["b"]\nnames.appq')).toEqual(['members/unknown']);
});
