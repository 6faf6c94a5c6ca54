// Declarations of all chunks → those of the file: each with what stands before it, and the one that it is a member of.
import type { CommentFact, SymbolFact, SymbolKind } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { ChunkComment } from './comments.ts';
import type { ChunkSymbol } from './symbols.ts';

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
    if (start === symbol.span.start && doc === symbol.doc) return symbol;
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

const types = new Set<SymbolKind>(['class', 'interface', 'enum', 'type']);

function withContainers(symbols: readonly ChunkSymbol[]): SymbolFact[] {
  const ordered = [...symbols].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const containers = enclosing(ordered);
  placeOwned(ordered, containers);
  const kept = withoutRepeated(ordered, containers);
  const places = new Map(kept.map((index, place) => [index, place]));
  return kept.map((index) => {
    const symbol = ordered[index]!;
    const container = containers[index];
    // What is set on an object has a container, else it was left out.
    if (container === undefined) return symbol;
    if (!symbol.ofClass && symbol.owner === undefined)
      return { ...symbol, container: places.get(container)! };
    const { ofClass: _, owner: __, ...rest } = symbol;
    return { ...rest, container: places.get(container)! };
  });
}

/** For each symbol the index of the one that it stands in; of the class, for what is set on an object. */
function enclosing(ordered: readonly ChunkSymbol[]): (number | undefined)[] {
  const around: number[] = [];
  return ordered.map((symbol, index) => {
    while (around.length > 0 && ordered[around.at(-1)!]!.span.end <= symbol.span.start) around.pop();
    if (symbol.ofClass) return around.findLast((at) => types.has(ordered[at]!.kind));
    // Names that one statement declares do not enclose each other.
    const container = around.findLast((at) => !sameSpan(ordered[at]!.span, symbol.span));
    around.push(index);
    return container;
  });
}

/** Methods that stand outside of their type get it as their container, where it is at the top of the same file. */
function placeOwned(ordered: readonly ChunkSymbol[], containers: (number | undefined)[]): void {
  if (!ordered.some(({ owner }) => owner !== undefined)) return;
  const owners = new Map<string, number>();
  for (const [index, { kind, name, owner }] of ordered.entries()) {
    if (types.has(kind) && owner === undefined && containers[index] === undefined) owners.set(name, index);
  }
  for (const [index, { owner }] of ordered.entries()) {
    if (owner !== undefined) containers[index] = owners.get(owner) ?? containers[index];
  }
}

/** Indices without what is set on an object that has no class here, or whose class has that name already. */
function withoutRepeated(
  ordered: readonly ChunkSymbol[],
  containers: readonly (number | undefined)[],
): number[] {
  if (!ordered.some(({ ofClass }) => ofClass)) return [...ordered.keys()];
  const known = new Set<string>();
  const key = (index: number): string => `${containers[index]} ${ordered[index]!.name}`;
  for (const index of ordered.keys()) if (!ordered[index]!.ofClass) known.add(key(index));
  return [...ordered.keys()].filter((index) => {
    if (!ordered[index]!.ofClass) return true;
    if (containers[index] === undefined || known.has(key(index))) return false;
    known.add(key(index));
    return true;
  });
}

const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
