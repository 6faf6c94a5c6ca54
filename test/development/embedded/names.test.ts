// Names that nothing speaks for at a place but that are likely to be meant: what was just introduced, what is used below,
// what is written like another name, and what can be made after a place like this one.
import { describe, expect, test } from 'vitest';
import { createDeriver } from '../../../server/development/models/embedded/derive.ts';
import { createDocumentIndex } from '../../../server/development/models/embedded/document-index.ts';
import { createLexer, pieceOf } from '../../../server/development/models/embedded/lexer.ts';
import { pointersOf } from '../../../server/development/models/embedded/pointers.ts';
import { partsOf } from '../../../server/development/models/embedded/traits.ts';
import { variantsOf } from '../../../server/development/models/embedded/variants.ts';
import { createVocabulary, kinds } from '../../../server/development/models/embedded/vocabulary.ts';

function learn(text: string) {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  return { vocabulary, lexer, tokens: lexer.lex(text).tokens };
}

describe('names that are pointed at', () => {
  const pointed = (marked: string) => {
    const [before, after] = marked.split('$0') as [string, string];
    const { vocabulary, lexer } = learn('');
    const document = createDocumentIndex();
    document.update(lexer.lex(after).tokens, lexer.lex(before).tokens, { classes: new Uint8Array(0) });
    const { fresh, ahead } = pointersOf(vocabulary, document);
    const textsOf = (pieces: readonly number[]) => pieces.map((piece) => vocabulary.text(piece));
    return { fresh: textsOf(fresh), ahead: textsOf(ahead) };
  };

  test('were introduced above and not used yet, the nearest first', () => {
    expect(pointed('size = 3\nname = size\nchanged = name\nif $0').fresh).toEqual(['changed']);
    expect(pointed('first = 1\nsecond = 2\nuse($0').fresh).toEqual(['use', 'second', 'first']);
  });

  test('are used below although nothing above has them', () => {
    expect(pointed('def f(text):\n    $0\n    return words(text, limit)\n').ahead).toEqual([
      'return',
      'words',
      'limit',
    ]);
  });
});

describe('other ways to write a name', () => {
  const variants = (name: string, ...known: string[]) => {
    const { vocabulary } = learn(known.join(' '));
    return variantsOf(vocabulary, vocabulary.add(name, kinds.word)).map((piece) => vocabulary.text(piece));
  };

  test('are those that some file has', () => {
    expect(variants('rowCount', 'RowCount', 'row_count', 'ROW_COUNT', 'rows')).toEqual([
      'RowCount',
      'row_count',
      'ROW_COUNT',
    ]);
    expect(variants('items', 'item', 'Item')).toContain('item');
    expect(variants('children', 'parents')).toEqual([]);
  });
});

describe('what is made after a place like this one', () => {
  /** What follows `there` is made into what follows `here`, which has as many tokens. */
  const made = (there: string, here: string): string | undefined => {
    const { vocabulary, lexer, tokens } = learn(there);
    const context = lexer.lex(here).tokens.slice().reverse();
    const token = createDeriver(vocabulary).derive(tokens, context.length, context.length, context);
    return token === -1 ? undefined : vocabulary.text(pieceOf(token));
  };

  test('is a name of another name', () => {
    expect(made('left = get_left', 'right =')).toBe('get_right');
    expect(made('left = getLeft', 'right =')).toBe('getRight');
    expect(made('left = MAX_LEFT', 'right =')).toBe('MAX_RIGHT');
  });

  test('is the next number', () => {
    expect(made('add line09', 'add')).toBe('line10');
    expect(made('add 41', 'add')).toBe('42');
  });

  test('is nothing where neither is there', () => {
    expect(made('left = other', 'right =')).toBeUndefined();
  });
});

test('a name has the same words in any letters', () => {
  const names = [
    'parseHTTPRequests_now',
    'x1Y2',
    'ABC',
    'aB',
    '__init__',
    '$el',
    'toURL',
    'v2beta',
    'HTTPServer2',
    '',
  ];
  for (const name of names) {
    const words = partsOf(name);
    // One letter beside it that is not of ASCII, and all is read the other way.
    expect(partsOf(`${name}_é`)).toEqual([...words, 'é']);
  }
  expect(partsOf('parseHTTPRequests_now')).toEqual(['parse', 'http', 'requests', 'now']);
});
