// Small readings of source text: what a literal says, where commas part a list.
import type { Span } from '../../core/span.ts';

/**
 * The text of a literal without its quotes. A text with values in it comes in pieces: one that follows a value has no
 * opening quote, one that is followed by a value no closing one.
 */
export function constantOf(text: string, { start, end }: Span): string {
  let written = text.slice(start, end);
  if (text[start - 1] !== '}') {
    written = written.replace(/^(?:[A-Za-z@$]{0,3}#{0,3})?("""|'''|["'`])/, '');
  }
  const next = text.slice(end, end + 2);
  if (next[0] !== '{' && next !== '${' && next !== '#{')
    written = written.replace(/("""|'''|["'`])#{0,3}$/, '');
  return written;
}

/** Spans between the commas of the outermost level. */
export function splitAtCommas(text: string, { start, end }: Span): readonly Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let quote = '';
  let from = start;
  for (let at = start; at < end; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      spans.push({ start: from, end: at });
      from = at + 1;
    }
  }
  if (text.slice(from, end).trim() !== '') spans.push({ start: from, end });
  return spans;
}

/** From `start` to the end of the statement: the line's end outside of brackets and quotes, or a semicolon. */
export function statementEnd(text: string, start: number, limit: number): number {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const character = text[at]!;
    if (character === '"' || character === "'" || character === '`') at = literalEnd(text, at, limit);
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) return at;
    else if ((character === '\n' || character === ';') && depth === 0) return at;
  }
  return limit;
}

/** The last quote of a literal that begins at `start`, which may be one of three. */
function literalEnd(text: string, start: number, limit: number): number {
  const three = text[start]!.repeat(3);
  const quote = text.startsWith(three, start) ? three : text[start]!;
  for (let at = start + quote.length; at < limit; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at + quote.length - 1;
  }
  return limit;
}
