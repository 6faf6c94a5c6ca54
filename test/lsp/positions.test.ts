// Positions in three encodings, against a slow and obvious conversion; and content changes as the client makes them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyEdits } from '../../server/core/span.ts';
import { createDocuments } from '../../server/input/documents.ts';
import {
  type Encoding,
  editOf,
  negotiate,
  offsetAt,
  positionAt,
  rangeOf,
  smallestEdit,
  spanOf,
} from '../../server/lsp/positions.ts';
import { ClientDocuments } from '../kit/client-documents.ts';

const encodings: readonly Encoding[] = ['utf-8', 'utf-16', 'utf-32'];
const document = (text: string): TextDocument => TextDocument.create('file:///a', 'x', 1, text);

/** Texts with everything that conversions stumble over: astral characters, all line breaks, lone surrogates. */
const text = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          'a',
          'x = 1',
          ' ',
          '\t',
          'é',
          'ß',
          '漢',
          '🎉',
          '👩‍👩‍👧',
          '\u{10ffff}',
          '\u0301',
        ),
      },
      { weight: 2, arbitrary: fc.constantFrom('\n', '\r\n', '\r') },
      { weight: 1, arbitrary: fc.constantFrom('\ud83c', '\udf89', '\0', '\u2028') },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const units: Readonly<Record<Encoding, (line: string) => number>> = {
  'utf-8': (line) => Buffer.byteLength(line),
  'utf-16': (line) => line.length,
  'utf-32': (line) => [...line].length,
};

/** Offsets at which a position exists: not inside of a line break, not inside of a character. */
const boundaries = (value: string): number[] =>
  Array.from({ length: value.length + 1 }, (_, offset) => offset).filter((offset) => {
    const pair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(value.slice(offset - 1, offset + 1));
    return !pair && value.slice(offset - 1, offset + 1) !== '\r\n';
  });

describe('negotiation', () => {
  it('takes what the client lists first, among those it knows', () => {
    expect(negotiate(['utf-32', 'utf-8', 'utf-16'])).toBe('utf-32');
    expect(negotiate(['utf-7', 'utf-8'])).toBe('utf-8');
    expect(negotiate([])).toBe('utf-16');
    expect(negotiate(undefined)).toBe('utf-16');
  });
});

describe.each(encodings)('%s', (encoding) => {
  it('counts a position as the obvious way does', () => {
    fc.assert(
      fc.property(text, (value) => {
        for (const offset of boundaries(value)) {
          const lines = value.slice(0, offset).split(/\r\n|\r|\n/);
          expect(positionAt(document(value), offset, encoding)).toEqual({
            line: lines.length - 1,
            character: units[encoding](lines.at(-1)!),
          });
        }
      }),
    );
  });

  it('leads from offset to position and back', () => {
    fc.assert(
      fc.property(text, (value) => {
        const present = document(value);
        for (const offset of boundaries(value)) {
          expect(offsetAt(present, positionAt(present, offset, encoding), encoding)).toBe(offset);
        }
      }),
    );
  });

  it('takes any position to an offset inside of the text, which never lies behind the line it names', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: -2, max: 50 }),
        fc.integer({ min: -2, max: 200 }),
        (value, line, character) => {
          const offset = offsetAt(document(value), { line, character }, encoding);
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(value.length);
          const lines = value.split(/\r\n|\r|\n/);
          if (line >= 0 && line < lines.length) {
            expect(document(value).positionAt(offset).line).toBe(line);
            if (character >= units[encoding](lines[line]!)) {
              expect(value.slice(offset)).toMatch(/^(?:\r|\n|$)/);
            }
          }
        },
      ),
    );
  });

  it('turns a backward range around', () => {
    const present = document('a🎉b\nc');
    const { start, end } = rangeOf(present, { start: 1, end: 5 }, encoding);
    expect(spanOf(present, { start: end, end: start }, encoding)).toEqual({ start: 1, end: 5 });
  });

  it('keeps the same text as the client through changes made one after another', () => {
    // A lone `\r` is left out here: whether it ends a line can change when a `\n` is typed behind it.
    const tame = text.map((value) => value.replace(/\r(?!\n)/g, '').replace(/[\ud800-\udfff]/gu, ''));
    const place = fc.record({ line: fc.nat(8), character: fc.nat(12) });
    const change = fc.oneof(
      fc.record({ range: fc.record({ start: place, end: place }), text: tame }),
      fc.record({ text: tame }),
    );
    fc.assert(
      fc.property(tame, fc.array(change, { maxLength: 5 }), (value, changes) => {
        const client = new ClientDocuments(encoding);
        client.open('file:///a', 'x', value);
        const documents = createDocuments();
        documents.open({ uri: 'file:///a', path: '/a', languageId: 'x', version: 1, text: value });
        for (const [index, one] of changes.entries()) {
          const present = documents.text('file:///a')!;
          // As an editor would: forward, and between characters that there are.
          const sent =
            'range' in one
              ? { ...one, range: rangeOf(present, spanOf(present, one.range, encoding), encoding) }
              : one;
          client.change('file:///a', [sent]);
          documents.change('file:///a', index + 2, [(before) => editOf(before, sent, encoding)]);
        }
        expect(documents.get('file:///a')!.text).toBe(client.text('file:///a'));
      }),
    );
  });
});

describe('a position inside of a character', () => {
  it('means its beginning', () => {
    expect(offsetAt(document('a🎉b'), { line: 0, character: 3 }, 'utf-8')).toBe(1);
    expect(offsetAt(document('a🎉b'), { line: 0, character: 5 }, 'utf-8')).toBe(3);
  });
});

describe('a whole text as a change', () => {
  it('becomes the smallest edit that leads to it, between characters', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = smallestEdit(before, after);
        expect(applyEdits(before, [edit])).toBe(after);
        for (const offset of [edit.span.start, edit.span.end]) expect(boundaries(before)).toContain(offset);
      }),
    );
    expect(smallestEdit('a\r\nb', 'a\nb')).toEqual({ span: { start: 1, end: 3 }, newText: '\n' });
    expect(smallestEdit('one two', 'one 2 two')).toEqual({ span: { start: 4, end: 4 }, newText: '2 ' });
  });
});
