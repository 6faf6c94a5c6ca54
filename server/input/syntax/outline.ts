// What a file declares and imports, read with shallow queries and nothing else: for indexing many files. It costs about a
// quarter of the parse, where the facts cost more than the parse itself, and keeps no tree.
import type { ImportFact, SymbolKind } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';
import type { Match } from './captures.ts';
import { docLine } from './doc-line.ts';
import type { Grammar, RawMatch, SyntaxTree } from './engine.ts';
import { readImports } from './imports.ts';
import { maxImportDepth, maxOutlineDepth } from './limits.ts';
import { outlineQuery } from './outline-query.ts';
import type { Queries } from './queries.ts';

/** A declaration as an index keeps it. */
export interface OutlineSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  /** From its first keyword to just before the body. */
  readonly signature: Span;
  readonly body?: Span;
  /** First line of its documentation, without marks. */
  readonly doc?: string;
  /** Index in the list of the declaration that encloses it. */
  readonly container?: number;
}

export interface Outline {
  /** In the order of the text, outer before inner. */
  readonly symbols: readonly OutlineSymbol[];
  readonly imports: readonly Pick<ImportFact, 'module' | 'names'>[];
}

/** Reads the outline of a tree. */
export type OutlineReader = (tree: SyntaxTree, text: string) => Outline;

/**
 * @returns `undefined` for a language that says of neither what it looks like.
 * @throws Error when a query does not fit the grammar.
 */
export function outlineReader(
  language: Language,
  queries: Queries,
  grammar: Grammar,
): OutlineReader | undefined {
  const declarations = queries.source('symbols');
  const symbols = declarations === undefined ? undefined : grammar.query(outlineQuery(declarations));
  const allImports = queries.source('imports');
  const imports = allImports === undefined ? undefined : grammar.query(allImports);
  if (!symbols && !imports) return undefined;
  return (tree, text) => {
    const found = new Map<number, Found>();
    const docs = new Map<number, Span>();
    const attributes = new Map<number, Span>();
    for (const match of symbols?.matches(tree, 0, text.length, maxOutlineDepth) ?? []) {
      readSymbol(match, found, docs, attributes, text);
    }
    const ofImports = imports?.matches(tree, 0, text.length, maxImportDepth).map(plain) ?? [];
    return {
      symbols: inOrder([...found.values()], docs, attributes, text, language),
      imports: readImports(ofImports, text),
    };
  };
}

interface Found {
  readonly pattern: number;
  readonly name: string;
  readonly nameSpan: Span;
  readonly kind: string;
  readonly span: Span;
  readonly from: Span;
  readonly body: Span | undefined;
}

const prefix = 'symbol.';

/** Takes in a match. Of several with one name the later pattern is the better. */
function readSymbol(
  { pattern, captures }: RawMatch,
  found: Map<number, Found>,
  docs: Map<number, Span>,
  attributes: Map<number, Span>,
  text: string,
): void {
  const spans: { [name in string]?: Span } = Object.create(null);
  let kind: string | undefined;
  for (const { name, node } of captures) {
    const span = { start: node.startIndex, end: node.endIndex };
    if (name === 'attribute') attributes.set(span.end, span);
    else if (name.startsWith(prefix)) {
      kind = name.slice(prefix.length);
      spans.whole = span;
    } else spans[name] = span;
  }
  const { whole, name: nameSpan, body, doc } = spans;
  if (doc && body) docs.set(body.start, doc);
  if (!whole || !nameSpan || kind === undefined) return;
  const known = found.get(nameSpan.start);
  if (known && known.pattern > pattern) return;
  const name = text.slice(nameSpan.start, nameSpan.end);
  found.set(nameSpan.start, {
    pattern,
    name,
    nameSpan,
    kind,
    span: whole,
    from: spans.signature ?? whole,
    body,
  });
}

function inOrder(
  found: Found[],
  docs: ReadonlyMap<number, Span>,
  attributes: ReadonlyMap<number, Span>,
  text: string,
  language: Language,
): OutlineSymbol[] {
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const around: number[] = [];
  return found.map(({ name, kind, nameSpan, span: bare, from, body }, index) => {
    const start = startOf(text, bare.start, attributes);
    while (around.length > 0 && found[around.at(-1)!]!.span.end <= bare.start) around.pop();
    // Names that one statement declares do not enclose each other.
    const container = around.findLast(
      (at) => found[at]!.span.start !== bare.start || found[at]!.span.end !== bare.end,
    );
    around.push(index);
    const inner = body && docs.get(body.start);
    const doc = docLine(text, inner ?? start, language.comment);
    return {
      name,
      // A test over all languages holds the names of captures to the known kinds.
      kind: kind as SymbolKind,
      span: { start, end: bare.end },
      nameSpan,
      signature: { start: from.start, end: signatureEnd(text, from, nameSpan.end, body) },
      ...(body && { body }),
      ...(doc !== undefined && { doc }),
      ...(container !== undefined && { container }),
    };
  });
}

function signatureEnd(text: string, from: Span, nameEnd: number, body: Span | undefined): number {
  const line = text.indexOf('\n', nameEnd);
  let end = body ? body.start : Math.min(from.end, line === -1 ? text.length : line);
  while (end > from.start && /\s/.test(text[end - 1]!)) end--;
  return end;
}

/** Where a declaration begins with the attributes above it. */
function startOf(text: string, start: number, attributes: ReadonlyMap<number, Span>): number {
  if (attributes.size === 0) return start;
  let end = start;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end--;
  const attribute = attributes.get(end);
  return attribute ? startOf(text, attribute.start, attributes) : start;
}

const plain = ({ pattern, captures, properties }: RawMatch): Match => ({
  pattern,
  captures: captures.map(({ name, node }) => ({
    name,
    span: { start: node.startIndex, end: node.endIndex },
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value ?? ''])),
    }),
  })),
});
