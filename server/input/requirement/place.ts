// Where requests are looked for, and what the ways of asking share: declarations around a place, comments as blocks, spans.
import type { CommentFact, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { lineSpanAt } from '../../core/lines.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { contains, overlaps, type Span, span, spanText } from '../../core/span.ts';
import type { Requirement } from '../../core/task.ts';
import { headerSpan } from '../header.ts';
import type { ParsedFile } from '../syntax/index.ts';

/** A diagnostic as the client sent it, the server's own or another's. */
export interface PlaceDiagnostic {
  readonly span: Span;
  readonly message: string;
  readonly source?: string;
  readonly code?: string;
}

export interface Place {
  readonly snapshot: Snapshot;
  readonly file: ParsedFile;
  readonly language: Language;
  /** The selection; empty at a cursor. */
  readonly span: Span;
  readonly diagnostics: readonly PlaceDiagnostic[];
}

/**
 * A way of asking. The target of what it finds begins and ends at text, not at blanks (an insertion stands before text),
 * and an edit of it leaves signature and documentation alone where they have text of their own; the subject is whole lines.
 */
export type Way = (place: Place) => readonly Omit<Requirement, 'source'>[];

const callable = new Set(['function', 'method', 'constructor']);

/** The innermost function around the place, its decorators, documentation and the blank lines below an open header included. */
export function functionAt({ file, span: here }: Place): SymbolFact | undefined {
  const { text } = file;
  return innermost(
    file.facts.symbols.filter(({ kind }) => callable.has(kind)),
    (symbol) => {
      const lines = wholeLines(text, extent(symbol));
      return contains(lines, here) || (isOpen(symbol) && isBlankBelow(text, lines.end, here));
    },
  );
}

/** A header whose body is still to come: what is typed below it will be that. */
export const isOpen = ({ body }: SymbolFact): boolean => !body || body.start === body.end;

export const isBlankBelow = (text: string, end: number, here: Span): boolean =>
  here.start > end && text.slice(end, lineSpanAt(text, here.end).end).trim() === '';

/** The innermost declaration whose header or documentation the place is on, or that the selection covers. */
export function declarationAt({ file, span: here }: Place): SymbolFact | undefined {
  const { text, facts } = file;
  return innermost(
    facts.symbols.filter(({ kind }) => callable.has(kind) || kind === 'class' || kind === 'interface'),
    (symbol) =>
      contains(wholeLines(text, header(file, symbol)), here) ||
      (here.start < here.end && contains(wholeLines(text, here), symbol.span)),
  );
}

/** The declaration with its documentation, wherever that stands. */
export const extent = ({ span: whole, doc }: SymbolFact): Span =>
  span(Math.min(whole.start, doc?.start ?? whole.start), Math.max(whole.end, doc?.end ?? whole.end));

/** From decorators or documentation before it to the end of the signature. */
const header = ({ text, facts }: ParsedFile, symbol: SymbolFact): Span =>
  span(extent(symbol).start, headerSpan(text, facts, symbol).end);

function innermost(
  symbols: readonly SymbolFact[],
  fits: (symbol: SymbolFact) => boolean,
): SymbolFact | undefined {
  const found = symbols.filter(fits);
  return found.reduce<SymbolFact | undefined>(
    (best, symbol) => (!best || contains(best.span, symbol.span) ? symbol : best),
    undefined,
  );
}

export const isCallable = ({ kind }: SymbolFact): boolean => callable.has(kind);

/** `Cache.get` for a member, as a reader would say it. */
export function qualifiedName({ file }: Place, symbol: SymbolFact): string {
  const names = [symbol.name];
  for (let at = symbol.container; at !== undefined; at = file.facts.symbols[at]?.container) {
    names.unshift(file.facts.symbols[at]!.name);
  }
  return names.join('.');
}

export const symbolOf = (place: Place, symbol: SymbolFact): NonNullable<Requirement['symbol']> => ({
  name: qualifiedName(place, symbol),
  signature: spanText(place.file.text, headerSpan(place.file.text, place.file.facts, symbol)),
});

/** The lines that a span touches, the last one without its line break. */
export const wholeLines = (text: string, { start, end }: Span): Span =>
  span(lineSpanAt(text, start).start, lineSpanAt(text, Math.max(start, end)).end);

/** The span without blanks at either end; empty at its start where there is nothing else. */
export function trimmed(text: string, whole: Span): Span {
  const inner = spanText(text, whole);
  const start = whole.start + (inner.length - inner.trimStart().length);
  return inner.trim() === ''
    ? span(whole.start, whole.start)
    : span(start, whole.start + inner.trimEnd().length);
}

/** Where the line's first text is: where an insertion before it goes. */
export function firstText(text: string, offset: number): number {
  const line = lineSpanAt(text, offset);
  return trimmed(text, line).start;
}

export interface CommentBlock {
  readonly span: Span;
  readonly doc: boolean;
}

/** Comments that stand alone on their lines, those on neighbouring lines with the same mark taken together. */
export function commentBlocks({ text, facts }: ParsedFile): CommentBlock[] {
  const blocks: { span: Span; doc: boolean; column: number }[] = [];
  for (const comment of facts.comments) {
    const line = lineSpanAt(text, comment.span.start);
    if (text.slice(line.start, comment.span.start).trim() !== '') continue;
    if (text.slice(comment.span.end, lineSpanAt(text, comment.span.end).end).trim() !== '') continue;
    const column = comment.span.start - line.start;
    const last = blocks.at(-1);
    const between = last && text.slice(last.span.end, comment.span.start);
    const joins =
      last?.column === column && /^[ \t]*\r?\n[ \t]*$/.test(between!) && sameMark(text, last.span, comment);
    if (joins) blocks[blocks.length - 1] = { ...last!, span: span(last!.span.start, comment.span.end) };
    else blocks.push({ span: comment.span, doc: comment.doc, column });
  }
  return blocks;
}

const sameMark = (text: string, { start }: Span, comment: CommentFact): boolean =>
  !/\w|["']/.test(text[start]!) &&
  text.slice(start, start + 2) === text.slice(comment.span.start, comment.span.start + 2) &&
  !text.startsWith('/*', start);

/** The block that the place is on. */
export const commentAt = (place: Place): CommentBlock | undefined =>
  commentBlocks(place.file).find((block) => overlaps(wholeLines(place.file.text, block.span), place.span));

/** What a title can show of a longer text. */
export function shortened(text: string, limit = 60): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > limit ? `${line.slice(0, limit).trimEnd()}…` : line;
}
