// Captures of symbols.scm → declarations, each with its place in the others and its documentation.
import type { CommentFact, SymbolFact, SymbolKind } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { insideOf } from './braces.ts';
import { type Capture, captureNamed, type Match } from './captures.ts';
import type { ChunkComment } from './comments.ts';

/** A declaration as its chunk knows it: without what only the whole file can tell. */
export type ChunkSymbol = Omit<SymbolFact, 'container'>;

export interface ChunkSymbols {
  readonly symbols: readonly ChunkSymbol[];
  /** Nodes before a declaration that belong to it. */
  readonly attributes: readonly Span[];
}

const prefix = 'symbol.';

export function readSymbols(matches: readonly Match[], text: string): ChunkSymbols {
  const attributes: Span[] = [];
  const docs = new Map<number, Span>();
  const byName = new Map<number, { match: Match; whole: Capture; name: Capture }>();
  for (const match of matches) {
    attributes.push(...match.captures.filter(({ name }) => name === 'attribute').map(({ span }) => span));
    const whole = match.captures.find(({ name }) => name.startsWith(prefix));
    const name = captureNamed(match, 'name');
    const doc = captureNamed(match, 'doc');
    const body = captureNamed(match, 'body');
    if (doc && body) docs.set(body.span.start, doc.span);
    if (!whole || !name) continue;
    const known = byName.get(name.span.start);
    if (known && known.match.pattern > match.pattern) continue;
    byName.set(name.span.start, { match, whole, name });
  }
  const symbols = [...byName.values()].map((found) => toSymbol(found, docs, text));
  return { symbols, attributes };
}

function toSymbol(
  { match, whole, name }: { match: Match; whole: Capture; name: Capture },
  docs: ReadonlyMap<number, Span>,
  text: string,
): ChunkSymbol {
  const body = captureNamed(match, 'body')?.span;
  const doc = body && docs.get(body.start);
  const from = captureNamed(match, 'signature')?.span ?? whole.span;
  const end = body ? body.start : Math.min(from.end, endOfLine(text, name.span.end));
  return {
    name: text.slice(name.span.start, name.span.end),
    // The kind is part of the capture's name; a test over all languages holds the names to the known kinds.
    kind: whole.name.slice(prefix.length) as SymbolKind,
    span: whole.span,
    modifiers: [],
    nameSpan: name.span,
    signature: { start: from.start, end: from.start + text.slice(from.start, end).trimEnd().length },
    ...(body && { body: insideOf(text, body) }),
    ...(doc && { doc }),
  };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

export interface FileSymbols {
  readonly symbols: readonly SymbolFact[];
  readonly comments: readonly CommentFact[];
}

/**
 * Puts together what the chunks know: attributes and doc comments go to the declaration below them, and each
 * declaration learns which one encloses it.
 */
export function joinSymbols(
  symbols: readonly ChunkSymbol[],
  attributes: readonly Span[],
  comments: readonly ChunkComment[],
  text: string,
): FileSymbols {
  const attributeByEnd = new Map(attributes.map((span) => [span.end, span]));
  const commentByEnd = new Map(comments.map((comment) => [comment.span.end, comment]));
  const documenting = new Set<ChunkComment>();
  const extended = symbols.map((symbol): ChunkSymbol => {
    const start = startWithAttributes(text, symbol.span.start, attributeByEnd);
    const above = docAbove(text, start, commentByEnd);
    for (const comment of above) documenting.add(comment);
    const doc =
      symbol.doc ??
      (above.length > 0 ? { start: above.at(-1)!.span.start, end: above[0]!.span.end } : undefined);
    return { ...symbol, span: { start, end: symbol.span.end }, ...(doc && { doc }) };
  });
  return {
    symbols: withContainers(extended),
    comments: comments.map((comment) => ({
      span: comment.span,
      doc: comment.role === 'doc' || comment.role === 'inside' || documenting.has(comment),
    })),
  };
}

function startWithAttributes(text: string, start: number, byEnd: ReadonlyMap<number, Span>): number {
  const attribute = byEnd.get(gapBefore(text, start).end);
  return attribute ? startWithAttributes(text, attribute.start, byEnd) : start;
}

/** The comments directly above that document what starts at `start`, the nearest first. */
function docAbove(
  text: string,
  start: number,
  byEnd: ReadonlyMap<number, ChunkComment>,
): readonly ChunkComment[] {
  const { end, blankLine } = gapBefore(text, start);
  const comment = blankLine ? undefined : byEnd.get(end);
  if (!comment?.role || comment.role === 'inside') return [];
  if (comment.role === 'before' && isTrailing(text, comment.span.start)) return [];
  return comment.alone ? [comment] : [comment, ...docAbove(text, comment.span.start, byEnd)];
}

/** The end of what stands before `offset`, and whether a blank line lies between. */
function gapBefore(text: string, offset: number): { end: number; blankLine: boolean } {
  let end = offset;
  let breaks = 0;
  for (; end > 0; end--) {
    const unit = text.charCodeAt(end - 1);
    if (unit === 10) breaks++;
    else if (unit !== 32 && unit !== 9 && unit !== 13) break;
  }
  return { end, blankLine: breaks > 1 };
}

/** Whether other text stands before it on its line: such a comment speaks of that. */
function isTrailing(text: string, start: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(lineStart, start).trim() !== '';
}

function withContainers(symbols: readonly ChunkSymbol[]): SymbolFact[] {
  const ordered = [...symbols].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const around: number[] = [];
  return ordered.map((symbol, index) => {
    while (around.length > 0 && ordered[around.at(-1)!]!.span.end <= symbol.span.start) around.pop();
    // Names that one statement declares do not enclose each other.
    const container = around.findLast((at) => !sameSpan(ordered[at]!.span, symbol.span));
    around.push(index);
    return container === undefined ? symbol : { ...symbol, container };
  });
}

const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
