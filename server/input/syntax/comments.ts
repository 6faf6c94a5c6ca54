// Captures of comments.scm and strings.scm → comments, strings, and what kind of text stands at a place.
import type { Language } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';
import { type Match, spansNamed } from './captures.ts';

export interface ChunkComment {
  readonly span: Span;
  /** Documents the declaration below it; does so if it stands directly above one; documents what it stands in. */
  readonly role?: 'doc' | 'before' | 'inside';
  /** A comment in block form is the whole documentation; those in line form add up. */
  readonly alone: boolean;
  /** Runs to the end of its line, so that a cursor at its end still writes into it. */
  readonly openEnded: boolean;
}

const roles: Readonly<Record<string, ChunkComment['role']>> = {
  'comment.doc': 'doc',
  'comment.before': 'before',
  'comment.inside': 'inside',
};

export function readComments(
  matches: readonly Match[],
  text: string,
  marks: Language['comment'],
): ChunkComment[] {
  const byStart = new Map<number, { pattern: number; comment: ChunkComment }>();
  for (const { pattern, captures } of matches) {
    for (const { name, span } of captures) {
      if (name.startsWith('_') || (byStart.get(span.start)?.pattern ?? -1) > pattern) continue;
      const trimmed = withoutLineBreak(text, span);
      const block = marks.block && text.startsWith(marks.block[0], span.start);
      const openEnded = !block && marks.line !== undefined && text.startsWith(marks.line, span.start);
      const role = roles[name];
      byStart.set(span.start, {
        pattern,
        comment: { span: trimmed, alone: !openEnded, openEnded, ...(role && { role }) },
      });
    }
  }
  return [...byStart.values()].map(({ comment }) => comment);
}

/** Some grammars count the line break to the comment, and a carriage return always. */
function withoutLineBreak(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start && (text[last - 1] === '\n' || text[last - 1] === '\r')) last--;
  return { start, end: last };
}

/** The parts of string literals that are text, in order: an interpolation cuts the string around it in two. */
export function readStrings(matches: readonly Match[]): Span[] {
  const code = spansNamed(matches, 'code');
  const parts: Span[] = [];
  for (const literal of spansNamed(matches, 'string')) {
    let at = literal.start;
    for (const hole of code) {
      if (hole.start < at || hole.end > literal.end) continue;
      if (hole.start > at) parts.push({ start: at, end: hole.start });
      at = hole.end;
    }
    if (literal.end > at) parts.push({ start: at, end: literal.end });
  }
  return parts.sort((a, b) => a.start - b.start);
}

/** What stands at `offset`. At the opening mark it is still code, since what is typed goes before it. */
export function placeIn(
  comments: readonly ChunkComment[],
  strings: readonly Span[],
  offset: number,
): 'code' | 'comment' | 'string' {
  for (const { span, openEnded } of comments) {
    if (offset > span.start && (offset < span.end || (openEnded && offset === span.end))) return 'comment';
  }
  return strings.some(({ start, end }) => offset > start && offset < end) ? 'string' : 'code';
}
