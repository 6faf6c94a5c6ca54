// names/unresolved where a file does not show all that its names can mean: packages of files, wildcards, base classes,
// crates, macros. Every case is a small tree on disk, seen through the real project.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { checkFile, loadSyntax, projectIn } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('go', 'java', 'rust');
});

const check = 'names/unresolved';

function findingsIn(files: Readonly<Record<string, string>>, name: string) {
  const folder = tree(files);
  const around = projectIn(syntax, folder);
  const text = files[name]!;
  const { findings } = checkFile(syntax, join(folder, name), text, around);
  return findings.filter((one) => one.check === check);
}

/** Names that are flagged in the first of the files. */
const unresolved = (files: Readonly<Record<string, string>>): string[] => {
  const name = Object.keys(files)[0]!;
  return findingsIn(files, name).map(({ span }) => files[name]!.slice(span.start, span.end));
};

/** The first file after the first fix of its only finding. */
function fixed(files: Readonly<Record<string, string>>): string {
  const name = Object.keys(files)[0]!;
  const [finding, ...others] = findingsIn(files, name);
  expect(others).toEqual([]);
  return applyEdits(files[name]!, finding!.fixes[0]!.edits[0]!.edits);
}

const mod = { 'go.mod': 'module example.org/m\n' };
const cargo = { 'Cargo.toml': '[package]\nname = "m"\n[dependencies]\nserde-json = "1"\n' };
const go = (code: string): string => `package m\n\n${code}\n`;

describe('Go', () => {
  const user = go('func f() int { return helper() + Limit + missing }');

  test('sees what other files of the package declare', () => {
    const other = go('const (\n\tLimit, Least = 1, 2\n)\n\nfunc helper() int { return 1 }');
    expect(unresolved({ 'a.go': user, 'b.go': other, ...mod })).toEqual(['missing']);
  });

  test('does not see another package in the same folder', () => {
    const other = 'package m_test\n\nconst Limit = 1\n\nfunc helper() int { return 1 }\n';
    expect(unresolved({ 'a.go': user, 'b_test.go': other, ...mod })).toEqual(['helper', 'Limit', 'missing']);
  });

  test('is silent where a file of the package cannot be read, or is to be generated', () => {
    expect(unresolved({ 'a.go': user, 'b.go': go(''), '.gitignore': 'b.go\n', ...mod })).toEqual([]);
    expect(unresolved({ 'a.go': user, 'b.go': go('//go:generate stringer'), ...mod })).toEqual([]);
  });

  test('does not take a package whose name its path hides for unknown', () => {
    const text = go('import "example.org/x/go-thing.v2"\n\nfunc f() { other.Do(); thng() }');
    expect(unresolved({ 'a.go': text, ...mod })).toEqual(['thng']);
  });

  test('looks through a dot import of the workspace, and not through others', () => {
    const text = (path: string): string => go(`import . "${path}"\n\nfunc f() { Run(); Walk() }`);
    const other = 'package b\n\nfunc Run() {}\n';
    expect(unresolved({ 'a.go': text('example.org/m/b'), 'b/b.go': other, ...mod })).toEqual(['Walk']);
    expect(unresolved({ 'a.go': text('example.org/other'), ...mod })).toEqual([]);
  });

  test('type parameters, receivers, labels, keys and shadowed names are no findings', () => {
    const text = go(`type L[K comparable, V any] struct{ next *L[K, V] }

func (l *L[A, B]) Get(a A) (out B, err error) {
loop:
	for i, v := range []int{1} {
		switch w := any(v).(type) {
		case int:
			_ = L[int, B]{next: nil}
			_, _ = w, i
			continue loop
		}
	}
	return
}`);
    expect(unresolved({ 'a.go': text, ...mod })).toEqual([]);
  });

  test('a standard package is imported, in the group where there is one', () => {
    const text = go('import (\n\t"fmt"\n)\n\nfunc f() { fmt.Println(strings.ToUpper("a")) }');
    expect(fixed({ 'a.go': text, ...mod })).toContain('import (\n\t"fmt"\n\t"strings"\n)\n');
    const bare = go('func f() { os.Exit(1) }');
    expect(fixed({ 'a.go': bare, ...mod })).toBe('package m\n\nimport "os"\n\nfunc f() { os.Exit(1) }\n');
  });
});

describe('Java', () => {
  const a = (body: string, head = ''): string => `package p;\n\n${head}\nclass A ${body}\n`;

  test('sees classes of its package, in every source folder', () => {
    const files = {
      'src/main/java/p/A.java': a('{ B b; C c; D d; String s; }'),
      'src/main/java/p/B.java': 'package p;\nclass B {}\nclass C {}\n',
      'src/test/java/p/D.java': 'package p;\nclass D {}\n',
      'src/main/java/q/E.java': 'package q;\npublic class E {}\n',
    };
    expect(unresolved(files)).toEqual([]);
    expect(unresolved({ ...files, 'src/main/java/p/A.java': a('{ E e; }') })).toEqual(['E']);
  });

  test('sees what base classes hand down, as far as all of them are known', () => {
    const files = {
      'p/A.java': a('extends B { int m() { return count + helper() + total + size(); } Inner i; }'),
      'p/B.java': 'package p;\nclass B extends q.C implements Runnable { int count; class Inner {} }\n',
      'q/C.java':
        'package q;\npublic class C extends java.util.ArrayList<String> { int helper() { return 1; } }\n',
    };
    expect(unresolved(files)).toEqual(['total']);
    expect(
      unresolved({ ...files, 'q/C.java': 'package q;\npublic class C extends other.Thing {}\n' }),
    ).toEqual([]);
  });

  test('follows wildcards into the standard library and the workspace, and is silent behind others', () => {
    const body = '{ List<Q> q; Lisst<Q> r; int m() { return max(1, 2) + mux(1); } }';
    const known = 'import java.util.*;\nimport q.*;\nimport static java.lang.Math.*;\n';
    const other = { 'q/Q.java': 'package q;\npublic class Q {}\n' };
    expect(unresolved({ 'p/A.java': a(body, known), ...other })).toEqual(['Lisst', 'mux']);
    expect(unresolved({ 'p/A.java': a(body, `${known}import z.*;\n`), ...other })).toEqual(['mux']);
    expect(unresolved({ 'p/A.java': a(body, `${known}import static z.Y.*;\n`), ...other })).toEqual([]);
  });

  test('packages, labels, members, anonymous classes and annotations are told apart', () => {
    const text = a(`{
  @Override public String toString() { return java.util.Objects.toString(com.x.y.Z.of(this).b.c); }
  Object o = new Thread() { public void run() { setName("a"); unknwon(); } };
  void m(Object x) { out: for (;;) { break out; } if (x instanceof String s) s.length(); hashCode(); }
  @Missing int field;
}`);
    expect(unresolved({ 'p/A.java': text })).toEqual(['unknwon', 'Missing']);
  });

  test('is silent on types where the build generates classes, and on members that a plug-in writes', () => {
    const text = a('{ ThingGenerated t; void m() { lost(); } }');
    expect(unresolved({ 'p/A.java': text, 'pom.xml': '<annotationProcessorPaths/>' })).toEqual(['lost']);
    expect(
      unresolved({ 'p/A.java': a('{ void m() { log.info(); } }', 'import lombok.extern.slf4j.Slf4j;') }),
    ).toEqual([]);
  });

  test('a standard class is imported', () => {
    expect(fixed({ 'p/A.java': 'package p;\n\nclass A { ArrayList<String> a; }\n' })).toBe(
      'package p;\n\nimport java.util.ArrayList;\n\nclass A { ArrayList<String> a; }\n',
    );
  });
});

describe('Rust', () => {
  test('names of the prelude, of declarations and of patterns are bound', () => {
    const text = `struct P<T> { x: T }
impl<T: Clone> P<T> {
    fn get<'a>(&'a self) -> Option<T> where T: Into<String> {
        let P { x } = self;
        if let Some(y) | Ok(y) = Some(x) { return Some(y.clone()); }
        'l: loop { break 'l; }
        match x { ref z if true => Some(z.clone()), None => Noen, _ => missing(|a, (b, _)| a + b) }
    }
}
`;
    expect(unresolved({ 'src/lib.rs': text, ...cargo })).toEqual(['Noen', 'missing']);
  });

  test('wildcards are followed in the crate, and nothing is said behind others', () => {
    const files = {
      'src/lib.rs': 'mod shapes;\nuse shapes::*;\nfn f() { area(); depth(); Red; }\n',
      'src/shapes.rs': 'pub use Color::*;\npub fn area() {}\npub enum Color { Red }\n',
      ...cargo,
    };
    expect(unresolved(files)).toEqual(['depth']);
    const outside = 'pub use serde_json::*;\npub fn area() {}\npub enum Color { Red }\n';
    expect(unresolved({ ...files, 'src/shapes.rs': outside })).toEqual([]);
  });

  test('a test module sees what is around it', () => {
    const text =
      'fn area() {}\n#[cfg(test)]\nmod tests {\n    use super::*;\n    #[test]\n    fn t() { area(); aera(); }\n}\n';
    expect(unresolved({ 'src/lib.rs': text, ...cargo })).toEqual(['aera']);
  });

  test('paths begin with crates that the manifest names', () => {
    const text = 'fn f() { serde_json::to_string(&1); std::mem::drop(1); other::g(); }\n';
    expect(unresolved({ 'src/lib.rs': text, ...cargo })).toEqual(['other']);
    expect(unresolved({ 'src/lib.rs': text })).toEqual([]);
  });

  test('arguments of well-known macros are expressions, those of others may be anything', () => {
    const text = `fn f(a: u8) {
    println!("{} {x}", a.b, x = 1);
    assert_eq!(vec![a, missing], S { field: 1 }.field);
    custom!(anything at all);
}
struct S { field: u8 }
`;
    expect(unresolved({ 'src/lib.rs': text, ...cargo })).toEqual(['missing']);
  });

  test('macros of the file that make items show their names; others make the file opaque', () => {
    const own = 'macro_rules! make { () => { fn made() {} } }\nmake!();\nfn f() { made(); lost(); }\n';
    expect(unresolved({ 'src/lib.rs': own, ...cargo })).toEqual(['lost']);
    expect(unresolved({ 'src/lib.rs': 'make!();\nfn f() { made(); lost(); }\n', ...cargo })).toEqual([]);
  });

  test('a standard type is imported', () => {
    const text = 'fn f() { HashMap::<u8, u8>::new(); }\n';
    expect(fixed({ 'src/lib.rs': text, ...cargo })).toBe(`use std::collections::HashMap;\n${text}`);
  });
});
