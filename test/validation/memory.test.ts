// Which functions are looked at again after an edit.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import type { Subject } from '../../server/validation/check.ts';
import { createMemory, groundsOf, lookAt } from '../../server/validation/memory.ts';
import { loadSyntax, subjectOf } from './kit.ts';

const text = `LIMIT = 3


def first(a):
    return a + LIMIT


class Cart:
    def second(self):
        self.names = []
        return self.names

    def third(self):
        local = 1
        return first(local)
`;

/** Something that stands in each function, and outside of them all. */
const marks = { outside: 'LIMIT = 3', first: 'a + ', second: 'self.names', third: 'first(local)' };

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
  return {
    /** Looks at the text with one part replaced, and at what is not quiet more closely where it is `suspected`. */
    looked(
      from = '',
      to = '',
      { suspected = [], rests = [] }: { suspected?: string[]; rests?: (readonly [string, string])[] } = {},
    ): string[] {
      const start = now.indexOf(from);
      const edit = { span: { start, end: start + from.length }, newText: to };
      now = applyEdits(now, [edit]);
      file = syntax.parse('python', now, file && { file, edits: [edit] })!;
      const look = lookAt(subject(), 'topic');
      const found = Object.entries(marks).flatMap(([name, mark]) => {
        if (look.isQuiet(now.indexOf(mark))) return [];
        if (suspected.includes(name)) look.suspect();
        for (const [one, other] of rests)
          if (one === name) groundsOf(subject()).restOn(now.indexOf(marks[other as 'first']));
        return [name];
      });
      look.end();
      return found;
    },
    restOnMore: () => groundsOf(subject()).restOnMore(),
  };
}

const all = Object.keys(marks);

describe('a function is looked at again', () => {
  test('at first, and where it was edited', () => {
    const document = opened();
    expect(document.looked()).toEqual(all);
    expect(document.looked()).toEqual([]);
    expect(document.looked('local = 1', 'local = 2')).toEqual(['third']);
    expect(document.looked('return self.names', 'return len(self.names)')).toEqual(['second']);
  });

  test('where something was to be seen before', () => {
    const document = opened();
    document.looked('', '', { suspected: ['first'] });
    expect(document.looked('local = 1', 'local = 2', { suspected: ['first'] })).toEqual(['first', 'third']);
    expect(document.looked('local = 2', 'local = 3')).toEqual(['first', 'third']);
    expect(document.looked('local = 3', 'local = 4')).toEqual(['third']);
  });

  test('only where something was to be seen, if nothing else was', () => {
    const path = 'shop.py';
    const memory = createMemory();
    const file = syntax.parse('python', text)!;
    const looked = (): number[] => {
      const look = lookAt({ ...subjectOf(syntax, path, file), memory }, 'topic');
      const places = [...text.matchAll(/self\.names/g)].map(({ index }) => index);
      const seen = places.filter((place) => !look.isQuiet(place));
      if (seen.includes(places[1]!) && !look.isQuiet(places[1]!)) look.suspect();
      look.end();
      return seen.map((place) => places.indexOf(place));
    };
    expect(looked()).toEqual([0, 1]);
    expect(looked()).toEqual([1]);
    file.release();
  });

  test('everywhere, where what was looked for in all of the text is found no more', () => {
    const memory = createMemory();
    const searched = /local/;
    let now = text;
    const looked = (): boolean => {
      const file = syntax.parse('python', now)!;
      const look = lookAt({ ...subjectOf(syntax, 'shop.py', file), memory }, 'topic');
      const isQuiet = look.isQuiet(now.indexOf('a + '));
      look.finds(searched);
      look.end();
      file.release();
      return !isQuiet;
    };
    expect([looked(), looked()]).toEqual([true, false]);
    now = now.replaceAll('local', 'other');
    expect([looked(), looked()]).toEqual([true, false]);
  });

  test.each([
    ['outside of functions', 'LIMIT = 3', 'LIMIT = 3.5'],
    ['of a signature', 'def first(a)', 'def first(a, b=1)'],
    ['of what a class has', 'self.names = []', 'self.names: list = []'],
    ['of what a class may get', 'local = 1', 'setattr(self, LIMIT, 1)'],
    ['of what a function imports', 'local = 1', 'import os'],
  ])('after an edit %s', (_, from, to) => {
    const document = opened();
    document.looked();
    expect(document.looked(from, to)).toEqual(all);
  });

  test('where it rests on a function that was edited', () => {
    const document = opened();
    document.looked('', '', { rests: [['third', 'first']] });
    expect(document.looked('self.names\n', 'self.names + []\n')).toEqual(['second']);
    expect(document.looked('a + LIMIT', 'a + 2')).toEqual(all);
  });

  test('where it rests on what is not followed', () => {
    const document = opened();
    document.looked();
    document.restOnMore();
    expect(document.looked()).toEqual(all);
    expect(document.looked()).toEqual([]);
  });
});

test('what is known of a text is known again when an edit is taken back', () => {
  const document = opened();
  document.looked();
  expect(document.looked('LIMIT = 3', 'LIMIT = 3  +')).toEqual(all);
  expect(document.looked('LIMIT = 3  +', 'LIMIT = 3')).toEqual([]);
});
