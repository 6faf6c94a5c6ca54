// What a grammar lets pass and the language does not: indentation that makes no block, and constructs out of their place.
import type { SyntaxErrorFact } from '../../core/facts.ts';
import type { Edit, Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { layoutErrors } from './layout.ts';

export interface Rejection {
  readonly span: Span;
  readonly message: string;
}

/**
 * Of a candidate, what it only leaves for later lines to finish is none, and neither is it where an editor shows what was
 * changed; what the text had before a candidate is for the caller to leave out.
 * @param errors what the grammar cannot read: what the text says from there on is not certain.
 */
export function rejected(subject: Subject, errors: readonly SyntaxErrorFact[]): readonly Rejection[] {
  const { text, language, facts, before, earlier, spans } = subject;
  const layout = language.layout
    ? layoutErrors(
        text,
        language.layout,
        facts.strings,
        facts.comments.map(({ span }) => span),
      )
    : [];
  // What is compared with is told whole: where an error is gone, what it hid is not the candidate's.
  if (earlier) return [...layout, ...facts.forbidden];
  const lost = errors.reduce((first, { span }) => Math.min(first, span.start), Number.POSITIVE_INFINITY);
  const indentation = layout.filter(({ span }) => span.start < lost);
  const broken = errors.length > 0 || indentation.length > 0;
  const constructs = facts.forbidden.filter(({ depends }) => !depends || !broken);
  return [...indentation, ...constructs].filter(
    ({ span, unfinished }) =>
      !unfinished || !((before && isEndOf(before.edit, span)) || (spans && isBeingWritten(text, span))),
  );
}

/** Whether what an edit has put in ends with this place. */
function isEndOf({ span, newText }: Edit, place: Span): boolean {
  const end = span.start + newText.trimEnd().length;
  return place.start < end && end <= place.end;
}

/** Whether nothing follows on a place's last line but the end of the text, or a line kept free for more. */
function isBeingWritten(text: string, { start, end }: Span): boolean {
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd < 0 || text.slice(lineEnd).trim() === '') return true;
  const [, next = ''] = /^\n([^\S\n]*)(?=\n)/.exec(text.slice(lineEnd)) ?? [];
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return next.replace('\r', '').length > line.length;
}
