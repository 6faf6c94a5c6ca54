// Whole lines from single tokens: the most promising beginning is followed next, until nothing better can come, as many
// tokens were predicted as there is time for, or the time is up. A beam, in that only so many beginnings of each length are.
import { boundary, pieceOf, spaced, type Token } from './lexer.ts';
import { beamWidth, contextLength, maxBranches, maxLineTokens, maxSearchPredictions } from './limits.ts';
import type { Context, Evidence, Prediction, Predictor } from './predict.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** A path behind the best one by this much (a logarithm) is not worth its time: it is less than one in fifty. */
const hopeless = 4;

/** What each further token is taken to cost a path, so that of two that are as likely the longer one is followed first. */
const costOfToken = 0.2;

export interface Path {
  readonly tokens: readonly Token[];
  /** Natural logarithm of each token's probability. */
  readonly logs: readonly number[];
  /** Sum of `logs`, and of the end's where it has ended. */
  readonly log: number;
  /** Logarithm of the probability that the line ends here; absent while it is not known to. */
  readonly end?: number;
  /** For each token, how many agreed before it at the best place. */
  readonly orders: readonly Agreement[];
}

/** Tokens that agreed at the best place: as they are, and with names abstracted. */
export type Agreement = Pick<Prediction, 'order' | 'pattern'>;

/** The first token of a line, with its probability among those that are possible there. */
export interface Start extends Agreement {
  readonly token: Token;
  readonly log: number;
}

export interface BeamQuestion {
  readonly evidence: Evidence;
  /** The last tokens before the cursor. */
  readonly before: Int32Array;
  /** What the line can begin with; `undefined` where anything may follow. */
  readonly starts: readonly Start[] | undefined;
  /** Whether the first token must have a space before it, must not, or may. */
  readonly space: boolean | undefined;
  /** What stands after the cursor on its line: the token at which the proposal ends, too. */
  readonly stop: Token | undefined;
  /** How many ended paths suffice. */
  readonly enough: number;
  readonly maxTokens: number;
  /** Milliseconds of `performance.now()`. */
  readonly deadline: number;
}

/** A beginning of a line: the one before it and one token more. Most are never followed, so that no lists are made of them. */
interface State extends Agreement {
  readonly before: State | undefined;
  readonly token: Token;
  /** How many tokens it has. */
  readonly length: number;
  /** Logarithms of the probability of its last token, and of all of them. */
  readonly last: number;
  readonly log: number;
  readonly nesting: number;
}

/** Ended paths first, most likely first; then those that were still under way. */
export function beam(
  vocabulary: Vocabulary,
  predictor: Predictor,
  question: BeamQuestion,
): { readonly ended: readonly Path[]; readonly open: readonly Path[] } {
  const { enough, deadline } = question;
  const limit = Math.min(question.maxTokens, maxLineTokens);
  const tokens = new Int32Array(contextLength + maxLineTokens + 1);
  const kept = question.before.subarray(Math.max(0, question.before.length - contextLength));
  tokens.set(kept);
  const ended: Path[] = [];
  /** By length in tokens: how many were followed, and how likely the likeliest is. */
  const followed = new Int32Array(limit + 1);
  const likeliest = new Float64Array(limit + 1).fill(Number.NEGATIVE_INFINITY);
  // A path can only become less likely: those behind what suffices need not be followed.
  let bar = Number.NEGATIVE_INFINITY;
  const isWorthIt = ({ log, length }: State): boolean =>
    log > bar && log > likeliest[length]! - hopeless && followed[length]! < beamWidth;

  const open = firstStates(vocabulary, question.starts);
  const promises = new Float64Array(beamWidth + maxSearchPredictions * maxBranches);
  for (let at = 0; at < open.length; at++) promises[at] = promiseOf(open[at]!);
  for (let predictions = 0; predictions < maxSearchPredictions && performance.now() <= deadline; ) {
    const state = takeMostPromising(open, promises);
    if (!state) break;
    const { length } = state;
    if (length >= limit || !isWorthIt(state)) continue;
    predictions++;
    followed[length]!++;
    writeTokens(state, tokens, kept.length);
    const context = { tokens, length: kept.length + length };
    const { end, more } = goOn(vocabulary, predictor, question, state, context);
    if (end) {
      insert(ended, end);
      bar = Math.max(ended[enough - 1]?.log ?? Number.NEGATIVE_INFINITY, ended[0]!.log - hopeless);
    }
    for (const next of more) likeliest[length + 1] = Math.max(likeliest[length + 1]!, next.log);
    for (const next of more) promises[open.push(next) - 1] = promiseOf(next);
  }
  return { ended, open: openPaths(open.filter(isWorthIt)) };
}

function firstStates(vocabulary: Vocabulary, starts: readonly Start[] | undefined): State[] {
  const root: State = {
    before: undefined,
    token: boundary,
    length: 0,
    last: 0,
    log: 0,
    order: 0,
    pattern: 0,
    nesting: 0,
  };
  if (!starts) return [root];
  return starts.slice(0, beamWidth).map((start) => extend(vocabulary, root, start.token, start.log, start));
}

const promiseOf = ({ log, length }: State): number => log + costOfToken * length;

/** Takes one out of the list, whose order does not matter. @param promises of each, looked through much faster than they. */
function takeMostPromising(open: State[], promises: Float64Array): State | undefined {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < open.length; at++) {
    if (promises[at]! <= most) continue;
    best = at;
    most = promises[at]!;
  }
  const last = open.pop();
  if (!last || best === open.length) return last;
  const taken = open[best];
  open[best] = last;
  promises[best] = promises[open.length]!;
  return taken;
}

/** A path as it would be where the line ends here, and with each of the likeliest tokens. */
function goOn(
  vocabulary: Vocabulary,
  predictor: Predictor,
  { evidence, space, stop }: BeamQuestion,
  state: State,
  context: Context,
): { readonly end: Path | undefined; readonly more: readonly State[] } {
  const isFirst = state.length === 0;
  const prediction = predictor.predict(evidence, context);
  const allowed = isFirst ? space : undefined;
  // A stop takes part of a token's mass: what remains goes on.
  const mass = isFirst ? 0 : endMass(vocabulary, prediction, stop, state.nesting, allowed);
  return {
    end: mass > 0 ? pathOf(state, Math.log(mass)) : undefined,
    more: top(prediction, vocabulary, allowed).map((index) =>
      extend(
        vocabulary,
        state,
        prediction.tokens[index]!,
        Math.log(prediction.probabilities[index]!),
        prediction,
      ),
    ),
  };
}

function writeTokens(state: State, to: Int32Array, start: number): void {
  for (let at: State | undefined = state; at && at.length > 0; at = at.before) {
    to[start + at.length - 1] = at.token;
  }
}

/** @param end logarithm of the probability that the line ends there; absent where it was not looked at. */
function pathOf(state: State, end?: number): Path {
  const orders: State[] = [];
  for (let at: State | undefined = state; at && at.length > 0; at = at.before) orders.push(at);
  orders.reverse();
  const tokens = orders.map(({ token }) => token);
  const logs = orders.map(({ last }) => last);
  return end === undefined
    ? { tokens, logs, log: state.log, orders }
    : { tokens, logs, log: state.log + end, end, orders };
}

const openPaths = (open: State[]): Path[] =>
  open
    .sort((a, b) => b.log - a.log)
    .slice(0, beamWidth)
    .map((state) => pathOf(state));

/** Puts a path behind all that are as likely. */
function insert(ended: Path[], path: Path): void {
  let at = ended.length;
  for (; at > 0 && ended[at - 1]!.log < path.log; at--) ended[at] = ended[at - 1]!;
  ended[at] = path;
}

function extend(
  vocabulary: Vocabulary,
  before: State,
  token: Token,
  last: number,
  { order, pattern }: Agreement,
): State {
  return {
    before,
    token,
    length: before.length + 1,
    last,
    log: before.log + last,
    order,
    pattern,
    nesting: before.nesting + nestingAt(vocabulary, pieceOf(token)),
  };
}

const nestingAt = (vocabulary: Vocabulary, piece: number): number =>
  vocabulary.kind(piece) === kinds.punctuation ? nestingOf(vocabulary.text(piece)) : 0;

/** How many brackets it opens: -1 where it closes one. */
export const nestingOf = (piece: string): number =>
  piece === '(' || piece === '[' || piece === '{'
    ? 1
    : piece === ')' || piece === ']' || piece === '}'
      ? -1
      : 0;

/** How likely it is that the line ends here: by any line break, or by what stands after the cursor already. */
function endMass(
  vocabulary: Vocabulary,
  { tokens, probabilities, count }: Prediction,
  stop: Token | undefined,
  nesting: number,
  space: boolean | undefined,
): number {
  let mass = 0;
  for (let index = 0; index < count; index++) {
    const token = tokens[index]!;
    if (space !== undefined && spaced(token) !== space) continue;
    const piece = pieceOf(token);
    if (vocabulary.kind(piece) === kinds.lineBreak) {
      if (stop === undefined) mass += probabilities[index]!;
    } else if (stop !== undefined && piece === pieceOf(stop) && nesting <= 0) mass += probabilities[index]!;
  }
  return mass;
}

/** Indices of the most likely tokens that do not end the line. */
function top(prediction: Prediction, vocabulary: Vocabulary, space: boolean | undefined): number[] {
  const { tokens, probabilities, count } = prediction;
  const found: number[] = [];
  for (let index = 0; index < count; index++) {
    const probability = probabilities[index]!;
    if (found.length === maxBranches && probability <= probabilities[found[maxBranches - 1]!]!) continue;
    const token = tokens[index]!;
    if (token === boundary || vocabulary.kind(pieceOf(token)) === kinds.lineBreak) continue;
    if (space !== undefined && spaced(token) !== space) continue;
    let at = found.length === maxBranches ? maxBranches - 1 : found.length;
    for (; at > 0 && probabilities[found[at - 1]!]! < probability; at--) found[at] = found[at - 1]!;
    found[at] = index;
  }
  return found;
}
