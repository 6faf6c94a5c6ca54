// Changes of a text in the form that tree-sitter wants: indices with rows and columns.
import type { Edit, Span } from '../../core/span.ts';
import type { Point, TreeEdit } from './engine.ts';
import { maxSingleEdits } from './limits.ts';

/**
 * Edits in order, each against the text that the one before it left, as tree edits.
 * @returns what leads from `before` to `after`. Where the given edits do not lead there, or are many, it is one edit that
 *   replaces all between the first and the last difference: right in any case, only less narrow.
 */
export function treeEdits(before: string, after: string, edits: readonly Edit[]): TreeEdit[] {
  if (edits.length > maxSingleEdits) return differenceAsEdits(before, after);
  const result: TreeEdit[] = [];
  let text = before;
  for (const edit of edits) {
    if (edit.span.start < 0 || edit.span.start > edit.span.end || edit.span.end > text.length) {
      return differenceAsEdits(before, after);
    }
    result.push(treeEdit(text, edit));
    text = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  }
  return text === after ? result : differenceAsEdits(before, after);
}

/** Edits that all refer to one text, in an order in which each is right against the text that the one before it left. */
export const lastFirst = (edits: readonly Edit[]): Edit[] =>
  [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);

function differenceAsEdits(before: string, after: string): TreeEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  const span = { start, end: before.length - tail };
  return [treeEdit(before, { span, newText: after.slice(start, after.length - tail) })];
}

function treeEdit(text: string, { span, newText }: Edit): TreeEdit {
  const startPosition = pointFrom({ row: 0, column: 0 }, text, 0, span.start);
  return {
    startIndex: span.start,
    oldEndIndex: span.end,
    newEndIndex: span.start + newText.length,
    startPosition,
    oldEndPosition: pointFrom(startPosition, text, span.start, span.end),
    newEndPosition: pointFrom(startPosition, newText, 0, newText.length),
  };
}

/** The point at `end`, given the one at `start`. Tree-sitter starts a row after `\n` only, whatever editors think. */
function pointFrom(from: Point, text: string, start: number, end: number): Point {
  let { row } = from;
  let lineStart = -1;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: lineStart === -1 ? from.column + end - start : end - lineStart };
}

/**
 * Where a stretch of the old text lies after an edit.
 * @returns `undefined` when the edit touches it, be it only at its border.
 */
export function untouched(stretch: Span, edit: TreeEdit): Span | undefined {
  if (edit.startIndex > stretch.end) return stretch;
  if (edit.oldEndIndex >= stretch.start) return undefined;
  const delta = edit.newEndIndex - edit.oldEndIndex;
  return { start: stretch.start + delta, end: stretch.end + delta };
}

/** A stretch that was replaced, by where it ends before and after. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Two changes, one after the other, as one. */
export function together(first: Change, second: Change): Change {
  const beyond = Math.max(0, second.oldEnd - first.newEnd);
  return {
    start: Math.min(first.start, second.start),
    oldEnd: first.oldEnd + beyond,
    newEnd: first.newEnd + beyond + second.newEnd - second.oldEnd,
  };
}

/** One change around all edits; `undefined` where there are none. */
export function hullOf(edits: readonly TreeEdit[]): Change | undefined {
  return edits
    .map(({ startIndex, oldEndIndex, newEndIndex }) => ({
      start: startIndex,
      oldEnd: oldEndIndex,
      newEnd: newEndIndex,
    }))
    .reduce<Change | undefined>((all, one) => (all ? together(all, one) : one), undefined);
}
