// The next token: evidence of all places like this one, mixed, with names that something points at, the likeliest weighed
// once more.
import { accumulate, candidateOf, clearBallot, createBallot, maxCandidates } from './ballot.ts';
import { createDeriver } from './derive.ts';
import type { DocumentIndex } from './document-index.ts';
import { recencyWeight } from './experts.ts';
import { boundary, pieceOf, spaced, type Token } from './lexer.ts';
import { contextLength } from './limits.ts';
import { keepMembers } from './members.ts';
import { createMixer, floor } from './mix.ts';
import { type Pointers, pointersOf } from './pointers.ts';
import { createRanker, type Ranker } from './ranker.ts';
import { derivedMark, pointedMark, type RankerView } from './ranker-view.ts';
import { createScene, look, type Names } from './scene.ts';
import type { Segment, SortingBudget } from './segment.ts';
import { createTraits, marks } from './traits.ts';
import { variantsOf } from './variants.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';
import { createWitnesses } from './witnesses.ts';

/** Names of near scopes that are candidates although nothing else speaks for them, and the nearest one's chance, about. */
const maxNearNames = 40;
const nearName = 0.01;

/** Of these, the nearest are weighed by the ranker whatever their chance. */
const rankedNames = 8;

/** The chance of a name that is pointed at, about, where nothing else speaks for it. */
const pointedName = 0.002;

/** Where words have less than this together, none is looked for that nothing speaks for. */
const leastWords = 0.01;

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
  /** Members of the value before the cursor, where its type is certain. */
  readonly members?: ReadonlySet<number> | undefined;
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
  const witnesses = createWitnesses(ballot, createDeriver(vocabulary));
  const mixer = createMixer(ballot, weights.experts);
  const { probabilities } = mixer;
  const recent = new Float64Array(maxCandidates);
  const traits = createTraits(vocabulary);
  const scene = createScene();
  const ranker = createRanker(traits, weights.ranker);
  const pointed = new Uint8Array(maxCandidates);
  let pointers: Pointers = { fresh: [], ahead: [] };
  let pointersAre: Evidence | undefined;
  const variants = new Map<number, readonly number[]>();
  let calls = 0;

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

  /** How probable words are here, with a space before them and without. */
  const words = { spaced: 0, bare: 0 };
  const weighWords = (): void => {
    words.spaced = 0;
    words.bare = 0;
    for (let index = 0; index < ballot.count; index++) {
      const token = ballot.tokens[index]!;
      if (vocabulary.kind(pieceOf(token)) !== kinds.word) continue;
      if (spaced(token)) words.spaced += probabilities[index]!;
      else words.bare += probabilities[index]!;
    }
  };

  /** Gives a name a chance, with or without a space before it, as most words here would have. */
  const point = (piece: number, chance: number, ranked: boolean): void => {
    const known = ballot.count;
    const index = candidateOf(ballot, (piece << 1) | (words.spaced > words.bare ? 1 : 0));
    if (index === -1) return;
    if (index === known) probabilities[index] = floor;
    probabilities[index]! += chance;
    if (ranked && pointed[index] === 0) pointed[index] = pointedMark;
  };

  const askDerived = (): void => {
    for (const token of witnesses.derived) {
      const known = ballot.count;
      const index = candidateOf(ballot, token);
      if (index === -1) break;
      if (index === known) probabilities[index] = floor;
      probabilities[index]! += pointedName;
      pointed[index] = derivedMark;
    }
  };

  const askVisible = (names: Names): void => {
    for (const [piece, { rank }] of names) {
      if (rank >= maxNearNames) break;
      point(piece, nearName / (rank + 3), rank < rankedNames);
    }
  };

  /**
   * Gives every name that can be used here a small chance: one that was only declared is followed by nothing yet. The same
   * to those that were just introduced, that are used below, or that are written like the word before.
   */
  const askNames = (evidence: Evidence): void => {
    if (pointersAre !== evidence) {
      pointers = pointersOf(vocabulary, evidence.document);
      pointersAre = evidence;
      variants.clear();
    }
    askDerived();
    weighWords();
    if (words.spaced + words.bare < leastWords) return;
    if (evidence.names && scene.lastMark !== marks.member && !scene.quoted) askVisible(evidence.names);
    for (const piece of pointers.fresh) point(piece, pointedName, true);
    for (const piece of pointers.ahead) point(piece, pointedName, true);
    if (scene.lineWordCount === 0) return;
    const last = scene.lineWords[0]!;
    const alike = variants.get(last) ?? variantsOf(vocabulary, last);
    variants.set(last, alike);
    for (const piece of alike) point(piece, pointedName, true);
  };

  return {
    get calls() {
      return calls;
    },
    predict(evidence, context, observer) {
      calls++;
      recent.fill(0, 0, ballot.count);
      pointed.fill(0, 0, ballot.count);
      clearBallot(ballot);
      const agreed = witnesses.ask(evidence, context);
      const recentTotal = askLately(context);
      if (observer) candidateOf(ballot, observer.token);
      accumulate(ballot);
      const last = context.length === 0 ? boundary : context.tokens[context.length - 1]!;
      mixer.mix(recent, recentTotal, recencyWeight(vocabulary.kind(pieceOf(last))), observer);
      look(scene, vocabulary, traits, context);
      askNames(evidence);
      const isMember = scene.lastMark === marks.member && isAtCursor(evidence, context);
      const members = isMember ? evidence.members : undefined;
      for (const piece of members ?? []) point(piece, pointedName, true);
      const view = {
        ballot,
        probabilities,
        recent,
        recentTotal,
        scene,
        evidence,
        pointed,
        pointers,
        habits: witnesses.habits,
      };
      observer?.weigh?.(ranker, view);
      ranker.rank(view);
      if (members) keepMembers(vocabulary, ballot, probabilities, members);
      return {
        tokens: ballot.tokens,
        probabilities,
        count: ballot.count,
        order: agreed.order,
        pattern: agreed.pattern,
      };
    },
  };
}

/** Whether nothing of a proposal stands in the context yet but the point, which is proposed as a half-typed operator is. */
const isAtCursor = ({ document }: Evidence, { length }: Context): boolean =>
  length - Math.min(contextLength, document.length - document.afterLength - 2) <= 1;
