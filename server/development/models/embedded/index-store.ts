// All that was learned: files wait until there are enough for a segment, segments are merged as they grow in number,
// and all of it is done in small steps between which the engine can answer.
import { type Abstraction, createAbstraction } from './abstraction.ts';
import { dataFull, type LeftOut, reasonToLeaveOut } from './admit.ts';
import type { Lexer } from './lexer.ts';
import {
  dataShare,
  growth,
  maxMergedTokens,
  maxSegments,
  maxTotalLength,
  maxTotalTokens,
  segmentTokens,
  worthMerging,
} from './limits.ts';
import type { SavedState } from './saved-state.ts';
import {
  buildSegment,
  fileTokens,
  type LearnedFile,
  livingFiles,
  type Segment,
  segmentMemory,
  settleSegment,
} from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface IndexStats {
  readonly files: number;
  /** Characters of text. */
  readonly length: number;
  readonly tokens: number;
  /** Bytes, about. */
  readonly memory: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Files that were learned and are not worked in yet. */
  readonly waiting: number;
}

export interface IndexStore {
  learn(path: string, text: string): LeftOut | undefined;
  forget(path: string): void;
  /** Why a text of so many characters would not be learned, as far as that depends on what is known already. */
  noRoomFor(path: string, characters: number): LeftOut | undefined;
  readonly segments: readonly Segment[];
  /** Counts up with every change of what counts. */
  readonly generation: number;
  /** Changes when enough was learned that names can be told from words anew. */
  readonly abstraction: Abstraction;
  /**
   * Works for about so many milliseconds.
   * @param all whether few waiting files are worth a segment, too.
   * @returns whether there is more to do.
   */
  work(milliseconds: number, all: boolean): boolean;
  stats(): IndexStats;
  /** What was worked in, for `restore`; files that wait are not in it. */
  readonly saved: Pick<SavedState, 'segments'>;
  /** Takes over segments whose pieces the vocabulary knows by the same numbers; only while nothing was learned. */
  restore(segments: readonly Segment[]): void;
}

/** What of a file counts. */
interface Current {
  readonly serial: number;
  readonly length: number;
  readonly tokens: number;
}

/** @param isData whether a path is that of data or markup, of which only so much is learned that code finds room. */
export function createIndexStore(
  vocabulary: Vocabulary,
  lexer: Lexer,
  isData: (path: string) => boolean = () => false,
): IndexStore {
  const waiting = new Map<string, LearnedFile>();
  let waitingTokens = 0;
  /** Files of which a segment is being made: they wait no more and do not count yet. */
  let working = 0;
  /** The version of each file that counts. */
  const current = new Map<string, Current>();
  const leftOut = new Map<string, LeftOut>();
  let segments: Segment[] = [];
  let abstraction = createAbstraction(vocabulary, 0);
  let building: Generator<undefined, void> | undefined;
  /** Segments that are sorted to their depth, or being so: which gives way to everything else. */
  const settled = new WeakSet<Segment>();
  let settling: { readonly segment: Segment; readonly steps: Generator<undefined, void> } | undefined;
  let length = 0;
  /** How much of that is data. */
  const data = { length: 0, tokens: 0 };
  let lastSerial = 0;
  let generation = 0;

  const countData = (path: string, file: Current, sign: 1 | -1): void => {
    if (!isData(path)) return;
    data.length += sign * file.length;
    data.tokens += sign * file.tokens;
  };
  const forget = (path: string): void => {
    leftOut.delete(path);
    const known = current.get(path);
    if (!known) return;
    generation++;
    current.delete(path);
    length -= known.length;
    countData(path, known, -1);
    const waits = waiting.get(path);
    if (waits) {
      waiting.delete(path);
      waitingTokens -= waits.tokens.length;
      vocabulary.count(waits.tokens, -1);
    }
    for (const segment of segments) {
      const index = segment.indexOf.get(path);
      if (index === undefined || segment.dead[index] === 1) continue;
      segment.dead[index] = 1;
      segment.deadCount++;
      vocabulary.count(fileTokens(segment, index), -1);
    }
  };

  /** Replaces `old` by one segment of their living files and `files`. */
  function* build(files: readonly LearnedFile[], old: readonly Segment[]): Generator<undefined, void> {
    const all = [...old.flatMap(livingFiles), ...files];
    if (all.length === 0) {
      segments = segments.filter((segment) => !old.includes(segment));
      return;
    }
    const abstracted = createAbstraction(vocabulary, current.size);
    const made = yield* buildSegment(all, abstracted, vocabulary.size * 2);
    for (const [index, { path, serial }] of made.files.entries()) {
      if (current.get(path)?.serial === serial) continue;
      // Forgotten or learned anew while it was built. Files of old segments were counted off there.
      made.dead[index] = 1;
      made.deadCount++;
      if (index >= all.length - files.length) vocabulary.count(fileTokens(made, index), -1);
    }
    segments = [...segments.filter((segment) => !old.includes(segment)), made];
    abstraction = made.abstraction;
    working = 0;
    generation++;
  }

  const sortedTokens = (): number => segments.reduce((sum, { tokens }) => sum + tokens.length, 0);

  const next = (all: boolean): Generator<undefined, void> | undefined => {
    if (waitingTokens >= Math.max(segmentTokens, sortedTokens() / growth) || (all && waiting.size > 0)) {
      const files = [...waiting.values()];
      waiting.clear();
      waitingTokens = 0;
      working = files.length;
      return build(files, []);
    }
    if (segments.length > maxSegments) return build([], smallest(segments));
    const stale = segments.find(isStale);
    if (stale) return build([], [stale]);
    const many = all ? mergeable(segments) : [];
    return many.length > 1 ? build([], many) : undefined;
  };

  /** One step of sorting deeper, for when nothing else is to be done. @returns whether there is more. */
  const settle = (): boolean => {
    if (settling && !segments.includes(settling.segment)) settling = undefined;
    if (!settling) {
      const segment = segments.find((one) => !settled.has(one));
      if (!segment) return false;
      settled.add(segment);
      settling = { segment, steps: settleSegment(segment) };
    }
    if (settling.steps.next().done) settling = undefined;
    return true;
  };

  /** A character is a token at most. */
  const noRoomFor = (path: string, added: number): LeftOut | undefined => {
    if (length + added > maxTotalLength || sortedTokens() + waitingTokens + added > maxTotalTokens)
      return 'index full';
    const isOver =
      data.length + added > maxTotalLength * dataShare || data.tokens + added > maxTotalTokens * dataShare;
    return isOver && isData(path) ? dataFull : undefined;
  };

  return {
    learn(path, text) {
      forget(path);
      const reason = noRoomFor(path, text.length) ?? reasonToLeaveOut(text);
      if (reason) {
        leftOut.set(path, reason);
        return reason;
      }
      const { tokens } = lexer.lex(text);
      const file = { path, serial: ++lastSerial, tokens, length: text.length };
      vocabulary.count(tokens, 1);
      const version = { serial: file.serial, length: file.length, tokens: tokens.length };
      current.set(path, version);
      countData(path, version, 1);
      waiting.set(path, file);
      waitingTokens += tokens.length;
      length += text.length;
      return undefined;
    },
    forget,
    noRoomFor,
    get segments() {
      return segments;
    },
    get generation() {
      return generation;
    },
    get abstraction() {
      return abstraction;
    },
    work(milliseconds, all) {
      const end = performance.now() + milliseconds;
      do {
        building ??= next(all);
        if (building?.next().done) building = undefined;
        // While more is being read, questions sort what they come to.
        else if (!building && !(all && settle())) return false;
      } while (performance.now() < end);
      return true;
    },
    get saved() {
      return { segments };
    },
    restore(restored) {
      segments = [...restored];
      for (const segment of restored) {
        for (const [index, { path, serial, length: size }] of segment.files.entries()) {
          if (segment.dead[index] === 1) continue;
          const tokens = fileTokens(segment, index);
          const version = { serial, length: size, tokens: tokens.length };
          current.set(path, version);
          countData(path, version, 1);
          length += size;
          lastSerial = Math.max(lastSerial, serial);
          vocabulary.count(tokens, 1);
        }
      }
      abstraction = restored.at(-1)?.abstraction ?? abstraction;
    },
    stats() {
      const reasons: Record<string, number> = {};
      for (const reason of leftOut.values()) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const tokens = sortedTokens() + waitingTokens;
      return {
        files: current.size,
        length,
        tokens,
        memory:
          segments.reduce((sum, segment) => sum + segmentMemory(segment), waitingTokens * 4) +
          vocabulary.memory(),
        leftOut: reasons,
        waiting: waiting.size + working,
      };
    },
  };
}

/** Whether most of what it holds counts no more: it costs memory and time, and keeps words that nobody uses. */
const isStale = ({ deadCount, files }: Segment): boolean => deadCount * 2 > files.length;

/** Those that are better one: the smallest, as far as they are not too much together and none has most of it already. */
function mergeable(segments: readonly Segment[]): readonly Segment[] {
  const found: Segment[] = [];
  let sum = 0;
  for (const segment of [...segments].sort(bySize)) {
    const { length } = segment.tokens;
    if (sum + length > maxMergedTokens || (found.length > 0 && sum < length * worthMerging)) break;
    found.push(segment);
    sum += length;
  }
  return found;
}

const bySize = (a: Segment, b: Segment): number => a.tokens.length - b.tokens.length;

/** The smallest ones, so many that merging them leaves room for a few more. */
const smallest = (segments: readonly Segment[]): readonly Segment[] =>
  [...segments].sort(bySize).slice(0, segments.length - Math.ceil(maxSegments / 2) + 1);
