// A file in pieces: runs of top-level nodes whose facts are kept, relative to their start, until an edit touches them.
import type { Span } from '../../core/span.ts';
import type { ChunkFacts } from './chunk-facts.ts';
import { untouched } from './edits.ts';
import type { SyntaxTree, TreeEdit } from './engine.ts';
import { minChunkLength } from './limits.ts';

export interface Chunk {
  readonly span: Span;
  /** What was read of it so far; shared by all versions of the file that have the chunk. */
  readonly cache: { -readonly [Kind in keyof ChunkFacts]?: ChunkFacts[Kind] };
}

/** All chunks of a tree, in order. Together they hold every top-level node; between them is only white space. */
export const splitIntoChunks = (tree: SyntaxTree): Chunk[] => chunksBetween(tree, 0, Infinity).chunks;

/**
 * The chunks of a new version, with those of the old one that neither an edit nor a changed range touches. The white space
 * before a chunk counts as its own.
 * @param before the tree before, edited by `edits`.
 */
export function updateChunks(
  old: readonly Chunk[],
  edits: readonly TreeEdit[],
  before: SyntaxTree,
  after: SyntaxTree,
): Chunk[] {
  const changed = before.changedRanges(after);
  const all: Chunk[] = [];
  let from = 0;
  /** Where the last kept chunk ended before the edits: if the next one began there, nothing can lie between. */
  let oldEnd = 0;
  for (const [index, { span, cache }] of old.entries()) {
    const start = old[index - 1]?.span.end ?? 0;
    const moved = edits.reduce<Span | undefined>((at, edit) => at && untouched(at, edit), {
      start,
      end: span.end,
    });
    if (!moved || changed.some((range) => range.startIndex <= moved.end && range.endIndex >= moved.start)) {
      continue;
    }
    const kept = { start: span.start + moved.end - span.end, end: moved.end };
    if (start !== oldEnd) {
      const { chunks, overlap } = chunksBetween(after, from, kept.start);
      if (overlap) return splitIntoChunks(after);
      all.push(...chunks);
    }
    all.push({ span: kept, cache });
    from = kept.end;
    oldEnd = span.end;
  }
  const { chunks, overlap } = chunksBetween(after, from, Number.POSITIVE_INFINITY);
  return overlap ? splitIntoChunks(after) : [...all, ...chunks];
}

function chunksBetween(tree: SyntaxTree, from: number, to: number): { chunks: Chunk[]; overlap: boolean } {
  const chunks: Chunk[] = [];
  let start = -1;
  let end = -1;
  let overlap = false;
  const close = (): void => {
    if (start !== -1) chunks.push({ span: { start, end }, cache: {} });
    start = -1;
  };
  tree.visitTopLevel(from, (node) => {
    if (node.endIndex <= from && from > 0) return true;
    if (node.startIndex >= to) return false;
    if (node.startIndex < from || node.endIndex > to) {
      overlap = true;
      return false;
    }
    if (start === -1) start = node.startIndex;
    end = node.endIndex;
    if (end - start >= minChunkLength) close();
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
