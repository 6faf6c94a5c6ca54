// The distinct pieces of text that were met, each with its number: their characters behind one another in one list, and a
// table in which a piece is found by hash while a text is scanned, without making a string. Functions of one record rather
// than closures, so that they are compiled once whatever number of tables there is.
import { checkOf, hashOf, stringOf } from './units.ts';

export interface Pieces {
  size: number;
  units: Uint16Array;
  unitCount: number;
  /** Where the units of each piece end, which is where the next one's begin. */
  ends: Int32Array;
  kinds: Uint8Array;
  /**
   * Open hashing of two numbers each: the piece's, counted from one, below eight bits of its hash, and its check. Zero is
   * empty. They lie together, since most of a look-up is waiting for memory.
   */
  table: Int32Array;
}

export const createPieces = (): Pieces => ({
  size: 0,
  units: new Uint16Array(1 << 11),
  unitCount: 0,
  ends: new Int32Array(1 << 8),
  kinds: new Uint8Array(1 << 8),
  table: new Int32Array(1 << 10),
});

/** How full the table of hashes gets, in parts of sixteen: fuller, the search for a place in it takes longer. */
const fullest = 10;

/** Pieces are numbered below this: all text that is kept has fewer characters. */
const idBits = (1 << 24) - 1;
const hashBits = ~idBits;

/** Lists grow by half: by more, much of them would stay empty in a large project. */
export const grown = (length: number): number => Math.ceil(length * 1.5);

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;

/** The slot of a piece, or the empty one that it would take. */
function slotOf(table: Int32Array, hash: number, check: number): number {
  const mask = table.length - 1;
  let slot = (spread(hash) << 1) & mask;
  for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
    if (table[slot + 1] === check && ((entry ^ hash) & hashBits) === 0) return slot;
    slot = (slot + 2) & mask;
  }
  return slot;
}

/**
 * The number of a piece; -1 where it is unknown.
 * @param hash of its units, by `hashOf`, and `check` by `checkOf`: two pieces that agree in both are taken for the same,
 * which chance brings about once in some 10^12 pairs that fall to the same place.
 */
export const findPiece = (table: Int32Array, hash: number, check: number): number =>
  (table[slotOf(table, hash, check)]! & idBits) - 1;

/** The number of the piece `from[start, end)`; a new one where it is unknown. */
export function internPiece(
  pieces: Pieces,
  from: Uint16Array,
  start: number,
  end: number,
  kind: number,
): number {
  const hash = hashOf(from, start, end);
  const check = checkOf(from, start, end);
  const known = findPiece(pieces.table, hash, check);
  return known === -1 ? addPiece(pieces, from, start, end, hash, check, kind) : known;
}

function addPiece(
  pieces: Pieces,
  from: Uint16Array,
  start: number,
  end: number,
  hash: number,
  check: number,
  kind: number,
): number {
  if (pieces.size === pieces.ends.length) {
    const length = grown(pieces.ends.length);
    pieces.ends = larger(pieces.ends, new Int32Array(length));
    pieces.kinds = larger(pieces.kinds, new Uint8Array(length));
  }
  const unitCount = pieces.unitCount + end - start;
  if (unitCount > pieces.units.length) pieces.units = larger(pieces.units, new Uint16Array(grown(unitCount)));
  const id = pieces.size++;
  const { units } = pieces;
  for (let at = start, to = pieces.unitCount; at < end; at++) units[to++] = from[at]!;
  pieces.unitCount = unitCount;
  pieces.ends[id] = unitCount;
  pieces.kinds[id] = kind;
  const slot = slotOf(pieces.table, hash, check);
  pieces.table[slot] = (hash & hashBits) | (id + 1);
  pieces.table[slot + 1] = check;
  if (pieces.size * 32 > pieces.table.length * fullest) growTable(pieces);
  return id;
}

function growTable(pieces: Pieces): void {
  const table = new Int32Array(pieces.table.length * 2);
  fillTable(pieces, table);
  pieces.table = table;
}

function fillTable({ units, ends, size }: Pieces, table: Int32Array): void {
  const mask = table.length - 1;
  for (let id = 0, start = 0; id < size; id++) {
    const end = ends[id]!;
    const hash = hashOf(units, start, end);
    let slot = (spread(hash) << 1) & mask;
    while (table[slot] !== 0) slot = (slot + 2) & mask;
    table[slot] = (hash & hashBits) | (id + 1);
    table[slot + 1] = checkOf(units, start, end);
    start = end;
  }
}

/** Where the units of a piece begin. */
export const startOf = ({ ends }: Pieces, id: number): number => (id === 0 ? 0 : ends[id - 1]!);

export const textOfPiece = (pieces: Pieces, id: number): string =>
  stringOf(pieces.units, startOf(pieces, id), pieces.ends[id]!);

export function larger<List extends Uint8Array | Uint16Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
