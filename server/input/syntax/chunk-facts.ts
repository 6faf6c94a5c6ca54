// The facts of chunks, each kind read when first asked for, kept with the chunk and moved with it.
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
import { type FoundMatches, type Match, rerunQueries, runQueries } from './captures.ts';
import type { Chunk } from './chunks.ts';
import { type ChunkComment, readComments, readStrings } from './comments.ts';
import type { SyntaxNode, SyntaxTree } from './engine.ts';
import { brokenSpans, readErrors } from './errors.ts';
import { readExports } from './exports.ts';
import { readForbidden } from './forbidden.ts';
import { readImports } from './imports.ts';
import { lazy } from './lazy.ts';
import { type ChunkMembers, readMembers } from './members.ts';
import { type MovedKind, movers } from './moved.ts';
import type { Queries, QueryGroup, QueryName } from './queries.ts';
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
  readonly strings: readonly Span[];
  readonly blocks: readonly BlockFact[];
  readonly errors: readonly SyntaxErrorFact[];
  readonly forbidden: readonly ForbiddenFact[];
  readonly scopes: ChunkScopes;
}

/** Facts with the place that their chunk had when they were read or last moved. */
export type PlacedFacts = {
  [Kind in keyof ChunkFacts]: { readonly at: number; readonly facts: ChunkFacts[Kind] };
};

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
    /** Those at the top of the chunk, where there is an error anywhere. */
    nodes: () => readonly SyntaxNode[],
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
    read: (_, text, __, nodes) => nodes().flatMap((node) => readErrors(node, text)),
  },
  forbidden: {
    query: 'strict',
    read: (matches, text, _, nodes) =>
      readForbidden(
        matches,
        text,
        nodes().flatMap((node) => brokenSpans(node)),
      ),
  },
  scopes: {
    query: 'scopes',
    read: (matches, text, { builtins }, nodes) => {
      const scopes = analyseScopes(
        matches,
        text,
        nodes().flatMap((node) => brokenSpans(node)),
      );
      return { ...scopes, free: scopes.free.filter(({ name }) => !builtins.has(name)) };
    },
  },
};

const kinds = Object.keys(readers) as (keyof ChunkFacts)[];

/**
 * One kind of facts of each chunk, as they were read or last moved. What is not known yet is read with one query over a run of chunks: a query has a fixed
 * cost, and one that asks for the root's children pays for all of them each time.
 * @param parsed gives the tree when it is needed: not where the facts are known already.
 */
export function chunkFacts<Kind extends keyof ChunkFacts>(
  kind: Kind,
  chunks: readonly Chunk[],
  reading: Reading,
  parsed: () => ParsedText,
): PlacedFacts[Kind][] {
  for (let from = 0; from < chunks.length; from++) {
    let to = from;
    while (to < chunks.length && chunks[to]!.cache[kind] === undefined) to++;
    if (to > from) readRun(kind, chunks.slice(from, to), reading, parsed());
    from = to;
  }
  return chunks.map((chunk) => chunk.cache[kind]!);
}

/** One kind of facts of a chunk that are known, where it is. What they are moved to is kept instead of where they were. */
export function factsInPlace<Kind extends MovedKind>(kind: Kind, { cache, span }: Chunk): ChunkFacts[Kind] {
  const known = cache[kind]!;
  const by = span.start - known.at;
  if (by === 0) return known.facts;
  const facts = movers[kind](known.facts, by);
  cache[kind] = placed<Kind>(span.start, facts);
  return facts;
}

/** The compiler does not look into what a kind that is not known yet has. */
const placed = <Kind extends keyof ChunkFacts>(at: number, facts: ChunkFacts[Kind]): PlacedFacts[Kind] =>
  ({ at, facts }) as PlacedFacts[Kind];

/** Chunks as they are under a root: what patterns that name another root have found is read again. */
export const underRoot = (chunks: readonly Chunk[], reading: Reading, root: string): Chunk[] =>
  chunks.map((chunk) => {
    if (chunk.root === root) return chunk;
    const cache = { ...chunk.cache };
    for (const kind of rootedKinds(reading, [root, chunk.root])) delete cache[kind];
    const { origin: _, matches, ...rest } = chunk;
    return { ...rest, root, cache, ...(matches && { matches: new Map() }) };
  });

const rootedKinds = ({ queries }: Reading, roots: readonly string[]): (keyof ChunkFacts)[] =>
  kinds.filter((kind) => {
    const name = readers[kind].query;
    const source = (name && queries.source(name)) ?? '';
    return roots.some((root) => source.includes(`(${root}`));
  });

/** Reads what the query of a kind, and those that are run with it, find. */
function readRun(
  kind: keyof ChunkFacts,
  chunks: readonly Chunk[],
  reading: Reading,
  { tree, text }: ParsedText,
): void {
  const { query } = readers[kind];
  const group = query && reading.queries.groupOf(query);
  const matches = group ? matchesOf(group, chunks, tree) : [];
  const together = group
    ? kinds.filter((one) => group.names.some((name) => name === readers[one].query))
    : [kind];
  for (const [index, { span, cache }] of chunks.entries()) {
    const nodes = lazy(() => (tree.root.hasError ? topLevelNodes(tree, span) : []));
    const readOne = <Kind extends keyof ChunkFacts>(one: Kind): void => {
      const { query: name, read }: Reader<ChunkFacts[Kind]> = readers[one];
      cache[one] ??= placed<Kind>(
        span.start,
        read((name && matches[index]?.[name]) ?? [], text, reading, nodes),
      );
    };
    for (const one of together) readOne(one);
  }
}

/** By chunk, from what was found in the version before where that is known. */
function matchesOf(group: QueryGroup, chunks: readonly Chunk[], tree: SyntaxTree): FoundMatches[] {
  const [only, another] = chunks;
  const known = another ? undefined : only?.origin?.get(group);
  const found =
    only && known
      ? [rerunQueries(group, tree, only.span, known)]
      : runQueries(
          group,
          tree,
          chunks.map(({ span }) => span),
        );
  for (const [index, { matches, span }] of chunks.entries())
    matches?.set(group, { at: span.start, matches: found[index]! });
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
