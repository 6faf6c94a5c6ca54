// Places of the command line: paths that exist, and lines and columns for people and for LSP.
import { statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { lineAt, lineStarts } from '../core/lines.ts';
import type { Span } from '../core/span.ts';

export const folderExists = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

export const fileExists = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** For people and programs that work in `from`: relative with forward slashes, absolute where it lies elsewhere. */
export function shownPath(path: string, from = process.cwd()): string {
  const way = relative(from, path);
  if (way === '') return '.';
  return way.startsWith('..') || isAbsolute(way) ? path : way.split(sep).join('/');
}

/** 0-based line and UTF-16 code unit in it, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Offsets of one text into positions, with its lines found once. */
export function createPositions(text: string): { at(offset: number): Position; range(span: Span): Range } {
  const starts = lineStarts(text);
  const at = (offset: number): Position => {
    const line = lineAt(starts, offset);
    return { line, character: offset - starts[line]! };
  };
  return { at, range: ({ start, end }) => ({ start: at(start), end: at(end) }) };
}

/**
 * The offset of a 1-based line and column.
 * @param column 1-based, in UTF-16 code units; absent for the end of the line.
 * @returns `undefined` when the text has no such line; a column beyond the line's end counts as its end.
 */
export function offsetOf(text: string, line: number, column: number | undefined): number | undefined {
  const starts = lineStarts(text);
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const next = starts[line] ?? text.length;
  const end = start + text.slice(start, next).replace(/[\r\n]+$/, '').length;
  return column === undefined ? end : Math.min(start + column - 1, end);
}
