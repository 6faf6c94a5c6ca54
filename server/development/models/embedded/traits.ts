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

/** The words of a name, as numbers. */
export type WordList = readonly number[];

export interface Traits {
  /** Kind, mark and shape put together, for `kindIn`, `markIn` and `shapeIn`. */
  look(piece: number): number;
  mark(piece: number): Mark;
  /** How many files have it. */
  files(piece: number): number;
  /** Whether `close` ends what `open` begins. */
  closes(open: number, close: number): boolean;
  /** The words that a name is made of. */
  wordsOf(piece: number): WordList;
  wordsIn(name: string): WordList;
}

export const kindIn = (look: number): number => look & 15;
export const markIn = (look: number): Mark => ((look >> 4) & 15) as Mark;
/** How a name is written: 0 small letters, 1 in several parts, 2 with a capital first, 3 all capitals; 4 what is no name. */
export const shapeIn = (look: number): number => look >> 8;

const unknown = 0xffff;
const noName = 4;
export const shapeCount = 5;

function shapeOf(name: string): number {
  if (/^[_$]*\p{Lu}/u.test(name)) return /\p{Ll}/u.test(name) ? 2 : 3;
  return /[\p{Lu}_]/u.test(name.slice(1)) ? 1 : 0;
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function createTraits(vocabulary: Vocabulary): Traits {
  let looks = new Uint16Array(1 << 12).fill(unknown);
  /** By piece, where its list stands, counted from one. */
  let places = new Uint16Array(1 << 12);
  let lists: WordList[] = [];
  const words = new Map<string, number>();

  const markOfPiece = (piece: number, kind: number): Mark => {
    if (kind === kinds.lineBreak) return marks.lineBreak;
    return kind === kinds.punctuation ? (markOf[vocabulary.text(piece)] ?? marks.other) : marks.other;
  };
  const look = (piece: number): number => {
    if (piece >= looks.length) {
      const larger = new Uint16Array(Math.max(piece + 1, looks.length * 2)).fill(unknown);
      larger.set(looks);
      looks = larger;
    }
    const known = looks[piece]!;
    if (known !== unknown) return known;
    const kind = vocabulary.kind(piece);
    const shape = kind === kinds.word ? shapeOf(vocabulary.text(piece)) : noName;
    const read = kind | (markOfPiece(piece, kind) << 4) | (shape << 8);
    looks[piece] = read;
    return read;
  };
  const wordsIn = (name: string): WordList => {
    const found: number[] = [];
    for (const word of new Set(subwords(name))) {
      const number = words.get(word) ?? words.size;
      words.set(word, number);
      found.push(number);
    }
    return found;
  };

  return {
    look,
    mark: (piece) => markIn(look(piece)),
    files: vocabulary.files,
    closes: (open, close) => partners[vocabulary.text(open)] === vocabulary.text(close),
    wordsIn,
    wordsOf(piece) {
      const known = lists[places[piece]! - 1];
      if (known) return known;
      if (piece >= places.length || lists.length >= maxRemembered) {
        // Numbers of words stay: others hold lists of them.
        places = new Uint16Array(Math.max(piece + 1, places.length * 2));
        lists = [];
      }
      const read = wordsIn(vocabulary.text(piece));
      places[piece] = lists.push(read);
      return read;
    },
  };
}

/** How alike two names are by their words, 0 to 1: shared ones of all (Jaccard). */
export function likeness(mine: WordList, theirs: WordList): number {
  let shared = 0;
  for (let at = 0; at < mine.length; at++) if (theirs.includes(mine[at]!)) shared++;
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
export function partsOf(name: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let before = 0;
  for (let at = 0; at <= name.length; at++) {
    const letter = at === name.length ? 0 : letterOf(name.charCodeAt(at));
    if (letter === foreign) return partsOfAny(name);
    const begins =
      letter === capital &&
      (before === small ||
        before === digit ||
        (before === capital && at + 1 < name.length && letterOf(name.charCodeAt(at + 1)) === small));
    if (letter === 0 || begins) {
      if (at > start) parts.push(name.slice(start, at).toLowerCase());
      start = letter === 0 ? at + 1 : at;
    }
    before = letter;
  }
  return parts;
}

// Kinds of characters; zero is what parts words.
const small = 1;
const capital = 2;
const digit = 3;
const foreign = 4;

function letterOf(unit: number): number {
  if (unit >= 97 && unit <= 122) return small;
  if (unit >= 65 && unit <= 90) return capital;
  if (unit >= 48 && unit <= 57) return digit;
  return unit < 128 ? 0 : foreign;
}

/** The same for letters of all languages, which takes some ten times longer. */
const partsOfAny = (name: string): string[] =>
  name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
