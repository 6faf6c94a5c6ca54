// Text → tokens, the same for every language: words, numbers, punctuation and line breaks. A token is a piece of the
// vocabulary and whether one space stands before it. Nothing is lost but what blank lines consist of.
import {
  classes,
  endOfBreak,
  endOfLineBreak,
  endOfSpace,
  inWord,
  isPair,
  maybePair,
  startOfLine,
} from './characters.ts';
import { breakPiece, indentationAfter } from './layout.ts';
import { maxWordLength } from './limits.ts';
import { checkOf, checkStep, hashOf, hashStep, stringOf, writeUnits } from './units.ts';
import { boundaryId, type Kind, kinds, type Vocabulary } from './vocabulary.ts';

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

export function createLexer(vocabulary: Vocabulary): Lexer {
  let buffer = new Int32Array(1 << 14);
  let unitBuffer = new Uint16Array(1 << 14);
  let unitBytes = Buffer.from(unitBuffer.buffer);
  const { intern } = vocabulary;
  const marks = createMarks(vocabulary);
  const breaks = createBreaks(vocabulary);

  const reserve = (length: number): void => {
    // Typed arrays are read several times faster than strings, whose kind has to be looked at each time.
    if (unitBuffer.length < length) {
      unitBuffer = new Uint16Array(length * 2);
      unitBytes = Buffer.from(unitBuffer.buffer);
    }
    // There are never more tokens than characters.
    if (buffer.length < length) buffer = new Int32Array(length * 2);
  };

  /** Where the piece ends that was read last. */
  let pieceEnd = 0;
  /** The indentation of the line that is being read. */
  let lineStart = 0;
  let lineEnd = 0;

  const readWord = (units: Uint16Array, start: number, length: number, kind: Kind): number => {
    // Lists of the module are looked up again at each use; those of the function are not.
    const goesOn = inWord;
    const limit = Math.min(length, start + maxWordLength);
    let hash = units[start]!;
    let check = checkStep(0, hash);
    let at = start + 1;
    for (; at < limit; at++) {
      const next = units[at]!;
      if (goesOn[next] === 0) break;
      hash = hashStep(hash, next);
      check = checkStep(check, next);
    }
    // A pair of surrogates stays together.
    if (at === limit && at < length && (units[at]! & 0xfc00) === 0xdc00) {
      hash = hashStep(hash, units[at]!);
      check = checkStep(check, units[at++]!);
    }
    pieceEnd = at;
    return intern(units, start, at, hash, check, kind);
  };
  const readMark = (units: Uint16Array, start: number, length: number): number => {
    const first = units[start]!;
    pieceEnd = start + 1;
    if (first >= 128) return vocabulary.add(String.fromCharCode(first), kinds.punctuation);
    if (maybePair[first] === 1 && pieceEnd < length) {
      const second = units[pieceEnd]!;
      if (second < 128 && isPair(first, second)) {
        pieceEnd++;
        return marks(first, second);
      }
    }
    return marks(first, 0);
  };
  const readBreak = (units: Uint16Array, start: number, length: number): number => {
    pieceEnd = endOfBreak(units, start, length);
    const nextStart = startOfLine(units, pieceEnd);
    const blank = nextStart > endOfLineBreak(units, start, length);
    const piece = breaks(units, lineStart, lineEnd, nextStart, pieceEnd, blank);
    lineStart = nextStart;
    lineEnd = pieceEnd;
    return piece;
  };
  const readSpace = (units: Uint16Array, start: number, length: number): number => {
    pieceEnd = endOfSpace(units, start, length);
    const hash = hashOf(units, start, pieceEnd);
    return intern(units, start, pieceEnd, hash, checkOf(units, start, pieceEnd), kinds.space);
  };

  return {
    lex(text, from = 0, end = text.length, indentationBefore) {
      // The indentation that is known stands before the text: the first break is compared with it as later ones are.
      const begin = indentationBefore?.length ?? 0;
      const length = begin + end - from;
      reserve(length);
      writeUnits(unitBytes, indentationBefore ?? '', 0);
      writeUnits(unitBytes, end - from === text.length ? text : text.slice(from, end), begin);
      const units = unitBuffer;
      const tokens = buffer;
      const classOf = classes;
      lineStart = 0;
      lineEnd = indentationBefore === undefined ? endOfSpace(units, 0, length) : begin;
      let count = 0;
      let space = 0;
      let lastStart = begin - 1;
      let at = begin;
      while (at < length) {
        const unit = units[at]!;
        const class_ = classOf[unit]!;
        let piece: number;
        if (class_ === 1) piece = readWord(units, at, length, kinds.word);
        else if (unit === 32 && (at + 1 === length || classOf[units[at + 1]!] !== 3)) {
          space = 1;
          at++;
          continue;
        } else if (class_ === 0) piece = readMark(units, at, length);
        else if (class_ === 4) piece = readBreak(units, at, length);
        else if (class_ === 2) piece = readWord(units, at, length, kinds.number);
        else piece = readSpace(units, at, length);
        tokens[count++] = (piece << 1) | space;
        lastStart = at;
        at = pieceEnd;
        space = 0;
      }
      return {
        tokens: tokens.slice(0, count),
        lastStart: lastStart < begin ? -1 : from + lastStart - begin,
        indentation: stringOf(units, lineStart, lineEnd),
        pendingSpace: space === 1,
      };
    },
  };
}

/** The number of a mark below 128, or of two that read as one; `second` is 0 where there is none. Most need no hash so. */
function createMarks(vocabulary: Vocabulary): (first: number, second: number) => number {
  const known = new Int32Array(128 * 128).fill(-1);
  return (first, second) => {
    const slot = second * 128 + first;
    if (known[slot] === -1) {
      const piece = second === 0 ? String.fromCharCode(first) : String.fromCharCode(first, second);
      known[slot] = vocabulary.add(piece, kinds.punctuation);
    }
    return known[slot]!;
  };
}

/** Changes of indentation that are looked up without making a string: this much deeper or shallower. Characters. */
const maxPlainChange = 32;

/** The number of a line break between two lines, whose indentations are `units[start, end)`. */
type Breaks = (
  units: Uint16Array,
  start: number,
  end: number,
  nextStart: number,
  nextEnd: number,
  blank: boolean,
) => number;

function createBreaks(vocabulary: Vocabulary): Breaks {
  /** By the change, and for `deeper` by what is added: spaces or tabs only. Each twice, since blank lines may lie between. */
  const shallower = new Int32Array(2 * maxPlainChange).fill(-1);
  const deeper = {
    32: new Int32Array(2 * maxPlainChange).fill(-1),
    9: new Int32Array(2 * maxPlainChange).fill(-1),
  };

  return (units, start, end, nextStart, nextEnd, blank) => {
    const before = end - start;
    const after = nextEnd - nextStart;
    const shared = Math.min(before, after);
    let same = 0;
    while (same < shared && units[start + same] === units[nextStart + same]) same++;
    const make = (): number =>
      vocabulary.add(
        breakPiece(stringOf(units, start, end), stringOf(units, nextStart, nextEnd), blank),
        kinds.lineBreak,
      );
    const change = Math.abs(after - before);
    if (same < shared || change >= maxPlainChange) return make();
    const added = units[nextEnd - 1];
    let known = shallower;
    if (after > before) {
      if ((added !== 32 && added !== 9) || !isAll(units, nextStart + shared, nextEnd, added)) return make();
      known = deeper[added];
    }
    const slot = change * 2 + (blank ? 1 : 0);
    if (known[slot] === -1) known[slot] = make();
    return known[slot]!;
  };
}

function isAll(units: Uint16Array, start: number, end: number, unit: number): boolean {
  for (let at = start; at < end; at++) if (units[at] !== unit) return false;
  return true;
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
