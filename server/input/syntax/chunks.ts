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
 * The chunks of a new version, with those of the old one that neither an edit nor a changed range touches.
 * @param before the tree before, edited by `edits`.
 */
export function updateChunks(
  old: readonly Chunk[],
  edits: readonly TreeEdit[],
  before: SyntaxTree,
  after: SyntaxTree,
): Chunk[] {
  // Patterns can ask for the root's type, which changes when the whole file becomes an error or stops being one.
  if (before.root.type !== after.root.type) return splitIntoChunks(after);
  const changed = before.changedRanges(after);
  const kept: Chunk[] = [];
  for (const { span, cache } of old) {
    const moved = edits.reduce<Span | undefined>((at, edit) => at && untouched(at, edit), span);
    if (moved && !changed.some((range) => range.startIndex <= moved.end && range.endIndex >= moved.start)) {
      kept.push({ span: moved, cache });
    }
  }
  return fillGaps(kept, after) ?? splitIntoChunks(after);
}

/** `undefined` when a kept chunk does not begin and end where top-level nodes do. */
function fillGaps(kept: readonly Chunk[], tree: SyntaxTree): Chunk[] | undefined {
  const all: Chunk[] = [];
  let from = 0;
  for (let index = 0; index <= kept.length; index++) {
    const next = kept[index];
    const { chunks, overlap } = chunksBetween(tree, from, next?.span.start ?? Infinity);
    if (overlap) return undefined;
    all.push(...chunks);
    if (next) {
      all.push(next);
      from = next.span.end;
    }
  }
  return all;
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
