// The scopes of a file from those of its chunks: what no chunk binds, what the top level binds, what a place sees.
import type { Binding, FileFacts, NameUse } from '../../core/facts.ts';
import { overlaps, type Span } from '../../core/span.ts';
import {
  type ChunkScopes,
  type FreeUse,
  type Scope,
  type ScopeBinding,
  visibleScopes,
  words,
} from './scopes.ts';

export interface PlacedScopes {
  /** Where the chunk begins in the file. */
  readonly start: number;
  /** How far it has moved since its scopes were read. */
  readonly by: number;
  readonly scopes: ChunkScopes;
}

/** Code units on either side of an error at the top level in which names are doubtful: about thirty lines. */
const doubtAround = 1_000;

export type FileScopes = Pick<FileFacts, 'unresolved' | 'opaque' | 'script'>;

/**
 * Puts chunks together.
 * @param text of the whole file.
 * @param hasScripts whether the language's query tells modules (`@module`) from scripts at all.
 */
export function mergeScopes(chunks: readonly PlacedScopes[], text: string, hasScripts: boolean): FileScopes {
  const known = namesOf(chunks, text);
  const doubtful = doubtfulRegions(chunks);
  const unresolved: NameUse[] = [];
  for (const { by, scopes } of chunks) {
    for (const use of scopes.free) {
      if (isBound(use, known)) continue;
      const span = shift(use.span, by);
      const unsure =
        use.doubtful || known.guarded.has(use.name) || doubtful.some((region) => overlaps(region, span));
      const { name, space, through } = use;
      unresolved.push({ name, span, space, doubtful: unsure, ...(through && { through }) });
    }
  }
  return {
    unresolved,
    opaque: chunks.some(
      ({ scopes }) => scopes.opaque || [...scopes.opaqueNames].some((name) => !known.values.has(name)),
    ),
    script: hasScripts && !chunks.some(({ scopes }) => scopes.module),
  };
}

/** Names that one chunk binds for all of them, by what they are good for. */
interface KnownNames {
  readonly values: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly namespaced: ReadonlySet<string>;
  /** May be bound, by what no scope shows. */
  readonly guarded: ReadonlySet<string>;
}

function namesOf(chunks: readonly PlacedScopes[], text: string): KnownNames {
  const values = new Set<string>();
  const types = new Set<string>();
  const namespaced = new Set<string>();
  const guarded = new Set<string>();
  const strict = chunks.some(({ scopes }) => scopes.strict);
  for (const { by, scopes } of chunks) {
    for (const [name, bindings] of scopes.file.bindings) {
      types.add(name);
      if (bindings.some(({ typeOnly }) => !typeOnly)) values.add(name);
    }
    if (!strict) addAll(values, scopes.implicit);
    addAll(namespaced, scopes.namespaced);
    addAll(guarded, scopes.guarded);
    for (const hole of scopes.broken) addAll(guarded, wordsOfLines(text, shift(hole, by)));
  }
  return { values, types, namespaced, guarded };
}

function addAll(set: Set<string>, names: Iterable<string>): void {
  for (const name of names) set.add(name);
}

const isBound = ({ name, space, inNamespace }: FreeUse, known: KnownNames): boolean =>
  known.values.has(name) ||
  (space === 'type' && known.types.has(name)) ||
  (inNamespace && known.namespaced.has(name));

/** What all chunks bind at the top of the file, in order. */
export const topLevelOf = (chunks: readonly PlacedScopes[]): Binding[] =>
  chunks
    .flatMap(({ by, scopes }) =>
      [...scopes.file.bindings.values()].flat().map((binding) => moved(binding, by)),
    )
    .sort((a, b) => a.span.start - b.span.start);

/** Around errors that stand in no scope, since they may have cut one open; disjoint and in order. */
function doubtfulRegions(chunks: readonly PlacedScopes[]): Span[] {
  const regions: Span[] = [];
  for (const { by, scopes } of chunks) {
    for (const hole of scopes.loose) {
      const region = { start: hole.start + by - doubtAround, end: hole.end + by + doubtAround };
      const last = regions.at(-1);
      if (last && region.start <= last.end) {
        regions[regions.length - 1] = { start: last.start, end: Math.max(last.end, region.end) };
      } else regions.push(region);
    }
  }
  return regions;
}

function wordsOfLines(text: string, { start, end }: Span): string[] {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  return text.slice(from, next < 0 ? text.length : next).match(words) ?? [];
}

/**
 * What code at `offset` sees, innermost scope first and each name once. Of the function that the offset is in, variables
 * bound further down are left out.
 * @param text the whole file.
 */
export function visibleNames(chunks: readonly PlacedScopes[], text: string, offset: number): Binding[] {
  const found = new Map<string, Binding>();
  const add = (bindings: readonly ScopeBinding[], by: number, before: number): void => {
    for (const binding of bindings) {
      if (found.has(binding.name)) continue;
      if (binding.kind === 'variable' && binding.span.start + by >= before) continue;
      found.set(binding.name, moved(binding, by));
    }
  };
  const chunk = chunks.findLast(({ start }) => start <= offset);
  if (chunk) {
    let before = offset;
    for (const scope of visibleScopes(innermostAt(chunk, text, offset))) {
      if (scope.kind === 'file') break;
      // What a comprehension says first is seen once for all that it goes through.
      const until = scope.kind === 'comprehension' ? Number.POSITIVE_INFINITY : before;
      for (const bindings of scope.bindings.values()) add(bindings, chunk.by, until);
      // Functions run later than the code around them is written.
      if (scope.kind === 'function') before = Number.POSITIVE_INFINITY;
    }
  }
  for (const { by, scopes } of chunks) {
    for (const bindings of scopes.file.bindings.values()) add(bindings, by, Number.POSITIVE_INFINITY);
  }
  return [...found.values()];
}

function innermostAt({ by, scopes }: PlacedScopes, text: string, offset: number): Scope {
  let best = scopes.file;
  for (const scope of scopes.scopes) {
    const inside =
      scope.span.start + by <= offset && (offset <= scope.span.end + by || trails(scope, by, text, offset));
    if (inside && (best.kind === 'file' || scope.span.start >= best.span.start)) best = scope;
  }
  return best;
}

/** Whether only white space stands between a block without a closing bracket and `offset`, which is indented further. */
function trails({ span, kind }: Scope, by: number, text: string, offset: number): boolean {
  const end = span.end + by;
  if (kind === 'block' || /[}\])]/.test(text[end - 1] ?? '') || text.slice(end, offset).trim() !== '')
    return false;
  return column(text, offset) > indentation(text, span.start + by);
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const column = (text: string, offset: number): number => offset - lineStart(text, offset);
const indentation = (text: string, offset: number): number =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0].length;

const shift = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
const moved = ({ name, span, kind }: Binding, by: number): Binding => ({ name, span: shift(span, by), kind });
