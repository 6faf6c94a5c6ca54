// Which names a file binds, which it uses, and what a place sees.
import { beforeAll, describe, expect, test } from 'vitest';
import { createSyntax, type Syntax } from '../../../server/input/syntax/index.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: (_, message) => expect.unreachable(message) });
  for (const id of ['python', 'javascript', 'typescript', 'tsx']) expect(await syntax.load(id)).toBe(true);
});

/** Names that the file does not bind, without builtins; `?` behind the doubtful ones. */
function unresolved(id: string, text: string): string {
  const builtins = new Set(syntax.languages.find((language) => language.id === id)!.builtins);
  const file = syntax.parse(id, text)!;
  const names = file.facts.unresolved
    .filter(({ name }) => !builtins.has(name))
    .map(({ name, doubtful }) => name + (doubtful ? '?' : ''));
  file.release();
  return names.join(' ');
}

const visible = (id: string, marked: string): string[] => {
  const file = syntax.parse(id, marked.replace('$0', ''))!;
  const names = file.visibleNames(marked.indexOf('$0')).map(({ name }) => name);
  file.release();
  return names;
};

describe('Python', () => {
  const cases: readonly [what: string, code: string, missing: string][] = [
    [
      'a class keeps its names from its methods',
      'class A:\n    x = 1\n    y = x\n    def m(self): return x',
      'x',
    ],
    [
      'and from classes inside of it, whose bases it shows',
      'class A:\n    B = int\n    class C(B):\n        d = B',
      'B',
    ],
    [
      'annotations and defaults belong to the class',
      'class A:\n    T = int\n    def m(self, x: T = T()) -> T: ...',
      '',
    ],
    ['a comprehension keeps its variable', '[i for i in range(3)]\ni', 'i'],
    ['and first runs over what is outside', 'class A:\n    xs = []\n    ys = [x for x in xs]', ''],
    ['but sees no class names inside', 'class A:\n    xs = []\n    ys = [xs for x in xs]', 'xs'],
    ['a walrus binds outside of the comprehension', 'any((hit := n) for n in [1])\nhit', ''],
    ['global binds in the module', 'def f():\n    global g\n    g = 1\ng', ''],
    [
      'nonlocal needs no binding of its own',
      'def f():\n    n = 1\n    def h():\n        nonlocal n\n        n = 2',
      '',
    ],
    ['a dotted import binds its first name', 'import a.b\na\nb', 'b'],
    ['an alias binds instead', 'import a.b as c\nfrom d import e as f\na, c, d, e, f', 'a d e'],
    [
      'targets of every kind',
      'with open("") as (a, b): pass\nfor c, (d, *e) in []: pass\n(f, [g]), h = 1, 2\na, b, c, d, e, f, g, h',
      '',
    ],
    ['except binds its name', 'try: pass\nexcept (A, B) as error: error', 'A B'],
    [
      'patterns bind names and look up classes',
      'match x:\n    case K(a, b=c) | [d, *e] | {"k": f, **g}: a, c, d, e, f, g\n    case m.N as h: h',
      'x K m',
    ],
    [
      'type parameters',
      'class A[T](list[T]):\n    def m(self, x: T) -> T: return x\ndef f[U: int](u: U) -> U: return u\ntype L[V] = list[V]\nT, U, V, L',
      'T U V',
    ],
    [
      'type parameters without a bound',
      'def f[T](x: T) -> T:\n    y: T = x\n    return y\nclass A[V]:\n    def m[U](self, f: dict[V, U]) -> U: return f\nU',
      'U',
    ],
    ['a lambda has parameters', 'key = lambda a, *b, c=1, **d: (a, b, c, d)', ''],
    ['members and keywords are no names', 'f = dict(key=1)\nf.member.other', ''],
    ['the parts of a formatted string are code', 'f"{found!r:{width}} {{no}}"', 'found width'],
    ['names in other strings are not', 'x: "Later" = "{text}"', ''],
    [
      'what is tested for may be missing',
      'try:\n    unicode\nexcept NameError:\n    unicode2 = str\nif "extra" in globals(): extra',
      'unicode? extra?',
    ],
    ['decorators', '@deco(arg)\ndef f(): pass', 'deco arg'],
  ];
  test.each(cases)('%s', (_, code, missing) => expect(unresolved('python', code)).toBe(missing));

  test.each(['from m import *', 'exec(code)', 'globals()["x"] = 1', 'globals().update(x=1)', 'print "old"'])(
    'can bind names unseen: %s',
    (code) => expect(syntax.parse('python', code)!.facts.opaque).toBe(true),
  );

  test('what a place sees, innermost first, without what comes later', () => {
    const names = visible('python', 'import os\ndef f(a):\n    b = 1\n    $0\n    c = 2\nclass K: pass\n');
    expect(names.slice(0, 2).sort()).toEqual(['a', 'b']);
    expect(names).toEqual(expect.arrayContaining(['os', 'f', 'K']));
    expect(names).not.toContain('c');
  });

  test('an indented blank line after a function is still inside of it', () => {
    expect(visible('python', 'def f(a):\n    b = 1\n    $0')).toContain('b');
    expect(visible('python', 'def f(a):\n    b = 1\n\n$0')).not.toContain('b');
  });
});

describe('JavaScript', () => {
  const cases: readonly [what: string, code: string, missing: string][] = [
    ['var leaves blocks, let does not', 'function f() { if (1) { var a; let b; } a; b; }', 'b'],
    ['var leaves no function', 'function f() { var a; } a;', 'a'],
    ['functions are known before they are written', 'f(); function f() {}', ''],
    ['parameters and patterns', 'function f(a, { b, c: d = a }, [e], ...g) { a, b, d, e, g; c; }', 'c'],
    ['a named function knows itself', 'const f = function g() { g(); }; g();', 'g'],
    [
      'catch, loops and labels',
      'try {} catch ({ message }) { message; }\nfor (const [k] of m) { out: for (;;) { k; break out; } }',
      'm',
    ],
    ['classes', 'class A extends B { #p = q; static s() { return new A(); } [k]() {} }', 'B q k'],
    [
      'imports and exports',
      'import a, { b as c } from "m"; import * as n from "o"; a, b, c, n; export { x as y }; export { z } from "p";',
      'b x',
    ],
    ['shorthand properties are uses, keys are not', 'const o = { a, b: c }; o.d;', 'a c'],
    ['elements: components are names', 'const e = <Panel a={b}><div/></Panel>;', 'Panel b'],
    [
      'typeof asks for a name that may be missing',
      'if (typeof maybe !== "undefined") maybe();',
      'maybe? maybe?',
    ],
    ['so does a look at the global object', 'window.plugin && plugin();', 'plugin?'],
    ['a comment can declare names', '/* global a, b:writable */\na; b; c;', 'c'],
    ['an assignment binds in a script', 'x = 1; x;', ''],
    ['but not in a module', 'export {}; x = 1; x;', 'x x'],
    ['arguments, this and new.target', 'function f() { return [arguments, this, new.target]; }', ''],
  ];
  test.each(cases)('%s', (_, code, missing) => expect(unresolved('javascript', code)).toBe(missing));

  test('a script shares its names, a module does not', () => {
    expect(syntax.parse('javascript', 'var a;')!.facts.script).toBe(true);
    expect(syntax.parse('javascript', 'var a = require("b");')!.facts.script).toBe(false);
    expect(syntax.parse('javascript', 'export const a = 1;')!.facts.script).toBe(false);
  });

  test.each(['with (o) {}', 'eval(text)', '/* eslint-disable no-undef */'])(
    'can bind names unseen: %s',
    (code) => expect(syntax.parse('javascript', code)!.facts.opaque).toBe(true),
  );
});

describe.each(['typescript', 'tsx'])('%s', (id) => {
  const cases: readonly [what: string, code: string, missing: string][] = [
    ['types are no values', 'interface A {} type B = A; let c: B; A; B;', 'A B'],
    [
      'classes, enums and imports are both',
      'import { I } from "m"; class C {} enum E { X, Y = X } let a: [C, E, I]; C; E; I;',
      '',
    ],
    [
      'type parameters',
      'function f<T extends U>(a: T): T { return a; }\nclass C<V> { a: V }\ntype M<K> = { [P in keyof K]: P };',
      'U',
    ],
    [
      'infer reaches out of a function type',
      'type R<T> = T extends (a: infer A) => infer B ? [A, B] : C;',
      'C',
    ],
    [
      'namespaces see their other halves',
      'namespace N { export const a = 1; }\nnamespace N { a; b; }\na;',
      'b a',
    ],
    [
      'declare global reaches the file',
      'export {}; declare global { interface G {} var v: G; }\nlet g: G = v;',
      '',
    ],
    ['qualified names start with a name', 'let a: N.M.K;', 'N'],
    [
      'parameters in types',
      'type F = (a: A, b: typeof a) => a is B; interface I { (x: T): x is U; [key: string]: V }',
      'A B T U V',
    ],
    ['what tuples call their parts', 'type T = [first: A, second?: B, ...rest: C[]];', 'A B C'],
    ['what is exported may be a type', 'type A = 1; export { A, B };', 'B'],
    ['using binds', 'using file = open(); file.read();', ''],
    [
      'overloads and abstract members',
      'function f(a: A): void;\nfunction f(a: unknown) {}\nabstract class C { abstract m(x: C): asserts x is B; }',
      'A B',
    ],
  ];
  test.each(cases)('%s', (_, code, missing) => expect(unresolved(id, code)).toBe(missing));
});

describe('around a syntax error', () => {
  test('uses in the same scope are doubtful, others are not', () => {
    const code = 'def broken():\n    x = (\n    return missing1\n\ndef sound():\n    return missing2\n';
    expect(unresolved('python', code)).toContain('missing1?');
    expect(
      unresolved('python', 'def broken():\n    x = = 1\n    missing1\n\n\ndef sound():\n    missing2\n'),
    ).toBe('missing1? missing2');
  });

  test('a name in the broken piece may have been bound there', () => {
    expect(unresolved('python', 'from m import (a, b c)\nprint(c)\n')).not.toMatch(/\bc( |$)/);
  });
});
