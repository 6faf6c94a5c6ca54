// The protocol's places and vouch's offsets: both count UTF-16 code units, which every server must understand.
import { lineAt, lineStarts } from '../../core/lines.ts';
import type { Edit, Span } from '../../core/span.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A text that places are looked up in. */
export interface Places {
  readonly text: string;
  positionAt(offset: number): Position;
  /** Places beyond a line's or the text's end are at it. */
  offsetAt(position: Position): number;
  spanOf(range: Range): Span;
  /** The text of the line that an offset is on, without the spaces around it. */
  lineOf(offset: number): string;
  /** Code units from an offset to the end of its line. */
  lineWidth(offset: number): number;
}

export function placesIn(text: string): Places {
  const starts = lineStarts(text);
  const endOf = (line: number): number => {
    const next = starts[line + 1];
    if (next === undefined) return text.length;
    const width = text[next - 1] === '\n' && text[next - 2] === '\r' ? 2 : 1;
    return next - width;
  };
  const offsetAt = ({ line, character }: Position): number => {
    const start = starts[line];
    return start === undefined ? text.length : Math.min(start + character, endOf(line));
  };
  return {
    text,
    positionAt(offset) {
      const line = lineAt(starts, offset);
      return { line, character: offset - starts[line]! };
    },
    offsetAt,
    spanOf({ start, end }) {
      const from = offsetAt(start);
      return { start: from, end: Math.max(from, offsetAt(end)) };
    },
    lineOf(offset) {
      const line = lineAt(starts, offset);
      return text.slice(starts[line], endOf(line)).trim();
    },
    lineWidth: (offset) => Math.max(0, endOf(lineAt(starts, offset)) - offset),
  };
}

/** The smallest single edit that makes `after` of `before`; never within a character of two code units. */
export function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isLeading(before.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  if (tail > 0 && isTrailing(before.charCodeAt(before.length - tail))) tail--;
  return {
    span: { start, end: before.length - tail },
    newText: after.slice(start, after.length - tail),
  };
}

const isLeading = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isTrailing = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
