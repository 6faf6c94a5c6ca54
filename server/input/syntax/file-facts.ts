// The facts of a file, put together from those of its chunks, each kind when first asked for.
import type {
  AssignmentFact,
  CallFact,
  CommentFact,
  ExportFact,
  FileFacts,
  ForbiddenFact,
  FunctionFact,
  ImportFact,
  MemberFact,
  ReferenceFact,
  SymbolFact,
  SyntaxErrorFact,
} from '../../core/facts.ts';
import { type Span, spanText } from '../../core/span.ts';
import { type ChunkFacts, chunkFacts, type ParsedText, type Reading } from './chunk-facts.ts';
import type { Chunk } from './chunks.ts';
import { textParts } from './comments.ts';
import type { SyntaxNode } from './engine.ts';
import { rootErrors } from './errors.ts';
import { lazy } from './lazy.ts';
import {
  move,
  moveAssignment,
  moveCall,
  moveComment,
  moveExport,
  moveFunction,
  moveImport,
  moveMember,
  moveSymbol,
} from './moved.ts';
import { type FileScopes, mergeScopes, type PlacedScopes, topLevelOf } from './scopes-merge.ts';
import { type FileSymbols, joinSymbols } from './symbols-join.ts';

export interface AssembledFacts {
  readonly facts: FileFacts;
  readonly scopes: () => readonly PlacedScopes[];
}

/** Lends the tree for as long as `use` runs; it is only made ready when asked for. */
export type Borrow = <T>(use: (parsed: () => ParsedText) => T) => T;

/**
 * @param text of the whole file.
 * @param root of the tree: whether the parser made nothing of the whole, and whether there is an error anywhere.
 */
export function assembleFacts(
  chunks: readonly Chunk[],
  reading: Reading,
  text: string,
  root: Pick<SyntaxNode, 'isError' | 'hasError'>,
  borrow: Borrow,
): AssembledFacts {
  const broken = root.isError;
  const sound = !root.hasError;
  const each = <Kind extends keyof ChunkFacts, T>(
    kind: Kind,
    read: (facts: ChunkFacts[Kind], start: number) => readonly T[],
    as: string = kind,
  ): T[] =>
    borrow((parsed) => {
      const all: T[] = [];
      for (const [index, facts] of chunkFacts(kind, chunks, reading, parsed).entries()) {
        const { cache, span } = chunks[index]!;
        // Without spreading: lists are long, and this is done for each kind after each key.
        for (const one of placedOnce(cache, as, span.start, () => read(facts, span.start))) all.push(one);
      }
      return all;
    });

  const symbols = lazy(
    (): FileSymbols =>
      joinSymbols(
        each('symbols', (facts, start) => facts.symbols.map((symbol) => moveSymbol(symbol, start))),
        each('symbols', ({ attributes }, start) => attributes.map((span) => move(span, start)), 'attributes'),
        each('comments', (comments, start) => comments.map((comment) => moveComment(comment, start))),
        text,
      ),
  );
  const imports = lazy((): ImportFact[] =>
    each('imports', (all, start) => all.map((one) => moveImport(one, start))),
  );
  const calls = lazy((): CallFact[] => each('calls', (all, start) => all.map((one) => moveCall(one, start))));
  const exports = lazy((): ExportFact[] =>
    each('exports', (all, start) => all.map((one) => moveExport(one, start))),
  );
  const members = lazy((): MemberFact[] => {
    const guarded = new Set(each('members', (chunk) => [...chunk.guarded], 'guarded'));
    const all = each('members', (chunk, start) => chunk.members.map((one) => moveMember(one, start)));
    return guarded.size === 0
      ? all
      : all.map((one) => (guarded.has(one.name) ? { ...one, doubtful: true } : one));
  });
  const assignments = lazy((): AssignmentFact[] =>
    each('assignments', ({ assignments: all }, start) => all.map((one) => moveAssignment(one, start))),
  );
  const functions = lazy((): FunctionFact[] =>
    each(
      'assignments',
      ({ functions: all }, start) => all.map((one) => moveFunction(one, start)),
      'functions',
    ),
  );
  const references = lazy((): ReferenceFact[] =>
    each('scopes', (scopes, start) => referencesOf(scopes.uses, start, text), 'references'),
  );
  const strings = lazy((): Span[] =>
    each('strings', (all, start) => textParts(all).map((span) => move(span, start))),
  );
  const errors = lazy((): SyntaxErrorFact[] => {
    const inChunks = each('errors', (all, start) =>
      all.map((error) => ({ ...error, span: move(error.span, start) })),
    );
    return sound ? inChunks : [...borrow((parsed) => rootErrors(parsed(), inChunks)), ...inChunks];
  });
  const forbidden = lazy((): ForbiddenFact[] =>
    each('forbidden', (all, start) => all.map((one) => ({ ...one, span: move(one.span, start) }))),
  );
  const placed = lazy((): PlacedScopes[] => each('scopes', (scopes, start) => [{ scopes, start }]));
  const merged = lazy((): FileScopes => {
    // Nearly every use would be doubtful: not worth reading what the text seems to say.
    const lost = broken || chunks.some((chunk) => chunk.lost);
    if (lost) return { unresolved: [], opaque: true, script: false };
    const hasScripts = /@module\b/.test(reading.queries.source('scopes') ?? '');
    return mergeScopes(placed(), text, hasScripts);
  });

  const topLevel = lazy(() => topLevelOf(placed()));

  return {
    scopes: placed,
    facts: {
      languageId: reading.language.id,
      get symbols(): readonly SymbolFact[] {
        return symbols().symbols;
      },
      get comments(): readonly CommentFact[] {
        return symbols().comments;
      },
      get imports() {
        return imports();
      },
      get calls() {
        return calls();
      },
      get members() {
        return members();
      },
      get assignments() {
        return assignments();
      },
      get functions() {
        return functions();
      },
      get references() {
        return references();
      },
      get exports() {
        return exports();
      },
      get strings() {
        return strings();
      },
      get errors() {
        return errors();
      },
      get forbidden() {
        return forbidden();
      },
      get unresolved() {
        return merged().unresolved;
      },
      get opaque() {
        return merged().opaque;
      },
      get topLevel() {
        return topLevel();
      },
      get script() {
        return merged().script;
      },
    },
  };
}

/** The facts of a file of which nothing else may be read: others can neither see what it offers nor say what it does not. */
export const errorsOnly = (facts: FileFacts): FileFacts => ({
  languageId: facts.languageId,
  symbols: [],
  comments: [],
  imports: [],
  calls: [],
  members: [],
  assignments: [],
  functions: [],
  references: [],
  // As of a module that is a computed value.
  exports: [{ name: '=', span: { start: 0, end: 0 }, typeOnly: false }],
  strings: [],
  get errors() {
    return facts.errors;
  },
  forbidden: [],
  unresolved: [],
  opaque: true,
  topLevel: [],
  script: false,
});

/** What was last made of a chunk's facts for a place in the file: an edit moves only the chunks below it. */
const placedFacts = new WeakMap<Chunk['cache'], Map<string, { start: number; facts: readonly unknown[] }>>();

/** @param as names what is made; always made the same way from one kind of facts and the place. */
function placedOnce<T>(
  cache: Chunk['cache'],
  as: string,
  start: number,
  make: () => readonly T[],
): readonly T[] {
  let known = placedFacts.get(cache);
  if (!known) {
    known = new Map();
    placedFacts.set(cache, known);
  }
  const before = known.get(as);
  if (before?.start === start) return before.facts as readonly T[];
  const facts = make();
  known.set(as, { start, facts });
  return facts;
}

function referencesOf(uses: readonly number[], by: number, text: string): ReferenceFact[] {
  const found: ReferenceFact[] = [];
  for (let at = 0; at < uses.length; at += 2) {
    const span = { start: uses[at]! + by, end: uses[at + 1]! + by };
    found.push({ name: spanText(text, span), span });
  }
  return found;
}
