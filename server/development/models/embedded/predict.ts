// The next token: evidence of all places like this one, mixed from the shortest agreement to the longest with weights
// that were learned by expectation maximisation (Jelinek and Mercer, 1980, bucketed).
import type { Abstraction } from './abstraction.ts';
import type { DocumentIndex } from './document-index.ts';
import { expertWeight, orderStep, orderSteps, recencyWeight, sources } from './experts.ts';
import { boundary, pieceOf, type Token } from './lexer.ts';
import { maxOrder, maxSamples } from './limits.ts';
import { fileAt, narrow, type Segment, type SortedPlaces } from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Distinct tokens that are weighed; the rest are too unlikely to matter. */
const maxCandidates = 256;

/** The probability of any token that nothing speaks for. */
const floor = 1e-6;

export interface Context {
  /** Tokens before the cursor, the last `length` of which count. */
  readonly tokens: Int32Array;
  readonly length: number;
}

export interface Prediction {
  /** Not sorted. */
  readonly tokens: Int32Array;
  readonly probabilities: Float64Array;
  readonly count: number;
  /** Tokens that agreed at the best place, concretely. */
  readonly order: number;
}

export interface Evidence {
  readonly segments: readonly Segment[];
  readonly document: DocumentIndex;
  /** The indexed version of the document itself, which the open one replaces. */
  readonly path: string;
}

/** Sees how each expert would have done: for learning the weights. */
export interface Observer {
  readonly token: Token;
  /** @param share what the expert gives the token. @param before what it had before the expert was asked. */
  see(weight: number, share: number, before: number): void;
}

export interface Predictor {
  /** The result is overwritten by the next call. */
  predict(evidence: Evidence, context: Context, observer?: Observer): Prediction;
}

export function createPredictor(vocabulary: Vocabulary, weights: Float64Array): Predictor {
  const tokens = new Int32Array(maxCandidates);
  const probabilities = new Float64Array(maxCandidates);
  let count = 0;
  const slots = new Int32Array(1024).fill(-1);
  /** `counts[(source * orderSteps + step) * maxCandidates + candidate]`. */
  const counts = new Float64Array(sources.length * orderSteps * maxCandidates);
  const totals = new Float64Array(sources.length * orderSteps);
  const recent = new Float64Array(maxCandidates);
  const lows = new Int32Array(maxOrder);
  const highs = new Int32Array(maxOrder);
  let longest = 0;

  const candidate = (token: Token): number => {
    let slot = (Math.imul(token, 0x9e3779b1) >>> 22) & 1023;
    for (let known = slots[slot]!; known !== -1; known = slots[slot]!) {
      if (tokens[known] === token) return known;
      slot = (slot + 1) & 1023;
    }
    if (count === maxCandidates) return -1;
    tokens[count] = token;
    slots[slot] = count;
    return count++;
  };
  const clear = (): void => {
    for (let at = 0; at < sources.length * orderSteps; at++) {
      counts.fill(0, at * maxCandidates, at * maxCandidates + count);
    }
    recent.fill(0, 0, count);
    slots.fill(-1);
    totals.fill(0);
    count = 0;
    longest = 0;
  };
  const vote = (source: number, step: number, token: Token, weight: number): void => {
    totals[source * orderSteps + step]! += weight;
    if (token === boundary) return;
    const index = candidate(token);
    if (index !== -1) counts[(source * orderSteps + step) * maxCandidates + index]! += weight;
  };

  /** What stood after a place whose names differ: a name is taken from where it came from there. */
  const aligned = (
    { tokens: context, length }: Context,
    list: Int32Array,
    place: number,
    order: number,
    abstraction: Abstraction,
  ): Token => {
    const token = list[place]!;
    if (!abstraction.isName(token)) return token;
    const piece = pieceOf(token);
    for (let depth = 0; depth < order; depth++) {
      if (pieceOf(list[place - 1 - depth]!) === piece) {
        return (pieceOf(context[length - 1 - depth]!) << 1) | (token & 1);
      }
    }
    return boundary;
  };

  const project = (evidence: Evidence, context: Context, segment: Segment, abstract: boolean): void => {
    const { tokens: list, abstraction } = segment;
    const { tokens: before, length } = context;
    const contextKey = (depth: number): Token => {
      const token = depth < length ? before[length - 1 - depth]! : boundary;
      return abstract && token !== boundary ? abstraction.key(token) : token;
    };
    const keyAt = abstract
      ? (place: number): Token => {
          const token = list[place]!;
          return token === boundary ? boundary : abstraction.key(token);
        }
      : (place: number): Token => list[place]!;
    const sorted: SortedPlaces = abstract ? segment.abstract : segment.concrete;
    const depths = narrow(sorted, contextKey, keyAt, lows, highs);
    const source = abstract ? 0 : 2;
    if (!abstract && depths > longest) longest = depths;
    const own = segment.indexOf.get(evidence.path);
    let innerLow = -1;
    let innerHigh = -1;
    for (let depth = depths - 1; depth >= 0; depth--) {
      const low = lows[depth]!;
      const high = highs[depth]!;
      // The places that agree in exactly this many tokens lie on both sides of those that agree in more.
      const left = innerLow === -1 ? high - low : innerLow - low;
      const ring = innerLow === -1 ? left : left + (high - innerHigh);
      const samples = Math.min(ring, maxSamples);
      const weight = ring / samples;
      for (let sample = 0; sample < samples; sample++) {
        const offset = samples === ring ? sample : Math.floor((sample + 0.5) * weight);
        const place = sorted.places[offset < left ? low + offset : innerHigh + offset - left]!;
        const file = fileAt(segment, place);
        if (file === own || segment.dead[file] === 1) continue;
        const token = abstract ? aligned(context, list, place, depth + 1, abstraction) : list[place]!;
        vote(source, orderStep(depth + 1), token, weight);
      }
      innerLow = low;
      innerHigh = high;
    }
  };

  const open = ({ document }: Evidence, context: Context): void => {
    const { tokens: before, length } = context;
    const { abstraction, tokens: list } = document;
    if (!abstraction) return;
    const key = (depth: number): Token => (depth < length ? before[length - 1 - depth]! : boundary);
    const abstractKey = (depth: number): Token => {
      const token = key(depth);
      return token === boundary ? boundary : abstraction.key(token);
    };
    document.matches(abstractKey, 'abstract', (place, order) =>
      vote(1, orderStep(order), aligned(context, list, place, order, abstraction), 1),
    );
    document.matches(key, 'concrete', (place, order) => {
      if (order > longest) longest = order;
      vote(3, orderStep(order), list[place]!, 1);
    });
  };

  const lately = ({ tokens: before, length }: Context): number => {
    let total = 0;
    for (let depth = 0; depth < length; depth++) {
      const token = before[length - 1 - depth]!;
      if (token === boundary) break;
      const index = candidate(token);
      if (index === -1) continue;
      const weight = 1 / (depth + 8);
      recent[index]! += weight;
      total += weight;
    }
    return total;
  };

  /** Mixes one expert in: `share` of each candidate is its count of the total. */
  const mixIn = (
    weight: number,
    list: Float64Array,
    from: number,
    total: number,
    observer?: Observer,
  ): void => {
    if (observer) {
      const index = candidate(observer.token);
      if (index !== -1) observer.see(weight, list[from + index]! / total, probabilities[index]!);
    }
    const trust = weights[weight]!;
    for (let index = 0; index < count; index++) {
      probabilities[index] = probabilities[index]! * (1 - trust) + (trust * list[from + index]!) / total;
    }
  };

  return {
    predict(evidence, context, observer) {
      clear();
      for (const segment of evidence.segments) {
        project(evidence, context, segment, true);
        project(evidence, context, segment, false);
      }
      open(evidence, context);
      const recentTotal = lately(context);
      if (observer) candidate(observer.token);
      probabilities.fill(floor, 0, count);
      // An expert of a shorter agreement has also seen every place of the longer ones.
      for (let source = 0; source < sources.length; source++) {
        for (let step = orderSteps - 2; step >= 0; step--) {
          const at = source * orderSteps + step;
          totals[at]! += totals[at + 1]!;
          const row = at * maxCandidates;
          for (let index = 0; index < count; index++)
            counts[row + index]! += counts[row + maxCandidates + index]!;
        }
      }
      if (recentTotal > 0) {
        const last = vocabulary.kind(pieceOf(context.tokens[context.length - 1]!));
        mixIn(recencyWeight(last), recent, 0, recentTotal, observer);
      }
      for (let step = 0; step < orderSteps; step++) {
        for (let source = 0; source < sources.length; source++) {
          const at = source * orderSteps + step;
          const total = totals[at]!;
          // Where nothing agrees in just this much, the next longer expert has seen exactly the same.
          if (total === 0 || (step + 1 < orderSteps && totals[at + 1] === total)) continue;
          const row = at * maxCandidates;
          let most = 0;
          for (let index = 0; index < count; index++)
            if (counts[row + index]! > most) most = counts[row + index]!;
          mixIn(expertWeight(source, step, total, most), counts, row, total, observer);
        }
      }
      return { tokens, probabilities, count, order: longest };
    },
  };
}
