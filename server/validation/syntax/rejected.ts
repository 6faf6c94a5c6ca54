// What a grammar lets pass and the language does not: indentation that makes no block, and constructs out of their place.
import type { FileFacts, SyntaxErrorFact } from '../../core/facts.ts';
import type { Edit, Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { type LayoutError, layoutErrors } from './layout.ts';

export interface Rejection {
  readonly span: Span;
  readonly message: string;
}

export interface Rejections {
  readonly layout: readonly Rejection[];
  readonly constructs: readonly Rejection[];
}

/**
 * Of a candidate, what it only leaves for later lines to finish is none, and neither is it where an editor shows what was
 * changed; what the text had before a candidate is for the caller to leave out.
 * @param errors what the grammar cannot read: what the text says from there on is not certain. Where it is lost and cannot
 *   say why, the first fault of the layout is told, a bracket without its other among them.
 */
export function rejected(subject: Subject, errors: readonly SyntaxErrorFact[]): Rejections {
  const { text, facts, before, earlier, spans } = subject;
  // What is compared with is told whole: where an error is gone, what it hid is not the candidate's.
  if (earlier) return { layout: layoutOf(subject, true), constructs: facts.forbidden };
  const isLost = errors.some(({ vague }) => vague);
  const certain = errors
    .filter(({ vague }) => !vague)
    .reduce((first, { span }) => Math.min(first, span.start), Number.POSITIVE_INFINITY);
  const all = layoutOf(subject, isLost).filter(({ span }) => span.start < certain);
  const layout = isLost ? all.slice(0, 1) : all;
  const isBroken = errors.length > 0 || layout.length > 0;
  const constructs = facts.forbidden.filter(({ depends }) => !depends || !isBroken);
  const counts = ({ span, unfinished }: Pick<LayoutError, 'span' | 'unfinished'>): boolean =>
    !unfinished || !((before && isEndOf(before.edit, span)) || (spans && isBeingWritten(text, span)));
  return { layout: layout.filter(counts), constructs: constructs.filter(counts) };
}

/** In order. */
function layoutOf({ language, text, facts }: Subject, withBrackets: boolean): readonly LayoutError[] {
  if (!language.layout || isWithheld(facts)) return [];
  const comments = facts.comments.map(({ span }) => span);
  const { errors, lone } = layoutErrors(text, language.layout, facts.strings, comments);
  if (!withBrackets || !lone) return errors;
  const message = `\`${text[lone.span.start]}\` is never ${lone.opens ? 'closed' : 'opened'}`;
  return [...errors, { span: lone.span, message, unfinished: false }];
}

/** Whether the facts of a text are only its errors, so that nothing tells its strings from its code. */
const isWithheld = ({ strings, comments, opaque, references }: FileFacts): boolean =>
  strings.length === 0 && comments.length === 0 && opaque && references.length === 0;

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
