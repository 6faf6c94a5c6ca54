// The facts of chunks, each kind read when first asked for and kept with the chunk. Spans are relative to its start.
import type {
  BlockFact,
  CallFact,
  ExportFact,
  ForbiddenFact,
  ImportFact,
  SyntaxErrorFact,
} from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';
import { type ChunkAssignments, readAssignments } from './assignments.ts';
import { readBlocks } from './blocks.ts';
import { readCalls } from './calls.ts';
import { type Match, type PlacedMatch, rerunQuery, runQuery } from './captures.ts';
import type { Chunk } from './chunks.ts';
import { type ChunkComment, type ChunkStrings, readComments, readStrings } from './comments.ts';
import type { SyntaxNode, SyntaxTree, TreeQuery } from './engine.ts';
import { brokenSpans, readErrors } from './errors.ts';
import { readExports } from './exports.ts';
import { readForbidden } from './forbidden.ts';
import { readImports } from './imports.ts';
import { type ChunkMembers, readMembers } from './members.ts';
import type { Queries, QueryName } from './queries.ts';
import { analyseScopes, type ChunkScopes } from './scopes.ts';
import { type ChunkSymbols, readSymbols } from './symbols.ts';

export interface ChunkFacts {
  readonly symbols: ChunkSymbols;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly calls: readonly CallFact[];
  readonly members: ChunkMembers;
  readonly assignments: ChunkAssignments;
  readonly comments: readonly ChunkComment[];
  readonly strings: ChunkStrings;
  readonly blocks: readonly BlockFact[];
  readonly errors: readonly SyntaxErrorFact[];
  readonly forbidden: readonly ForbiddenFact[];
  readonly scopes: ChunkScopes;
}

/** What a language brings to the reading of its files. */
export interface Reading {
  readonly language: Language;
  readonly queries: Queries;
  /** Names that are always bound. */
  readonly builtins: ReadonlySet<string>;
}

/** A tree with the text that it was made from. */
export interface ParsedText {
  readonly tree: SyntaxTree;
  readonly text: string;
}

interface Reader<Facts> {
  /** The query whose matches it reads; none for what is read from the tree itself. */
  readonly query?: QueryName;
  readonly read: (
    matches: readonly Match[],
    text: string,
    reading: Reading,
    nodes: readonly SyntaxNode[],
    start: number,
  ) => Facts;
}

const readers: { readonly [Kind in keyof ChunkFacts]: Reader<ChunkFacts[Kind]> } = {
  symbols: { query: 'symbols', read: readSymbols },
  imports: { query: 'imports', read: readImports },
  exports: { query: 'exports', read: readExports },
  calls: { query: 'calls', read: readCalls },
  members: { query: 'members', read: readMembers },
  assignments: { query: 'assignments', read: readAssignments },
  comments: {
    query: 'comments',
    read: (matches, text, { language }) => readComments(matches, text, language.comment),
  },
  strings: { query: 'strings', read: readStrings },
  blocks: { query: 'blocks', read: readBlocks },
  errors: {
    read: (_, text, __, nodes, start) => nodes.flatMap((node) => readErrors(node, text, start)),
  },
  forbidden: {
    query: 'strict',
    read: (matches, text, _, nodes, start) =>
      readForbidden(
        matches,
        text,
        nodes.flatMap((node) => brokenSpans(node, start)),
      ),
  },
  scopes: {
    query: 'scopes',
    read: (matches, text, { builtins }, nodes, start) => {
      const scopes = analyseScopes(
        matches.flatMap(({ captures }) => captures),
        text,
        nodes.flatMap((node) => brokenSpans(node, start)),
      );
      return { ...scopes, free: scopes.free.filter(({ name }) => !builtins.has(name)) };
    },
  },
};

/**
 * One kind of facts of each chunk. What is not known yet is read with one query over a run of chunks: a query has a fixed
 * cost, and one that asks for the root's children pays for all of them each time.
 * @param parsed gives the tree when it is needed: not where the facts are known already.
 */
export function chunkFacts<Kind extends keyof ChunkFacts>(
  kind: Kind,
  chunks: readonly Chunk[],
  reading: Reading,
  parsed: () => ParsedText,
): ChunkFacts[Kind][] {
  for (let from = 0; from < chunks.length; from++) {
    let to = from;
    while (to < chunks.length && chunks[to]!.cache[kind] === undefined) to++;
    if (to > from) readRun(kind, chunks.slice(from, to), reading, parsed());
    from = to;
  }
  return chunks.map((chunk) => chunk.cache[kind] as ChunkFacts[Kind]);
}

/** Chunks as they are under a root: what patterns that name another root have found is read again. */
export const underRoot = (chunks: readonly Chunk[], reading: Reading, root: string): Chunk[] =>
  chunks.map((chunk) => {
    if (chunk.root === root) return chunk;
    const cache = { ...chunk.cache };
    for (const kind of rootedKinds(reading, [root, chunk.root])) delete cache[kind];
    return { ...chunk, root, cache };
  });

const rootedKinds = ({ queries }: Reading, roots: readonly string[]): (keyof ChunkFacts)[] =>
  (Object.keys(readers) as (keyof ChunkFacts)[]).filter((kind) => {
    const name = readers[kind].query;
    const source = (name && queries(name)?.source) ?? '';
    return roots.some((root) => source.includes(`(${root}`));
  });

function readRun<Kind extends keyof ChunkFacts>(
  kind: Kind,
  chunks: readonly Chunk[],
  reading: Reading,
  { tree, text }: ParsedText,
): void {
  const { query: name, read }: Reader<ChunkFacts[Kind]> = readers[kind];
  const query = name && reading.queries(name);
  const matches = query ? matchesOf(query, kind, chunks, tree) : [];
  for (const [index, { span, cache }] of chunks.entries()) {
    cache[kind] = read(
      matches[index] ?? [],
      text.slice(span.start, span.end),
      reading,
      tree.root.hasError ? topLevelNodes(tree, span) : [],
      span.start,
    );
  }
}

/** By chunk, from what was found in the version before where that is known. */
function matchesOf(
  query: TreeQuery,
  kind: keyof ChunkFacts,
  chunks: readonly Chunk[],
  tree: SyntaxTree,
): (readonly PlacedMatch[])[] {
  const [only, another] = chunks;
  const known = another ? undefined : only?.origin?.[kind];
  const found =
    only && known
      ? [rerunQuery(query, tree, only.span, known.matches, known.change)]
      : runQuery(
          query,
          tree,
          chunks.map(({ span }) => span),
        );
  for (const [index, { matches }] of chunks.entries()) if (matches) matches[kind] = found[index]!;
  return found;
}

function topLevelNodes(tree: SyntaxTree, span: Span): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  tree.visitTopLevel(span.start, (node) => {
    if (node.startIndex >= span.end && node.endIndex > span.end) return false;
    if (node.startIndex >= span.start && node.endIndex <= span.end) nodes.push(node);
    return true;
  });
  return nodes;
}
