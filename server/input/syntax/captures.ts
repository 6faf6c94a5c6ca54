// What a query found, as plain data: names and spans, no nodes. The form in which the readers of symbols, imports,
// calls, scopes and the rest get what a language's queries captured.
import type { Span } from '../../core/span.ts';
import type { Change } from './edits.ts';
import type { RawMatch, SyntaxNode, SyntaxTree } from './engine.ts';
import type { QueryGroup, QueryName } from './queries.ts';
import { rootCapture } from './query-roots.ts';

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

/** A match with where it lies, for putting it in order and for telling what it depends on. */
export interface PlacedMatch extends Match {
  /** What its captures span. */
  readonly start: number;
  readonly end: number;
  /** What its outermost nodes span. */
  readonly root: Span;
}

/** Captures whose node is captured in order to be counted through: the list of a call's arguments. */
const withChildren = new Set(['arguments']);

/** What the queries of a group found, each in the order of the text: outer before inner, earlier patterns first. */
export type FoundMatches = { readonly [Name in QueryName]?: readonly PlacedMatch[] };

/** What was found in a stretch that has matches. */
export interface Found {
  /** Where the stretch began then. */
  readonly at: number;
  readonly matches: FoundMatches;
}

/** What had been found in a stretch before that was changed. */
export interface Origin extends Found {
  /** Counted from the start of the stretch. */
  readonly change: Change;
}

/**
 * Runs a group of queries once over several stretches of a text.
 * @param stretches in order; a match belongs to the one that its first capture starts in.
 * @returns for each stretch its matches.
 */
export function runQueries(group: QueryGroup, tree: SyntaxTree, stretches: readonly Span[]): FoundMatches[] {
  const first = stretches[0];
  const last = stretches.at(-1);
  if (!first || !last) return [];
  const found = stretches.map(() => byQuery(group));
  for (const raw of group.query().matches(tree, first.start, last.end)) {
    const match = placed(raw);
    const index = stretchAt(stretches, match.start);
    if (index >= 0) found[index]!.get(group.origins[match.pattern]!)!.push(match);
  }
  return found.map((lists) => inOrder(lists));
}

/**
 * The matches of a stretch as they are after a change of it: those whose outermost nodes it does not touch stay, the others
 * are looked for again.
 */
export function rerunQueries(
  group: QueryGroup,
  tree: SyntaxTree,
  stretch: Span,
  { at, matches: before, change }: Origin,
): FoundMatches {
  const found = byQuery(group);
  const from = stretch.start + change.start;
  const to = stretch.start + change.newEnd;
  // One to either side, so that nodes which only touch it are among those found.
  const raw = group.query().matches(tree, Math.max(stretch.start, from - 1), Math.min(stretch.end, to + 1));
  for (const one of raw) {
    const match = placed(one);
    const isInside = match.start >= stretch.start && match.start < stretch.end;
    if (isInside && match.root.end >= from && match.root.start <= to)
      found.get(group.origins[match.pattern]!)!.push(match);
  }
  const fresh = inOrder(found);
  const all: { -readonly [Name in QueryName]?: readonly PlacedMatch[] } = {};
  for (const name of group.names)
    all[name] = merged(untouched(before[name]!, at, change, stretch.start - at), fresh[name]!);
  return all;
}

const byQuery = ({ names }: QueryGroup): Map<QueryName, PlacedMatch[]> =>
  new Map(names.map((name) => [name, []]));

function inOrder(lists: ReadonlyMap<QueryName, PlacedMatch[]>): FoundMatches {
  for (const list of lists.values()) list.sort(byPlace);
  return Object.fromEntries(lists);
}

const byPlace = (a: PlacedMatch, b: PlacedMatch): number =>
  a.start - b.start || b.end - a.end || a.pattern - b.pattern;

/**
 * What a change leaves as it was, where it is then; in the same order, since what it moves stands below all else.
 * @param at where the stretch began, from whose start the change is counted.
 * @param by how far it has moved since.
 */
function untouched(matches: readonly PlacedMatch[], at: number, change: Change, by: number): PlacedMatch[] {
  const start = at + change.start;
  const oldEnd = at + change.oldEnd;
  const below = by + change.newEnd - change.oldEnd;
  const left: PlacedMatch[] = [];
  for (const match of matches) {
    if (match.root.end < start) left.push(moved(match, by));
    else if (match.root.start > oldEnd) left.push(moved(match, below));
  }
  return left;
}

/** Two lists in order as one. */
function merged(many: readonly PlacedMatch[], few: readonly PlacedMatch[]): readonly PlacedMatch[] {
  if (few.length === 0) return many;
  const all: PlacedMatch[] = [];
  let next = 0;
  for (const match of many) {
    while (next < few.length && byPlace(few[next]!, match) < 0) all.push(few[next++]!);
    all.push(match);
  }
  while (next < few.length) all.push(few[next++]!);
  return all;
}

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function moved(match: PlacedMatch, by: number): PlacedMatch {
  if (by === 0) return match;
  const { pattern, captures, start, end, root } = match;
  return {
    pattern,
    captures: captures.map((capture) => movedCapture(capture, by)),
    start: start + by,
    end: end + by,
    root: shifted(root, by),
  };
}

/** Without spreading: after most edits this is done for half of what is known of a class. */
function movedCapture({ name, span, properties, children }: Capture, by: number): Capture {
  const moved = shifted(span, by);
  if (!properties && !children) return { name, span: moved };
  return {
    name,
    span: moved,
    ...(properties && { properties }),
    ...(children && { children: children.map((child) => shifted(child, by)) }),
  };
}

/** A match as plain data; asks each node for its end once, which is a call into the parser. */
function placed({ pattern, captures: raw, properties }: RawMatch): PlacedMatch {
  const captures: Capture[] = [];
  const hull = { start: Number.POSITIVE_INFINITY, end: 0 };
  const root = { start: Number.POSITIVE_INFINITY, end: 0 };
  for (const { name, node } of raw) {
    const span = { start: node.startIndex, end: node.endIndex };
    widen(root, span);
    if (name === rootCapture) continue;
    widen(hull, span);
    captures.push(plainCapture(name, node, span, properties));
  }
  return { pattern, captures, start: hull.start, end: hull.end, root };
}

function widen(hull: { start: number; end: number }, { start, end }: Span): void {
  if (start < hull.start) hull.start = start;
  if (end > hull.end) hull.end = end;
}

/** Index of the stretch that contains `offset`, or -1. */
function stretchAt(stretches: readonly Span[], offset: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low < stretches.length && stretches[low]!.start <= offset ? low : -1;
}

/** The first capture of that name in a match. */
export function captureNamed({ captures }: Match, name: string): Capture | undefined {
  for (const capture of captures) if (capture.name === name) return capture;
  return undefined;
}

/** Whether a capture of that name is in a match. */
export const hasCapture = (match: Match, name: string): boolean => captureNamed(match, name) !== undefined;

/** Spans of all captures of that name, in the order of the matches. */
export function spansNamed(matches: readonly Match[], wanted: string): Span[] {
  const found: Span[] = [];
  for (const { captures } of matches)
    for (const { name, span } of captures) if (name === wanted) found.push(span);
  return found;
}

/** A number of its own for each span of a text that is parsed: those are shorter than 2^22 (limits.ts). */
export const placeOf = ({ start, end }: Span): number => start * 4_194_304 + end;

function plainCapture(
  name: string,
  node: SyntaxNode,
  span: Span,
  properties: RawMatch['properties'],
): Capture {
  const isParent = withChildren.has(name);
  if (!properties && !isParent) return { name, span };
  return {
    name,
    span,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value ?? ''])),
    }),
    ...(isParent && {
      children: node.children
        .filter((child) => child?.isNamed && !child.isExtra)
        .map((child) => ({ start: child!.startIndex, end: child!.endIndex })),
    }),
  };
}
