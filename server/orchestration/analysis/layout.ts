// How an insertion stands among the lines around it: what is put between two lines needs line breaks of its own.
import { indentationAt, lineSpanAt } from '../../core/lines.ts';
import type { Span } from '../../core/span.ts';

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
