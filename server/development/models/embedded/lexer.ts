// Text → tokens, the same for every language: words, numbers, punctuation and line breaks. A token is a piece of the
// vocabulary and whether one space stands before it. Nothing is lost but what blank lines consist of.
import { breakPiece, indentationAfter } from './layout.ts';
import { maxWordLength } from './limits.ts';
import { boundaryId, checkStep, hashStep, type Kind, kinds, type Vocabulary } from './vocabulary.ts';

/** `piece << 1 | space before it`. */
export type Token = number;

export const pieceOf = (token: Token): number => token >> 1;
export const spaced = (token: Token): boolean => (token & 1) === 1;
export const boundary: Token = boundaryId << 1;

export interface Lexed {
  readonly tokens: Int32Array;
  /** The offset at which the last token begins, without the space before it; -1 where there is none. */
  readonly lastStart: number;
  /** Indentation of the last line that has a token, or of the line that the text ends in when it has none yet. */
  readonly indentation: string;
  /** Whether one space stands at the end, which belongs to the token to come. */
  readonly pendingSpace: boolean;
}

/** Two characters that read as one. Longer operators are made of them and single ones. */
const pairs = new Set(
  '-> => :: := == != <= >= && || += -= *= /= ++ -- << >> ** // /* */ .. ?. ?? |> <- """ \'\'\' ## ``'.split(
    ' ',
  ),
);

const pairTable = new Uint8Array(128 * 128);
for (const pair of pairs) pairTable[pair.charCodeAt(0) * 128 + pair.charCodeAt(1)] = 1;

/** Whether the character at an index is read as one token with some characters that may follow it. */
export const beginsPair = (text: string, at: number): boolean => pairStarts.has(text[at]!);

const pairStarts = new Set([...pairs].map((pair) => pair[0]!));

/** Whether the character at an index belongs to a word. */
export const isWordAt = (text: string, at: number): boolean => {
  const class_ = classes[text.charCodeAt(at)];
  return class_ === 1 || class_ === 2;
};

/**
 * Class of each character: 0 punctuation, 1 letter, 2 digit, 3 space or tab, 4 line break. Outside of ASCII everything is
 * a letter but spaces and general punctuation: both halves of a pair are letters.
 */
const classes = new Uint8Array(1 << 16).fill(1, 128);
for (let unit = 0; unit < 128; unit++) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_$]/.test(character)) classes[unit] = 1;
  else if (/[0-9]/.test(character)) classes[unit] = 2;
  else if (/[ \t\f\v]/.test(character)) classes[unit] = 3;
  else if (/[\n\r]/.test(character)) classes[unit] = 4;
}
for (const space of [0xa0, 0xfeff, 0x3000]) classes[space] = 3;
classes.fill(0, 0x2000, 0x2070);

/** What a piece is that begins like this. */
export function kindOf(piece: string): Kind {
  const class_ = classes[piece.charCodeAt(0)];
  return class_ === 1 ? kinds.word : class_ === 2 ? kinds.number : kinds.punctuation;
}

/** Makes tokens of texts with one vocabulary. */
export interface Lexer {
  /** @param indentation of the line that `from` is on; absent where `from` is the start of a line. */
  lex(text: string, from?: number, end?: number, indentation?: string): Lexed;
}

export function createLexer(vocabulary: Vocabulary): Lexer {
  let buffer = new Int32Array(1 << 14);
  let unitBuffer = new Uint16Array(1 << 14);
  /** Punctuation by its characters, so that most of a text is looked up without hashing: one, and two that read as one. */
  const singles = new Int32Array(128).fill(-1);
  const doubles = new Int32Array(128 * 128).fill(-1);
  const breaks = new Map<string, number>();
  const lineBreak = (before: string, after: string, blank: boolean): number => {
    const piece = breakPiece(before, after, blank);
    const known = breaks.get(piece);
    if (known !== undefined) return known;
    const id = vocabulary.add(piece, kinds.lineBreak);
    breaks.set(piece, id);
    return id;
  };
  const punctuation = (unit: number, next: number): number => {
    const known = next === 0 ? singles : doubles;
    const slot = next === 0 ? unit : unit * 128 + next;
    if (known[slot] === -1) {
      const piece = next === 0 ? String.fromCharCode(unit) : String.fromCharCode(unit, next);
      known[slot] = vocabulary.add(piece, kinds.punctuation);
    }
    return known[slot]!;
  };

  const reserve = (length: number): void => {
    // Typed arrays are read several times faster than strings, whose kind has to be looked at each time.
    if (unitBuffer.length <= length) unitBuffer = new Uint16Array(length * 2);
    // There are never more tokens than characters.
    if (buffer.length < length) buffer = new Int32Array(length * 2);
  };
  const intern = (text: string, from: number, start: number, end: number, kind: Kind): number => {
    let hash = 0;
    let check = 0;
    for (let at = start; at < end; at++) {
      const unit = unitBuffer[at]!;
      hash = hashStep(hash, unit);
      check = checkStep(check, unit);
    }
    return vocabulary.intern(text, from + start, from + end, hash, check, kind);
  };

  return {
    lex(text, from = 0, end = text.length, indentationBefore) {
      const length = end - from;
      reserve(length);
      const units = unitBuffer;
      const tokens = buffer;
      for (let at = 0; at < length; at++) units[at] = text.charCodeAt(from + at);
      let count = 0;
      let indentation = indentationBefore ?? leadingSpace(text, from, end);
      let space = 0;
      let lastStart = -1;
      let at = 0;
      while (at < length) {
        const start = at;
        const unit = units[at]!;
        const class_ = classes[unit]!;
        let piece: number;
        if (class_ === 0 && unit < 128) {
          const second = secondOfPair(units, at, length);
          piece = punctuation(unit, second);
          at += second === 0 ? 1 : 2;
        } else if (class_ === 4) {
          at = endOfBreak(units, at, length);
          const lineStart = startOfLine(units, at);
          const after = text.slice(from + lineStart, from + at);
          piece = lineBreak(indentation, after, lineStart > endOfLineBreak(units, start, length));
          indentation = after;
        } else if (isOneSpace(units, at, length)) {
          space = 1;
          at++;
          continue;
        } else {
          at = endOfPiece(units, at, length, class_);
          piece = intern(text, from, start, at, kindOfClass[class_]!);
        }
        tokens[count++] = (piece << 1) | space;
        lastStart = from + start;
        space = 0;
      }
      return {
        tokens: tokens.slice(0, count),
        lastStart,
        indentation,
        pendingSpace: space === 1,
      };
    },
  };
}

/** By class of its first character; a line break is made of parts. */
const kindOfClass: readonly Kind[] = [kinds.punctuation, kinds.word, kinds.number, kinds.space];

/** What follows a mark and reads as one with it; 0 where nothing does. */
function secondOfPair(units: Uint16Array, at: number, length: number): number {
  const next = at + 1 < length ? units[at + 1]! : 128;
  return next < 128 && pairTable[units[at]! * 128 + next] === 1 ? next : 0;
}

const isOneSpace = (units: Uint16Array, at: number, length: number): boolean =>
  units[at] === 32 && (at + 1 === length || classes[units[at + 1]!] !== 3);

/** Behind the line break that begins here: two characters may be one. */
const endOfLineBreak = (units: Uint16Array, at: number, length: number): number =>
  units[at] === 13 && at + 1 < length && units[at + 1] === 10 ? at + 2 : at + 1;

/** Behind all line breaks and blank lines, before the first thing on a line. */
function endOfBreak(units: Uint16Array, start: number, length: number): number {
  let at = start;
  while (at < length && classes[units[at]!]! >= 3) at++;
  return at;
}

/** The start of the line that begins before `at` with nothing but space. */
function startOfLine(units: Uint16Array, end: number): number {
  let at = end;
  while (classes[units[at - 1]!] === 3) at--;
  return at;
}

/** Behind the word, number, space or character that begins here. */
function endOfPiece(units: Uint16Array, start: number, length: number, class_: number): number {
  let at = start + 1;
  if (class_ === 0) return at;
  if (class_ === 3) {
    while (at < length && classes[units[at]!] === 3) at++;
    return at;
  }
  const limit = Math.min(length, start + maxWordLength);
  while (at < limit && (classes[units[at]!]! === 1 || classes[units[at]!] === 2)) at++;
  // A pair of surrogates stays together.
  if (at === limit && at < length && (units[at]! & 0xfc00) === 0xdc00) at++;
  return at;
}

function leadingSpace(text: string, from: number, end: number): string {
  let at = from;
  while (at < end && classes[text.charCodeAt(at)] === 3) at++;
  return text.slice(from, at);
}

/** The text of tokens that follow a line of the given indentation. Where a break cannot follow, the text ends before it. */
export function textOf(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  layout: { readonly indentation: string; readonly lineBreak: string },
): string {
  let text = '';
  let { indentation } = layout;
  for (const token of tokens) {
    const piece = vocabulary.text(pieceOf(token));
    if (spaced(token)) text += ' ';
    if (vocabulary.kind(pieceOf(token)) === kinds.lineBreak) {
      const after = indentationAfter(piece, indentation);
      if (after === undefined) break;
      text += (piece.startsWith('\n\n') ? layout.lineBreak.repeat(2) : layout.lineBreak) + after;
      indentation = after;
    } else text += piece;
  }
  return text;
}
