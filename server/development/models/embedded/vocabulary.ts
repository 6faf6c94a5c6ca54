// Words as small numbers: each distinct piece of text once, found by hash while the text is scanned, without making a string.

export const kinds = { boundary: 0, punctuation: 1, word: 2, number: 3, lineBreak: 4, space: 5 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

/** The piece that stands between files: never part of any context, never proposed. */
export const boundaryId = 0;
/** What any name and any number becomes where names do not matter; no text has them. */
export const anyNameId = 1;
export const anyNumberId = 2;
export const reservedPieces = 3;

export interface Vocabulary {
  /**
   * The number of the piece `text[start, end)`; a new one where it is unknown.
   * @param hash made of its units by `hashStep`, and `check` by `checkStep`: two pieces that agree in both are taken for
   * the same, which chance brings about once in 2^64 pairs.
   */
  intern(text: string, start: number, end: number, hash: number, check: number, kind: Kind): number;
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
  /** All pieces with their kinds, in the order of their numbers. */
  saved(): { readonly pieces: readonly string[]; readonly kinds: Uint8Array };
  /** Gives these pieces these numbers; only while the vocabulary is new. */
  restore(pieces: readonly string[], kinds: Uint8Array): void;
  /** Bytes, about. */
  memory(): number;
}

export const hashStep = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

export const checkStep = (check: number, unit: number): number => Math.imul(check ^ unit, 0x01000193);

function hashesOf(piece: string): { hash: number; check: number } {
  let hash = 0;
  let check = 0;
  for (let at = 0; at < piece.length; at++) {
    hash = hashStep(hash, piece.charCodeAt(at));
    check = checkStep(check, piece.charCodeAt(at));
  }
  return { hash, check };
}

export function createVocabulary(): Vocabulary {
  const texts: string[] = [];
  let characters = 0;
  let kindOf = new Uint8Array(1 << 12);
  let filesOf = new Int32Array(1 << 12);
  let hashes = new Int32Array(1 << 12);
  let checks = new Int32Array(1 << 12);
  /** The last round of counting in which a piece was met. */
  let countedIn = new Int32Array(1 << 12);
  let round = 0;
  let table = new Int32Array(1 << 13).fill(-1);
  /** Words by their first two characters, for completing a typed beginning. */
  const beginnings = new Map<number, number[]>();

  const grow = (): void => {
    kindOf = larger(kindOf, new Uint8Array(kindOf.length * 2));
    filesOf = larger(filesOf, new Int32Array(filesOf.length * 2));
    hashes = larger(hashes, new Int32Array(hashes.length * 2));
    checks = larger(checks, new Int32Array(checks.length * 2));
    countedIn = larger(countedIn, new Int32Array(countedIn.length * 2));
    table = new Int32Array(table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < texts.length; id++) {
      let slot = spread(hashes[id]!) & mask;
      while (table[slot] !== -1) slot = (slot + 1) & mask;
      table[slot] = id;
    }
  };

  const intern: Vocabulary['intern'] = (text, start, end, hash, check, kind) => {
    let mask = table.length - 1;
    let slot = spread(hash) & mask;
    for (let id = table[slot]!; id !== -1; id = table[slot]!) {
      if (hashes[id] === hash && checks[id] === check) return id;
      slot = (slot + 1) & mask;
    }
    if (texts.length === kindOf.length) {
      grow();
      mask = table.length - 1;
      slot = spread(hash) & mask;
      while (table[slot] !== -1) slot = (slot + 1) & mask;
    }
    const id = texts.length;
    const piece = copy(text, start, end);
    texts.push(piece);
    characters += piece.length;
    kindOf[id] = kind;
    hashes[id] = hash;
    checks[id] = check;
    table[slot] = id;
    if (kind === kinds.word && piece.length > 2) {
      const key = beginning(piece);
      const known = beginnings.get(key);
      if (known) known.push(id);
      else beginnings.set(key, [id]);
    }
    return id;
  };

  const add = (piece: string, kind: Kind): number => {
    const { hash, check } = hashesOf(piece);
    return intern(piece, 0, piece.length, hash, check, kind);
  };
  // Texts that no source can hold as a piece of its own: a piece never consists of a line separator and more.
  for (const name of ['boundary', 'name', 'number']) add(`\u2028${name}`, kinds.boundary);

  return {
    intern,
    add,
    find(piece) {
      const { hash, check } = hashesOf(piece);
      const mask = table.length - 1;
      let slot = spread(hash) & mask;
      for (let id = table[slot]!; id !== -1; id = table[slot]!) {
        if (hashes[id] === hash && checks[id] === check) return id;
        slot = (slot + 1) & mask;
      }
      return -1;
    },
    text: (id) => texts[id]!,
    kind: (id) => kindOf[id] as Kind,
    count(tokens, change) {
      round++;
      for (let at = 0; at < tokens.length; at++) {
        const id = tokens[at]! >> 1;
        if (countedIn[id] === round) continue;
        countedIn[id] = round;
        filesOf[id]! += change;
      }
    },
    files: (id) => filesOf[id]!,
    get size() {
      return texts.length;
    },
    startingWith: (prefix) =>
      (beginnings.get(beginning(prefix)) ?? []).filter((id) => texts[id]!.startsWith(prefix)),
    saved: () => ({ pieces: texts, kinds: kindOf.slice(0, texts.length) }),
    restore(pieces, kindsOfPieces) {
      for (const [id, piece] of pieces.entries()) add(piece, kindsOfPieces[id] as Kind);
    },
    // Strings of one byte a character with a header, and the list that refers to them.
    memory: () => characters + texts.length * (16 + 8 + 8) + kindOf.length * 17 + table.length * 4,
  };
}

const beginning = (piece: string): number => (piece.charCodeAt(0) << 16) | piece.charCodeAt(1);

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;

function larger<List extends Uint8Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}

/** A slice would keep the whole file's text alive for as long as the word is known. */
function copy(text: string, start: number, end: number): string {
  const units = new Array<number>(end - start);
  for (let at = start; at < end; at++) units[at - start] = text.charCodeAt(at);
  return String.fromCharCode(...units);
}
