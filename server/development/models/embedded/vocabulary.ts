// Words as small numbers: each distinct piece of text once, with its kind, its text and how many files have it.
import {
  createPieces,
  findPiece,
  grown,
  internPiece,
  larger,
  type Pieces,
  startOf,
  textOfPiece,
} from './pieces.ts';
import { checkOf, hashOf } from './units.ts';

export const kinds = { boundary: 0, punctuation: 1, word: 2, number: 3, lineBreak: 4, space: 5 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

/** The piece that stands between files: never part of any context, never proposed. */
export const boundaryId = 0;
/** What any name and any number becomes where names do not matter; no text has them. */
export const anyNameId = 1;
export const anyNumberId = 2;
export const reservedPieces = 3;

/** All pieces in the order of their numbers. */
export interface SavedPieces {
  /** The UTF-16 units of all of them. */
  readonly units: Uint16Array;
  /** Where the units of each piece end, which is where the next one's begin. */
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

export interface Vocabulary {
  /** For the lexer, which adds what it meets. */
  readonly pieces: Pieces;
  /** The number of a piece; a new one where it is unknown. */
  add(piece: string, kind: Kind): number;
  /** The number of a piece, without making a new one; -1 where it is unknown. */
  find(piece: string): number;
  text(id: number): string;
  kind(id: number): Kind;
  /** One more or one fewer file contains these pieces, each counted once. @param tokens `piece << 1`, with any lowest bit. */
  count(tokens: Int32Array, change: 1 | -1): void;
  /** How many files contain it. */
  files(id: number): number;
  readonly size: number;
  /** Known words that begin with `prefix`, of at least two characters. */
  startingWith(prefix: string): readonly number[];
  saved(): SavedPieces;
  /** Gives these pieces these numbers; only while the vocabulary is new. */
  restore(saved: SavedPieces): void;
  /** Bytes, about. */
  memory(): number;
}

/** Texts that are kept as strings, once asked for: those of answers come up again and again. */
const maxRememberedTexts = 1 << 13;

/** Lists of words by their first two characters. */
const beginningBits = 12;

export function createVocabulary(): Vocabulary {
  const pieces = createPieces();
  /** By piece, the last count of a file that it was seen in, and how many files have it. */
  let uses = new Int32Array(1 << 12);
  let counts = 0;
  /** The last word of each list, and for each word the one before it; of the pieces below `listed`. */
  const lastBeginning = new Int32Array(1 << beginningBits).fill(-1);
  let beforeBeginning = new Int32Array(0);
  let listed = 0;
  const texts = new Map<number, string>();
  let scratch = new Uint16Array(256);

  const write = (piece: string): void => {
    if (scratch.length < piece.length) scratch = new Uint16Array(piece.length);
    for (let at = 0; at < piece.length; at++) scratch[at] = piece.charCodeAt(at);
  };
  const add = (piece: string, kind: Kind): number => {
    write(piece);
    return internPiece(pieces, scratch, 0, piece.length, kind);
  };
  // Texts that no source can hold as a piece of its own: a piece never consists of a line separator and more.
  for (const name of ['boundary', 'name', 'number']) add(`\u2028${name}`, kinds.boundary);

  const text = (id: number): string => {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const read = textOfPiece(pieces, id);
    if (texts.size >= maxRememberedTexts) texts.clear();
    texts.set(id, read);
    return read;
  };

  /** Pieces that were added since the last question for beginnings. */
  const listBeginnings = (): void => {
    const { size, units, kinds: kindOf } = pieces;
    if (beforeBeginning.length < size)
      beforeBeginning = larger(beforeBeginning, new Int32Array(pieces.ends.length));
    for (; listed < size; listed++) {
      const start = startOf(pieces, listed);
      if (kindOf[listed] !== kinds.word || pieces.ends[listed]! - start < 3) continue;
      const list = beginning(units[start]!, units[start + 1]!);
      beforeBeginning[listed] = lastBeginning[list]!;
      lastBeginning[list] = listed;
    }
  };

  return {
    pieces,
    add,
    find(piece) {
      write(piece);
      const { length } = piece;
      return findPiece(pieces.table, hashOf(scratch, 0, length), checkOf(scratch, 0, length));
    },
    text,
    kind: (id) => pieces.kinds[id] as Kind,
    count(tokens, change) {
      if (uses.length < 2 * pieces.size) uses = larger(uses, new Int32Array(2 * grown(pieces.size)));
      countTokens(tokens, change, uses, ++counts);
    },
    files: (id) => uses[2 * id + 1] ?? 0,
    get size() {
      return pieces.size;
    },
    startingWith(prefix) {
      listBeginnings();
      write(prefix);
      const { units, ends } = pieces;
      const length = prefix.length;
      const found: number[] = [];
      const last = lastBeginning[beginning(scratch[0]!, scratch[1]!)]!;
      for (let id = last; id !== -1; id = beforeBeginning[id]!) {
        const start = startOf(pieces, id);
        let agreed = 0;
        while (agreed < length && start + agreed < ends[id]! && units[start + agreed] === scratch[agreed])
          agreed++;
        if (agreed === length) found.push(id);
      }
      return found.reverse();
    },
    saved: () => ({
      units: pieces.units.subarray(0, pieces.unitCount),
      ends: pieces.ends.subarray(0, pieces.size),
      kinds: pieces.kinds.subarray(0, pieces.size),
    }),
    restore(saved) {
      for (let id = 0, start = 0; id < saved.ends.length; id++) {
        const end = saved.ends[id]!;
        internPiece(pieces, saved.units, start, end, saved.kinds[id] as Kind);
        start = end;
      }
    },
    memory: () =>
      [pieces.units, pieces.ends, pieces.kinds, pieces.table, uses, lastBeginning, beforeBeginning].reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      ) +
      // A short string takes some forty bytes, an entry of a map as much.
      texts.size * 80,
  };
}

/** @param mark of this count, by which pieces that were seen in it are told. */
function countTokens(tokens: Int32Array, change: number, uses: Int32Array, mark: number): void {
  for (let at = 0; at < tokens.length; at++) {
    const use = tokens[at]! & -2;
    if (uses[use] === mark) continue;
    uses[use] = mark;
    uses[use + 1]! += change;
  }
}

const beginning = (first: number, second: number): number =>
  Math.imul(first * 31 + second, 0x9e3779b1) >>> (32 - beginningBits);
