// What each character is to the lexer, and where runs of the same kind end.
import { type Kind, kinds } from './vocabulary.ts';

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
export const classes = new Uint8Array(1 << 16).fill(1, 128);
for (let unit = 0; unit < 128; unit++) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_$]/.test(character)) classes[unit] = 1;
  else if (/[0-9]/.test(character)) classes[unit] = 2;
  else if (/[ \t\f\v]/.test(character)) classes[unit] = 3;
  else if (/[\n\r]/.test(character)) classes[unit] = 4;
}
for (const space of [0xa0, 0xfeff, 0x3000]) classes[space] = 3;
classes.fill(0, 0x2000, 0x2070);

/** Whether a character goes on with a word or number. */
export const inWord = classes.map((class_) => (class_ === 1 || class_ === 2 ? 1 : 0));

/** What a piece is that begins like this. */
export function kindOf(piece: string): Kind {
  const class_ = classes[piece.charCodeAt(0)];
  return class_ === 1 ? kinds.word : class_ === 2 ? kinds.number : kinds.punctuation;
}

/** By character below 128: whether it is read as one with some that may follow it. Most marks are not. */
export const maybePair = new Uint8Array(128);
for (const start of pairStarts) maybePair[start.charCodeAt(0)] = 1;

/** Whether two characters below 128 are read as one. */
export const isPair = (first: number, second: number): boolean => pairTable[first * 128 + second] === 1;

/** Behind the line break that begins here: two characters may be one. */
export const endOfLineBreak = (units: Uint16Array, at: number, length: number): number =>
  units[at] === 13 && at + 1 < length && units[at + 1] === 10 ? at + 2 : at + 1;

/** Behind all line breaks and blank lines, before the first thing on a line. */
export function endOfBreak(units: Uint16Array, start: number, length: number): number {
  let at = start;
  while (at < length && classes[units[at]!]! >= 3) at++;
  return at;
}

/** The start of the line that begins before `at` with nothing but space. */
export function startOfLine(units: Uint16Array, end: number): number {
  let at = end;
  while (classes[units[at - 1]!] === 3) at--;
  return at;
}

export function endOfSpace(units: Uint16Array, start: number, length: number): number {
  let at = start;
  while (at < length && classes[units[at]!] === 3) at++;
  return at;
}
