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
import { type ChunkFacts, chunkFacts, factsInPlace, type ParsedText, type Reading } from './chunk-facts.ts';
import type { Chunk } from './chunks.ts';
import type { SyntaxNode } from './engine.ts';
import { rootErrors } from './errors.ts';
import { lazy } from './lazy.ts';
import type { MovedKind } from './moved.ts';
import type { ChunkScopes } from './scopes.ts';
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
  const each = <Kind extends MovedKind, T>(
    kind: Kind,
    of: (facts: ChunkFacts[Kind]) => readonly T[],
  ): T[] => {
    borrow((parsed) => chunkFacts(kind, chunks, reading, parsed));
    const all: T[] = [];
    // Without spreading: lists are long, and this is done for each kind after each key.
    for (const chunk of chunks) for (const one of of(factsInPlace(kind, chunk))) all.push(one);
    return all;
  };

  const symbols = lazy(
    (): FileSymbols =>
      joinSymbols(
        each('symbols', (facts) => facts.symbols),
        each('symbols', ({ attributes }) => attributes),
        each('comments', itself),
        text,
      ),
  );
  const imports = lazy((): ImportFact[] => each('imports', itself));
  const calls = lazy((): CallFact[] => each('calls', itself));
  const exports = lazy((): ExportFact[] => each('exports', itself));
  const members = lazy((): MemberFact[] => {
    const guarded = new Set(each('members', (chunk) => [...chunk.guarded]));
    const all = each('members', (chunk) => chunk.members);
    return guarded.size === 0
      ? all
      : all.map((one) => (guarded.has(one.name) ? { ...one, doubtful: true } : one));
  });
  const assignments = lazy((): AssignmentFact[] => each('assignments', (chunk) => chunk.assignments));
  const functions = lazy((): FunctionFact[] => each('assignments', (chunk) => chunk.functions));
  const strings = lazy((): Span[] => each('strings', itself));
  const errors = lazy((): SyntaxErrorFact[] => {
    const inChunks = each('errors', itself);
    return sound ? inChunks : [...borrow((parsed) => rootErrors(parsed(), inChunks)), ...inChunks];
  });
  const forbidden = lazy((): ForbiddenFact[] => each('forbidden', itself));
  const placed = lazy((): PlacedScopes[] =>
    borrow((parsed) => chunkFacts('scopes', chunks, reading, parsed)).map(({ at, facts }, index) => {
      const { start } = chunks[index]!.span;
      return { start, by: start - at, scopes: facts };
    }),
  );
  const references = lazy((): ReferenceFact[] => placed().flatMap((scopes) => referencesOf(scopes, text)));
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

const itself = <T>(facts: T): T => facts;

/** What was last made of a chunk's uses for a place in the file: an edit moves only the chunks below it. */
const knownReferences = new WeakMap<ChunkScopes, { by: number; references: readonly ReferenceFact[] }>();

function referencesOf({ scopes, by }: PlacedScopes, text: string): readonly ReferenceFact[] {
  const known = knownReferences.get(scopes);
  if (known?.by === by) return known.references;
  const references: ReferenceFact[] = [];
  for (let at = 0; at < scopes.uses.length; at += 2) {
    const span = { start: scopes.uses[at]! + by, end: scopes.uses[at + 1]! + by };
    references.push({ name: spanText(text, span), span });
  }
  knownReferences.set(scopes, { by, references });
  return references;
}
