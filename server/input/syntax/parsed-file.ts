// A parsed text as the rest of vouch gets it: facts and answers about places, with the tree hidden behind them.
import type { Edit } from '../../core/span.ts';
import { applyEdits } from '../../core/span.ts';
import { blocksAround } from './blocks.ts';
import {
  type ChunkFacts,
  chunkFacts,
  factsInPlace,
  type ParsedText,
  type Reading,
  underRoot,
} from './chunk-facts.ts';
import { type Chunk, chunkAt, type KnownText, splitIntoChunks, updateChunks } from './chunks.ts';
import { placeIn } from './comments.ts';
import { lastFirst, treeEdits } from './edits.ts';
import type { Grammar, SyntaxTree } from './engine.ts';
import { assembleFacts, type Borrow, errorsOnly } from './file-facts.ts';
import type { ParsedFile } from './index.ts';
import { lazy } from './lazy.ts';
import { maxParseMilliseconds } from './limits.ts';
import type { MovedKind } from './moved.ts';
import { visibleNames } from './scopes-merge.ts';
import { isLoose } from './shape.ts';

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
 * @param previous a version of it and the edits, in order, that lead from there to `text`. With `keep` it stays as it is;
 *   without, it is released.
 * @returns `undefined` when it takes too long.
 */
export function parseFile(
  parsing: Parsing,
  text: string,
  previous?: { readonly file: ParsedFile; readonly edits: readonly Edit[]; readonly keep: boolean },
): ParsedFile | undefined {
  const before = previous && versions.get(previous.file);
  if (!before) {
    const version = parseFirst(parsing, text);
    return version && fileOf(parsing, version);
  }
  const { file, edits, keep } = previous;
  const edited = keep ? before.tree.copy?.() : before.tree;
  // From here on its tree is one of neither version.
  if (!keep) versions.delete(file);
  try {
    const version = edited
      ? parseNext(parsing, text, { ...before, tree: edited }, edits)
      : parseFirst(parsing, text, before);
    return version && fileOf(parsing, version);
  } finally {
    edited?.delete();
  }
}

/** @param known a version of which what is said of the same text may be used again. */
function parseFirst(parsing: Parsing, text: string, known?: Version): Version | undefined {
  const tree = parsing.grammar.parse(text, undefined, maxParseMilliseconds);
  if (!tree) return undefined;
  const chunks = splitIntoChunks(tree, text, known);
  return { text, tree, chunks: underRoot(chunks, parsing, tree.root.type), sound: known?.sound };
}

/** @param before a version whose tree may be edited. */
function parseNext(
  parsing: Parsing,
  text: string,
  before: Version,
  edits: readonly Edit[],
): Version | undefined {
  const steps = treeEdits(before.text, text, edits);
  const sound = before.tree.root.hasError ? before.sound : { text: before.text, chunks: before.chunks };
  for (const step of steps) before.tree.edit(step);
  const tree = parsing.grammar.parse(text, before.tree, maxParseMilliseconds);
  if (!tree) return undefined;
  const chunks = updateChunks(before.chunks, {
    before: before.tree,
    after: tree,
    edits: steps,
    textBefore: before.text,
    textAfter: text,
    sound,
  });
  return { text, tree, chunks: underRoot(chunks, parsing, tree.root.type), sound };
}

function fileOf(parsing: Parsing, version: Version): ParsedFile {
  const { text, tree, chunks } = version;
  const borrow: Borrow = (use) =>
    versions.has(file) ? use(() => ({ text, tree })) : borrowAgain(parsing.grammar, text, use);
  const limited = isLoose(tree.root) || chunks.some(({ overloaded }) => overloaded);
  const { facts, scopes } = assembleFacts(chunks, parsing, text, tree.root, borrow);

  const ofChunk = <Kind extends MovedKind>(kind: Kind, chunk: Chunk): ChunkFacts[Kind] => {
    borrow((parsed) => chunkFacts(kind, [chunk], parsing, parsed));
    return factsInPlace(kind, chunk);
  };

  const file: ParsedFile = {
    languageId: parsing.language.id,
    text,
    limited,
    facts: limited ? errorsOnly(facts) : facts,
    visibleNames: (offset) => (limited ? [] : visibleNames(scopes(), text, offset)),
    blocksAt(offset) {
      const chunk = chunkAt(chunks, offset);
      if (!chunk || limited) return [];
      return blocksAround(ofChunk('blocks', chunk), offset);
    },
    placeAt(offset) {
      const chunk = chunkAt(chunks, offset);
      if (!chunk || limited) return 'code';
      return placeIn(ofChunk('comments', chunk), ofChunk('strings', chunk), offset);
    },
    branch(edits) {
      const branched = parseFile(parsing, applyEdits(text, edits), {
        file,
        edits: lastFirst(edits),
        keep: true,
      });
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
