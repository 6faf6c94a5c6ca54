// Weighs the likeliest next tokens once more by what mixing does not see: the scene they would come into, where else they
// stand in the document, whether the name can be used here. A net of one hidden layer, learned by `bench/embedded-ranker.ts`
// on repositories that the engine is not judged by; it changes probabilities, it knows no token by name.
import { type Ballot, maxCandidates } from './ballot.ts';
import type { DocumentIndex } from './document-index.ts';
import { orderSteps, sources } from './experts.ts';
import { pieceOf, spaced, type Token } from './lexer.ts';
import { createNet } from './net.ts';
import { choose, derivedMark, maxRanked, type RankerView } from './ranker-view.ts';
import { nameFlags, type Scene } from './scene.ts';
import { marks, shapeCount, subwords, type Traits } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

export const featureCount = 83;
export const hiddenUnits = 20;
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
export function createRanker(vocabulary: Vocabulary, traits: Traits, weights: Float64Array): Ranker {
  const chosen = new Int32Array(maxRanked);
  const features = new Float32Array(maxRanked * featureCount);
  const shared = new Float32Array(sharedCount);
  const found = { before: 0, distance: 0, after: false };
  const file = { path: '', words: [] as readonly string[] };
  const longest = new Int32Array(sources.length);
  const kindMass = new Float64Array(8);
  const shapeMass = new Float64Array(shapeCount);
  const scoreOf = createNet(weights, featureCount, hiddenUnits, sharedCount);

  const read = (view: RankerView): number => {
    const count = choose(view, chosen);
    readShared(view, longest, shared, count === 0 ? 0 : view.probabilities[chosen[0]!]!);
    readMasses(view);
    if (file.path !== view.path) {
      file.path = view.path;
      file.words = subwords(view.path.slice(view.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, ''));
    }
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
      features[to++] = Math.log(1 + votes) / 3;
      features[to++] = shareAt(ballot, source * orderSteps, index);
      features[to++] = shareAt(ballot, source * orderSteps + 2, index);
    }
    features[to++] = recentTotal === 0 ? 0 : recent[index]! / recentTotal;
    return to;
  };

  /** What kind of token it is, and whether that kind is expected. */
  const readKind = ({ scene }: RankerView, token: Token, start: number): number => {
    const piece = pieceOf(token);
    const kind = vocabulary.kind(piece);
    const mark = traits.mark(piece);
    const shape = traits.shape(piece);
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

  /** Where else it stands, and whether it can be used here. */
  const readName = (
    { document, names, scene, pointers }: RankerView,
    token: Token,
    start: number,
  ): number => {
    const piece = pieceOf(token);
    const isWord = vocabulary.kind(piece) === kinds.word;
    const free = isWord && scene.lastMark !== marks.member;
    const usable = free ? names?.get(piece) : undefined;
    const flags = usable?.flags ?? 0;
    document.occurrences(token, found);
    const once = found.before === 1;
    let to = start;
    features[to++] = bit(found.before > 0);
    features[to++] = Math.log(1 + found.before) / 2;
    features[to++] = found.before > 0 ? Math.log(1 + found.distance) / 8 : 1;
    features[to++] = bit(found.after);
    features[to++] = bit(flags !== 0);
    features[to++] = usable ? 1 / (1 + usable.rank / 4) : 0;
    features[to++] = has(flags, nameFlags.local);
    features[to++] = bit(once) * has(flags, nameFlags.local);
    features[to++] = has(flags, nameFlags.imported);
    features[to++] = bit(once) * has(flags, nameFlags.imported);
    features[to++] = has(flags, nameFlags.callable);
    features[to++] = bit(names !== undefined && free && flags === 0);
    features[to++] = isWord ? likeness(scene, piece) : 0;
    features[to++] = bit(isWord && isOnLine(scene, piece));
    features[to++] = isWord ? traits.likenessTo(piece, file.words) : 0;
    features[to++] = bit(isRare(document, piece));
    features[to++] = near(pointers.fresh.indexOf(piece));
    features[to++] = near(pointers.ahead.indexOf(piece));
    return readNearest(document, to);
  };

  /** What stands around the nearest place where it was met before the cursor. */
  const readNearest = ({ tokens, length }: DocumentIndex, start: number): number => {
    const at = length - found.distance - 1;
    const met = found.before > 0;
    const before = met ? traits.mark(pieceOf(tokens[at - 1]!)) : marks.other;
    const after = met ? traits.mark(pieceOf(tokens[at + 1]!)) : marks.other;
    let to = start;
    features[to++] = bit(before === marks.member);
    features[to++] = bit(before === marks.quote);
    features[to++] = bit(after === marks.assignment);
    features[to++] = bit(after === marks.open);
    features[to++] = bit(after === marks.member);
    return to;
  };

  /** How probable each kind and shape of token is, whichever it may be. */
  const readMasses = (view: RankerView): void => {
    const { ballot, probabilities } = view;
    kindMass.fill(0);
    shapeMass.fill(0);
    let names = 0;
    let words = 0;
    for (let index = 0; index < ballot.count; index++) {
      const piece = pieceOf(ballot.tokens[index]!);
      kindMass[vocabulary.kind(piece)]! += probabilities[index]!;
      shapeMass[traits.shape(piece)]! += probabilities[index]!;
      if (isRare(view.document, piece)) names += probabilities[index]!;
      if (vocabulary.kind(piece) === kinds.word) words += probabilities[index]!;
    }
    shared[sharedCount - 2] = names;
    shared[sharedCount - 1] = words;
  };

  const readCandidate = (view: RankerView, at: number): void => {
    const token = view.ballot.tokens[chosen[at]!]!;
    const to = readName(view, token, readKind(view, token, readVotes(view, at)));
    features[to] = bit(view.pointed[chosen[at]!] === derivedMark);
    features.set(shared, to + 1);
  };

  const likeness = (scene: Scene, piece: number): number => {
    let most = 0;
    for (let at = 0; at < scene.lineWordCount; at++) {
      const word = scene.lineWords[at]!;
      if (word !== piece) most = Math.max(most, traits.likeness(piece, word));
    }
    return most;
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
      for (let index = 0; index < ballot.count; index++) probabilities[index]! /= after;
    },
  };
}

/** There is always a chance of something new. */
export const leastUnknown = 1e-3;

/** Nearer ones more: of an index in a list, -1 where it is not there. */
const near = (index: number): number => (index === -1 ? 0 : 2 / (2 + index));

/** Whether few files have it: a name rather than a word of the language. Punctuation is none. */
function isRare({ abstraction }: DocumentIndex, piece: number): boolean {
  const classes = abstraction?.classes;
  return classes === undefined || piece >= classes.length || classes[piece] === 1;
}

export const sharedCount = 25;

/** What is the same for all candidates of a place. */
function readShared(view: RankerView, longest: Int32Array, shared: Float32Array, top: number): void {
  const { ballot, scene } = view;
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
  shared[to++] = bit(view.follows);
  shared[to++] = bit(view.names !== undefined);
  shared[to++] = bit(lastKind === kinds.word && isRare(view.document, pieceOf(scene.last)));
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

const has = (flags: number, flag: number): number => bit((flags & flag) !== 0);

function isOnLine({ lineWords, lineWordCount }: Scene, piece: number): boolean {
  for (let at = 0; at < lineWordCount; at++) if (lineWords[at] === piece) return true;
  return false;
}
