// Immutable part of the index: the tokens of some files, and their places sorted by what stands before them, once as
// it is and once with names abstracted. Left contexts nest, so one narrowing search finds every order.
import { type Abstraction, abstractKey } from './abstraction.ts';
import { boundary } from './lexer.ts';
import { sortContexts } from './sort-contexts.ts';

export interface LearnedFile {
  readonly path: string;
  /** Tells the versions of a file apart. */
  readonly serial: number;
  readonly tokens: Int32Array;
  /** Characters of its text. */
  readonly length: number;
}

export interface Segment {
  readonly tokens: Int32Array;
  readonly abstraction: Abstraction;
  readonly concrete: SortedPlaces;
  readonly abstract: SortedPlaces;
  /** Files in order; `starts[i]` is the place of the first token of `files[i]`. */
  readonly files: readonly LearnedFile[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly starts: Int32Array;
  /** Files that were forgotten or learned anew since: their places do not count. */
  readonly dead: Uint8Array;
  deadCount: number;
}

export interface SortedPlaces {
  readonly places: Int32Array;
  /** Distinct keys just before a place, ascending, and where their places begin. */
  readonly firstKeys: Int32Array;
  readonly firstStarts: Int32Array;
}

/** Builds a segment in small steps, so that the thread can answer between them. */
export function* buildSegment(
  files: readonly LearnedFile[],
  abstraction: Abstraction,
): Generator<undefined, Segment> {
  const length = files.reduce((sum, file) => sum + file.tokens.length + 1, 1);
  const tokens = new Int32Array(length);
  const starts = new Int32Array(files.length);
  let at = 0;
  for (const [index, file] of files.entries()) {
    tokens[at++] = boundary;
    starts[index] = at;
    tokens.set(file.tokens, at);
    at += file.tokens.length;
  }
  tokens[at] = boundary;
  yield;
  const keys = new Int32Array(length);
  for (let place = 0; place < length; place++) {
    keys[place] = abstractKey(abstraction.classes, tokens[place]!);
    if ((place & 0x7fff) === 0) yield;
  }
  const abstract = yield* sorted(tokens, keys);
  const concrete = yield* sorted(tokens, tokens);
  return {
    tokens,
    abstraction,
    concrete,
    abstract,
    // The segment has their tokens already.
    files: files.map((file) => ({ ...file, tokens: new Int32Array(0) })),
    indexOf: new Map(files.map(({ path }, index) => [path, index])),
    starts,
    dead: new Uint8Array(files.length),
    deadCount: 0,
  };
}

/** The files that still count, to build another segment of. */
export const livingFiles = (segment: Segment): LearnedFile[] =>
  segment.files.flatMap((file, index) =>
    segment.dead[index] === 1 ? [] : [{ ...file, tokens: fileTokens(segment, index) }],
  );

export function fileTokens({ starts, tokens }: Segment, index: number): Int32Array {
  const end = (starts[index + 1] ?? tokens.length) - 1;
  return tokens.subarray(starts[index]!, end);
}

/** The index of the file that a place is in. */
export function fileAt({ starts }: Segment, place: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle;
    else high = middle;
  }
  return low;
}

function* sorted(tokens: Int32Array, keys: Int32Array): Generator<undefined, SortedPlaces> {
  let count = 0;
  const all = new Int32Array(tokens.length);
  for (let place = 1; place < tokens.length; place++) {
    if (tokens[place] !== boundary && tokens[place - 1] !== boundary) all[count++] = place;
  }
  const places = all.slice(0, count);
  yield* sortContexts(places, keys);
  const firstKeys: number[] = [];
  const firstStarts: number[] = [];
  for (let at = 0; at < count; at++) {
    const key = keys[places[at]! - 1]!;
    if (firstKeys.at(-1) !== key) {
      firstKeys.push(key);
      firstStarts.push(at);
    }
    if ((at & 0x7fff) === 0) yield;
  }
  firstStarts.push(count);
  return { places, firstKeys: Int32Array.from(firstKeys), firstStarts: Int32Array.from(firstStarts) };
}

/**
 * Finds the places with the longest agreement: `lows[d]`, `highs[d]` bound those that agree in `d + 1` tokens.
 * @param keys of the context, backwards from the cursor.
 * @param classes where names are abstracted: by them keys are made of the tokens.
 * @returns how many tokens agree at most.
 */
export function narrow(
  tokens: Int32Array,
  { places, firstKeys, firstStarts }: SortedPlaces,
  keys: Int32Array,
  length: number,
  classes: Uint8Array | undefined,
  lows: Int32Array,
  highs: Int32Array,
): number {
  if (length === 0) return 0;
  const index = lowerBound(firstKeys, keys[0]!);
  if (firstKeys[index] !== keys[0]) return 0;
  let low = firstStarts[index]!;
  let high = firstStarts[index + 1]!;
  lows[0] = low;
  highs[0] = high;
  for (let depth = 1; depth < length; depth++) {
    const wanted = keys[depth]!;
    low = firstAbove(tokens, places, classes, depth, wanted - 1, low, high);
    high = firstAbove(tokens, places, classes, depth, wanted, low, high);
    if (low === high) return depth;
    lows[depth] = low;
    highs[depth] = high;
  }
  return length;
}

/** The first index in [low, high) whose key at the depth is above `limit`. */
function firstAbove(
  tokens: Int32Array,
  places: Int32Array,
  classes: Uint8Array | undefined,
  depth: number,
  limit: number,
  low: number,
  high: number,
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    const token = tokens[places[middle]! - 1 - depth]!;
    const key = classes ? abstractKey(classes, token) : token;
    if (key > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}

function lowerBound(list: Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
