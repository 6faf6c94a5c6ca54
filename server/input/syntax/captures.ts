// What a query found, as plain data: names and spans, no nodes. The form in which the readers of symbols, imports,
// calls, scopes and the rest get what a language's queries captured.
import type { Span } from '../../core/span.ts';
import type { Change } from './edits.ts';
import type { RawCapture, SyntaxTree, TreeQuery } from './engine.ts';
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

/**
 * Runs a query once over several stretches of a text.
 * @param stretches in order; a match belongs to the one that its first capture starts in.
 * @returns for each stretch its matches in the order of the text, outer before inner, earlier patterns first, with spans
 *   relative to the start of the stretch.
 */
export function runQuery(
  query: TreeQuery,
  tree: SyntaxTree,
  stretches: readonly Span[],
): (readonly PlacedMatch[])[] {
  const found: PlacedMatch[][] = stretches.map(() => []);
  const first = stretches[0];
  const last = stretches.at(-1);
  if (!first || !last) return [];
  for (const { match, start } of matchesIn(query, tree, first.start, last.end)) {
    const index = stretchAt(stretches, start);
    const base = stretches[index]?.start;
    if (base !== undefined) found[index]!.push(match(base));
  }
  for (const matches of found) matches.sort(byPlace);
  return found;
}

/**
 * The matches of a stretch as they are after a change of it: those whose outermost nodes it does not touch stay, the others
 * are looked for again.
 * @param change counted from the start of the stretch.
 */
export function rerunQuery(
  query: TreeQuery,
  tree: SyntaxTree,
  stretch: Span,
  before: readonly PlacedMatch[],
  change: Change,
): readonly PlacedMatch[] {
  const delta = change.newEnd - change.oldEnd;
  const found: PlacedMatch[] = [];
  for (const match of before) {
    if (match.root.end < change.start) found.push(match);
    else if (match.root.start > change.oldEnd) found.push(delta === 0 ? match : moved(match, delta));
  }
  // One to either side, so that nodes which only touch it are among those found.
  const from = stretch.start + Math.max(0, change.start - 1);
  const to = Math.min(stretch.end, stretch.start + change.newEnd + 1);
  for (const { match, start } of matchesIn(query, tree, from, to)) {
    if (start < stretch.start || start >= stretch.end) continue;
    const one = match(stretch.start);
    if (one.root.end >= change.start && one.root.start <= change.newEnd) found.push(one);
  }
  return found.sort(byPlace);
}

const byPlace = (a: PlacedMatch, b: PlacedMatch): number =>
  a.start - b.start || b.end - a.end || a.pattern - b.pattern;

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function moved({ pattern, captures, start, end, root }: PlacedMatch, by: number): PlacedMatch {
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

/** Matches that touch a range, each with where its captures begin; made plain only where somebody wants them. */
function* matchesIn(
  query: TreeQuery,
  tree: SyntaxTree,
  from: number,
  to: number,
): Generator<{ readonly start: number; readonly match: (base: number) => PlacedMatch }> {
  for (const { pattern, captures: all, properties } of query.matches(tree, from, to)) {
    const captures = all.filter(({ name }) => name !== rootCapture);
    const { start, end } = spanOf(captures);
    const match = (base: number): PlacedMatch => {
      const root = spanOf(all);
      return {
        pattern,
        captures: captures.map((capture) => plainCapture(capture, base, properties)),
        start: start - base,
        end: end - base,
        root: shifted(root, -base),
      };
    };
    yield { start, match };
  }
}

function spanOf(captures: readonly RawCapture[]): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const { node } of captures) {
    start = Math.min(start, node.startIndex);
    end = Math.max(end, node.endIndex);
  }
  return { start, end };
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
  { name, node }: RawCapture,
  base: number,
  properties: Readonly<Record<string, string | null>> | undefined,
): Capture {
  const span = { start: node.startIndex - base, end: node.endIndex - base };
  if (!properties && !withChildren.has(name)) return { name, span };
  return {
    name,
    span,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value ?? ''])),
    }),
    ...(withChildren.has(name) && {
      children: node.children
        .filter((child) => child?.isNamed && !child.isExtra)
        .map((child) => ({ start: child!.startIndex - base, end: child!.endIndex - base })),
    }),
  };
}
