// What can be told of a piece by its text alone, looked up once: which mark it is, and the words that a name is made of.
import { kinds, type Vocabulary } from './vocabulary.ts';

export const marks = {
  other: 0, open: 1, close: 2, member: 3, comma: 4, assignment: 5, quote: 6, lineBreak: 7,
} as const; // biome-ignore format: a table

export type Mark = (typeof marks)[keyof typeof marks];

const markOf: Readonly<Record<string, Mark>> = {
  '(': marks.open, '[': marks.open, '{': marks.open,
  ')': marks.close, ']': marks.close, '}': marks.close,
  '.': marks.member, '->': marks.member, '::': marks.member, '?.': marks.member,
  ',': marks.comma,
  '=': marks.assignment, ':=': marks.assignment, ':': marks.assignment, '=>': marks.assignment,
  '"': marks.quote, "'": marks.quote, '`': marks.quote, '"""': marks.quote, "'''": marks.quote, '``': marks.quote,
}; // biome-ignore format: a table

/** Names whose words are remembered at the same time; each takes some hundred bytes. */
const maxRemembered = 20_000;

export interface Traits {
  mark(piece: number): Mark;
  /** How a name is written: 0 small letters, 1 in several parts, 2 with a capital first, 3 all capitals; 4 what is no name. */
  shape(piece: number): number;
  /** Whether `close` ends what `open` begins. */
  closes(open: number, close: number): boolean;
  /** How alike two names are by their words, 0 to 1: shared ones of all (Jaccard). */
  likeness(piece: number, other: number): number;
  /** The same of a name and these words. */
  likenessTo(piece: number, words: readonly string[]): number;
}

const unknown = 255;
const noName = 4;
export const shapeCount = 5;

function shapeOf(name: string): number {
  if (/^[_$]*\p{Lu}/u.test(name)) return /\p{Ll}/u.test(name) ? 2 : 3;
  return /[\p{Lu}_]/u.test(name.slice(1)) ? 1 : 0;
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function createTraits(vocabulary: Vocabulary): Traits {
  let known = new Uint8Array(1 << 12).fill(unknown);
  let shapes = new Uint8Array(1 << 12).fill(unknown);
  const words = new Map<number, readonly string[]>();

  const mark = (piece: number): Mark => {
    if (piece >= known.length) {
      const larger = new Uint8Array(Math.max(piece + 1, known.length * 2)).fill(unknown);
      larger.set(known);
      known = larger;
    }
    const found = known[piece]!;
    if (found !== unknown) return found as Mark;
    const kind = vocabulary.kind(piece);
    const read =
      kind === kinds.lineBreak
        ? marks.lineBreak
        : kind === kinds.punctuation
          ? (markOf[vocabulary.text(piece)] ?? marks.other)
          : marks.other;
    known[piece] = read;
    return read;
  };
  const wordsOf = (piece: number): readonly string[] => {
    const found = words.get(piece);
    if (found) return found;
    const read = [...new Set(subwords(vocabulary.text(piece)))];
    if (words.size >= maxRemembered) words.clear();
    words.set(piece, read);
    return read;
  };

  return {
    mark,
    shape(piece) {
      if (piece >= shapes.length) {
        const larger = new Uint8Array(Math.max(piece + 1, shapes.length * 2)).fill(unknown);
        larger.set(shapes);
        shapes = larger;
      }
      if (shapes[piece] === unknown) {
        shapes[piece] = vocabulary.kind(piece) === kinds.word ? shapeOf(vocabulary.text(piece)) : noName;
      }
      return shapes[piece]!;
    },
    closes: (open, close) => partners[vocabulary.text(open)] === vocabulary.text(close),
    likeness: (piece, other) => shareOf(wordsOf(piece), wordsOf(other)),
    likenessTo: (piece, words) => shareOf(wordsOf(piece), words),
  };
}

function shareOf(mine: readonly string[], theirs: readonly string[]): number {
  let shared = 0;
  for (const word of mine) if (theirs.includes(word)) shared++;
  return shared === 0 ? 0 : shared / (mine.length + theirs.length - shared);
}

/** `parseHTTPRequests_now` → parse, http, request, now: the plural is the same word, and single letters say nothing. */
export const subwords = (name: string): string[] =>
  partsOf(name)
    .filter((word) => word.length > 1)
    .map((word) =>
      word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word,
    );

/** The words that a name is made of, in small letters. */
export const partsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
