// The first line of a declaration's documentation, read from the text around it by what the language writes comments with.
import type { Language } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';

/** Lines above a declaration that are looked at: licence headers above it are not its documentation. */
const maxLines = 400;

/**
 * Without marks; `undefined` where there is none.
 * @param at the docstring, or where the declaration begins: then what stands directly above it.
 */
export function docLine(text: string, at: Span | number, comment: Language['comment']): string | undefined {
  const raw = typeof at === 'number' ? above(text, at, comment) : text.slice(at.start, at.end);
  if (raw === undefined) return undefined;
  for (const line of raw.split('\n', maxLines)) {
    const words = line.replace(/^[\s#/*!"'`;-]*|[\s*/"'`]*$/g, '').replace(/^[rRuUbB]{1,2}["']+\s*/, '');
    if (words !== '') return words;
  }
  return undefined;
}

function above(text: string, start: number, { line, block }: Language['comment']): string | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // A declaration that something stands before on its line has no comment of its own above.
  if (lineStart === 0 || text.slice(lineStart, start).trim() !== '') return undefined;
  const previous = lineAbove(text, lineStart);
  const words = text.slice(previous.start, previous.end).trim();
  if (block && words.endsWith(block[1])) {
    const open = text.lastIndexOf(block[0], previous.end);
    const begins = open === -1 ? undefined : text.slice(text.lastIndexOf('\n', open) + 1, open).trim() === '';
    return begins ? text.slice(open, previous.end) : undefined;
  }
  if (line === undefined || !words.startsWith(line)) return undefined;
  let first = previous.start;
  for (let count = 0; count < maxLines && first > 0; count++) {
    const next = lineAbove(text, first);
    if (!text.slice(next.start, next.end).trimStart().startsWith(line)) break;
    first = next.start;
  }
  return text.slice(first, previous.end);
}

/** The line before the one that starts at `lineStart`. */
function lineAbove(text: string, lineStart: number): Span {
  const end = lineStart - 1;
  return { start: text.lastIndexOf('\n', end - 1) + 1, end };
}
