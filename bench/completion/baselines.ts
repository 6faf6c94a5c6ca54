// What needs no engine: copying the rest of the line from where the longest suffix of the text stood last, and words of the
// open file by how near they stand.
import { lineSpanAt } from '../../server/core/lines.ts';

/** Characters before the cursor that are compared. */
const longestSuffix = 2_000;

/** The rest of the line after the last place where the longest suffix of `before` stood, here or in `corpus`. */
export function copyLongest(before: string, corpus: string): string {
  let low = 0;
  let high = Math.min(before.length, longestSuffix);
  const find = (length: number): { list: string; end: number } | undefined => {
    const suffix = before.slice(before.length - length);
    const own = before.lastIndexOf(suffix, before.length - length - 1);
    if (own >= 0 && before.length - length > 0) return { list: before, end: own + length };
    const other = corpus.indexOf(suffix);
    return other >= 0 ? { list: corpus, end: other + length } : undefined;
  };
  let best: { list: string; end: number } | undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const found = find(middle);
    if (found) {
      best = found;
      low = middle;
    } else high = middle - 1;
  }
  return best ? best.list.slice(best.end, lineSpanAt(best.list, best.end).end).trim() : '';
}

/** Words of the text that begin so, the nearest before the cursor first. */
export function bufferWords(text: string, offset: number, typed: string): string[] {
  const before = text.slice(0, offset - typed.length).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  const after = text.slice(offset).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  return [...new Set([...before.reverse(), ...after])].filter(
    (word) => word.startsWith(typed) && word !== typed,
  );
}
