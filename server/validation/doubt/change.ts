// The one stretch in which two versions of a text differ, by whole lines, and where places are after it.
import type { Span } from '../../core/span.ts';

export interface Change {
  /** Whole lines, before and after. */
  readonly old: Span;
  readonly now: Span;
}

export function changeOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const isWhole = isLineStart(before, before.length - tail) && isLineStart(after, after.length - tail);
  const first = start;
  start = before.lastIndexOf('\n', start - 1) + 1;
  // Bodies may begin where their first line has text.
  while (start < first && before.charCodeAt(start) <= 32) start++;
  const lineEnd = isWhole ? before.length - tail : before.indexOf('\n', before.length - tail);
  const left = lineEnd < 0 ? 0 : before.length - lineEnd;
  return { old: { start, end: before.length - left }, now: { start, end: after.length - left } };
}

const isLineStart = (text: string, at: number): boolean => at === 0 || text[at - 1] === '\n';

/** Where a place is after a change; `undefined` where it is gone. */
export function placeAfter(offset: number, { old, now }: Change): number | undefined {
  if (offset <= old.start) return offset;
  return offset >= old.end ? offset + now.end - old.end : undefined;
}

/** Of what begins there: what is put in before it moves it on. */
export const startAfter = (offset: number, change: Change): number | undefined =>
  change.old.end === offset && change.old.start === offset ? change.now.end : placeAfter(offset, change);
