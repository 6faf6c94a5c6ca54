// Which parts of a text are not as they were before: whole lines, found within bounded time.
import { diffArrays } from 'diff';
import { lineStarts } from '../../core/lines.ts';
import { type Span, span } from '../../core/span.ts';
import { diffTimeoutMs } from './limits.ts';

/**
 * Spans of `after` that differ from `before`, in order and apart, each of whole lines with their line breaks. Where
 * lines were only removed, an empty span marks the place. Kinds of line breaks do not count as a difference.
 * @param before `undefined` for a text that is new: all of it has changed.
 * @param timeout milliseconds for the comparison; when it is over, all between the first and the last changed line counts.
 */
export function changedSpans(before: string | undefined, after: string, timeout = diffTimeoutMs): Span[] {
  if (before === after) return [];
  if (before === undefined) return [span(0, after.length)];
  const oldLines = linesOf(before);
  const newLines = linesOf(after);
  const starts = lineStarts(after);
  const at = (line: number): number => starts[line] ?? after.length;

  // Most edits leave the head and the tail as they were: only the middle needs the search.
  let head = 0;
  while (head < oldLines.length && head < newLines.length && oldLines[head] === newLines[head]) head++;
  let tail = 0;
  const tailLimit = Math.min(oldLines.length, newLines.length) - head;
  while (tail < tailLimit && oldLines.at(-1 - tail) === newLines.at(-1 - tail)) tail++;
  const oldMiddle = oldLines.slice(head, oldLines.length - tail);
  const newMiddle = newLines.slice(head, newLines.length - tail);
  if (oldMiddle.length === 0 && newMiddle.length === 0) return [];

  const parts = diffArrays(oldMiddle, newMiddle, { timeout });
  if (!parts) return [span(at(head), at(head + newMiddle.length))];
  const spans: Span[] = [];
  let line = head;
  for (const { added, removed, count } of parts) {
    if (added) {
      push(spans, at(line), at(line + count));
      line += count;
    } else if (removed) push(spans, at(line), at(line));
    else line += count;
  }
  return spans;
}

/** Joins what touches: a replacement is one place, however it was found. */
function push(spans: Span[], start: number, end: number): void {
  const last = spans.at(-1);
  if (last && last.end >= start) spans[spans.length - 1] = span(last.start, Math.max(last.end, end));
  else spans.push(span(start, end));
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);
