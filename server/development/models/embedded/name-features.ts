// What is known of a candidate by its name, whatever stands right before it: where else it stands in the document, and whether
// it can be used at the cursor. The same in all predictions of a question, so that it is read once for each name.
import type { DocumentIndex } from './document-index.ts';
import { pieceOf } from './lexer.ts';
import type { Pointers } from './pointers.ts';
import type { Evidence } from './predict.ts';
import { nameFlags } from './scene.ts';
import { kindIn, likeness, marks, type Traits } from './traits.ts';
import { kinds } from './vocabulary.ts';

export const nameFeatureCount = 23;

/** Of these, those that hold only where a name is used by itself, not as a member of something. */
export const freeFeatures = { start: 4, end: 12 } as const;

/** Where the two features stand that depend on the line: they are left open here. */
export const lineFeature = 12;

/** Names of one question whose features are kept; more than a question has as a rule. */
const maxRows = 4_096;

export interface NameFeatures {
  /** Where the features of a name begin in `rows`. @param evidence another one than before forgets all. */
  rowOf(evidence: Evidence, pointers: Pointers, piece: number): number;
  readonly rows: Float32Array;
}

export function createNameFeatures(traits: Traits): NameFeatures {
  const rows = new Float32Array(maxRows * nameFeatureCount);
  const pieces = new Int32Array(maxRows);
  /** By piece, its number in `pieces`, where that says the same. */
  let slots = new Int32Array(1 << 12);
  let count = 0;
  let known: Evidence | undefined;
  let fileWords: readonly number[] = [];
  const found = { before: 0, distance: 0, after: false };

  const begin = (evidence: Evidence): void => {
    if (known?.path !== evidence.path) fileWords = traits.wordsIn(nameOfFile(evidence.path));
    known = evidence;
    count = 0;
  };

  const read = (
    { document, names }: Evidence,
    { fresh, ahead }: Pointers,
    piece: number,
    start: number,
  ): void => {
    const isWord = kindIn(traits.look(piece)) === kinds.word;
    const usable = isWord ? names?.get(piece) : undefined;
    const flags = usable?.flags ?? 0;
    document.occurrences(piece << 1, found);
    const once = found.before === 1;
    let to = start;
    rows[to++] = bit(found.before > 0);
    rows[to++] = Math.log(1 + found.before) / 2;
    rows[to++] = found.before > 0 ? Math.log(1 + found.distance) / 8 : 1;
    rows[to++] = bit(found.after);
    rows[to++] = bit(flags !== 0);
    rows[to++] = usable ? 1 / (1 + usable.rank / 4) : 0;
    rows[to++] = has(flags, nameFlags.local);
    rows[to++] = bit(once) * has(flags, nameFlags.local);
    rows[to++] = has(flags, nameFlags.imported);
    rows[to++] = bit(once) * has(flags, nameFlags.imported);
    rows[to++] = has(flags, nameFlags.callable);
    rows[to++] = bit(names !== undefined && isWord && flags === 0);
    to += 2;
    rows[to++] = isWord ? likeness(traits.wordsOf(piece), fileWords) : 0;
    rows[to++] = bit(isRare(document, piece));
    rows[to++] = near(fresh.indexOf(piece));
    rows[to++] = near(ahead.indexOf(piece));
    readNearest(document, to);
  };

  /** What stands around the nearest place where it was met before the cursor. */
  const readNearest = ({ tokens, length }: DocumentIndex, start: number): void => {
    const at = length - found.distance - 1;
    const met = found.before > 0;
    const before = met ? traits.mark(pieceOf(tokens[at - 1]!)) : marks.other;
    const after = met ? traits.mark(pieceOf(tokens[at + 1]!)) : marks.other;
    let to = start;
    rows[to++] = bit(before === marks.member);
    rows[to++] = bit(before === marks.quote);
    rows[to++] = bit(after === marks.assignment);
    rows[to++] = bit(after === marks.open);
    rows[to] = bit(after === marks.member);
  };

  return {
    rows,
    rowOf(evidence, pointers, piece) {
      if (evidence !== known || count === maxRows) begin(evidence);
      if (piece >= slots.length) {
        const larger = new Int32Array(Math.max(piece + 1, slots.length * 2));
        larger.set(slots);
        slots = larger;
      }
      const slot = slots[piece]!;
      if (slot < count && pieces[slot] === piece) return slot * nameFeatureCount;
      slots[piece] = count;
      pieces[count] = piece;
      const start = count++ * nameFeatureCount;
      read(evidence, pointers, piece, start);
      return start;
    },
  };
}

/** Whether few files have it: a name rather than a word of the language. Punctuation is none. */
export function isRare({ abstraction }: DocumentIndex, piece: number): boolean {
  const classes = abstraction?.classes;
  return classes === undefined || piece >= classes.length || classes[piece] === 1;
}

const nameOfFile = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');

/** Nearer ones more: of an index in a list, -1 where it is not there. */
const near = (index: number): number => (index === -1 ? 0 : 2 / (2 + index));

const bit = (holds: boolean): number => (holds ? 1 : 0);

const has = (flags: number, flag: number): number => bit((flags & flag) !== 0);
