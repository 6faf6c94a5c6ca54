// The facts of one chunk, each kind read when first asked for and kept with the chunk. Spans are relative to its start.
import type { BlockFact, CallFact, ImportFact, SyntaxErrorFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';
import { readBlocks } from './blocks.ts';
import { readCalls } from './calls.ts';
import { type Match, runQuery } from './captures.ts';
import type { Chunk } from './chunks.ts';
import { type ChunkComment, type ChunkStrings, readComments, readStrings } from './comments.ts';
import type { SyntaxTree } from './engine.ts';
import { brokenSpans, readErrors } from './errors.ts';
import { readImports } from './imports.ts';
import type { Queries, QueryName } from './queries.ts';
import { analyseScopes, type ChunkScopes } from './scopes.ts';
import { type ChunkSymbols, readSymbols } from './symbols.ts';

export interface ChunkFacts {
  readonly symbols: ChunkSymbols;
  readonly imports: readonly ImportFact[];
  readonly calls: readonly CallFact[];
  readonly comments: readonly ChunkComment[];
  readonly strings: ChunkStrings;
  readonly blocks: readonly BlockFact[];
  readonly errors: readonly SyntaxErrorFact[];
  readonly scopes: ChunkScopes;
}

/** What a language brings to the reading of its files. */
export interface Reading {
  readonly language: Language;
  readonly queries: Queries;
}

/** A tree with the text that it was made from. */
export interface ParsedText {
  readonly tree: SyntaxTree;
  readonly text: string;
}

type Reader<Kind extends keyof ChunkFacts> = (
  matches: (name: QueryName) => readonly Match[],
  text: string,
  reading: Reading,
  parsed: ParsedText,
  span: Span,
) => ChunkFacts[Kind];

const readers: { readonly [Kind in keyof ChunkFacts]: Reader<Kind> } = {
  symbols: (matches, text) => readSymbols(matches('symbols'), text),
  imports: (matches, text) => readImports(matches('imports'), text),
  calls: (matches, text) => readCalls(matches('calls'), text),
  comments: (matches, text, { language }) => readComments(matches('comments'), text, language.comment),
  strings: (matches) => readStrings(matches('strings')),
  blocks: (matches, text) => readBlocks(matches('blocks'), text),
  errors: (_, __, ___, parsed, span) =>
    topLevelNodes(parsed, span, (node) => readErrors(node, parsed.text, span.start)),
  scopes: (matches, text, _, parsed, span) =>
    analyseScopes(
      matches('scopes').flatMap(({ captures }) => captures),
      text,
      topLevelNodes(parsed, span, (node) => brokenSpans(node, span.start)),
    ),
};

/**
 * One kind of facts of a chunk.
 * @param parsed gives the tree when it is needed: not where the facts are known already.
 */
export function chunkFact<Kind extends keyof ChunkFacts>(
  kind: Kind,
  chunk: Chunk,
  reading: Reading,
  parsed: () => ParsedText,
): ChunkFacts[Kind] {
  const known = chunk.cache[kind];
  if (known !== undefined) return known as ChunkFacts[Kind];
  const current = parsed();
  const matches = (name: QueryName): readonly Match[] => {
    const query = reading.queries(name);
    return query ? runQuery(query, current.tree, chunk.span) : [];
  };
  const text = current.text.slice(chunk.span.start, chunk.span.end);
  const read: ChunkFacts[Kind] = readers[kind](matches, text, reading, current, chunk.span);
  chunk.cache[kind] = read;
  return read;
}

function topLevelNodes<T>(
  { tree }: ParsedText,
  span: Span,
  read: (node: SyntaxTree['root']) => readonly T[],
): T[] {
  if (!tree.root.hasError) return [];
  const found: T[] = [];
  tree.visitTopLevel(span.start, (node) => {
    if (node.startIndex >= span.end && node.endIndex > span.end) return false;
    if (node.startIndex >= span.start && node.endIndex <= span.end) found.push(...read(node));
    return true;
  });
  return found;
}
