// Text → tokens, the same for every language: words, numbers, punctuation and line breaks. A token is a piece of the
// vocabulary and whether one space stands before it. Nothing is lost but what blank lines consist of.
import { breakPiece, indentationAfter } from './layout.ts';
import { maxWordLength } from './limits.ts';
import { boundaryId, hashStep, hashText, type Kind, kinds, type Vocabulary } from './vocabulary.ts';

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
  const class_ = classOf(text.charCodeAt(at));
  return class_ === 1 || class_ === 2;
};

/** Class of each character below 128: 0 punctuation, 1 letter, 2 digit, 3 space or tab, 4 line break. */
const classes = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_$]/.test(character)) classes[unit] = 1;
  else if (/[0-9]/.test(character)) classes[unit] = 2;
  else if (/[ \t\f\v]/.test(character)) classes[unit] = 3;
  else if (/[\n\r]/.test(character)) classes[unit] = 4;
}

/** What a piece is that begins like this. */
export function kindOf(piece: string): Kind {
  const class_ = classOf(piece.charCodeAt(0));
  return class_ === 1 ? kinds.word : class_ === 2 ? kinds.number : kinds.punctuation;
}

/** Outside of ASCII everything is a letter but spaces and general punctuation: both halves of a pair are letters. */
function classOf(unit: number): number {
  if (unit < 128) return classes[unit]!;
  if (unit === 0xa0 || unit === 0xfeff || unit === 0x3000) return 3;
  return unit >= 0x2000 && unit <= 0x206f ? 0 : 1;
}

/** Makes tokens of texts with one vocabulary. */
export interface Lexer {
  /** @param indentation of the line that `from` is on; absent where `from` is the start of a line. */
  lex(text: string, from?: number, end?: number, indentation?: string): Lexed;
}

export function createLexer(vocabulary: Vocabulary): Lexer {
  let tokens = new Int32Array(1 << 14);
  let count = 0;
  const push = (token: number): void => {
    if (count === tokens.length) tokens = doubled(tokens);
    tokens[count++] = token;
  };
  const breaks = new Map<string, number>();
  const lineBreak = (before: string, after: string, blank: boolean): number => {
    const piece = breakPiece(before, after, blank);
    const known = breaks.get(piece);
    if (known !== undefined) return known;
    const id = vocabulary.intern(piece, 0, piece.length, hashText(piece), kinds.lineBreak);
    breaks.set(piece, id);
    return id;
  };

  return {
    lex(text, from = 0, end = text.length, indentationBefore) {
      count = 0;
      let indentation = indentationBefore ?? leadingSpace(text, from, end);
      let space = 0;
      let lastStart = -1;
      let at = from;
      while (at < end) {
        const unit = text.charCodeAt(at);
        const start = at++;
        let hash = hashStep(0, unit);
        let kind: Kind = kinds.punctuation;
        switch (classOf(unit)) {
          case 1:
          case 2: {
            kind = classOf(unit) === 1 ? kinds.word : kinds.number;
            const limit = Math.min(end, start + maxWordLength);
            for (; at < limit; at++) {
              const next = text.charCodeAt(at);
              const nextClass = next < 128 ? classes[next]! : classOf(next);
              if (nextClass !== 1 && nextClass !== 2) break;
              hash = hashStep(hash, next);
            }
            // A pair of surrogates stays together.
            if (at === limit && at < end && (text.charCodeAt(at) & 0xfc00) === 0xdc00) {
              hash = hashStep(hash, text.charCodeAt(at++));
            }
            break;
          }
          case 3: {
            while (at < end && classOf(text.charCodeAt(at)) === 3)
              hash = hashStep(hash, text.charCodeAt(at++));
            if (at === start + 1 && unit === 32) {
              space = 1;
              continue;
            }
            kind = kinds.space;
            break;
          }
          case 4: {
            // All line breaks and blank lines up to the next line that has something on it.
            let lines = 1;
            if (unit === 13 && at < end && text.charCodeAt(at) === 10) at++;
            let lineStart = at;
            for (; at < end; at++) {
              const next = text.charCodeAt(at);
              const nextClass = classOf(next);
              if (nextClass === 4) {
                lines++;
                if (next === 13 && at + 1 < end && text.charCodeAt(at + 1) === 10) at++;
                lineStart = at + 1;
              } else if (nextClass !== 3) break;
            }
            const after = text.slice(lineStart, at);
            push((lineBreak(indentation, after, lines > 1) << 1) | space);
            lastStart = start;
            indentation = after;
            space = 0;
            continue;
          }
          default: {
            if (at < end && unit < 128) {
              const next = text.charCodeAt(at);
              if (next < 128 && pairTable[unit * 128 + next] === 1) {
                hash = hashStep(hash, next);
                at++;
              }
            }
          }
        }
        push((vocabulary.intern(text, start, at, hash, kind) << 1) | space);
        lastStart = start;
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
  while (at < end && classOf(text.charCodeAt(at)) === 3) at++;
  return text.slice(from, at);
}

function doubled(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
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
