// Which declarations have most in common with given words: BM25 over the words of their texts, in which each word counts
// once (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009, with binary term frequencies).
import { maxPostings } from '../limits.ts';
import { distance } from './near.ts';
import { absolute, type Held } from './store.ts';

/** How much a long text is held against it. */
const lengthWeight = 0.5;
const saturation = 1.2;
/** What a declaration in the same folder is preferred by, against the best score; it halves with each step away. */
const nearBonus = 0.05;

export interface Hit {
  readonly held: Held;
  readonly symbol: number;
  readonly score: number;
}

/**
 * @param hashes of the words asked for, each once.
 * @param accepts whether a declaration may be among the answers.
 */
export function mostSimilar(
  segments: readonly Held[],
  hashes: readonly number[],
  near: string,
  limit: number,
  accepts: (held: Held, symbol: number) => boolean,
): Hit[] {
  const total = segments.reduce((sum, { segment }) => sum + segment.columns.symbolName.length, 0);
  const words = hashes
    .map((hash) => {
      const ranges = segments.map(({ segment }) => segment.withWord(hash));
      return { ranges, count: ranges.reduce((sum, { from, to }) => sum + to - from, 0) };
    })
    .filter(({ count }) => count > 0)
    // Rare words first: when there is too much to read, the common ones say least.
    .sort((a, b) => a.count - b.count);
  const used: typeof words = [];
  let postings = 0;
  for (const word of words) {
    if (postings > 0 && postings + word.count > maxPostings) break;
    postings += word.count;
    used.push(word);
  }
  const hits: Hit[] = [];
  for (const [index, held] of segments.entries()) {
    const scores = new Float32Array(held.segment.columns.symbolName.length);
    for (const { ranges, count } of used) {
      const weight = Math.log(1 + (total - count + 0.5) / (count + 0.5));
      const { from, to } = ranges[index]!;
      const { wordSymbol } = held.segment.columns;
      for (let at = from; at < to; at++) scores[wordSymbol[at]!]! += weight;
    }
    collect(held, scores, hits, limit * 4, accepts);
  }
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);
  return hits
    .map((hit) => {
      const away = distance(near, absolute(hit.held, hit.held.segment.fileOf(hit.symbol)));
      return { ...hit, score: hit.score + best * nearBonus * 0.5 ** Math.max(0, away) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

/** The best of one segment, with the length of their texts counted in. */
function collect(
  held: Held,
  scores: Float32Array,
  hits: Hit[],
  limit: number,
  accepts: (held: Held, symbol: number) => boolean,
): void {
  const { symbolWords } = held.segment.columns;
  const average = meanWords(symbolWords);
  let found: Hit[] = [];
  // Below it nothing can be among the best any more: common words are in nearly all declarations.
  let floor = 0;
  const cut = (): void => {
    found.sort((a, b) => b.score - a.score);
    found = found.slice(0, limit);
    floor = found.length === limit ? found.at(-1)!.score : 0;
  };
  for (let symbol = 0; symbol < scores.length; symbol++) {
    if (scores[symbol] === 0) continue;
    const length = symbolWords[symbol]! / average;
    const norm = (saturation + 1) / (1 + saturation * (1 - lengthWeight + lengthWeight * length));
    const score = scores[symbol]! * norm;
    if (score <= floor || !accepts(held, symbol)) continue;
    if (held.dead[held.segment.fileOf(symbol)] === 1) continue;
    found.push({ held, symbol, score });
    if (found.length >= limit * 4) cut();
  }
  cut();
  hits.push(...found);
}

const means = new WeakMap<Uint16Array, number>();

function meanWords(counts: Uint16Array): number {
  let mean = means.get(counts);
  if (mean === undefined) {
    const some = counts.filter((count) => count > 0);
    mean = some.length === 0 ? 1 : some.reduce((sum, count) => sum + count, 0) / some.length;
    means.set(counts, mean);
  }
  return mean;
}
