// What `syntax/error` finds that a grammar lets pass, what it leaves alone, and what it says of candidates.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { runChecks } from '../../server/validation/index.ts';
import { asMarks, checkCandidate, checkFile, loadSyntax, readMarks, run, subjectOf } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python');
});

const only = 'syntax/error';
const marksIn = (text: string): string[] =>
  asMarks(text, checkFile(syntax, 'a.py', text).findings).filter((mark) => mark.endsWith(` ${only}`));

const wrong: Record<string, string> = {
  'a line indented further than its block': `
def total(prices):
    amount = 0
      amount += 1
      ^^^^^^^^^^^ syntax/error
    return amount
`,
  'a run of such lines is told once': `
def total(prices):
    amount = 0
      amount += 1
      ^^^^^^^^^^^ syntax/error
      amount += 2
    return amount
`,
  'a line that opens a block as no statement does, where the parser is lost': `
def nearest(tree, left, right):
    depth = 0

    undefinedAncestor(a, b):
    ^^^^^^^^^^^^^^^^^^^^^^^^ syntax/error
        if a > b:
            return a
        return b

    return depth
`,
  'a line that goes back to no block': `
if ready:
        start()
    stop()
    ^^^^^^ syntax/error
done()
`,
  'a line that a block must follow': `
def total(prices):
^^^^^^^^^^^^^^^^^^ syntax/error
return sum(prices)
`,
  'a block of nothing but a comment': `
if ready:
^^^^^^^^^ syntax/error
    # later
done()
`,
  'tabs and spaces whose depth depends on the width of a tab': `
if ready:
        start()
\tstop()
 ^^^^^^ syntax/error
`,
  'what stands outside of what it belongs to': `
class Shop:
    return 1
    ^^^^^^^^ syntax/error
    break
    ^^^^^ syntax/error

def f():
    await g()
    ^^^^^^^^^ syntax/error
    for x in []:
        pass
    else:
        continue
        ^^^^^^^^ syntax/error
`,
  'Python 2': `
print "hello"
^^^^^^^^^^^^^ syntax/error
assert 1 <> 2
         ^^ syntax/error
mode = 0755
       ^^^^ syntax/error
`,
  'parameters and arguments in the wrong order, or twice': `
def f(a=1, b): pass
           ^ syntax/error
def g(a, a): pass
         ^ syntax/error
f(a=1, 2)
       ^ syntax/error
f(a=1, a=2)
       ^ syntax/error
`,
  'a try without a handler': `
try:
    f()
    ^^^ syntax/error
g()
`,
};

describe('is found in Python', () => {
  for (const [name, marked] of Object.entries(wrong)) {
    test(name, () => {
      const { text, marks } = readMarks(marked);
      expect(marksIn(text)).toEqual(marks);
    });
  }

  test('a line with a colon that begins nothing', () => {
    expect(marksIn('def f(items):\n    items[0]:\n        x = 1\n')).toHaveLength(1);
  });

  test('two statements on one line', () => {
    expect(marksIn('def f():\n    return return 1\n')).toEqual(['2:12  syntax/error']);
  });

  test('where a colon is missing, at the line that shows it, however much the parser is lost', () => {
    const head = 'import os\n\n\nclass A:\n    x = 1\n\n\n';
    const text = `${head}class B:\n    def f(self, a) -> int\n        b = a + 1\n        for c in range(b):\n            b += c\n        return b\n`;
    expect(marksIn(text)[0]).toMatch(/^(9|10):/);
  });

  test('a bracket that nobody closed, before lines that are fine', () => {
    expect(
      marksIn(
        'x = 1\n\n\ndef f(a):\n    b = [a, 1\n    c = 2\n    return b, c\n\n\ndef g():\n    return 1\n',
      )[0],
    ).toMatch(/^5:9 \[/);
  });
});

const fine: Record<string, string> = {
  'lines joined by brackets, strings and marks': `x = [
  1,
      2,
]
y = """
   text
 """
z = 1 + \\
        2
def f(a,
  b):
    return f"""
{a:>{
b}}
"""
`,
  'comments at any depth, blank lines, a form feed': `def f():
# at the margin
    x = 1
            # deep

  \t
    return x
\f
def g(): pass
`,
  'tabs alone, and tabs where spaces are elsewhere': 'if a:\n\tb()\n\tif c:\n\t\td()\nif e:\n    f()\n',
  'one line blocks, semicolons, colons that open nothing': `class E(Exception): pass
if a: b(); c()
d = {1: 2}[1]
e = d[1:]
f: int = 3
g = lambda: 0
`,
  'keywords after a star': 'def f(a=1, *, b, c=2, d: int): pass\nf(*a, b, c=1, *d, **e)\n',
  'stars and walruses where they may be':
    'a, *b = c\nd = *a, 1\nif (n := 1): pass\nf(n := 2)\nprint(*a, sep="")\nx[*a]\n',
  'a second stream in the old form, which is an expression': 'print >>stream, x\nprint (a), b\nprint -1\n',
  'loops in functions in loops': `async def f():
    for a in b:
        def g():
            for c in d:
                if e:
                    break
            yield
        await g()
        continue
    return [h async for h in i]
`,
  'the newest forms': `type Pair[T] = tuple[T, T]
def first[T](a: list[T]) -> T: return a[0]
match a:
    case {"b": [c, *d]} if d: pass
    case _: pass
with (open(a) as b, open(c) as d): pass
try: pass
except* E: pass
`,
};

describe('is left alone in Python', () => {
  for (const [name, text] of Object.entries(fine)) test(name, () => expect(marksIn(text)).toEqual([]));
});

describe('of a candidate', () => {
  const added = (before: string, newText: string): string[] => {
    const at = before.indexOf('$0');
    const edit = { span: { start: at, end: at }, newText };
    const { after, findings } = checkCandidate(syntax, 'a.py', before.replace('$0', ''), edit);
    return asMarks(after, findings).filter((mark) => mark.endsWith(` ${only}`));
  };

  test('a line to be continued is fine', () => {
    expect(added('def f(a):\n    $0\n\n\ndef g():\n    pass\n', 'if a:')).toEqual([]);
    expect(added('def f(a):\n    $0\n    return a\n', 'for b in a:\n        if b:')).toEqual([]);
    expect(added('def f(a):\n    $0\n', 'try:\n        g(a)')).toEqual([]);
  });

  test('a block that was opened and left is not', () => {
    expect(added('def f(a):\n    $0\n', 'if a:\n    return 1')).toEqual(['2:5 if a: syntax/error']);
  });

  test('its own indentation counts', () => {
    expect(added('def f(a):\n    b = a\n$0    return b\n', '      c = b\n')).toEqual([
      '3:7 c = b syntax/error',
    ]);
  });

  test('what was wrong elsewhere does not', () => {
    const before = 'print "old"\nif a:\n  b()\n c()\n\n\ndef f(a):\n    $0\n';
    expect(added(before, 'return a')).toEqual([]);
    expect(added(`${before}\n\ndef g(:\n    pass\n`, 'return a')).toEqual([]);
  });
});

test('a line whose block is about to be written is not marked in the editor', () => {
  const of = (text: string): number => {
    const file = syntax.parse('python', text)!;
    const subject = { ...subjectOf(syntax, 'a.py', file), spans: [{ start: 0, end: text.length }] };
    const { findings } = runChecks(run, subject, {});
    file.release();
    return findings.filter(({ check }) => check === only).length;
  };
  expect(of('def f(a):\n    if a:\n        \n    return a\n')).toBe(0);
  expect(of('def f(a):\n    if a:')).toBe(0);
  expect(of('def f(a):\n    if a:\n    return a\n')).toBe(1);
});

describe('valid text that the grammar of TypeScript cannot read is no error', () => {
  beforeAll(() => syntax.load('typescript'));
  const sound: Record<string, string> = {
    'call signatures that no semicolon ends': `
interface Get<E extends Env> {
  <Key extends keyof E['Variables']>(key: Key): E['Variables'][Key]

  // without a name of the environment's
  <
    Key extends keyof Known,
  >(key: Key): Known[Key]
}
`,
    'a member whose name is a word of the language': `
class Plain {
  abstract = false;
}
interface Other {
  abstract: boolean;
}
`,
    'a template that will be TypeScript': `
import { <%= name %>Module } from './module.js';
export const made = create<%= name %>(<%= name %>Module);
`,
  };
  test.each(Object.entries(sound))('%s', (_, text) => {
    const { findings } = checkFile(syntax, 'a.ts', text);
    expect(findings.filter(({ check }) => check === only)).toEqual([]);
  });
});
