// A file in pieces: runs of top-level nodes whose facts are kept until an edit touches them, and move with them.
import type { Span } from '../../core/span.ts';
import type { Found, Origin } from './captures.ts';
import type { PlacedFacts } from './chunk-facts.ts';
import { withKnown } from './edited-chunk.ts';
import { untouched } from './edits.ts';
import type { SyntaxNode, SyntaxTree, TreeEdit } from './engine.ts';
import { lazy } from './lazy.ts';
import { maxBrokenLength, minChunkLength } from './limits.ts';
import type { QueryGroup } from './queries.ts';
import { isOverloaded } from './shape.ts';

export interface Chunk {
  readonly span: Span;
  /** The types of its nodes, where all are sound; such a chunk says the same wherever its text stands. */
  readonly shape: string | undefined;
  /** Whether it has a long node with an error inside. */
  readonly lost: boolean;
  /** Whether queries on it would take too long. */
  readonly overloaded: boolean;
  /** Type of the root that it was read under, which patterns can name. */
  readonly root: string;
  /** What was read of it so far; shared by all versions of the file that have the chunk. */
  readonly cache: Partial<PlacedFacts>;
  /** What its queries found; kept of chunks that were edited, since the next edit is likely to fall into them again. */
  readonly matches?: Map<QueryGroup, Found>;
  /** What they had found before that was edited. */
  readonly origin?: ReadonlyMap<QueryGroup, Origin>;
}

/**
 * All chunks of a tree, in order. Together they hold every top-level node; between them is only white space.
 * @param known another version, of which what was read of the same text under the same root is used again.
 */
export function splitIntoChunks(tree: SyntaxTree, text: string, known?: KnownText): Chunk[] {
  const { chunks } = chunksBetween(tree, 0, Number.POSITIVE_INFINITY);
  if (!known) return chunks;
  const remembered = new Map(soundByText(known));
  return chunks.map((chunk) => recalled(chunk, text, () => remembered));
}

/** Two versions of a text: what is needed to find in the second what was known of the first. */
export interface Step {
  /** The tree before, edited by `edits`. */
  readonly before: SyntaxTree;
  readonly after: SyntaxTree;
  readonly edits: readonly TreeEdit[];
  readonly textBefore: string;
  readonly textAfter: string;
  /** An earlier version from before the text was broken: what it says will mostly be said again. */
  readonly sound: KnownText | undefined;
}

export interface KnownText {
  readonly text: string;
  readonly chunks: readonly Chunk[];
}

/**
 * The chunks of a new version. Those of the old one that neither an edit nor a changed range touches are kept, where the
 * white space before a chunk counts as its own. Of the others, what was read of the same text is used again: a bracket
 * left open changes the tree all the way down, but not what stands there.
 */
export function updateChunks(old: readonly Chunk[], step: Step): Chunk[] {
  const { before, after, edits } = step;
  const changed = before.changedRanges(after);
  const kept: { chunk: Chunk; index: number }[] = [];
  const ends = new Set<number>();
  for (const [index, { span, ...rest }] of old.entries()) {
    const territory = { start: old[index - 1]?.span.end ?? 0, end: span.end };
    const moved = edits.reduce<Span | undefined>((at, edit) => at && untouched(at, edit), territory);
    if (!moved) continue;
    ends.add(moved.end);
    if (changed.some((range) => range.startIndex <= moved.end && range.endIndex >= moved.start)) continue;
    const start = span.start + moved.end - span.end;
    kept.push({ chunk: { span: { start, end: moved.end }, ...rest }, index });
  }

  const all: Chunk[] = [];
  const remembered = lazy(
    () =>
      new Map([
        ...(step.sound ? soundByText(step.sound) : []),
        ...soundByText({ text: step.textBefore, chunks: old }),
      ]),
  );
  let from = 0;
  let next = 0;
  for (const { chunk, index } of [...kept, undefined].map((one) => one ?? { chunk: undefined, index: -1 })) {
    // Nothing can lie between two kept chunks that were neighbours.
    if (index !== next || index === -1) {
      const { chunks, overlap } = chunksBetween(
        after,
        from,
        chunk?.span.start ?? Number.POSITIVE_INFINITY,
        ends,
      );
      if (overlap) return splitIntoChunks(after, step.textAfter);
      const fresh = chunks.map((one) => recalled(one, step.textAfter, remembered));
      all.push(...withKnown(fresh, old.slice(next, index === -1 ? old.length : index), edits, changed));
    }
    if (chunk) {
      all.push(chunk);
      from = chunk.span.end;
      next = index + 1;
    }
  }
  return all;
}

const soundByText = ({ text, chunks }: KnownText): [string, Chunk][] =>
  chunks
    .filter(({ shape }) => shape !== undefined)
    .map((chunk) => [text.slice(chunk.span.start, chunk.span.end), chunk]);

function recalled(chunk: Chunk, text: string, remembered: () => ReadonlyMap<string, Chunk>): Chunk {
  if (chunk.shape === undefined) return chunk;
  const known = remembered().get(text.slice(chunk.span.start, chunk.span.end));
  return known?.shape === chunk.shape ? { ...known, span: chunk.span } : chunk;
}

/**
 * @param ends where a chunk ended before, so that chunks fall together with old ones again after a change.
 * @returns also whether a node lies across one of the borders, which then are no borders.
 */
function chunksBetween(
  tree: SyntaxTree,
  from: number,
  to: number,
  ends: ReadonlySet<number> = new Set(),
): { chunks: Chunk[]; overlap: boolean } {
  const chunks: Chunk[] = [];
  let nodes: SyntaxNode[] = [];
  let overlap = false;
  const close = (): void => {
    const last = nodes.at(-1);
    if (!last) return;
    const span = { start: nodes[0]!.startIndex, end: last.endIndex };
    const broken = nodes.filter((node) => node.hasError);
    const shape = broken.length === 0 ? nodes.map(({ type }) => type).join(' ') : undefined;
    const lost = broken.some(({ startIndex, endIndex }) => endIndex - startIndex > maxBrokenLength);
    const overloaded = nodes.some(isOverloaded);
    chunks.push({ span, shape, lost, overloaded, root: tree.root.type, cache: {} });
    nodes = [];
  };
  tree.visitTopLevel(from, (node) => {
    if (node.endIndex <= from && from > 0) return true;
    if (node.startIndex >= to) return false;
    if (node.startIndex < from || node.endIndex > to) {
      overlap = true;
      return false;
    }
    nodes.push(node);
    if (node.endIndex - nodes[0]!.startIndex >= minChunkLength || ends.has(node.endIndex)) close();
    return true;
  });
  close();
  return { chunks, overlap };
}

/** The chunk that `offset` is in, or touches at its end. */
export function chunkAt(chunks: readonly Chunk[], offset: number): Chunk | undefined {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.span.end < offset) low = middle + 1;
    else high = middle;
  }
  const found = chunks[low];
  return found && found.span.start <= offset ? found : undefined;
}
