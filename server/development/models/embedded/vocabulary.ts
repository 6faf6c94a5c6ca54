// Words as small numbers: each distinct piece of text once. The characters of all lie behind one another in one list, and a
// piece is found by hash while a text is scanned, without making a string.
import { checkOf, hashOf, stringOf } from './units.ts';

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
  /**
   * The number of the piece `units[start, end)`; a new one where it is unknown.
   * @param hash of its units, by `hashOf`, and `check` by `checkOf`: two pieces that agree in both are taken for the same,
   * which chance brings about once in some 10^12 pairs that fall to the same place.
   */
  intern(units: Uint16Array, start: number, end: number, hash: number, check: number, kind: Kind): number;
  /** The same for a piece on its own. */
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

/** How full the table of hashes gets, in parts of sixteen: fuller, the search for a place in it takes longer. */
const fullest = 10;

/** Pieces are numbered below this: all text that is kept has fewer characters. */
const idBits = (1 << 24) - 1;
const hashBits = ~idBits;

/** Lists grow by half: by more, much of them would stay empty in a large project. */
const grown = (length: number): number => Math.ceil(length * 1.5);

export function createVocabulary(): Vocabulary {
  let size = 0;
  let units = new Uint16Array(1 << 14);
  let unitCount = 0;
  let ends = new Int32Array(1 << 11);
  let kindOf = new Uint8Array(1 << 11);
  let filesOf = new Int32Array(1 << 11);
  /** Words with the same first two characters: the last one of them, and for each the one before it. */
  const lastBeginning = new Map<number, number>();
  let beforeBeginning = new Int32Array(1 << 11);
  /**
   * Open hashing of two numbers each: the piece's, counted from one, below eight bits of its hash, and its check. Zero is
   * empty. They lie together, since most of a look-up is waiting for memory.
   */
  let table = new Int32Array(1 << 13);
  /** By piece, the last count of a file that it was seen in. */
  let seen = new Int32Array(1 << 11);
  let counts = 0;
  const texts = new Map<number, string>();
  let scratch = new Uint16Array(256);

  const startOf = (id: number): number => (id === 0 ? 0 : ends[id - 1]!);

  /** The slot of a piece, or the empty one that it would take. */
  const slotOf = (hash: number, check: number): number => {
    const list = table;
    const mask = list.length - 1;
    let slot = (spread(hash) << 1) & mask;
    for (let entry = list[slot]!; entry !== 0; entry = list[slot]!) {
      if (list[slot + 1] === check && ((entry ^ hash) & hashBits) === 0) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  };

  const growTable = (): void => {
    table = new Int32Array(table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < size; id++) {
      const hash = hashOf(units, startOf(id), ends[id]!);
      let slot = (spread(hash) << 1) & mask;
      while (table[slot] !== 0) slot = (slot + 2) & mask;
      table[slot] = (hash & hashBits) | (id + 1);
      table[slot + 1] = checkOf(units, startOf(id), ends[id]!);
    }
  };
  const reserve = (pieces: number): void => {
    if (pieces <= ends.length) return;
    const length = Math.max(pieces, grown(ends.length));
    ends = larger(ends, new Int32Array(length));
    kindOf = larger(kindOf, new Uint8Array(length));
    filesOf = larger(filesOf, new Int32Array(length));
    beforeBeginning = larger(beforeBeginning, new Int32Array(length));
    seen = larger(seen, new Int32Array(length));
  };

  /** Puts a piece that is not known at the end of all. */
  const append = (from: Uint16Array, start: number, end: number, kind: Kind): number => {
    reserve(size + 1);
    const id = size++;
    const first = unitCount;
    if (first + end - start > units.length)
      units = larger(units, new Uint16Array(grown(first + end - start)));
    for (let at = start; at < end; at++) units[unitCount++] = from[at]!;
    ends[id] = unitCount;
    kindOf[id] = kind;
    if (kind === kinds.word && end - start > 2) {
      const key = beginning(from[start]!, from[start + 1]!);
      beforeBeginning[id] = lastBeginning.get(key) ?? -1;
      lastBeginning.set(key, id);
    }
    return id;
  };

  const intern: Vocabulary['intern'] = (from, start, end, hash, check, kind) => {
    const slot = slotOf(hash, check);
    const known = table[slot]! & idBits;
    if (known !== 0) return known - 1;
    const id = append(from, start, end, kind);
    table[slot] = (hash & hashBits) | (id + 1);
    table[slot + 1] = check;
    if (size * 32 > table.length * fullest) growTable();
    return id;
  };

  const write = (piece: string): void => {
    if (scratch.length < piece.length) scratch = new Uint16Array(piece.length);
    for (let at = 0; at < piece.length; at++) scratch[at] = piece.charCodeAt(at);
  };
  const internAll = (from: Uint16Array, start: number, end: number, kind: Kind): number =>
    intern(from, start, end, hashOf(from, start, end), checkOf(from, start, end), kind);
  const add = (piece: string, kind: Kind): number => {
    write(piece);
    return internAll(scratch, 0, piece.length, kind);
  };
  // Texts that no source can hold as a piece of its own: a piece never consists of a line separator and more.
  for (const name of ['boundary', 'name', 'number']) add(`\u2028${name}`, kinds.boundary);

  const text = (id: number): string => {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const read = stringOf(units, startOf(id), ends[id]!);
    if (texts.size >= maxRememberedTexts) texts.clear();
    texts.set(id, read);
    return read;
  };

  return {
    intern,
    add,
    find(piece) {
      write(piece);
      const { length } = piece;
      return (table[slotOf(hashOf(scratch, 0, length), checkOf(scratch, 0, length))]! & idBits) - 1;
    },
    text,
    kind: (id) => kindOf[id] as Kind,
    count(tokens, change) {
      counts++;
      for (let at = 0; at < tokens.length; at++) {
        const id = tokens[at]! >> 1;
        if (seen[id] === counts) continue;
        seen[id] = counts;
        filesOf[id]! += change;
      }
    },
    files: (id) => filesOf[id]!,
    get size() {
      return size;
    },
    startingWith(prefix) {
      write(prefix);
      const length = prefix.length;
      const found: number[] = [];
      const key = beginning(scratch[0]!, scratch[1]!);
      for (let id = lastBeginning.get(key) ?? -1; id !== -1; id = beforeBeginning[id]!) {
        const start = startOf(id);
        let agreed = 2;
        while (agreed < length && start + agreed < ends[id]! && units[start + agreed] === scratch[agreed])
          agreed++;
        if (agreed === length) found.push(id);
      }
      return found.reverse();
    },
    saved: () => ({
      units: units.subarray(0, unitCount),
      ends: ends.subarray(0, size),
      kinds: kindOf.subarray(0, size),
    }),
    restore(saved) {
      reserve(saved.ends.length);
      for (let id = 0, start = 0; id < saved.ends.length; id++) {
        const end = saved.ends[id]!;
        internAll(saved.units, start, end, saved.kinds[id] as Kind);
        start = end;
      }
    },
    memory: () =>
      [units, ends, kindOf, filesOf, beforeBeginning, table, seen].reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      ) +
      // An entry of a map takes some forty bytes, a short string as much.
      lastBeginning.size * 40 +
      texts.size * 80,
  };
}

const beginning = (first: number, second: number): number => (first << 16) | second;

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;

function larger<List extends Uint8Array | Uint16Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
