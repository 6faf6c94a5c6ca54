// A chunk that an edit has changed: what its queries had found before, for finding only what is new.
import type { Origin } from './captures.ts';
import type { Chunk } from './chunks.ts';
import { type Change, hullOf, together } from './edits.ts';
import type { ChangedRange, TreeEdit } from './engine.ts';
import type { QueryGroup } from './queries.ts';

/**
 * Chunks that stand where others stood. A single one that is the same as before but for one stretch keeps what is known of
 * the rest: an edit in a long class costs no more than one in a short function.
 * @param changed where the tree is another, in the text after the edits.
 */
export function withKnown(
  chunks: readonly Chunk[],
  before: readonly Chunk[],
  edits: readonly TreeEdit[],
  changed: readonly ChangedRange[],
): readonly Chunk[] {
  const [only, another] = chunks;
  const [was, more] = before;
  return only && was && !another && !more ? [edited(only, was, edits, changed)] : chunks;
}

function edited(
  chunk: Chunk,
  before: Chunk,
  edits: readonly TreeEdit[],
  changed: readonly ChangedRange[],
): Chunk {
  const hull = hullOf(edits);
  const { start, end } = chunk.span;
  if (!hull || chunk.matches || start !== before.span.start || chunk.root !== before.root) return chunk;
  let change: Change = {
    start: hull.start - start,
    oldEnd: hull.oldEnd - start,
    newEnd: hull.newEnd - start,
  };
  for (const range of changed) {
    if (range.endIndex < start || range.startIndex > end) continue;
    const beyond = Math.max(0, Math.min(range.endIndex, end) - start - change.newEnd);
    change = {
      start: Math.min(change.start, Math.max(0, range.startIndex - start)),
      oldEnd: change.oldEnd + beyond,
      newEnd: change.newEnd + beyond,
    };
  }
  const isWithin = change.start >= 0 && change.newEnd <= end - start;
  const isSame = before.span.end - end === change.oldEnd - change.newEnd;
  return isWithin && isSame
    ? { ...chunk, matches: new Map(), origin: originOf(before, change) }
    : { ...chunk, matches: new Map() };
}

function originOf({ matches, origin }: Chunk, change: Change): ReadonlyMap<QueryGroup, Origin> {
  const found = new Map<QueryGroup, Origin>();
  for (const [group, known] of origin ?? [])
    found.set(group, { ...known, change: together(known.change, change) });
  for (const [group, known] of matches ?? []) found.set(group, { ...known, change });
  return found;
}
