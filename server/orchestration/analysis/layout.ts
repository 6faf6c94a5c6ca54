// How an answer is laid out in the file: what is put between two lines needs line breaks of its own, notes need comment marks.
import { indentationAt, lineSpanAt } from '../../core/lines.ts';
import type { Span } from '../../core/span.ts';
import type { Opened } from './documents.ts';

/**
 * The text with the line breaks and indentation that keep it apart from what stands before and after an empty target.
 * Text for a target that is not empty takes the place of what was there, and stays as it is.
 */
export function laidOut(insertion: string, source: string, target: Span): string {
  if (target.start !== target.end || insertion === '') return insertion;
  const at = target.start;
  const line = lineSpanAt(source, at);
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const indentation = indentationAt(source, at);
  const before = source.slice(line.start, at).trim() === '' ? '' : newline + indentation;
  const after = source.slice(at, line.end).trim() === '' ? '' : newline + indentation;
  // A file ends with a line break, whatever is appended to it.
  const end = at === source.length && !/[\r\n]$/.test(insertion) ? newline : '';
  return before + insertion + (after || end);
}

/** Columns of a line of notes, indentation included: what style guides commonly allow for comments. */
const notesWidth = 100;

/** An answer in prose as a comment of the language: fences dropped, long lines broken between words. */
export function asComment(answer: string, { snapshot, language }: Opened, target: Span): string {
  const { line, block } = language?.comment ?? {};
  const indentation = indentationAt(snapshot.text, target.start);
  const [open, close] = line ? [`${line} `, ''] : block ? [`${block[0]} `, ` ${block[1]}`] : ['', ''];
  const bare = (text: string): string => {
    const trimmed = text.trimEnd();
    const start = line ?? block?.[0];
    return start && trimmed.trimStart().startsWith(start)
      ? trimmed.trimStart().slice(start.length).replace(/^ /, '')
      : trimmed;
  };
  const lines = answer
    .trim()
    .split(/\r?\n/)
    .filter((text) => !/^\s*(```|~~~)/.test(text))
    .map(bare)
    .flatMap((text) => wrap(text, notesWidth - indentation.length - open.length - close.length));
  return lines.map((text) => `${open}${text}${close}`.trimEnd()).join(`\n${indentation}`);
}

/** Lines of at most `width` columns, broken between words, further ones under the first word's column of a list item. */
function wrap(text: string, width: number): string[] {
  const hanging = ' '.repeat(/^\s*(?:[-*]|\d+[.)])?\s*/.exec(text)![0].length);
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= hanging.length) break;
    lines.push(rest.slice(0, at));
    rest = hanging + rest.slice(at + 1);
  }
  return [...lines, rest];
}
