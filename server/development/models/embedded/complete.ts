// A place in a document → suggestions: the rest of the line, the part of it that is certain, and blocks of lines.
import { beam, type Path, type Start } from './beam.ts';
import { blockAfter } from './block.ts';
import { type LineSigns, type PartSigns, shownConfidence } from './confidence.ts';
import { type Followed, followed } from './follow.ts';
import { pieceOf, type Token, textOf } from './lexer.ts';
import { maxLineTokens } from './limits.ts';
import type { Evidence, Predictor } from './predict.ts';
import { preferencesOf } from './preference.ts';
import type { CompletionRequest, Place, Suggestion } from './request.ts';
import { likeLines, lineEndsBefore, placeSigns, signsOf } from './signs.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/**
 * The share of the time that the search may use, which makes it nine milliseconds as a rule: the rest is for what was begun,
 * and for machines that are busy.
 */
const searchShare = 0.6;

/** Ended lines that are looked for and weighed above those that are asked for: the right one is often not the likeliest. */
const moreEnded = 6;
const moreRanked = 8;

const usualAlternatives = 3;

/** Below this all preferences say the same; then what is found more likely comes first. */
const leastPreference = 0.005;

const byPreference = (a: Line, b: Line): number =>
  Math.max(b.preference, leastPreference) - Math.max(a.preference, leastPreference) ||
  b.path.log - a.path.log;

export interface Tools {
  readonly vocabulary: Vocabulary;
  readonly predictor: Predictor;
  /** Of whole lines, one of which at most is right. */
  readonly confidences: (lines: readonly LineSigns[]) => readonly number[];
  /** Of the beginning of a line. */
  readonly confidence: (signs: PartSigns) => number;
  /** Words that begin as the typed one does, most likely first. */
  readonly words: (place: Place, evidence: Evidence) => readonly Start[];
}

export interface Candidates {
  /** Whole lines, in no order. */
  readonly lines: readonly Line[];
  /** Ended paths, likely ones first, and those that were still under way. */
  readonly paths: readonly Path[];
  /** The probability of all that was found. */
  readonly total: number;
}

/** All that comes up at a place. */
export function candidatesAt(
  tools: Tools,
  request: CompletionRequest,
  place: Place,
  evidence: Evidence,
  deadline: number,
): Candidates {
  const alternatives = request.alternatives ?? usualAlternatives;
  const { ended, open } = beam(tools.vocabulary, tools.predictor, {
    evidence,
    before: place.before,
    starts: place.typed === '' ? undefined : tools.words(place, evidence),
    space: spaceWanted(tools.vocabulary, place),
    stop: place.stop,
    enough: alternatives + moreEnded,
    maxTokens: maxLineTokens,
    deadline,
  });
  const weighed = ended.slice(0, alternatives + moreRanked);
  const total = [...weighed, ...open].reduce((sum, { log }) => sum + Math.exp(log), 0);
  const found = followed(tools.predictor, place, evidence, weighed, deadline);
  return { lines: linesOf(tools, place, evidence, found, total), paths: [...ended, ...open], total };
}

/** Best first. Empty where nothing is sure enough. @param time milliseconds of `performance.now()`. */
export function completeAt(
  tools: Tools,
  request: CompletionRequest,
  place: Place,
  evidence: Evidence,
  { started, deadline }: { readonly started: number; readonly deadline: number },
): Suggestion[] {
  const alternatives = request.alternatives ?? usualAlternatives;
  const threshold = request.threshold ?? shownConfidence[place.lineStart === '' ? 'line' : 'rest'];
  const found = candidatesAt(tools, request, place, evidence, started + (deadline - started) * searchShare);
  const lines = found.lines.filter(({ confidence }) => confidence >= threshold);
  lines.sort(byPreference);
  const block =
    (request.lines ?? 1) > 1 && place.rest === ''
      ? blockOf(tools, request.lines!, place, evidence, lines[0], threshold, deadline)
      : undefined;
  const suggestions: Suggestion[] =
    block || lines.length > 0
      ? lines
      : certainPart(tools, place, evidence, found.paths, found.total, request.threshold);
  return [...(block ? [block] : []), ...suggestions]
    .map(({ text, confidence, tokens, whole }) => ({ text, confidence, tokens, whole }))
    .slice(0, alternatives);
}

/** Whole lines that do not stand below already, with how sure to be of each. */
function linesOf(
  tools: Tools,
  place: Place,
  evidence: Evidence,
  paths: readonly Followed[],
  total: number,
): Line[] {
  const found = paths.flatMap((one) => {
    const text = lineText(tools.vocabulary, place, one.path.tokens);
    return text === undefined || standsThere(place, text) ? [] : [{ ...one, text }];
  });
  const common = placeSigns(place, evidence);
  const ends = lineEndsBefore(tools.vocabulary, place);
  const known = found.flatMap(({ follows }) => (follows === undefined ? [] : [follows]));
  const followsBest = known.length === 0 ? undefined : Math.max(...known);
  const logs = found.map(({ path }) => path.log).sort((a, b) => b - a);
  const signs = found.map(({ path, follows, text }): LineSigns => {
    const own = signsOf(tools.vocabulary, place, evidence, path);
    const like = likeLines(tools.vocabulary, place, ends, path, text);
    // Named one by one: objects put together of others are made many times slower.
    return {
      atStart: common.atStart,
      learned: common.learned,
      written: common.written,
      known: common.known,
      named: common.named,
      weakest: own.weakest,
      tokens: own.tokens,
      order: own.order,
      pattern: own.pattern,
      unclosed: own.unclosed,
      foreign: own.foreign,
      repeated: own.repeated,
      log: path.log,
      share: Math.exp(path.log) / total,
      follows,
      followsBest,
      lead: path.log - (path.log === logs[0] ? (logs[1] ?? Math.log(1e-6)) : logs[0]!),
      end: path.end ?? 0,
      ending: like.ending,
      endingShare: like.endingShare,
      copies: like.copies,
      doubles: like.doubles,
      below: like.below,
      likeNext: like.likeNext,
    };
  });
  const confidences = tools.confidences(signs);
  const preferences = preferencesOf(signs);
  return found.map(({ path, text }, index) => ({
    path,
    text,
    confidence: confidences[index]!,
    preference: preferences[index]!,
    tokens: path.tokens.length,
    whole: true,
  }));
}

export interface Line extends Suggestion {
  readonly path: Path;
  /** Among the lines of the place; they come in its order, whatever their confidence. */
  readonly preference: number;
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
function untilWhatFollows(text: string, { linesBelow, lineBreak }: Place): string | undefined {
  const [nextLine] = linesBelow;
  if (nextLine === undefined) return text;
  const lines = text.split(lineBreak);
  const same = lines.findIndex((line, index) => index > 0 && line.trim() === nextLine);
  const kept = (same === -1 ? lines : lines.slice(0, same)).join(lineBreak).trimEnd();
  return kept === '' ? undefined : kept;
}

/** The longest beginning of the most likely line that is sure enough by itself. */
function certainPart(
  tools: Tools,
  place: Place,
  evidence: Evidence,
  paths: readonly Path[],
  total: number,
  threshold: number | undefined,
): Suggestion[] {
  const path = likeliestOf(paths);
  for (let count = path?.tokens.length ?? 0; count > 0; count--) {
    const part = beginningOf(path!, count);
    const confidence = tools.confidence(partSigns(tools.vocabulary, place, evidence, part, total));
    if (confidence < (threshold ?? shownConfidence[count === 1 ? 'token' : 'part'])) continue;
    const text = lineText(tools.vocabulary, place, part.tokens);
    if (text === undefined || standsThere(place, text)) return [];
    return [{ text, confidence, tokens: count, whole: false }];
  }
  return [];
}

export const likeliestOf = (paths: readonly Path[]): Path | undefined =>
  paths.reduce<Path | undefined>((a, b) => (a && a.log >= b.log ? a : b), undefined);

/** The first tokens of a path, as far as they were before it ended. */
export const beginningOf = ({ tokens, logs, orders }: Path, count: number): Path => ({
  tokens: tokens.slice(0, count),
  logs: logs.slice(0, count),
  orders: orders.slice(0, count),
  log: logs.slice(0, count).reduce((sum, one) => sum + one, 0),
});

/** @param total the probability of all that was found. */
export const partSigns = (
  vocabulary: Vocabulary,
  place: Place,
  evidence: Evidence,
  part: Path,
  total: number,
): PartSigns => ({
  ...placeSigns(place, evidence),
  ...signsOf(vocabulary, place, evidence, part),
  log: part.log,
  share: Math.min(1, Math.exp(part.log) / Math.max(total, 1e-9)),
});

/** Whether a space must stand before the next token. At a line's start none may; after a typed one it must. */
function spaceWanted(vocabulary: Vocabulary, place: Place): boolean | undefined {
  if (place.space) return true;
  const last = place.before.at(-1);
  return last === undefined || vocabulary.kind(pieceOf(last)) === kinds.lineBreak ? false : undefined;
}

/** What is inserted: without what was typed of the first word and without the space that stands there already. */
export function lineText(vocabulary: Vocabulary, place: Place, tokens: readonly Token[]): string | undefined {
  const all = textOf(vocabulary, tokens, place);
  const start = (place.space && all.startsWith(' ') ? 1 : 0) + place.typed.length;
  const text = all.slice(start);
  return text.trim() === '' ? undefined : text.trimEnd();
}

/** Whether the line as it would be stands right below already. */
function standsThere(place: Place, text: string): boolean {
  const line = (place.lineStart + text).trim();
  return /[\p{L}\p{N}]/u.test(line) && line === place.linesBelow[0];
}
