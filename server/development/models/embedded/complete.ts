// A place in a document → suggestions: the rest of the line, the part of it that is certain, and blocks of lines.
import { beam, nestingOf, type Path, type Start } from './beam.ts';
import { blockAfter } from './block.ts';
import { type Signs, shownConfidence } from './confidence.ts';
import { kindOf, pieceOf, spaced, type Token, textOf } from './lexer.ts';
import { beamWidth, contextLength, hardStopMs, maxLineTokens } from './limits.ts';
import type { Evidence, Predictor } from './predict.ts';
import type { CompletionRequest, Place, Suggestion } from './request.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Tokens after the cursor by which candidates are told apart. */
const followTokens = 4;

/** How far what follows the cursor counts against what stands before it. */
const followWeight = 0.5;

/** What follows is never taken to be less likely than this: one odd token must not decide. */
const leastProbability = 1e-6;

/** The probability that a typed word is complete although nothing known is like it. */
const novelWord = 0.003;

/** The share of the time that the search may use: the rest is for reading the document and for what was begun. */
const searchShare = 0.75;

export interface Tools {
  readonly vocabulary: Vocabulary;
  readonly predictor: Predictor;
  readonly confidence: (signs: Signs) => number;
  /** Words that begin as the typed one does, most likely first. */
  readonly words: (place: Place, evidence: Evidence) => readonly Start[];
}

/** Best first. Empty where nothing is sure enough. */
export function completeAt(
  tools: Tools,
  request: CompletionRequest,
  place: Place,
  evidence: Evidence,
): Suggestion[] {
  const started = performance.now();
  const patience = request.patience ?? hardStopMs;
  const deadline = started + patience * searchShare;
  const alternatives = request.alternatives ?? 3;
  const { ended, open } = beam(tools.vocabulary, tools.predictor, {
    evidence,
    before: place.before,
    ...(place.typed === '' ? {} : { starts: tools.words(place, evidence) }),
    space: spaceWanted(tools.vocabulary, place),
    stop: place.stop,
    enough: alternatives,
    maxTokens: maxLineTokens,
    deadline,
  });
  const ranked = rank(tools, place, evidence, ended.slice(0, alternatives + 3), deadline);
  const total = [...ranked, ...open].reduce((sum, { log }) => sum + Math.exp(log), 0);
  const threshold = request.threshold ?? shownConfidence;
  const lines: Line[] = [];
  for (const { path, log, follows } of ranked) {
    const text = lineText(tools.vocabulary, place, path.tokens);
    if (text === undefined || standsThere(place, text)) continue;
    const confidence = tools.confidence({
      ...signsOf(tools.vocabulary, place, path),
      log,
      share: Math.exp(log) / total,
      follows,
      whole: true,
    });
    if (confidence < threshold) continue;
    lines.push({ path, text, confidence, tokens: path.tokens.length, whole: true });
  }
  lines.sort((a, b) => b.confidence - a.confidence);
  const block =
    (request.lines ?? 1) > 1 && place.rest === ''
      ? blockOf(tools, request.lines!, place, evidence, lines[0], threshold, started + patience)
      : undefined;
  const suggestions: Suggestion[] =
    block || lines.length > 0 ? lines : certainPart(tools, place, [...ended, ...open], total, threshold);
  return [...(block ? [block] : []), ...suggestions]
    .map(({ text, confidence, tokens, whole }) => ({ text, confidence, tokens, whole }))
    .slice(0, alternatives);
}

interface Line extends Suggestion {
  readonly path: Path;
}

/** The best line with those that surely follow it, up to what stands below; where the line is complete, only those. */
function blockOf(
  { vocabulary, predictor }: Tools,
  lines: number,
  place: Place,
  evidence: Evidence,
  best: Line | undefined,
  threshold: number,
  deadline: number,
): Suggestion | undefined {
  // A half-typed word needs a line that completes it.
  if (!best && place.typed !== '') return undefined;
  const line = best?.path.tokens ?? [];
  const sure = best?.confidence ?? 1;
  const least = Math.log(threshold / sure);
  const block = blockAfter(vocabulary, predictor, {
    evidence,
    before: place.before,
    line,
    lines,
    least,
    deadline,
  });
  if (!block) return undefined;
  const all = lineText(vocabulary, place, block.tokens);
  const text = all === undefined ? undefined : untilWhatFollows(all, place);
  // A block that starts on this line must add a line to it.
  if (text === undefined || !text.slice(best?.text.length ?? 0).includes('\n')) return undefined;
  const confidence = sure * Math.exp(block.logs.reduce((sum, log) => sum + log, 0));
  return { text, confidence, tokens: block.tokens.length, whole: true };
}

/** Without the lines from the first one on that stands right below the cursor. */
function untilWhatFollows(text: string, { nextLine, lineBreak }: Place): string | undefined {
  if (nextLine === '') return text;
  const lines = text.split(lineBreak);
  const same = lines.findIndex((line, index) => index > 0 && line.trim() === nextLine);
  const kept = (same === -1 ? lines : lines.slice(0, same)).join(lineBreak).trimEnd();
  return kept === '' ? undefined : kept;
}

interface Ranked {
  readonly path: Path;
  readonly log: number;
  readonly follows: number;
}

/** Orders ended lines by how well they fit between what stands before and what stands after. */
function rank(
  { predictor }: Tools,
  place: Place,
  evidence: Evidence,
  paths: readonly Path[],
  deadline: number,
): Ranked[] {
  const after = place.rest === '' ? place.after.subarray(0, followTokens) : new Int32Array(0);
  const ranked = paths.map((path) => {
    let follows = 0;
    if (after.length > 0 && performance.now() < deadline) {
      const kept = place.before.subarray(Math.max(0, place.before.length - contextLength));
      const tokens = new Int32Array(kept.length + path.tokens.length + after.length);
      tokens.set(kept);
      tokens.set(path.tokens, kept.length);
      tokens.set(after, kept.length + path.tokens.length);
      let sum = 0;
      for (let index = 0; index < after.length; index++) {
        const length = kept.length + path.tokens.length + index;
        const found = predictor.predict(evidence, { tokens, length });
        let probability = leastProbability;
        for (let at = 0; at < found.count; at++) {
          if (found.tokens[at] === after[index])
            probability = Math.max(probability, found.probabilities[at]!);
        }
        sum += Math.log(probability);
      }
      follows = sum / after.length;
    }
    return { path, log: path.log, follows };
  });
  const best = Math.max(...ranked.map(({ follows }) => follows));
  return ranked
    .map((one) => ({ ...one, score: one.log + followWeight * followTokens * (one.follows - best) }))
    .sort((a, b) => b.score - a.score);
}

/** The longest beginning of the most likely line that is sure enough by itself. */
function certainPart(
  { vocabulary, confidence: confidenceOf }: Tools,
  place: Place,
  paths: readonly Path[],
  total: number,
  threshold: number,
): Suggestion[] {
  const path = paths.reduce<Path | undefined>((a, b) => (a && a.log >= b.log ? a : b), undefined);
  if (!path) return [];
  for (let count = path.tokens.length; count > 0; count--) {
    const part = {
      tokens: path.tokens.slice(0, count),
      logs: path.logs.slice(0, count),
      orders: path.orders.slice(0, count),
      log: 0,
    };
    const log = part.logs.reduce((sum, one) => sum + one, 0);
    const confidence = confidenceOf({
      ...signsOf(vocabulary, place, part),
      log,
      share: Math.min(1, Math.exp(log) / Math.max(total, 1e-9)),
      follows: 0,
      whole: false,
    });
    if (confidence < threshold) continue;
    const text = lineText(vocabulary, place, part.tokens);
    if (text === undefined || standsThere(place, text)) return [];
    return [{ text, confidence, tokens: count, whole: false }];
  }
  return [];
}

const signsOf = (
  vocabulary: Vocabulary,
  place: Place,
  { tokens, logs, end, orders }: Path,
): Pick<Signs, 'weakest' | 'tokens' | 'order' | 'pattern' | 'end' | 'atStart' | 'unclosed'> => ({
  weakest: Math.min(...logs, end ?? 0),
  tokens: tokens.length,
  // Half as much agreement as it would be with the names the same.
  order: Math.log2(1 + Math.min(...orders.map(({ order, pattern }) => Math.max(order, pattern / 2)))),
  pattern: Math.log2(1 + Math.min(...orders.map(({ pattern }) => pattern))),
  end: end ?? 0,
  atStart: place.lineStart === '',
  unclosed: tokens.reduce((sum, token) => sum + nestingOf(vocabulary.text(pieceOf(token))), 0),
});

/** Whether a space must stand before the next token. At a line's start none may; after a typed one it must. */
function spaceWanted(vocabulary: Vocabulary, place: Place): boolean | undefined {
  if (place.space) return true;
  const last = place.before.at(-1);
  return last === undefined || vocabulary.kind(pieceOf(last)) === kinds.lineBreak ? false : undefined;
}

/** What is inserted: without what was typed of the first word and without the space that stands there already. */
function lineText(vocabulary: Vocabulary, place: Place, tokens: readonly Token[]): string | undefined {
  const all = textOf(vocabulary, tokens, place);
  const start = (place.space && all.startsWith(' ') ? 1 : 0) + place.typed.length;
  const text = all.slice(start);
  return text.trim() === '' ? undefined : text.trimEnd();
}

/** Whether the line as it would be stands right below already. */
function standsThere(place: Place, text: string): boolean {
  if (place.nextLine === '') return false;
  const line = (place.lineStart + text).trim();
  return /[\p{L}\p{N}]/u.test(line) && line === place.nextLine;
}

/** Candidates for a half-typed word, with their probabilities among all that begin so. */
export function wordStarts(
  vocabulary: Vocabulary,
  predictor: Predictor,
  place: Place,
  evidence: Evidence,
): Start[] {
  const { typed, before, space } = place;
  const tokens = before.subarray(Math.max(0, before.length - contextLength));
  const prediction = predictor.predict(evidence, { tokens, length: tokens.length });
  const probabilities = new Map<Token, number>();
  for (let index = 0; index < prediction.count; index++) {
    const token = prediction.tokens[index]!;
    if (spaced(token) === space && vocabulary.text(pieceOf(token)).startsWith(typed)) {
      probabilities.set(token, prediction.probabilities[index]!);
    }
  }
  // Words that nothing here speaks for: by how many files use them.
  const known = typed.length > 1 ? vocabulary.startingWith(typed) : [];
  const files = known.reduce((sum, id) => sum + Math.max(0, vocabulary.files(id)), 1);
  for (const id of known) {
    const token = (id << 1) | (space ? 1 : 0);
    const share = (novelWord * Math.max(0, vocabulary.files(id))) / files;
    if (share > 0) probabilities.set(token, (probabilities.get(token) ?? 0) + share);
  }
  const exact = vocabulary.add(typed, kindOf(typed));
  const exactToken = (exact << 1) | (space ? 1 : 0);
  probabilities.set(exactToken, (probabilities.get(exactToken) ?? 0) + novelWord);
  const { order, pattern } = prediction;
  let total = 0;
  for (const probability of probabilities.values()) total += probability;
  return [...probabilities]
    .map(([token, probability]) => ({ token, log: Math.log(probability / total), order, pattern }))
    .sort((a, b) => b.log - a.log)
    .slice(0, beamWidth * 4);
}
