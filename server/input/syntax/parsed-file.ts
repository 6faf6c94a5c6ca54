// A parsed text as the rest of vouch gets it: facts and answers about places, with the tree hidden behind them.
import type { Edit } from '../../core/span.ts';
import { applyEdits } from '../../core/span.ts';
import { blocksAround } from './blocks.ts';
import { type ChunkFacts, chunkFacts, type ParsedText, type Reading, underRoot } from './chunk-facts.ts';
import { type Chunk, chunkAt, type KnownText, splitIntoChunks, updateChunks } from './chunks.ts';
import { placeIn, textParts } from './comments.ts';
import { lastFirst, treeEdits } from './edits.ts';
import type { Grammar, SyntaxTree } from './engine.ts';
import { assembleFacts, type Borrow, move } from './file-facts.ts';
import type { ParsedFile } from './index.ts';
import { lazy } from './lazy.ts';
import { maxParseMilliseconds } from './limits.ts';
import { visibleNames } from './scopes-merge.ts';

export interface Parsing extends Reading {
  readonly grammar: Grammar;
}

/** What a next version is parsed from. */
interface Version {
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly chunks: readonly Chunk[];
  /** The last version before this one that had no error. */
  readonly sound: KnownText | undefined;
}

/** The version behind a file, for as long as it is not released. */
const versions = new WeakMap<ParsedFile, Version>();

/**
 * Parses a text.
 * @param previous a version of it and the edits, in order, that lead from there to `text`. Stays as it is.
 * @returns `undefined` when it takes too long.
 */
export function parseFile(
  parsing: Parsing,
  text: string,
  previous?: { readonly file: ParsedFile; readonly edits: readonly Edit[] },
): ParsedFile | undefined {
  const before = previous && versions.get(previous.file);
  const version = before ? parseNext(parsing, text, before, previous.edits) : parseFirst(parsing, text);
  return version && fileOf(parsing, version);
}

function parseFirst({ grammar }: Parsing, text: string): Version | undefined {
  const tree = grammar.parse(text, undefined, maxParseMilliseconds);
  return tree && { text, tree, chunks: splitIntoChunks(tree), sound: undefined };
}

function parseNext(
  parsing: Parsing,
  text: string,
  before: Version,
  edits: readonly Edit[],
): Version | undefined {
  const edited = before.tree.copy();
  try {
    const steps = treeEdits(before.text, text, edits);
    for (const step of steps) edited.edit(step);
    const tree = parsing.grammar.parse(text, edited, maxParseMilliseconds);
    if (!tree) return undefined;
    const sound = before.tree.root.hasError ? before.sound : { text: before.text, chunks: before.chunks };
    const step = {
      before: edited,
      after: tree,
      edits: steps,
      textBefore: before.text,
      textAfter: text,
      sound,
    };
    const chunks = updateChunks(before.chunks, step);
    const roots = [edited.root.type, tree.root.type];
    return { text, tree, chunks: roots[0] === roots[1] ? chunks : underRoot(chunks, parsing, roots), sound };
  } finally {
    edited.delete();
  }
}

function fileOf(parsing: Parsing, version: Version): ParsedFile {
  const { text, tree, chunks } = version;
  const borrow: Borrow = (use) =>
    versions.has(file) ? use(() => ({ text, tree })) : borrowAgain(parsing.grammar, text, use);
  const { facts, scopes } = assembleFacts(chunks, parsing, text, tree.root.isError, borrow);

  const ofChunk = <Kind extends keyof ChunkFacts>(kind: Kind, chunk: Chunk): ChunkFacts[Kind] =>
    borrow((parsed) => chunkFacts(kind, [chunk], parsing, parsed))[0]!;

  const file: ParsedFile = {
    languageId: parsing.language.id,
    text,
    facts,
    visibleNames: (offset) => visibleNames(scopes(), text, offset),
    blocksAt(offset) {
      const chunk = chunkAt(chunks, offset);
      if (!chunk) return [];
      const { start } = chunk.span;
      const blocks = ofChunk('blocks', chunk);
      return blocksAround(blocks, offset - start).map(({ span, body }) => ({
        span: move(span, start),
        body: move(body, start),
      }));
    },
    placeAt(offset) {
      const chunk = chunkAt(chunks, offset);
      if (!chunk) return 'code';
      const comments = ofChunk('comments', chunk);
      const strings = textParts(ofChunk('strings', chunk));
      return placeIn(comments, strings, offset - chunk.span.start);
    },
    branch(edits) {
      const branched = parseFile(parsing, applyEdits(text, edits), { file, edits: lastFirst(edits) });
      if (!branched) throw new Error('the changed text takes too long to parse');
      return branched;
    },
    release() {
      if (versions.delete(file)) tree.delete();
    },
  };
  versions.set(file, version);
  return file;
}

/** Facts may outlive their tree: what was not read in time is read from one more parse, which ends with the use. */
function borrowAgain<T>(grammar: Grammar, text: string, use: (parsed: () => ParsedText) => T): T {
  const tree = lazy(() => {
    const parsed = grammar.parse(text, undefined, maxParseMilliseconds);
    if (!parsed) throw new Error('a text that was parsed before takes too long to parse');
    return parsed;
  });
  let used = false;
  try {
    return use(() => {
      used = true;
      return { text, tree: tree() };
    });
  } finally {
    if (used) tree().delete();
  }
}
