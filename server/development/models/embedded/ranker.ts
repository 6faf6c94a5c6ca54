// Weighs the likeliest next tokens once more by what mixing does not see: the scene they would come into, where else they
// stand in the document, whether the name can be used here. A net of one hidden layer, learned by `bench/embedded-ranker.ts`
// on repositories that the engine is not judged by; it changes probabilities, it knows no token by name.
import { type Ballot, maxCandidates } from './ballot.ts';
import { orderSteps, sources } from './experts.ts';
import { pieceOf, spaced, type Token } from './lexer.ts';
import { createNameFeatures, freeFeatures, isRare, lineFeature, nameFeatureCount } from './name-features.ts';
import { createNet } from './net.ts';
import { choose, derivedMark, maxRanked, type RankerView } from './ranker-view.ts';
import type { Scene } from './scene.ts';
import {
  kindIn,
  likeness,
  markIn,
  marks,
  shapeCount,
  shapeIn,
  type Traits,
  type WordList,
} from './traits.ts';
import { kinds } from './vocabulary.ts';

export const featureCount = 96;
export const hiddenUnits = 32;
export const rankerSize = hiddenUnits * (featureCount + 1) + hiddenUnits;

export interface Ranker {
  /** Chooses the likeliest candidates and reads their features. @returns how many there are. */
  read(view: RankerView): number;
  /** Candidates that were chosen, likeliest first. */
  readonly chosen: Int32Array;
  /** `features[n * featureCount + feature]` of the nth. */
  readonly features: Float32Array;
  /** Changes the probabilities of those chosen, so that all candidates together keep below one. */
  rank(view: RankerView): void;
}

/** @param weights of `rankerSize`; empty to leave all as it is. */
export function createRanker(traits: Traits, weights: Float64Array): Ranker {
  const chosen = new Int32Array(maxRanked);
  const features = new Float32Array(maxRanked * featureCount);
  const shared = new Float32Array(sharedCount);
  const longest = new Int32Array(sources.length);
  const kindMass = new Float64Array(8);
  const shapeMass = new Float64Array(shapeCount);
  const names = createNameFeatures(traits);
  /** The words of each name on the line. */
  const lineWords: WordList[] = [];
  const scoreOf = createNet(weights, featureCount, hiddenUnits, sharedCount);

  const read = (view: RankerView): number => {
    const count = choose(view, chosen);
    readShared(view, longest, shared, count === 0 ? 0 : view.probabilities[chosen[0]!]!);
    readMasses(view);
    const { scene } = view;
    lineWords.length = 0;
    for (let at = 0; at < scene.lineWordCount; at++) lineWords.push(traits.wordsOf(scene.lineWords[at]!));
    for (let at = 0; at < count; at++) readCandidate(view, at);
    return count;
  };

  /** What experts said of it. @returns where the next feature goes. */
  const readVotes = ({ ballot, probabilities, recent, recentTotal }: RankerView, at: number): number => {
    const index = chosen[at]!;
    const probability = probabilities[index]!;
    let to = at * featureCount;
    features[to++] = Math.max(-12, Math.log(probability)) / 4;
    features[to++] = probability / probabilities[chosen[0]!]!;
    features[to++] = at === 0 ? 1 : 0;
    features[to++] = probability;
    for (let source = 0; source < sources.length; source++) {
      const row = source * orderSteps + Math.max(0, longest[source]!);
      const total = ballot.totals[row]!;
      const votes = ballot.counts[row * maxCandidates + index]!;
      features[to++] = total === 0 ? 0 : votes / total;
      features[to++] = votes === 0 ? 0 : Math.log(1 + votes) / 3;
      features[to++] = shareAt(ballot, source * orderSteps, index);
      features[to++] = shareAt(ballot, source * orderSteps + 2, index);
    }
    features[to++] = recentTotal === 0 ? 0 : recent[index]! / recentTotal;
    return to;
  };

  /** What kind of token it is, and whether that kind is expected. */
  const readKind = ({ scene }: RankerView, token: Token, start: number): number => {
    const piece = pieceOf(token);
    const look = traits.look(piece);
    const kind = kindIn(look);
    const mark = markIn(look);
    const shape = shapeIn(look);
    const closes =
      mark === marks.close && scene.openBracket !== -1 && traits.closes(scene.openBracket, piece);
    let to = start;
    features[to++] = bit(spaced(token));
    features[to++] = bit(kind === kinds.word);
    features[to++] = bit(kind === kinds.number);
    features[to++] = bit(kind === kinds.lineBreak);
    features[to++] = bit(mark === marks.open);
    features[to++] = bit(closes);
    features[to++] = bit(mark === marks.close && !closes);
    features[to++] = bit(kind === kinds.lineBreak && scene.openBracket !== -1);
    features[to++] = mark === marks.quote ? 2 * bit(scene.quoted) - 1 : 0;
    features[to++] = bit(shape === 2);
    features[to++] = bit(shape === 1);
    features[to++] = kindMass[kind]!;
    features[to++] = shapeMass[shape]!;
    return to;
  };

  /** Where else its name stands, whether it can be used here, and whether it is like those of the line. */
  const readName = ({ evidence, pointers, scene }: RankerView, token: Token, start: number): number => {
    const piece = pieceOf(token);
    const { rows } = names;
    const row = names.rowOf(evidence, pointers, piece);
    for (let at = 0; at < nameFeatureCount; at++) features[start + at] = rows[row + at]!;
    if (scene.lastMark === marks.member)
      features.fill(0, start + freeFeatures.start, start + freeFeatures.end);
    const isWord = kindIn(traits.look(piece)) === kinds.word;
    features[start + lineFeature] = isWord ? mostAlike(scene, piece) : 0;
    features[start + lineFeature + 1] = bit(isWord && isOnLine(scene, piece));
    return start + nameFeatureCount;
  };

  const mostAlike = (scene: Scene, piece: number): number => {
    let most = 0;
    if (lineWords.length === 0) return 0;
    const mine = traits.wordsOf(piece);
    for (let at = 0; at < lineWords.length; at++) {
      if (scene.lineWords[at] !== piece) most = Math.max(most, likeness(mine, lineWords[at]!));
    }
    return most;
  };

  /** How probable each kind and shape of token is, whichever it may be. */
  const readMasses = ({ ballot, probabilities, evidence }: RankerView): void => {
    const { tokens, count } = ballot;
    const classes = evidence.document.abstraction?.classes;
    kindMass.fill(0);
    shapeMass.fill(0);
    let rare = 0;
    for (let index = 0; index < count; index++) {
      const piece = pieceOf(tokens[index]!);
      const look = traits.look(piece);
      const probability = probabilities[index]!;
      kindMass[kindIn(look)]! += probability;
      shapeMass[shapeIn(look)]! += probability;
      if (classes === undefined || piece >= classes.length || classes[piece] === 1) rare += probability;
    }
    let to = sharedCount - sources.length - 2;
    for (let source = 0; source < sources.length; source++) {
      const row = source * orderSteps + Math.max(0, longest[source]!);
      shared[to++] = Math.log(1 + ballot.totals[row]!) / 4;
    }
    shared[to++] = rare;
    shared[to] = kindMass[kinds.word]!;
  };

  /** What shorter agreements say of it, and how many files have it. */
  const readSpread = (ballot: Ballot, token: Token, at: number, start: number): void => {
    let to = start;
    for (let source = 0; source < sources.length; source++) {
      features[to++] = shareAt(ballot, source * orderSteps + 1, chosen[at]!);
      features[to++] = shareAt(ballot, source * orderSteps + 4, chosen[at]!);
    }
    features[to] = Math.log(1 + Math.max(0, traits.files(pieceOf(token)))) / 4;
  };

  const readCandidate = (view: RankerView, at: number): void => {
    const token = view.ballot.tokens[chosen[at]!]!;
    const to = readName(view, token, readKind(view, token, readVotes(view, at)));
    features[to] = bit(view.pointed[chosen[at]!] === derivedMark);
    readSpread(view.ballot, token, at, to + 1);
    features.set(shared, (at + 1) * featureCount - sharedCount);
  };

  return {
    read,
    chosen,
    features,
    rank(view) {
      if (weights.length === 0) return;
      const { ballot, probabilities } = view;
      const count = read(view);
      let before = 0;
      for (let index = 0; index < ballot.count; index++) before += probabilities[index]!;
      // What is not among the candidates counts as one of them that keeps its score.
      let after = before + Math.max(leastUnknown, 1 - before);
      const scores = scoreOf(features, count);
      for (let at = 0; at < count; at++) {
        const index = chosen[at]!;
        const changed = probabilities[index]! * Math.exp(scores[at]!);
        after += changed - probabilities[index]!;
        probabilities[index] = changed;
      }
      const scale = 1 / after;
      for (let index = 0; index < ballot.count; index++) probabilities[index]! *= scale;
    },
  };
}

/** There is always a chance of something new. */
export const leastUnknown = 1e-3;

export const sharedCount = 29;

/** What is the same for all candidates of a place. */
function readShared(view: RankerView, longest: Int32Array, shared: Float32Array, top: number): void {
  const { ballot, scene, evidence } = view;
  let to = 0;
  for (let source = 0; source < sources.length; source++) {
    let step = orderSteps - 1;
    while (step >= 0 && ballot.totals[source * orderSteps + step] === 0) step--;
    longest[source] = step;
    shared[to++] = (step + 1) / orderSteps;
  }
  const { lastMark, lastKind } = scene;
  shared[to++] = bit(lastMark === marks.member);
  shared[to++] = bit(lastMark === marks.open);
  shared[to++] = bit(lastMark === marks.comma);
  shared[to++] = bit(lastMark === marks.assignment);
  shared[to++] = bit(lastMark === marks.lineBreak);
  shared[to++] = bit(lastMark === marks.quote);
  shared[to++] = bit(lastKind === kinds.word);
  shared[to++] = Math.log(1 + scene.lineTokens) / 3;
  shared[to++] = bit(scene.openBracket !== -1);
  shared[to++] = bit(scene.quoted);
  shared[to++] = top;
  shared[to++] = bit(evidence.follows);
  shared[to++] = bit(evidence.names !== undefined);
  shared[to++] = bit(lastKind === kinds.word && isRare(evidence.document, pieceOf(scene.last)));
  shared[to++] = Math.log(1 + scene.lineWordCount);
  const { same, near: close, far } = view.habits;
  const seen = same + close + far;
  shared[to++] = seen === 0 ? 0 : same / seen;
  shared[to++] = seen === 0 ? 0 : close / seen;
  shared[to++] = seen === 0 ? 0 : far / seen;
  shared[to] = bit(seen === 0);
}

function shareAt({ counts, totals }: Ballot, row: number, index: number): number {
  const total = totals[row]!;
  return total === 0 ? 0 : counts[row * maxCandidates + index]! / total;
}

const bit = (holds: boolean): number => (holds ? 1 : 0);

function isOnLine({ lineWords, lineWordCount }: Scene, piece: number): boolean {
  for (let at = 0; at < lineWordCount; at++) if (lineWords[at] === piece) return true;
  return false;
}
