// The learned state as bytes and back: what a restart reads instead of learning everything anew. The bytes lie in a file
// that may be cut or damaged, so they are only used whole.
import * as z from 'zod/mini';
import type { Segment } from './segment.ts';
import type { SortedPlaces } from './sort-contexts.ts';
import type { SavedPieces } from './vocabulary.ts';

/** Changes with every change of the format, of the lexer, or of what segments mean. */
const formatVersion = 4;

/** "vch1" read as a number of this machine's byte order: a file from another kind of machine does not fit. */
const magic = new Uint32Array(new TextEncoder().encode('vch1').buffer)[0]!;

/** Magic, version, checksum, length of the header, each of four bytes. */
const preambleWords = 4;
const checksumAt = 2;

export interface SavedState {
  readonly pieces: SavedPieces;
  readonly segments: readonly Segment[];
  /** What the caller wants to know again. */
  readonly note: string;
  /** Kinds of files with how far confidence moved in them. */
  readonly tuning: readonly (readonly [string, number])[];
}

const sortedSchema = z.object({
  places: z.int(),
  firstKeys: z.int(),
  deep: z.int(),
});

const headerSchema = z.object({
  pieces: z.int(),
  units: z.int(),
  note: z.string(),
  tuning: z.array(z.tuple([z.string(), z.number()])),
  segments: z.array(
    z.object({
      tokens: z.int(),
      classes: z.int(),
      files: z.array(z.tuple([z.string(), z.int(), z.int()])),
      concrete: sortedSchema,
      abstract: sortedSchema,
    }),
  ),
});
type Header = z.infer<typeof headerSchema>;

export function toBytes({ pieces, segments, note, tuning }: SavedState): Uint8Array {
  const header: Header = {
    pieces: pieces.ends.length,
    units: pieces.units.length,
    note,
    tuning: tuning.map(([kind, shift]) => [kind, shift]),
    segments: segments.map(({ tokens, abstraction, files, concrete, abstract }) => ({
      tokens: tokens.length,
      classes: abstraction.classes.length,
      files: files.map(({ path, serial, length }) => [path, serial, length]),
      concrete: lengthsOf(concrete),
      abstract: lengthsOf(abstract),
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = [pieces.units, pieces.ends, pieces.kinds, ...segments.flatMap(arraysOf)];
  const size =
    preambleWords * 4 + aligned(text.length) + parts.reduce((sum, part) => sum + aligned(part.byteLength), 0);
  const bytes = new Uint8Array(size);
  bytes.set(text, preambleWords * 4);
  let at = preambleWords * 4 + aligned(text.length);
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += aligned(part.byteLength);
  }
  const words = new Uint32Array(bytes.buffer);
  words.set([magic, formatVersion, 0, text.length]);
  words[checksumAt] = checksum(words);
  return bytes;
}

/** @returns `undefined` for bytes that are not whole, or of another version. */
export function fromBytes(bytes: Uint8Array): SavedState | undefined {
  if (bytes.byteOffset % 4 !== 0 || bytes.byteLength % 4 !== 0) return undefined;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  if (words[0] !== magic || words[1] !== formatVersion || words[checksumAt] !== checksum(words))
    return undefined;
  const textLength = words[3]!;
  const start = preambleWords * 4;
  const {
    pieces: pieceCount,
    units,
    note,
    tuning,
    segments,
  } = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + textLength))));
  let at = bytes.byteOffset + start + aligned(textLength);
  const take = <List>(
    make: new (buffer: ArrayBufferLike, at: number, length: number) => List,
    length: number,
    width: number,
  ): List => {
    const list = new make(bytes.buffer, at, length);
    at += aligned(length * width);
    return list;
  };
  const integers = (length: number): Int32Array => take(Int32Array, length, 4);
  const pieces = {
    units: take(Uint16Array, units, 2),
    ends: integers(pieceCount),
    kinds: take(Uint8Array, pieceCount, 1),
  };
  const takeSorted = (
    tokens: Int32Array,
    classes: Uint8Array | undefined,
    { places, firstKeys, deep }: Header['segments'][number]['concrete'],
  ): SortedPlaces => ({
    tokens,
    classes,
    places: { low: take(Uint16Array, places, 2), high: take(Uint8Array, places, 1) },
    firstKeys: integers(firstKeys),
    firstStarts: integers(firstKeys + 1),
    deep: take(Uint32Array, deep, 4),
  });
  return {
    pieces,
    note,
    tuning,
    segments: segments.map(({ files, ...lengths }) => {
      const tokens = integers(lengths.tokens);
      const classes = take(Uint8Array, lengths.classes, 1);
      const starts = integers(files.length);
      const dead = take(Uint8Array, files.length, 1);
      return {
        tokens,
        abstraction: { classes },
        starts,
        dead,
        deadCount: dead.reduce((sum, one) => sum + one, 0),
        files: files.map(([path, serial, length]) => ({ path, serial, length, tokens: new Int32Array(0) })),
        indexOf: new Map(files.map(([path], index) => [path, index])),
        concrete: takeSorted(tokens, undefined, lengths.concrete),
        abstract: takeSorted(tokens, classes, lengths.abstract),
      };
    }),
  };
}

const lengthsOf = ({ places, firstKeys, deep }: SortedPlaces) => ({
  places: places.low.length,
  firstKeys: firstKeys.length,
  deep: deep.length,
});

const arraysOf = ({ tokens, abstraction, starts, dead, concrete, abstract }: Segment) => [
  tokens,
  abstraction.classes,
  starts,
  dead,
  ...[concrete, abstract].flatMap(({ places, firstKeys, firstStarts, deep }) => [
    places.low,
    places.high,
    firstKeys,
    firstStarts,
    deep,
  ]),
];

/** Numbers of four bytes begin at multiples of four. */
const aligned = (length: number): number => (length + 3) & ~3;

/** FNV-1a by words, of all that follows it. */
function checksum(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let at = checksumAt + 1; at < words.length; at++) hash = Math.imul(hash ^ words[at]!, 0x01000193);
  return hash >>> 0;
}
