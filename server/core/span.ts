// Places in a text and changes to it. Every offset inside vouch is a UTF-16 code unit, 0-based; positions of
// lines and characters exist only at the two doors (lsp/, cli/).

/** A half-open range of offsets: `start` included, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A replacement of `span` by `newText`. An insertion has an empty span. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const spanText = (text: string, { start, end }: Span): string => text.slice(start, end);

/** Whether `inner` lies inside `outer`; an empty span at either border counts as inside. */
export const contains = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Whether the two share a code unit, or an empty one touches the other. */
export const overlaps = (a: Span, b: Span): boolean =>
  a.start === a.end || b.start === b.end
    ? a.start <= b.end && b.start <= a.end
    : a.start < b.end && b.start < a.end;

/**
 * Applies edits that all refer to the same `text`.
 * @throws RangeError when two edits overlap or one lies outside the text: a bug of the caller.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let out = '';
  let at = 0;
  for (const { span, newText } of ordered) {
    if (span.start < at || span.end < span.start || span.end > text.length) {
      throw new RangeError(`edit ${span.start}..${span.end} overlaps another or lies outside the text`);
    }
    out += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return out + text.slice(at);
}

/**
 * Where `target` of the old text lies after `edit`; `undefined` when the edit cuts across its border.
 * An insertion exactly at the start pushes the span to the right; one exactly at its end leaves it.
 */
export function shiftSpan(target: Span, edit: Edit): Span | undefined {
  const delta = edit.newText.length - (edit.span.end - edit.span.start);
  if (edit.span.end <= target.start) return span(target.start + delta, target.end + delta);
  if (edit.span.start >= target.end) return target;
  if (contains(target, edit.span)) return span(target.start, target.end + delta);
  return undefined;
}
