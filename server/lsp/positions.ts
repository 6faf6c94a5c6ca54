// Offsets inside, LSP positions outside: the only place that converts, in the encoding that was negotiated.
import { type Position, PositionEncodingKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit, Span } from '../core/span.ts';

export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/** What a change notification carries: the new text of a range, or of all. */
export type ContentChange = { readonly range: Range; readonly text: string } | { readonly text: string };

const known: readonly string[] = [
  PositionEncodingKind.UTF8,
  PositionEncodingKind.UTF16,
  PositionEncodingKind.UTF32,
];

/** The first that the client lists and vouch knows; UTF-16 where it lists none, as the protocol demands. */
export const negotiate = (offered: readonly string[] | undefined): Encoding =>
  (offered?.find((encoding) => known.includes(encoding)) ?? PositionEncodingKind.UTF16) as Encoding;

/** Code units that the code point takes. A lone surrogate is written as U+FFFD in UTF-8: three bytes. */
const width: Readonly<Record<Encoding, (codePoint: number) => number>> = {
  'utf-8': (code) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4),
  'utf-16': (code) => (code < 0x10000 ? 1 : 2),
  'utf-32': () => 1,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const beyondAscii = /[^\u0000-\u007f]/;

/**
 * The offset of a position. One past the end of its line means the end of the line, before the line break; a line past
 * the last means the end of the text; one inside of a character means its beginning.
 * @throws RangeError when it is no position at all.
 */
export function offsetAt(document: TextDocument, position: Position, encoding: Encoding): number {
  const { line, character } = position;
  if (!Number.isInteger(line) || !Number.isInteger(character)) throw new RangeError('not a position');
  if (encoding === 'utf-16') return document.offsetAt(position);
  const start = document.offsetAt({ line, character: 0 });
  const text = lineText(document, line, start);
  if (!beyondAscii.test(text)) return start + Math.max(0, Math.min(character, text.length));
  const size = width[encoding];
  let at = 0;
  for (let units = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    units += size(code);
    if (units > character) break;
    at += code < 0x10000 ? 1 : 2;
  }
  return start + at;
}

/** The position of an offset, which is brought inside of the text; one inside of a line break means its beginning. */
export function positionAt(document: TextDocument, offset: number, encoding: Encoding): Position {
  const position = document.positionAt(offset);
  if (encoding === 'utf-16') return position;
  const start = document.offsetAt({ line: position.line, character: 0 });
  const before = document.getText().slice(start, start + position.character);
  if (!beyondAscii.test(before)) return position;
  const size = width[encoding];
  let character = 0;
  for (const symbol of before) character += size(symbol.codePointAt(0)!);
  return { line: position.line, character };
}

export const rangeOf = (document: TextDocument, { start, end }: Span, encoding: Encoding): Range => ({
  start: positionAt(document, start, encoding),
  end: positionAt(document, end, encoding),
});

/** A range whose end lies before its start is turned around, as clients do with backward selections. */
export function spanOf(document: TextDocument, range: Range, encoding: Encoding): Span {
  const start = offsetAt(document, range.start, encoding);
  const end = offsetAt(document, range.end, encoding);
  return start <= end ? { start, end } : { start: end, end: start };
}

/** A change as an edit of the text it refers to. A new full text becomes the smallest edit that leads to it. */
export function editOf(document: TextDocument, change: ContentChange, encoding: Encoding): Edit {
  if ('range' in change) return { span: spanOf(document, change.range, encoding), newText: change.text };
  return smallestEdit(document.getText(), change.text);
}

/**
 * What differs between two texts, as one edit: clients that send whole texts still get incremental parses and
 * regions that are followed. Never begins or ends inside of a line break or a surrogate pair.
 */
export function smallestEdit(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  while (start > 0 && (splits(before, start) || splits(after, start))) start--;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  while (tail > 0 && (splits(before, before.length - tail) || splits(after, after.length - tail))) tail--;
  return { span: { start, end: before.length - tail }, newText: after.slice(start, after.length - tail) };
}

/** Whether `offset` lies inside of a `\r\n` or of a surrogate pair. */
function splits(text: string, offset: number): boolean {
  const left = text.charCodeAt(offset - 1);
  const right = text.charCodeAt(offset);
  const pair = left >= 0xd800 && left < 0xdc00 && right >= 0xdc00 && right < 0xe000;
  return pair || (left === 13 && right === 10);
}

/** The line without its line break. `start` is where it begins. */
const lineText = (document: TextDocument, line: number, start: number): string =>
  document.getText().slice(start, document.offsetAt({ line, character: Number.MAX_SAFE_INTEGER }));
