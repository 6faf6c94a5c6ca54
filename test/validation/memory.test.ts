// Which places are looked at again after an edit.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import type { Subject } from '../../server/validation/check.ts';
import { createMemory, lookAt, restOnMore } from '../../server/validation/memory.ts';
import { loadSyntax, subjectOf } from './kit.ts';

const text = `LIMIT = 3


def first(a):
    return a + LIMIT


class Cart:
    label: str = ""

    def second(self):
        self.names = []
        self.names.sort()
        return self.names

    def third(self, other):
        local = 1
        other.names.sort()
        return first(local)


def shown():
    return Cart().second()
`;

/** Places by what is asked there. */
const places = {
  limit: 'a + LIMIT',
  names: 'self.names.sort',
  others: 'other.names.sort',
  local: 'first(local)',
  made: 'Cart().second',
};
const all = Object.keys(places);

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python');
});

/** A document with what is remembered of it. */
function opened() {
  const memory = createMemory();
  let now = text;
  let file: ParsedFile | undefined;
  const subject = (): Subject => ({ ...subjectOf(syntax, 'shop.py', file!), memory });
  const look = (suspected: readonly string[], searched?: RegExp): string[] => {
    const looking = lookAt(subject(), 'topic');
    const found = Object.entries(places).filter(([name, place]) => {
      const start = now.indexOf(place);
      if (looking.isQuiet({ start, end: start + place.length })) return false;
      if (suspected.includes(name)) looking.suspect();
      return true;
    });
    if (searched) looking.finds(searched);
    looking.end();
    return found.map(([name]) => name);
  };
  return {
    /** @returns the places that are looked at in the text with one part replaced, `suspected` ones more closely. */
    looked(from = '', to = '', suspected: readonly string[] = [], searched?: RegExp): string[] {
      const start = now.indexOf(from);
      const edit = { span: { start, end: start + from.length }, newText: to };
      now = applyEdits(now, [edit]);
      file = syntax.parse('python', now, file && { file, edits: [edit] })!;
      return look(suspected, searched);
    },
    lookedAgain: () => look([]),
    restOnMore: () => restOnMore(subject()),
  };
}

test('all is looked at once', () => {
  const document = opened();
  expect(document.looked()).toEqual(all);
  expect(document.lookedAgain()).toEqual([]);
  expect(document.looked()).toEqual([]);
});

describe('what an edit puts in doubt is looked at again', () => {
  test.each([
    ['a comment: nothing', 'class Cart', '# Things.\nclass Cart', []],
    ['a name that nobody has', 'LIMIT = 3', 'LIMIT = 3\ntotal = 1', []],
    ['a local name', 'local = 1', 'local = 2', ['local']],
    ['a result, by the line that gives it', 'return a +', 'return  a +', ['limit', 'local']],
    ['a name of the file, and results that rest on it', 'LIMIT = 3', 'LIMIT = 3.5', ['limit', 'local']],
    ['a signature', 'def first(a)', 'def first(a, b=1)', ['limit', 'local']],
    ['a parameter', 'self, other)', 'self, other: int)', ['others']],
    ['a member', 'self.names = []', 'self.names = {}', ['names', 'others', 'made']],
    ['what a class extends', 'class Cart:', 'class Cart(dict):', ['names', 'others', 'local', 'made']],
    ['what a class is made from', 'label: str', 'label: int', ['names', 'others', 'local', 'made']],
    ['names that nobody sees', 'LIMIT = 3', 'LIMIT = 3\nfrom os import *', all],
  ])('%s', (_, from, to, expected) => {
    const document = opened();
    document.looked();
    expect(document.looked(from, to)).toEqual(expected);
    expect(document.looked()).toEqual([]);
  });
});

test('a place with something to be seen is looked at after each edit, as long as that is so', () => {
  const document = opened();
  document.looked('', '', ['made']);
  expect(document.looked('local = 1', 'local = 2', ['made'])).toEqual(['local', 'made']);
  expect(document.looked('local = 2', 'local = 3')).toEqual(['local', 'made']);
  expect(document.looked('local = 3', 'local = 4')).toEqual(['local']);
});

test('what was quiet while less was known is looked at when more is', () => {
  const document = opened();
  document.looked('local = 1', 'local = setattr(self, a, 1)');
  expect(document.looked('self.names = []', 'self.names = {}')).toEqual(['names', 'others', 'made']);
  expect(document.looked('setattr(self, a, 1)', '1')).toEqual(all);
});

test('nothing is looked at again for a class of which less is known than before', () => {
  const document = opened();
  document.looked();
  expect(document.looked('local = 1', 'local = setattr(self, a, 1)')).toEqual(['local']);
  expect(document.looked('setattr(self, a, 1)', '1')).toEqual(['local']);
});

test('all is looked at again where what was looked for in the text is found no more', () => {
  const document = opened();
  document.looked('', '', [], /Things/);
  expect(document.looked('class Cart', '# Things.\nclass Cart', [], /Things/)).toEqual(all);
  expect(document.looked('LIMIT = 3', 'LIMIT = 3  ', [], /Things/)).not.toContain('made');
});

test('nothing is remembered of what rests on what is not followed', () => {
  const document = opened();
  document.looked();
  document.restOnMore();
  expect(document.looked()).toEqual(all);
  expect(document.looked()).toEqual([]);
});
