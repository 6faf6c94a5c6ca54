// The next token: evidence of all places like this one, mixed from the shortest agreement to the longest with weights
// that were learned by expectation maximisation (Jelinek and Mercer, 1980, bucketed).
import { abstractKey, isName } from './abstraction.ts';
import type { DocumentIndex } from './document-index.ts';
import { expertWeight, orderStep, orderSteps, recencyWeight, sources } from './experts.ts';
import { boundary, pieceOf, type Token } from './lexer.ts';
import { enoughSamples, maxOrder, maxSamples } from './limits.ts';
import { fileAt, narrow, type Segment } from './segment.ts';
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
  /** The same with names abstracted. */
  readonly pattern: number;
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
  const concreteKeys = new Int32Array(maxOrder);
  const abstractKeys = new Int32Array(maxOrder);
  let keyCount = 0;
  let longest = 0;
  let longestPattern = 0;
  let likeliest = 0;

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
    longestPattern = 0;
  };
  const vote = (source: number, step: number, token: Token, weight: number): void => {
    totals[source * orderSteps + step]! += weight;
    if (token === boundary) return;
    const index = candidate(token);
    if (index !== -1) counts[(source * orderSteps + step) * maxCandidates + index]! += weight;
  };

  /** What stood after a place whose names differ: a name is taken from where it came from there, if from anywhere. */
  const aligned = (list: Int32Array, place: number, order: number, classes: Uint8Array): Token => {
    const token = list[place]!;
    if (!isName(classes, token)) return token;
    const piece = token >> 1;
    for (let depth = 0; depth < order; depth++) {
      if (list[place - 1 - depth]! >> 1 === piece) return (concreteKeys[depth]! & -2) | (token & 1);
    }
    return token;
  };

  const project = (segment: Segment, own: number | undefined, abstract: boolean): void => {
    const { tokens: list, starts, dead } = segment;
    const { classes } = segment.abstraction;
    const sorted = abstract ? segment.abstract : segment.concrete;
    const keys = abstract ? abstracted(classes) : concreteKeys;
    const depths = narrow(sorted, keys, keyCount, lows, highs);
    const source = abstract ? 0 : 2;
    if (abstract) longestPattern = Math.max(longestPattern, depths);
    else longest = Math.max(longest, depths);
    const ownStart = own === undefined ? -1 : starts[own]!;
    const ownEnd = own === undefined ? -1 : (starts[own + 1] ?? list.length);
    let innerLow = -1;
    let innerHigh = -1;
    let seen = 0;
    for (let depth = depths - 1; depth >= 0 && seen < enoughSamples; depth--) {
      const low = lows[depth]!;
      const high = highs[depth]!;
      // The places that agree in exactly this many tokens lie on both sides of those that agree in more.
      const left = innerLow === -1 ? high - low : innerLow - low;
      const ring = innerLow === -1 ? left : left + (high - innerHigh);
      const samples = Math.min(ring, maxSamples);
      const weight = ring / samples;
      const step = orderStep(depth + 1);
      for (let sample = 0; sample < samples; sample++) {
        const offset = samples === ring ? sample : Math.floor((sample + 0.5) * weight);
        const place = sorted.places[offset < left ? low + offset : innerHigh + offset - left]!;
        if (place >= ownStart && place < ownEnd) continue;
        if (segment.deadCount > 0 && dead[fileAt(segment, place)] === 1) continue;
        vote(source, step, abstract ? aligned(list, place, depth + 1, classes) : list[place]!, weight);
        seen++;
      }
      innerLow = low;
      innerHigh = high;
    }
  };

  const open = ({ abstraction, tokens: list, matches }: DocumentIndex): void => {
    if (!abstraction) return;
    const { classes } = abstraction;
    matches(abstracted(classes), keyCount, 'abstract', (place, order) => {
      if (order > longestPattern) longestPattern = order;
      vote(1, orderStep(order), aligned(list, place, order, classes), 1);
    });
    matches(concreteKeys, keyCount, 'concrete', (place, order) => {
      if (order > longest) longest = order;
      vote(3, orderStep(order), list[place]!, 1);
    });
  };

  /** The last tokens, backwards, up to the start of the file. */
  const readContext = ({ tokens: before, length }: Context): void => {
    keyCount = 0;
    while (keyCount < maxOrder && keyCount < length && before[length - 1 - keyCount] !== boundary) {
      concreteKeys[keyCount] = before[length - 1 - keyCount]!;
      keyCount++;
    }
  };
  const abstracted = (classes: Uint8Array): Int32Array => {
    for (let depth = 0; depth < keyCount; depth++) {
      abstractKeys[depth] = abstractKey(classes, concreteKeys[depth]!);
    }
    return abstractKeys;
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
      const probability = probabilities[index]! * (1 - trust) + (trust * list[from + index]!) / total;
      probabilities[index] = probability;
      if (probability > probabilities[likeliest]!) likeliest = index;
    }
  };

  return {
    predict(evidence, context, observer) {
      clear();
      readContext(context);
      for (const segment of evidence.segments) {
        const own = segment.indexOf.get(evidence.path);
        project(segment, own, true);
        project(segment, own, false);
      }
      open(evidence.document);
      const recentTotal = lately(context);
      if (observer) candidate(observer.token);
      probabilities.fill(floor, 0, count);
      likeliest = 0;
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
          let top = 0;
          for (let index = 1; index < count; index++) {
            if (counts[row + index]! > counts[row + top]!) top = index;
          }
          const most = counts[row + top]!;
          const before = probabilities[likeliest]!;
          const agrees = probabilities[top] === before;
          mixIn(expertWeight({ source, step, total, most, agrees, before }), counts, row, total, observer);
        }
      }
      return { tokens, probabilities, count, order: longest, pattern: longestPattern };
    },
  };
}
