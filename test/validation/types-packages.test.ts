// What is said of members and arguments in languages whose packages are made of several files.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, projectIn, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('go', 'java', 'python', 'rust');
});

const judged = new Set(['members/unknown', 'calls/arguments']);

const cases: Record<string, [path: string, marked: string, files?: Record<string, string>]> = {
  'a type and what is added to it, on its own receiver, by its name and as a value': [
    'src/lib.rs',
    `
pub struct Cart { items: Vec<u32>, total: u32 }
impl Cart {
    pub fn new(total: u32) -> Self { Self { items: Vec::new(), total } }
    pub fn checkout(&mut self, fast: bool) -> u32 {
        self.itemz.len();
             ^^^^^ members/unknown
        self.items.len() as u32 + self.total
    }
    fn length(&self) -> usize { Self::length(self); Self::new();
                                                          ^^^ calls/arguments
        self.length(3)
                    ^ calls/arguments
    }
}
impl Clone for Cart { fn clone(&self) -> Self { Cart::new(1) } }
pub enum Kind { Small, Large }
fn helper() {}
fn run(cart: &mut Cart, boxed: Box<Cart>) {
    cart.checkuot(true);
         ^^^^^^^^ members/unknown
    cart.checkout();
         ^^^^^^^^ calls/arguments
    boxed.checkout(true, 1);
                         ^ calls/arguments
    let other = Cart::new(1);
    other.clone().anything();
    other.checkout(true, 1);
                         ^ calls/arguments
    let kind = Kind::Larg;
                     ^^^^ members/unknown
    helper(1);
           ^ calls/arguments
}
fn shadow() {
    let helper = |each: u32| each;
    helper(1);
}
`,
  ],
  'what traits, other files and macros may add is left alone': [
    'src/lib.rs',
    `
mod other;
struct Reader { place: usize }
impl Reader {
    fn advance(&mut self) { self.skip(1); self.place.max(1); self.describe(); }
}
trait Describe { fn describe(&self) {} fn described(&self) { self.describes(); } }
impl Describe for Reader {}
enum Kind { Small }
impl Kind { const LARGE: u32 = 1; }
fn ignore(_: u32, (a, b): (u32, u32)) { ignore(a, (b, b)); }
fn run(kind: Kind, reader: Reader) { let _ = Kind::LARGE; let _ = Kind::default(); reader.skip(1); }
mod tests {
    fn run() {}
    fn test() { run(); }
}
`,
    { 'src/other.rs': 'impl super::Reader { fn skip(&mut self, by: usize) {} }\n' },
  ],
  'functions of the package, wherever they are declared': [
    'a.go',
    `
package shop
func total(prices []int, tax int) int { return tax }
func pair() (int, int) { return 1, 2 }
func log(format string, values ...any) {}
func use() {
	total(nil, 1)
	total(nil)
 ^^^^^ calls/arguments
	total(nil, 1, 2)
               ^ calls/arguments
	total(pair())
	log("a"); log("a", 1, 2); log()
                           ^^^ calls/arguments
	price("a")
	price("a", "b")
            ^^^ calls/arguments
}
func shadow() {
	total := func() {}
	total()
}
`,
    { 'price.go': 'package shop\nfunc price(name string) int { return 1 }\n' },
  ],
  'what the language itself gives is called as it is, and names in a block are none of those around it': [
    'a.go',
    `
package shop
type Card struct{ Number string }
type Cash struct{ Amount int }
func use(names []string, done chan int, one *Card, other any) {
	_ = len(names, 1)
                ^ calls/arguments
	_ = append(names, "a", "b"); _ = make([]string, 1, 2); close(done)
	close()
 ^^^^^ calls/arguments
	_ = uint(len(names), 2)
                      ^ calls/arguments
	clear(names, 1)
	one.Amount = 1
     ^^^^^^ members/unknown
	if one, ok := other.(*Cash); ok { one.Amount = 1 }
	for _, one := range []Cash{} { one.Amount = 2 }
}
func again(len func(int, int) int) int { return len(1, 2) }
`,
    { 'clear.go': 'package shop\nfunc clear(all []string, from int) {}\n' },
  ],
  'a variable of another file, of a type whose methods stand in several': [
    'a.go',
    `
package shop
func (s *Store) Open() {}
func use() {
	Main.Open(); Main.Close()
	Main.Lock()
      ^^^^ members/unknown
}
`,
    {
      'main.go': 'package shop\nvar Main = &Store{}\ntype Store struct{}\n',
      'close.go': 'package shop\nfunc (s *Store) Close() {}\n',
    },
  ],
  'members of a package of the workspace, and of a standard one': [
    'a.go',
    `
package main
import (
	"strings"
	"example.org/shop/store"
	other "example.org/shop/gone"
)
func main() {
	store.Open("a").Close()
	store.Opened("a")
       ^^^^^^ members/unknown
	strings.ToUpper("a")
	strings.Uppercase("a")
         ^^^^^^^^^ members/unknown
	strings.ToUpper("a", 1)
                      ^ calls/arguments
	other.Anything()
}
`,
    {
      'go.mod': 'module example.org/shop\ngo 1.22\n',
      'store/store.go':
        'package store\ntype Store struct{ Name string }\nfunc Open(name string) *Store { return nil }\n',
      'store/close.go': 'package store\nfunc (s *Store) Close() error { return nil }\n',
      'store/store_test.go': 'package store_test\nfunc Opened() {}\n',
    },
  ],
  'fields and methods of structs, with what they embed': [
    'a.go',
    `
package shop
import ("bytes"; "sync"; "example.org/unknown")
type Base struct { ID int }
func (b Base) Show() {}
type Cart struct {
	Base
	mu sync.Mutex
	items map[string]int
	next *Cart
}
type Loose struct { unknown.Thing }
func (c *Cart) Add(name string) {
	c.mu.Lock()
	c.ID, c.next.next.items = 1, nil
	c.Show()
	c.Sum()
	c.Remove("a")
   ^^^^^^ members/unknown
	c.mu.Locked()
      ^^^^^^ members/unknown
	c.Add("a", 1)
            ^ calls/arguments
	loose := Loose{}
	loose.Whatever()
	other := &Cart{next: c}
	other.next.Remove("a")
            ^^^^^^ members/unknown
	var buffer bytes.Buffer
	buffer.WriteString("a")
	buffer.Append("a")
        ^^^^^^ members/unknown
}
`,
    { 'sum.go': 'package shop\nfunc (c *Cart) Sum() int { return 1 }\n' },
  ],
  'one of several results': [
    'a.go',
    `
package shop
import "os"
func read() {
	file, err := os.Open("a")
	file.Close()
	file.Closed()
      ^^^^^^ members/unknown
	if err != nil { return }
	for _, entry := range entries(file) { entry.Anything() }
}
`,
  ],
  'what is switched over, shadowed, generic or seen by a wildcard': [
    'a.go',
    `
package shop
import "example.org/shop/all"
type T struct{}
type Box[T any] struct { value T }
type Shape interface { Area() int }
func use[T Shape](value T, shape Shape) {
	value.Area()
	switch shape := shape.(type) {
	case *T: shape.Anything()
	}
	Box[int]{}.value.Anything()
	if all := shape; all != nil { all.Area() }
	all.Anything()
	func(shape *T) { shape.Anything() }(nil)
}
`,
  ],
  'methods and constructors of classes, over all overloads': [
    'src/main/java/shop/Cart.java',
    `
package shop;
import java.util.ArrayList;
import java.util.List;
import org.unknown.Parent;
public class Cart extends Base implements Shown {
  private final List<String> names = new ArrayList<>();
  static class Line { int count; Line(int count) { this.count = count; } }
  record Price(int amount, String currency) {}
  enum Colour { RED, GREEN }
  Cart(String name) { names.add(name); }
  void add(String name) { add(name, 1); }
  void add(String name, int count) {
    names.push(name);
          ^^^^ members/unknown
    names.get(0, 1);
                 ^ calls/arguments
    name.length();
    name.size();
         ^^^^ members/unknown
    add(name, count, 3);
                     ^ calls/arguments
    show("a"); show("a", 2); show();
                             ^^^^ calls/arguments
    this.total();
    this.totals();
         ^^^^^^ members/unknown
    new Line(1).count++;
    new Line();
        ^^^^ calls/arguments
    new Price(1, "EUR").amount();
    new Price(1);
        ^^^^^ calls/arguments
    record Basket(int number, String... names) {}
    new Basket(1, "a").names();
    new Basket(1).labels();
                  ^^^^^^ members/unknown
    Colour.valueOf("RED").ordinal();
    Colour.BLUE.name();
           ^^^^ members/unknown
    new Open().anything();
    Runnable run = new Parent() { public void run() { add(1, 2, 3, 4); } };
    new Thread() { public void run() { anything(1); } };
  }
}
`,
    {
      'src/main/java/shop/Base.java':
        'package shop;\nabstract class Base {\n  int total() { return 1; }\n  void show(String what, int times) {}\n}\n',
      'src/main/java/shop/Shown.java':
        'package shop;\ninterface Shown {\n  default void show(String what) {}\n}\n',
      'src/main/java/shop/Open.java': 'package shop;\nclass Open extends org.unknown.Parent {}\n',
    },
  ],
  'classes of other packages, and of the same one in the tests': [
    'src/test/java/shop/CartTest.java',
    `
package shop;
import static shop.text.Words.upper;
import java.util.*;
import shop.text.Words;
class CartTest {
  void test() {
    Words.Word word = Words.first("a");
    word.letters();
    word.lettres();
         ^^^^^^^ members/unknown
    Words.last("a");
          ^^^^ members/unknown
    Cart.of(1, 2);
               ^ calls/arguments
    Map<String, Integer> ages = new HashMap<>();
    ages.add("a", 1);
         ^^^ members/unknown
    var other = word.letters().get(0).anything();
  }
}
`,
    {
      'src/main/java/shop/Cart.java':
        'package shop;\nclass Cart { static Cart of(int a) { return null; } }\n',
      'src/main/java/shop/text/Words.java':
        'package shop.text;\nimport java.util.List;\npublic class Words {\n  public static String upper(String a) { return a; }\n  public static Word first(String a) { return null; }\n  public static class Word { public List<Word> letters() { return null; } }\n}\n',
    },
  ],
};

describe('finds', () => {
  for (const [what, [path, marked, files]] of Object.entries(cases)) {
    test(what, () => {
      const { text, marks } = readMarks(marked);
      const folder = tree({ ...files, [path]: text });
      const project = projectIn(syntax, folder);
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

describe('names of the standard library', () => {
  const go = `package main
import ("os"; "strings"; "nosuch")
type Own struct { file os.File }
func main() {
	strings.NoSuchName("a")
	strings.ToUpper("a", 1)
	file, _ := os.Open("a")
	file.NoSuchName()
	own := Own{}
	own.file.NoSuchName()
	own.Missing()
	frob(nosuch.A)
	ownn()
}
`;
  const java = `package shop;
import java.nosuch.Thing;
class Cart {
    void run(Thing it) { "a".noSuchName(); "a".strip(1); Frobnicated.of(1); this.missing(); }
}
`;
  const python = `import sys
from json import nosuch
sys.gone
"a".missing(nosuch)
len([], 1)
frob(1)
not_there
`;
  const rust = 'use std::mem::sawp;\nfn main() { frob(sawp); }\n';
  const manifests = (version: Record<'go' | 'java' | 'python' | 'rust', string>): Record<string, string> => ({
    'go.mod': `module example.org/shop\n\ngo ${version.go}\n`,
    'pom.xml': `<project><properties><maven.compiler.release>${version.java}</maven.compiler.release></properties></project>`,
    'pyproject.toml': `[project]\nname = "shop"\nrequires-python = ">=${version.python}"\n`,
    'Cargo.toml': `[package]\nname = "shop"\nedition = "2021"\nrust-version = "${version.rust}"\n`,
  });
  const said = (path: string, text: string, files: Record<string, string>): string[] => {
    const folder = tree({ ...files, [path]: text });
    const project = projectIn(syntax, folder);
    const { findings } = checkFile(syntax, join(folder, path), text, project);
    return findings.map(({ check, span }) => `${text.slice(span.start, span.end)} ${check}`);
  };
  const known = manifests({ go: '1.25', java: '21', python: '3.9', rust: '1.80' });
  const later = manifests({ go: '99.1', java: '99', python: '99.0', rust: '99.0' });

  test.each([
    [
      'a.go',
      go,
      [
        'nosuch imports/unknown-package',
        'NoSuchName members/unknown',
        '1 calls/arguments',
        'NoSuchName members/unknown',
        'NoSuchName members/unknown',
        'Missing members/unknown',
        'frob names/unresolved',
        'ownn names/unresolved',
      ],
    ],
    [
      'a.java',
      java,
      [
        'java.nosuch imports/unknown-package',
        'noSuchName members/unknown',
        '1 calls/arguments',
        'Frobnicated names/unresolved',
        'missing members/unknown',
      ],
    ],
    [
      'a.py',
      python,
      [
        'nosuch imports/unknown-export',
        'gone members/unknown',
        'missing members/unknown',
        '1 calls/arguments',
        'frob names/unresolved',
        'not_there names/unresolved',
      ],
    ],
    ['src/main.rs', rust, ['sawp imports/unknown-export', 'frob names/unresolved']],
  ])('are told where they are missing from what the project of %s asks for', (path, text, expected) => {
    expect(said(path, text, known)).toEqual(expected);
  });

  test.each([
    ['a.go', go, ['Missing members/unknown', 'ownn names/unresolved']],
    ['a.java', java, ['missing members/unknown']],
    ['a.py', python, ['not_there names/unresolved']],
    ['src/main.rs', rust, ['frob names/unresolved']],
  ])('may be new where the project of %s asks for a later version than is known', (path, text, expected) => {
    expect(said(path, text, later)).toEqual(expected);
  });

  test.each([
    [
      'the nearest manifest that names a version has the say',
      { 'go.mod': 'module a\ngo 99.1\n', 'x/go.mod': 'module b\ngo 1.20\n' },
      true,
    ],
    [
      'one that names none leaves it to those above',
      { 'go.mod': 'module a\ngo 99.1\n', 'x/go.mod': 'module b\n' },
      false,
    ],
    ['a toolchain is asked for as well', { 'x/go.mod': 'module b\ngo 1.20\ntoolchain go99.1.2\n' }, false],
  ])('%s', (_, files, isTold) => {
    const text = 'package x\nimport "strings"\nvar a = strings.NoSuchName\n';
    expect(said('x/a.go', text, files)).toEqual(isTold ? ['NoSuchName members/unknown'] : []);
  });
});

test('every way to ask for a version is one that can be looked for', () => {
  for (const { types } of syntax.languages) {
    for (const { manifest, text } of types?.standard?.asked ?? []) {
      expect(() => [new RegExp(manifest, 'u'), new RegExp(text, 'gmu')]).not.toThrow();
    }
  }
});
