// Tokens of any text, and the text of tokens: nothing is lost but what blank lines consist of and how lines break.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLexer, pieceOf, spaced, textOf } from '../../../server/development/models/embedded/lexer.ts';
import { createVocabulary, kinds } from '../../../server/development/models/embedded/vocabulary.ts';

function pieces(text: string): string[] {
  const vocabulary = createVocabulary();
  const { tokens } = createLexer(vocabulary).lex(text);
  return [...tokens].map((token) => (spaced(token) ? '·' : '') + vocabulary.text(pieceOf(token)));
}

test('words, numbers and operators are tokens; one space belongs to the token after it', () => {
  expect(pieces('if (x1 != 0x1F) y->z = "né";')).toEqual([
    'if', '·(', 'x1', '·!=', '·0x1F', ')', '·y', '->', 'z', '·=', '·"', 'né', '"', ';',
  ]); // biome-ignore format: a list
});

test('a line break says how the indentation changes, at any depth the same', () => {
  expect(pieces('a:\n    b\n    c\nd')).toEqual(['a', ':', '\n+    ', 'b', '\n', 'c', '\n-4', 'd']);
  expect(pieces('\ta:\n\t    b\n  c')).toEqual(['\t', 'a', ':', '\n+    ', 'b', '\n=  ', 'c']);
  expect(pieces('a\n\n\n  \nb')).toEqual(['a', '\n\n', 'b']);
});

test('CRLF reads as LF does, and comes out as the document has it', () => {
  expect(pieces('a {\r\n\tb\r\n}\r\n')).toEqual(pieces('a {\n\tb\n}\n'));
  const vocabulary = createVocabulary();
  const { tokens } = createLexer(vocabulary).lex('a {\n  b\n\nc');
  expect(textOf(vocabulary, [...tokens], { indentation: '\t', lineBreak: '\r\n' })).toBe(
    'a {\r\n\t  b\r\n\r\n\tc',
  );
});

test('astral characters are never cut, however long a word is', () => {
  const word = '𝒳'.repeat(500);
  expect(pieces(word).join('')).toBe(word);
  for (const piece of pieces(word)) expect(/\p{Surrogate}/u.test(piece)).toBe(false);
});

test('any text comes back from its tokens', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '\n',
      '\r\n',
      '\n\n',
      '\t',
      ' ',
      '  ',
      '    ',
      '(',
      '=>',
      'foo',
      'bar_1',
      '42',
      '🦀',
      'é',
      '\u2028',
    ),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const text = `x${parts.join('')}x`;
      const vocabulary = createVocabulary();
      const { tokens } = createLexer(vocabulary).lex(text);
      const back = textOf(vocabulary, [...tokens], { indentation: '', lineBreak: '\n' });
      // A line that is blank in the source keeps neither its spaces nor its neighbours that are blank, too.
      const expected = text.replace(/\r\n?/g, '\n').replace(/\n(?:[ \t\f\v\u00a0\ufeff\u3000]*\n)+/g, '\n\n');
      expect(back).toBe(expected);
    }),
  );
});

test('the beginning of a text has the same tokens, up to the one that is being typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const vocabulary = createVocabulary();
      const lexer = createLexer(vocabulary);
      const { tokens } = lexer.lex(text);
      const { tokens: fewer } = lexer.lex(text, 0, text.length - 1);
      expect([...fewer].slice(0, -1)).toEqual([...tokens].slice(0, Math.max(0, fewer.length - 1)));
      for (const token of tokens) expect(vocabulary.kind(pieceOf(token))).not.toBe(kinds.boundary);
    }),
  );
});

test('words of a beginning are found however many were added since the last question', () => {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const beginning = (prefix: string) => vocabulary.startingWith(prefix).map((id) => vocabulary.text(id));
  lexer.lex('parse print path pa 1part');
  expect(beginning('pa')).toEqual(['parse', 'path']);
  lexer.lex(Array.from({ length: 5_000 }, (_, at) => `other${at}`).join(' '));
  lexer.lex('parser café caféine');
  expect(beginning('par')).toEqual(['parse', 'parser']);
  expect(beginning('café')).toEqual(['café', 'caféine']);
  expect(beginning('other499')).toHaveLength(11);
});
