// What stands in real repositories and looks like a fault: nothing is said of it, and still of what is one beside it.
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, projectIn, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript', 'tsx', 'javascript', 'rust', 'java', 'css', 'bash');
});

type Case = readonly [path: string, marked: string, files?: Readonly<Record<string, string>>];

const cases: Record<string, Case> = {
  'a value of a type without fields has its methods': [
    'src/lib.rs',
    `
pub trait Flag {
    fn update(&self, value: i32, limit: &mut i32) -> i32;
}
pub struct Hidden;
impl Flag for Hidden {
    fn update(&self, value: i32, limit: &mut i32) -> i32 { value + *limit }
}
pub fn run(limit: &mut i32) -> i32 {
    Hidden.update(1, limit)
}
`,
  ],
  'conditions of the build within a macro are no names': [
    'src/lib.rs',
    `
pub fn specs() -> Vec<&'static str> {
    vec![
        #[cfg(unix)]
        "path:fg:magenta",
        other,
        ^^^^^ names/unresolved
    ]
}
`,
  ],
  'an enumeration in one function is not the object of its name in another': [
    'a.ts',
    `
declare function test(name: string, run: () => void): void;
test("object", () => {
  const Fruits: { Apple: "apple" } = { Apple: "apple" };
  Fruits.Apple;
  Fruits.Pear;
         ^^^^ members/unknown
});
test("enumeration", () => {
  enum Fruits { Cantaloupe = 0 }
  Fruits.Cantaloupe;
  Fruits.Apple;
         ^^^^^ members/unknown
});
`,
  ],
  'a comment between a decorator and what it decorates may stand anywhere': [
    'a.py',
    `
class Child:
    @property
# type: ignore
    def name(self) -> str:
        return "x"
`,
  ],
  'a constructor that is replaced takes what the other one takes': [
    'a.py',
    `
import dataclasses
@dataclasses.dataclass
class Kept:
    a: str
def check():
    @dataclasses.dataclass
    class Replaced:
        a: str
    def __init__(self, *args, **kwargs):
        pass
    Replaced.__init__ = __init__
    return Replaced(aAlias="x"), Kept(aAlias="x")
                                      ^^^^^^ calls/arguments
`,
  ],
  'the first parameter of what a class only holds is no instance': [
    'a.py',
    `
class Model:
    def close(self):
        self.opened()
             ^^^^^^ members/unknown
    class Config:
        def extra(schema, model):
            schema.pop("properties")
`,
  ],
  'a function that takes and gives anything gives not what it takes': [
    'a.py',
    `
import typing
from typing import Any
class Kept:
    x = 1
def loaded(of: Any) -> Any:
    return of
def parsed(of: typing.Any) -> typing.Any:
    return of
loaded(Kept()).model_dump()
parsed(Kept()).model_dump()
Kept().model_dump()
       ^^^^^^^^^^ members/unknown
`,
  ],
  'a module of a package is meant before what a wildcard brings along': [
    'shop/fields.py',
    `
from . import types
def check(a: types.Strict, b: types.Wrong):
                                    ^^^^^ members/unknown
    return a, b
`,
    {
      'shop/__init__.py': 'from .main import *\n',
      'shop/main.py': "import types\n__all__ = 'Model', 'types'\nclass Model: ...\n",
      'shop/types.py': 'class Strict: ...\n',
    },
  ],
  'a package is meant where a file of its name asks for it': [
    'shop/redis.py',
    'import redis\nimport items\nredis.Redis(items)\n',
    {
      'shop/__init__.py': '',
      'shop/items.py': '',
      'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["redis"]\n',
    },
  ],
  'members that other files give to an object or a module, and methods that a test replaces': [
    'tests/test_shop.py',
    `
from shop.state import Worker, load
from shop import state
worker = Worker()
worker.consumer.cancel()
worker.late.cancel()
print(worker.pol, end="")
             ^^^ members/unknown
worker.consumr.cancel()
       ^^^^^^^ members/unknown
state.loader_before(load)
def test_replaced(mocker):
    worker.start = mocker.Mock()
    worker.start(1, 2)
    mocker.stop = worker
    worker.stop(1, 2)
                   ^ calls/arguments
`,
    {
      'shop/__init__.py': '',
      'shop/state.py': `
class Worker:
    def __init__(self):
        self.pool = None
    def start(self): ...
    def stop(self, now): ...
def load(): ...
`,
      'shop/parts.py': `
from . import state
def build(worker):
    c = worker.consumer = object()
    setattr(worker, "late", c)
    state.loader_before = state.load
`,
    },
  ],
  'a field of a class that is written to as a whole may be anything': [
    'a.py',
    `
class Chain:
    observers = ()
    def __init__(self, maps):
        self.__dict__.update(observers=[], maps=maps)
    def bind(self, callback):
        self.observers.append(callback)
class Kept:
    observers = ()
    def bind(self, callback):
        self.observers.appendix(callback)
                       ^^^^^^^^ members/unknown
`,
  ],
  'what is private to a module of the language itself need not be known': [
    'a.py',
    `
from pprint import _recursion, nothing
                               ^^^^^^^ imports/unknown-export
_recursion(nothing)
`,
  ],
  'a class that is made from a template as the project is built': [
    'src/main/java/shop/Shop.java',
    `
package shop;
class Shop { String version() { return Version.TEXT + Verson.TEXT; } }
                                                      ^^^^^^ names/unresolved
`,
    { 'src/main/java/shop/Version.java.in': '' },
  ],
  'what a class of the language itself offers to who imports all of it': [
    'src/main/java/shop/Numbers.java',
    `
package shop;
import static java.lang.Double.*;
class Numbers { double read(String text) { return parseDouble(text) + SIZE + parseDuble(text); } }
                                                                             ^^^^^^^^^^ names/unresolved
`,
  ],
  'a raw string in a macro of brackets': [
    'src/lib.rs',
    'pub fn text() -> String {\n    str![[r#"\n--help\n"#]]\n}\n',
  ],
  'what lies beside a file of a package is there when the file is run': [
    'docs/tutorial/main.py',
    'import items\nitems.app\n',
    {
      'docs/tutorial/__init__.py': '',
      'docs/tutorial/items.py': 'app = 1\n',
      'pyproject.toml': '[project]\nname = "docs"\n',
    },
  ],
  'a path of the site itself leads nowhere else, and an index is no text': [
    'a.js',
    `
const express = require("express");
const app = express();
app.get("/x/:id", function (req, res) {
  res.redirect("/user/" + req.params.id);
  res.redirect(\`https://shop.example/user/\${req.params.id}\`);
  res.redirect("/" + req.params.id);
  ^^^^^^^^^^^^ security/cwe-601
});
app.get("/users/:from", function (req, res) {
  const names = ["a", "b"];
  res.send("users " + names.slice(req.params.from, 3).join(", "));
  res.send("users " + req.params.from.slice(1));
  ^^^^^^^^ security/cwe-79
});
`,
    { 'package.json': '{"dependencies": {"express": "4"}}' },
  ],
  'a closing tag that is searched for filters nothing': [
    'a.py',
    `
import re
def body(page):
    return page[re.search(r"</style>\\n\\n", page).end():]
def clean(page):
    return re.sub(r"<script>.*</script>", "", page)
           ^^^^^^ security/cwe-116
`,
  ],
  'a base that cannot be seen may have the name of one that adds nothing': [
    'a.py',
    `
import typing
from twisted.internet.protocol import Protocol
class Reader(Protocol):
    def __init__(self, whole):
        self.whole = whole
    def close(self):
        self.transport.close()
class Other(typing.Generic[typing.AnyStr]):
    def __init__(self, whole):
        self.whole = whole
    def close(self):
        self.transport.close()
             ^^^^^^^^^ members/unknown
`,
    { 'requirements.txt': 'twisted\n' },
  ],
  'a sentence that goes on in a comment leaves nothing out': [
    'a.py',
    `
def run(job):
    # ... encapsulating the original error ...
    # ... the original code ...
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ incomplete/elision
    return job()
`,
  ],
  'what another checker is told to leave alone': [
    'a.py',
    `
def update(a):
    return a
update(key=1)  # pylint: disable=unexpected-keyword-arg
update(a=1, key=1)  # pylint: disable=line-too-long
            ^^^ calls/arguments
`,
  ],
  'a default export by another name, among others': [
    'a.js',
    `
import made, { default as same, other, wrong } from './made.js';
                                       ^^^^^ imports/unknown-export
made(same, other, wrong);
`,
    {
      'made.js': "export { make as default, default as other } from './make.js';\n",
      'make.js': 'export const make = () => 1;\nconst none = 2;\nexport { none as default };\n',
    },
  ],
  'a name that is put on the object of all globals somewhere': [
    'a.js',
    `
import { page } from './page.js';
getRequest(page).then(show);
                      ^^^^ names/unresolved
`,
    {
      'page.js': 'export const page = 1;\n',
      'test/helpers.js': 'import ajax from "ajax";\nwindow.getRequest = (path) => ajax(path);\n',
    },
  ],
  'the type of a module as an argument of a call': [
    'a.ts',
    `
declare function load<T>(): Promise<T>;
export const run = async () => {
  const shop = await load<typeof import('./shop')>();
  return shop;
};
`,
    { 'shop.ts': 'export const a = 1;\n' },
  ],
  'what is left open within a test': [
    'src/lib.rs',
    `
pub fn price() -> u32 {
    todo!()
    ^^^^^^^ incomplete/placeholder
}
#[cfg(test)]
mod tests {
    fn never_called() -> u32 {
        todo!()
    }
}
`,
  ],
  'modules that a site generator makes': [
    'src/pages/index.js',
    `
import Layout from "@theme/Layout";
import Link from "@docusaurus/Link";
import Lnk from "@docusaurus/Lnk";
                 ^^^^^^^^^^^^^^^ imports/unknown-package
export default () => [Layout, Link, Lnk];
`,
    { 'package.json': '{"dependencies": {"@docusaurus/core": "3"}}' },
  ],
  'marks and words that only mean something outside of tags': [
    'a.tsx',
    `
export const Terms = ({ image }: { image: string }) => (
  <a href="/terms?a=1&utm=2" title={image}>
    Terms & Conditions <img src={image} class="wide" alt="" />
  </a>
);
`,
    { 'package.json': '{}' },
  ],
  'a file that only declares offers all that it declares': [
    'a.ts',
    `
import type { Marked, Unmarked, Missing } from './types';
                                ^^^^^^^ imports/unknown-export
export type All = [Marked, Unmarked, Missing];
`,
    { 'types.d.ts': 'export interface Marked {}\ninterface Unmarked {}\n' },
  ],
  'what takes a value of a type that may be nothing': [
    'a.ts',
    `
function withResolvers<T>() {
  let resolve: (value: T | PromiseLike<T>) => void;
  let settle: (value: string) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: resolve!, settle: settle! };
}
const { resolve } = withResolvers<void>();
resolve();
`,
  ],
  'names that a tool of the project imports': [
    'server/api.ts',
    `
export default defineEventHandler(() => {
  const settings = useRuntimeConfig();
  return settigns;
         ^^^^^^^^ names/unresolved
});
`,
    { 'package.json': '{"devDependencies": {"nuxt": "4"}}' },
  ],
  'a function type as the argument of a type': [
    'a.ts',
    'declare function is<T>(value: unknown): T;\nexport const a = is<<Code extends number>(code: Code) => Code>(1);\n',
  ],
  'what stands behind a condition is no text between tags': [
    'a.js',
    `
export const both = (a, b) => a && b) + 1;
                                    ^ syntax/error
`,
  ],
  'rules of a tool that extends CSS': ['a.css', '@source "../ui/*.js";\n\nbutton {\n  cursor: pointer;\n}\n'],
  'what the workspace adds to a type of the language': [
    'a.ts',
    `
export const all = [new Date().iso(), ['a'].second(), 'a'.shout()];
export const key = new Map<string, number>().first();
                                             ^^^^^ members/unknown
export const day = new Date().getDay(), month = new Date().getMonht();
                                                           ^^^^^^^^ members/unknown
`,
    {
      'globals.d.ts': 'interface Array<T> {\n  second(): T | undefined;\n}\n',
      'dates.ts': 'export {};\ndeclare global {\n  interface Date {\n    iso(): string;\n  }\n}\n',
      'other.ts': 'export interface Other {\n  first(): string;\n}\n',
      'line.ts': 'export {};\ndeclare global { interface String { shout(): string } }\n',
    },
  ],
  'what is put on prototypes of the language, by the workspace or by what tests are written with': [
    'a.js',
    `
'a'.red.length;
[1].last();
[1].lost();
    ^^^^ members/unknown
[1].length.should.equal(1);
`,
    {
      'b.js':
        "Array.prototype.last = function () {};\nObject.defineProperty(String.prototype, 'red', { get() {} });\n",
    },
  ],
  'a field whose type is not known holds more than what its class puts there': [
    'a.ts',
    `
import type { Flags } from 'some-package';
export class Socket {
  private flags: Flags = {};
  private own = { a: 1 };
  late(): boolean {
    this.flags = {};
    return this.flags.late === this.own.b;
                                        ^ members/unknown
  }
}
`,
    { 'package.json': '{"dependencies": {"some-package": "1"}}' },
  ],
  'a value that shares its name with a namespace of types': [
    'a.ts',
    `
import { webcrypto as crypto } from 'node:crypto';
export const digest = crypto.subtle.digest('SHA-256', new Uint8Array());
`,
  ],
  'a module that is a value has what the type of that extends': [
    'a.ts',
    `
import process from 'node:process';
import cluster from 'node:cluster';
import path from 'node:path';
process.on('exit', () => cluster.on('message', () => path.jion('a')));
                                                          ^^^^ members/unknown
`,
  ],
  'fields without a value that a computed one follows': [
    'a.js',
    'export class Request {\n  #abort\n\n  [Symbol.iterator] = null\n  reason\n  ["x"] = 1\n}\n',
  ],
  'a template that is no code yet': ['a.js', 'export const {$ doc.name $} = {$ doc.value | json $};\n'],
  'parameters of a function type that are named as types are': [
    'a.ts',
    'export declare const hook: { inject: (any) => void; other: (name, string) => number };\n',
  ],
  'what a test says by types that must not be allowed, and types that are asked of a call': [
    'a.ts',
    `
declare function expectError(value: unknown): void;
declare function expectType<T>(): void;
declare function one(value: number): void;
type List<T> = T[];
expectError(one());
expectType<List<import('./a.js').Other<number>>>();
one();
^^^ calls/arguments
export type Other<T> = T;
`,
  ],
  'members that mocks have': [
    'a.test.ts',
    `
interface Handler {
  (name: string): void;
}
export function calls(handler: Handler): number {
  return handler.mock.calls.length + handler.lost;
                                             ^^^^ members/unknown
}
`,
  ],
  'types that a package gives to all files which is not installed': [
    'a.ts',
    'export type Context = { store: KVNamespace };\n',
    { 'package.json': '{"devDependencies": {"@cloudflare/workers-types": "4"}}' },
  ],
  'types that a framework makes of a route': ['a.ts', "export type { Route } from './+types/a';\n"],
  'alternatives at the beginning of a command': ['a.sh', '{{,us-}ascii,greek{,8}}\n'],
};

for (const [what, [path, marked, files = {}]] of Object.entries(cases)) {
  test(what, () => {
    const { text, marks } = readMarks(marked);
    const folder = tree({ ...files, [path]: text });
    const project = projectIn(syntax, folder);
    expect(asMarks(text, checkFile(syntax, join(folder, path), text, project).findings)).toEqual(marks);
  });
}
