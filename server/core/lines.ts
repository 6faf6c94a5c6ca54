// Lines of a text: where each starts, which one an offset is on, what indentation it has.
import type { Span } from './span.ts';

/** Offsets at which lines start; the first is 0. `\n`, `\r\n` and a lone `\r` end a line, as in LSP. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) starts.push(at + 1);
    else if (unit === 13) {
      if (text.charCodeAt(at + 1) === 10) at++;
      starts.push(at + 1);
    }
  }
  return starts;
}

/** The 0-based line that `offset` is on, by binary search in `starts`. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** The line around `offset`, without its line break. */
export function lineSpanAt(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return { start, end };
}

/** The spaces and tabs that the line around `offset` begins with. */
export function indentationAt(text: string, offset: number): string {
  const { start, end } = lineSpanAt(text, offset);
  return /^[ \t]*/.exec(text.slice(start, end))![0];
}

const isBreak = (unit: number): boolean => unit === 10 || unit === 13;
