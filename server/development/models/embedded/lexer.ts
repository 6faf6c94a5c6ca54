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

  return {
    lex(text, from = 0, end = text.length, indentationBefore) {
      const length = end - from;
      // Typed arrays are read several times faster than strings, whose kind has to be looked at each time.
      if (unitBuffer.length <= length) unitBuffer = new Uint16Array(length * 2);
      // There are never more tokens than characters.
      if (buffer.length < length) buffer = new Int32Array(length * 2);
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
        const unit = units[at++]!;
        const class_ = classes[unit]!;
        if (class_ === 0 && unit < 128) {
          const next = at < length ? units[at]! : 128;
          const paired = next < 128 && pairTable[unit * 128 + next] === 1;
          if (paired) at++;
          tokens[count++] = (punctuation(unit, paired ? next : 0) << 1) | space;
        } else if (class_ === 4) {
          // All line breaks and blank lines up to the next line that has something on it.
          let lines = 1;
          if (unit === 13 && at < length && units[at] === 10) at++;
          let lineStart = at;
          for (; at < length; at++) {
            const next = units[at]!;
            const nextClass = classes[next];
            if (nextClass === 4) {
              lines++;
              if (next === 13 && at + 1 < length && units[at + 1] === 10) at++;
              lineStart = at + 1;
            } else if (nextClass !== 3) break;
          }
          const after = text.slice(from + lineStart, from + at);
          tokens[count++] = (lineBreak(indentation, after, lines > 1) << 1) | space;
          indentation = after;
        } else if (class_ === 3 && unit === 32 && (at === length || classes[units[at]!] !== 3)) {
          space = 1;
          continue;
        } else {
          let hash = hashStep(0, unit);
          let check = checkStep(0, unit);
          let kind: Kind = kinds.punctuation;
          if (class_ === 3) {
            kind = kinds.space;
            for (; at < length && classes[units[at]!] === 3; at++) {
              hash = hashStep(hash, units[at]!);
              check = checkStep(check, units[at]!);
            }
          } else if (class_ !== 0) {
            kind = class_ === 1 ? kinds.word : kinds.number;
            const limit = Math.min(length, start + maxWordLength);
            for (; at < limit; at++) {
              const next = units[at]!;
              const nextClass = classes[next];
              if (nextClass !== 1 && nextClass !== 2) break;
              hash = hashStep(hash, next);
              check = checkStep(check, next);
            }
            // A pair of surrogates stays together.
            if (at === limit && at < length && (units[at]! & 0xfc00) === 0xdc00) {
              hash = hashStep(hash, units[at]!);
              check = checkStep(check, units[at++]!);
            }
          }
          const piece = vocabulary.intern(text, from + start, from + at, hash, check, kind);
          tokens[count++] = (piece << 1) | space;
        }
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
