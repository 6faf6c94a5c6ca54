// What a query found, as plain data: names and spans, no nodes. The form in which the readers of symbols, imports,
// calls, scopes and the rest get what a language's queries captured.
import type { Span } from '../../core/span.ts';
import type { RawCapture, SyntaxTree, TreeQuery } from './engine.ts';

export interface Capture {
  /** As written in the query, without the `@`. */
  readonly name: string;
  readonly span: Span;
  /** What the pattern's `#set!` directives say. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Spans of the node's named children without comments; only where the query's reader asks for them. */
  readonly children?: readonly Span[];
}

/** One match of one pattern. */
export interface Match {
  /** Index of the pattern in its query: where two patterns match the same thing, the later one is the better. */
  readonly pattern: number;
  readonly captures: readonly Capture[];
}

/** Captures whose node is captured in order to be counted through: the list of a call's arguments. */
const withChildren = new Set(['arguments']);

/**
 * Runs a query over one stretch of a text.
 * @param range matches of which the first capture starts in it are kept, so that stretches side by side give each match
 *   once.
 * @returns matches in the order of the text, outer before inner, earlier patterns first; spans relative to `range.start`.
 */
export function runQuery(query: TreeQuery, tree: SyntaxTree, range: Span): Match[] {
  const found: (Match & { readonly start: number; readonly end: number })[] = [];
  for (const { pattern, captures, properties } of query.matches(tree, range.start, range.end)) {
    const plain = captures.map((capture) => plainCapture(capture, range.start, properties));
    if (plain.length === 0) continue;
    const start = Math.min(...plain.map(({ span }) => span.start));
    if (start < 0 || start >= range.end - range.start) continue;
    found.push({ pattern, captures: plain, start, end: Math.max(...plain.map(({ span }) => span.end)) });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end || a.pattern - b.pattern);
}

/** The first capture of that name in a match. */
export const captureNamed = (match: Match, name: string): Capture | undefined =>
  match.captures.find((capture) => capture.name === name);

function plainCapture(
  { name, node }: RawCapture,
  base: number,
  properties: Readonly<Record<string, string | null>> | undefined,
): Capture {
  const span = { start: node.startIndex - base, end: node.endIndex - base };
  return {
    name,
    span,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value ?? ''])),
    }),
    ...(withChildren.has(name) && {
      children: node.children
        .filter((child) => child?.isNamed && !child.isExtra)
        .map((child) => ({ start: child!.startIndex - base, end: child!.endIndex - base })),
    }),
  };
}
