// Of a candidate only what it adds counts, and it is judged more strictly than a file as it stands.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { checkCandidate, loadSyntax } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript');
});

/** Puts `text` in the place of `[[…]]` in `around`. */
function candidate(path: string, around: string, text: string): string[] {
  const start = around.indexOf('[[');
  const end = around.indexOf(']]') - 2;
  const before = around.replace('[[', '').replace(']]', '');
  const edit: Edit = { span: { start, end }, newText: text };
  expect(applyEdits(before, [edit])).toContain(text);
  return checkCandidate(syntax, path, before, edit).findings.map(
    ({ check, message }) => `${check}: ${message}`,
  );
}

describe('what was wrong before', () => {
  test('is not the candidate’s', () => {
    expect(candidate('a.py', 'gone()\n\ndef f(a):\n    [[pass]]\n\nlost()\n', 'return a')).toEqual([]);
  });

  test('is the candidate’s where it writes it once more', () => {
    expect(candidate('a.py', 'gone()\n\ndef f(a):\n    [[pass]]\n', 'return gone(a)')).toEqual([
      'names/unresolved: `gone` is not defined',
    ]);
  });

  test('a file that did not parse does not speak against it', () => {
    expect(
      candidate('a.ts', 'export const x = = 1;\nexport function f(a: number) {[[]]}\n', ' return a; '),
    ).toEqual([]);
    expect(
      candidate('a.py', 'def broken(:\n    pass\n\n\ndef f(a):\n    [[pass]]\n', 'return a + 1'),
    ).toEqual([]);
  });

  test('but a further error does', () => {
    expect(
      candidate('a.ts', 'export const x = = 1;\nexport function f(a: number) {[[]]}\n', ' return a + + ; '),
    ).toEqual([expect.stringMatching(/^syntax\/error/)]);
  });
});

test('what a candidate breaks elsewhere is its own', () => {
  expect(candidate('a.py', '[[import os]]\nprint(os.sep)\n', 'import sys')).toEqual([
    expect.stringMatching(/^names\/unresolved: `os` is not defined/),
  ]);
});

describe('code that was asked for and not written', () => {
  test.each([
    ['a.py', 'def f(a):\n    """Double."""\n    [[pass]]\n', 'pass  # later'],
    ['a.py', 'def f(a):\n    """Double."""\n    [[pass]]\n', '...  # later'],
    ['a.py', 'def f(a):\n    [[raise NotImplementedError]]\n', 'raise NotImplementedError()'],
    ['a.py', 'class A:\n    def f(self):\n        [[pass]]\n', 'raise NotImplementedError'],
    ['a.ts', 'export function f() {[[]]}\n', '\n  throw new Error("Not implemented");\n'],
    ['a.ts', 'export function f() {[[]]}\n', '\n  // Your code goes here\n'],
  ])('%s %j: %j', (path, around, text) => {
    expect(candidate(path, around, text)).toContain('incomplete/placeholder: `f` has no implementation yet');
  });

  test('is fine where nothing is to be written', () => {
    expect(candidate('a.py', '[[x = 1]]\n', 'class MyError(Exception):\n    pass\n')).toEqual([]);
    expect(
      candidate(
        'a.py',
        '[[x = 1]]\n',
        'def run(f):\n    try:\n        f()\n    except OSError:\n        pass\n',
      ),
    ).toEqual([]);
    expect(
      candidate(
        'a.py',
        '[[x = 1]]\n',
        'class A:\n    def f(self):\n        raise NotImplementedError\n\n\nclass B(A):\n    def f(self):\n        return 1\n',
      ),
    ).toEqual([]);
    expect(
      candidate(
        'a.py',
        'class R(Protocol):\n    [[x = 1]]\n\nfrom typing import Protocol\n',
        'def read(self): ...',
      ),
    ).toEqual([]);
  });
});

describe('code that was left out', () => {
  test.each([
    ['a.py', 'def f(a):\n    [[pass]]\n', 'b = a\n    # ... rest of the code\n    return b'],
    ['a.py', 'def f(a):\n    [[pass]]\n', 'b = a\n    ...\n    return b'],
    ['a.ts', 'export class A {[[]]}\n', '\n  // ...\n  m() { return 1; }\n'],
    ['a.ts', 'export class A {[[]]}\n', '\n  // add your code here\n  m() { return 1; }\n'],
  ])('%s: %j: %j', (path, around, text) => {
    expect(candidate(path, around, text)).toEqual([expect.stringMatching(/^incomplete\/elision/)]);
  });

  test('a remark that stood there before is not new', () => {
    expect(candidate('a.py', '# ... existing code ...\ndef f(a):\n    [[pass]]\n', 'return a')).toEqual([]);
  });
});
