// Text → tokens, the same for every language: words, numbers, punctuation and line breaks. A token is a piece of the
// vocabulary and whether one space stands before it. Nothing is lost but what blank lines consist of.
import { type Breaks, beginLine, createBreaks, readBreak } from './breaks.ts';
import { classes, endOfSpace, inWord, isPair, maybePair } from './characters.ts';
import { indentationAfter } from './layout.ts';
import { maxWordLength } from './limits.ts';
import { findPiece, internPiece, type Pieces } from './pieces.ts';
import { checkStep, hashStep, stringOf, writeUnits } from './units.ts';
import { boundaryId, createVocabulary, kinds, type Vocabulary } from './vocabulary.ts';

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

/** Makes tokens of texts with one vocabulary. */
export interface Lexer {
  /** @param indentation of the line that `from` is on; absent where `from` is the start of a line. */
  lex(text: string, from?: number, end?: number, indentation?: string): Lexed;
}

/** What one text is scanned with. */
interface Scanner {
  readonly vocabulary: Vocabulary;
  readonly pieces: Pieces;
  units: Uint16Array;
  tokens: Int32Array;
  /** The numbers of marks below 128 and of two that read as one, by both characters: most need no hash so. */
  readonly marks: Int32Array;
  readonly breaks: Breaks;
  /** Behind what was read last. */
  next: number;
  /** Where the last token begins. */
  lastStart: number;
  /** 1 where a space stands at the end. */
  space: number;
}

export function createLexer(vocabulary: Vocabulary): Lexer {
  const scanner: Scanner = {
    vocabulary,
    pieces: vocabulary.pieces,
    units: new Uint16Array(1 << 14),
    tokens: new Int32Array(1 << 14),
    marks: new Int32Array(128 * 128).fill(-1),
    breaks: createBreaks(vocabulary),
    next: 0,
    lastStart: 0,
    space: 0,
  };
  let bytes = Buffer.from(scanner.units.buffer);
  prepare();

  const reserve = (length: number): void => {
    // Typed arrays are read several times faster than strings, whose kind has to be looked at each time.
    if (scanner.units.length <= length) {
      scanner.units = new Uint16Array(length * 2);
      bytes = Buffer.from(scanner.units.buffer);
    }
    // There are never more tokens than characters.
    if (scanner.tokens.length < length) scanner.tokens = new Int32Array(length * 2);
  };

  return {
    lex(text, from = 0, end = text.length, indentationBefore) {
      // The indentation that is known stands before the text: the first break is compared with it as later ones are.
      const begin = indentationBefore?.length ?? 0;
      const length = begin + end - from;
      reserve(length);
      writeUnits(bytes, indentationBefore ?? '', 0);
      writeUnits(bytes, end - from === text.length ? text : text.slice(from, end), begin);
      const { units, breaks } = scanner;
      // No loop needs to look for the end: it is a mark of its own kind.
      units[length] = 0;
      beginLine(breaks, units, 0, indentationBefore === undefined ? endOfSpace(units, 0, length) : begin);
      const count = scan(scanner, begin, length);
      return {
        tokens: scanner.tokens.slice(0, count),
        lastStart: count === 0 ? -1 : from + scanner.lastStart - begin,
        indentation: stringOf(units, breaks.start, breaks.end),
        pendingSpace: scanner.space === 1,
      };
    },
  };
}

/** All that a text may have. */
const everything = `a b1 \n\n\tc\n    d = 1\n e  f => '\u2014'\r\n\t g: \u{1f980}${'\u{1f980}'.repeat(maxWordLength)}\n\n`;
let isPrepared = false;

/** Code that is compiled before it met a case is thrown away when it does: it is shown all of them while it is still slow. */
function prepare(): void {
  if (isPrepared) return;
  isPrepared = true;
  const lexer = createLexer(createVocabulary());
  for (let time = 0; time < 10; time++) lexer.lex(everything);
  // So many that all lists grow.
  lexer.lex(Array.from({ length: 512 }, (_, at) => `word${at}`).join(' '));
}

/** Reads `units[begin, length)`, behind which stands zero. @returns how many tokens there are. */
function scan(scanner: Scanner, begin: number, length: number): number {
  const { units, tokens, pieces } = scanner;
  // Lists of the module are looked up again at each use; those of the function are not.
  const classOf = classes;
  const goesOn = inWord;
  let count = 0;
  let space = 0;
  let start = begin;
  for (let at = begin; at < length; ) {
    const unit = units[at]!;
    if (unit === 32 && classOf[units[at + 1]!] !== 3) {
      space = 1;
      at++;
      continue;
    }
    start = at;
    let piece = -1;
    if (goesOn[unit] === 1) {
      // Most words are known: they are found here, and all others anew.
      const limit = start + maxWordLength;
      let hash = hashStep(0, unit);
      let check = checkStep(0, unit);
      for (at++; at < limit && goesOn[units[at]!] === 1; at++) {
        hash = hashStep(hash, units[at]!);
        check = checkStep(check, units[at]!);
      }
      if (at < limit) piece = findPiece(pieces.table, hash, check);
    }
    if (piece === -1) {
      piece = readOther(scanner, start, at, length);
      at = scanner.next;
    }
    tokens[count++] = (piece << 1) | space;
    space = 0;
  }
  scanner.lastStart = start;
  scanner.space = space;
  return count;
}

/** What is no known word. @param end of it where it is a word, as far as it may go on. */
function readOther(scanner: Scanner, start: number, end: number, length: number): number {
  const { units, breaks, pieces } = scanner;
  const first = units[start]!;
  const class_ = classes[first]!;
  if (class_ === 0) return readMark(scanner, first, units[start + 1]!, start);
  if (class_ === 4) {
    const piece = readBreak(breaks, units, start, length);
    scanner.next = breaks.next;
    return piece;
  }
  if (class_ === 3) {
    scanner.next = endOfSpace(units, start, length);
    return internPiece(pieces, units, start, scanner.next, kinds.space);
  }
  // A pair of surrogates stays together where a word is cut.
  const isCut = end === start + maxWordLength && (units[end]! & 0xfc00) === 0xdc00;
  scanner.next = isCut ? end + 1 : end;
  return internPiece(pieces, units, start, scanner.next, class_ === 1 ? kinds.word : kinds.number);
}

function readMark(scanner: Scanner, first: number, next: number, at: number): number {
  const isTwo = first < 128 && maybePair[first] === 1 && next < 128 && isPair(first, next);
  const second = isTwo ? next : 0;
  scanner.next = isTwo ? at + 2 : at + 1;
  const known = scanner.marks[second * 128 + (first & 127)]!;
  return known === -1 || first > 127 ? addMark(scanner, first, second) : known;
}

function addMark({ marks, vocabulary }: Scanner, first: number, second: number): number {
  const mark = second === 0 ? String.fromCharCode(first) : String.fromCharCode(first, second);
  const piece = vocabulary.add(mark, kinds.punctuation);
  if (first < 128) marks[second * 128 + first] = piece;
  return piece;
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
