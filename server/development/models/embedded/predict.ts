// The next token: evidence of all places like this one, mixed from the shortest agreement to the longest with weights
// that were learned by expectation maximisation (Jelinek and Mercer, 1980, bucketed), the likeliest weighed once more.
import { abstractKey, isName } from './abstraction.ts';
import { accumulate, candidateOf, clearBallot, createBallot, maxCandidates, vote } from './ballot.ts';
import type { DocumentIndex } from './document-index.ts';
import { expertWeight, orderStep, orderSteps, recencyWeight, sources } from './experts.ts';
import { boundary, pieceOf, spaced, type Token } from './lexer.ts';
import { enoughSamples, maxOrder, maxSamples } from './limits.ts';
import { createRanker, type Ranker, type RankerView } from './ranker.ts';
import { createScene, look, type Names } from './scene.ts';
import { fileAt, narrow, type Segment, type SortingBudget } from './segment.ts';
import { createTraits, marks } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** The probability of any token that nothing speaks for. */
const floor = 1e-6;

/** Names of near scopes that are candidates although nothing else speaks for them, and the nearest one's chance, about. */
const maxNearNames = 40;
const nearName = 0.01;

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
  /** Names that can be used at the cursor, where the parser has told. */
  readonly names?: Names | undefined;
  /** Whether the text after the cursor is known. */
  readonly follows: boolean;
  /** How much may still be sorted for this question; absent for no limit. */
  readonly sorting?: SortingBudget;
}

/** Sees how each expert would have done: for learning the weights. */
export interface Observer {
  readonly token: Token;
  /** @param share what the expert gives the token. @param before what it had before the expert was asked. */
  see(weight: number, share: number, before: number): void;
  /** What the ranker would weigh, before it does. */
  weigh?(ranker: Ranker, view: RankerView): void;
}

export interface Predictor {
  /** The result is overwritten by the next call. */
  predict(evidence: Evidence, context: Context, observer?: Observer): Prediction;
  /** How many predictions were made: a measure of work that no other program disturbs. */
  readonly calls: number;
}

export interface PredictorWeights {
  readonly experts: Float64Array;
  /** Empty to mix only. */
  readonly ranker: Float64Array;
}

export function createPredictor(vocabulary: Vocabulary, weights: PredictorWeights): Predictor {
  const ballot = createBallot();
  const probabilities = new Float64Array(maxCandidates);
  const recent = new Float64Array(maxCandidates);
  const lows = new Int32Array(maxOrder);
  const highs = new Int32Array(maxOrder);
  const concreteKeys = new Int32Array(maxOrder);
  const abstractKeys = new Int32Array(maxOrder);
  const traits = createTraits(vocabulary);
  const scene = createScene();
  const ranker = createRanker(vocabulary, traits, weights.ranker);
  let keyCount = 0;
  let longest = 0;
  let longestPattern = 0;
  let likeliest = 0;
  let calls = 0;
  let sorting: SortingBudget = unlimited;

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

  /**
   * Asks places of a segment that agree in `depth + 1` tokens and no more: they lie on both sides of `inner`, those that
   * agree in more.
   * @returns how many had something to say.
   */
  const askRing = (segment: Segment, own: Own, abstract: boolean, depth: number, inner: boolean): number => {
    const { tokens: list } = segment;
    const { classes } = segment.abstraction;
    const { places } = abstract ? segment.abstract : segment.concrete;
    const low = lows[depth]!;
    const high = highs[depth]!;
    const left = (inner ? lows[depth + 1]! : high) - low;
    const right = inner ? highs[depth + 1]! : high;
    const ring = left + (high - right);
    const samples = Math.min(ring, maxSamples);
    const weight = ring / samples;
    const row = (abstract ? 0 : 2) * orderSteps + orderStep(depth + 1);
    let seen = 0;
    for (let sample = 0; sample < samples; sample++) {
      // Spread evenly; where all are asked, each once.
      const offset = Math.floor((sample + 0.5) * weight);
      const place = places[offset < left ? low + offset : right + offset - left]!;
      if (!counts(segment, own, place)) continue;
      vote(ballot, row, abstract ? aligned(list, place, depth + 1, classes) : list[place]!, weight);
      seen++;
    }
    return seen;
  };

  const askSegment = (segment: Segment, own: Own, abstract: boolean): void => {
    const keys = abstract ? abstracted(segment.abstraction.classes) : concreteKeys;
    const depths = narrow(
      abstract ? segment.abstract : segment.concrete,
      keys,
      keyCount,
      lows,
      highs,
      sorting,
    );
    if (abstract) longestPattern = Math.max(longestPattern, depths);
    else longest = Math.max(longest, depths);
    let seen = 0;
    for (let depth = depths - 1; depth >= 0 && seen < enoughSamples; depth--) {
      seen += askRing(segment, own, abstract, depth, depth < depths - 1);
    }
  };

  const askDocument = ({ abstraction, tokens: list, matches }: DocumentIndex): void => {
    if (!abstraction) return;
    const { classes } = abstraction;
    matches(abstracted(classes), keyCount, 'abstract', (place, order) => {
      if (order > longestPattern) longestPattern = order;
      vote(ballot, orderSteps + orderStep(order), aligned(list, place, order, classes), 1);
    });
    matches(concreteKeys, keyCount, 'concrete', (place, order) => {
      if (order > longest) longest = order;
      vote(ballot, 3 * orderSteps + orderStep(order), list[place]!, 1);
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

  /** Tokens seen lately, the nearest count most. @returns the sum of `recent`. */
  const askLately = ({ tokens: before, length }: Context): number => {
    let total = 0;
    for (let depth = 0; depth < length; depth++) {
      const token = before[length - 1 - depth]!;
      if (token === boundary) break;
      const index = candidateOf(ballot, token);
      if (index === -1) continue;
      const weight = 1 / (depth + 8);
      recent[index]! += weight;
      total += weight;
    }
    return total;
  };

  /** Mixes one expert in: `share` of each candidate is its count of the total. */
  const mixIn = (weight: number, list: Float64Array, from: number, total: number, observer?: Observer) => {
    if (observer) {
      const index = candidateOf(ballot, observer.token);
      if (index !== -1) observer.see(weight, list[from + index]! / total, probabilities[index]!);
    }
    const trust = weights.experts[weight]!;
    const rest = 1 - trust;
    const each = trust / total;
    for (let index = 0; index < ballot.count; index++) {
      const probability = probabilities[index]! * rest + each * list[from + index]!;
      probabilities[index] = probability;
      if (probability > probabilities[likeliest]!) likeliest = index;
    }
  };

  const mixRow = (source: number, step: number, observer?: Observer): void => {
    const { counts, totals, count } = ballot;
    const row = source * orderSteps + step;
    const total = totals[row]!;
    // Where nothing agrees in just this much, the next longer expert has seen exactly the same.
    if (total === 0 || (step + 1 < orderSteps && totals[row + 1] === total)) return;
    const from = row * maxCandidates;
    let top = 0;
    for (let index = 1; index < count; index++) if (counts[from + index]! > counts[from + top]!) top = index;
    const before = probabilities[likeliest]!;
    const standing = { source, step, total, most: counts[from + top]!, before };
    const weight = expertWeight({ ...standing, agrees: probabilities[top] === before });
    mixIn(weight, counts, from, total, observer);
  };

  /** Whether a word here is likelier to have a space before it. */
  const mostAreSpaced = (): boolean => {
    let mass = 0;
    for (let index = 0; index < ballot.count; index++) {
      const token = ballot.tokens[index]!;
      if (vocabulary.kind(pieceOf(token)) !== kinds.word) continue;
      mass += spaced(token) ? probabilities[index]! : -probabilities[index]!;
    }
    return mass > 0;
  };

  /**
   * Gives every name that can be used here a small chance: one that was only declared is followed by nothing yet. With or
   * without a space before it, as most words here would have.
   */
  const askNames = (names: Names): void => {
    const space = mostAreSpaced() ? 1 : 0;
    for (const [piece, { rank }] of names) {
      if (rank >= maxNearNames) break;
      const known = ballot.count;
      const index = candidateOf(ballot, (piece << 1) | space);
      if (index === -1) break;
      if (index === known) probabilities[index] = floor;
      probabilities[index]! += nearName / (rank + 3);
    }
  };

  const mix = (context: Context, recentTotal: number, observer?: Observer): void => {
    probabilities.fill(floor, 0, ballot.count);
    likeliest = 0;
    if (recentTotal > 0) {
      const last = vocabulary.kind(pieceOf(context.tokens[context.length - 1]!));
      mixIn(recencyWeight(last), recent, 0, recentTotal, observer);
    }
    for (let step = 0; step < orderSteps; step++) {
      for (let source = 0; source < sources.length; source++) mixRow(source, step, observer);
    }
  };

  return {
    get calls() {
      return calls;
    },
    predict(evidence, context, observer) {
      calls++;
      recent.fill(0, 0, ballot.count);
      clearBallot(ballot);
      longest = 0;
      longestPattern = 0;
      readContext(context);
      sorting = evidence.sorting ?? unlimited;
      for (const segment of evidence.segments) {
        const own = ownPlaces(segment, evidence.path);
        askSegment(segment, own, true);
        askSegment(segment, own, false);
      }
      askDocument(evidence.document);
      const recentTotal = askLately(context);
      if (observer) candidateOf(ballot, observer.token);
      accumulate(ballot);
      mix(context, recentTotal, observer);
      look(scene, vocabulary, traits, context);
      const { document, names, follows } = evidence;
      if (names && scene.lastMark !== marks.member && !scene.quoted) askNames(names);
      const view = { ballot, probabilities, recent, recentTotal, scene, document, names, follows };
      observer?.weigh?.(ranker, view);
      ranker.rank(view);
      return {
        tokens: ballot.tokens,
        probabilities,
        count: ballot.count,
        order: longest,
        pattern: longestPattern,
      };
    },
  };
}

/** The places of the document's own indexed version, which do not count. */
interface Own {
  readonly start: number;
  readonly end: number;
}

const unlimited: SortingBudget = { places: Number.POSITIVE_INFINITY };

const nowhere: Own = { start: -1, end: -1 };

/** Whether a place is of a file that counts. */
const counts = (segment: Segment, own: Own, place: number): boolean =>
  (place < own.start || place >= own.end) &&
  (segment.deadCount === 0 || segment.dead[fileAt(segment, place)] === 0);

function ownPlaces({ indexOf, starts, tokens }: Segment, path: string): Own {
  const own = indexOf.get(path);
  return own === undefined ? nowhere : { start: starts[own]!, end: starts[own + 1] ?? tokens.length };
}
