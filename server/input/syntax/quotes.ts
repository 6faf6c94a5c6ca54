// Names and modules that are written as strings, without their quotes.
import type { Span } from '../../core/span.ts';

const isQuote = (mark: string | undefined): boolean => mark === '"' || mark === "'" || mark === '`';

/** The inside of a string; what has no quotes stays as it is. */
export function withoutQuotes(text: string, { start, end }: Span): Span {
  if (!isQuote(text[start])) return { start, end };
  const closed = end - start > 1 && text[end - 1] === text[start];
  return { start: start + 1, end: closed ? end - 1 : end };
}

export function unquoted(text: string, span: Span): string {
  const inner = withoutQuotes(text, span);
  return text.slice(inner.start, inner.end);
}
