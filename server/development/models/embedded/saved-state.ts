// The learned state as bytes and back: what a restart reads instead of learning everything anew. The bytes lie in a file
// that may be cut or damaged, so they are only used whole.
import * as z from 'zod/mini';
import type { Segment } from './segment.ts';
import type { SortedPlaces } from './sort-contexts.ts';
import type { SavedPieces } from './vocabulary.ts';

/** Changes with every change of the format, of the lexer, or of what segments mean. */
const formatVersion = 5;

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

/** Bytes written between two steps: about half a millisecond of work. */
const stepBytes = 1 << 20;

/** In small steps. Places may be sorted further between them, by parts of the same two keys: each part is read in one step. */
export function* toBytes({ pieces, segments, note, tuning }: SavedState): Generator<undefined, Uint8Array> {
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
  const words = new Uint32Array(bytes.buffer);
  words.set([magic, formatVersion, 0, text.length]);
  bytes.set(text, preambleWords * 4);
  let at = preambleWords * 4 + aligned(text.length);
  const placed = parts.map((part) => {
    const start = at;
    at += aligned(part.byteLength);
    return [part, start] as const;
  });
  const starts = new Map<ArrayBufferView, number>(placed);
  for (const sorted of segments.flatMap(({ concrete, abstract }) => [concrete, abstract])) {
    const { low, high } = sorted.places;
    yield* copyPlaces(sorted, bytes, starts.get(low)!, starts.get(high)!);
    starts.delete(low);
    starts.delete(high);
  }
  for (const [part, start] of placed) {
    if (!starts.has(part)) continue;
    const { buffer, byteOffset, byteLength } = part;
    for (let from = 0; from < byteLength; from += stepBytes) {
      bytes.set(
        new Uint8Array(buffer, byteOffset + from, Math.min(stepBytes, byteLength - from)),
        start + from,
      );
      yield;
    }
  }
  let sum = checksumStart;
  for (let from = checksumAt + 1; from < words.length; from += stepBytes / 4) {
    sum = addToChecksum(sum, words, from, Math.min(words.length, from + stepBytes / 4));
    yield;
  }
  words[checksumAt] = sum >>> 0;
  return bytes;
}

/** Both halves of the places, a few first keys at a time: a part has one of them. */
function* copyPlaces(
  { places: { low, high }, firstStarts }: SortedPlaces,
  bytes: Uint8Array,
  lowStart: number,
  highStart: number,
): Generator<undefined, void> {
  const lows = new Uint16Array(bytes.buffer, lowStart, low.length);
  let from = 0;
  for (const end of firstStarts) {
    if (end - from < stepBytes / 4 && end < low.length) continue;
    lows.set(low.subarray(from, end), from);
    bytes.set(high.subarray(from, end), highStart + from);
    from = end;
    yield;
  }
}

/** @returns `undefined` for bytes that are not whole, or of another version. */
export function fromBytes(bytes: Uint8Array): SavedState | undefined {
  if (bytes.byteOffset % 4 !== 0 || bytes.byteLength % 4 !== 0) return undefined;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  if (
    words[0] !== magic ||
    words[1] !== formatVersion ||
    words[checksumAt] !== addToChecksum(checksumStart, words, checksumAt + 1, words.length) >>> 0
  )
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

const checksumStart = 0x811c9dc5;

/** FNV-1a by words, of all that follows it. */
function addToChecksum(sum: number, words: Uint32Array, start: number, end: number): number {
  let hash = sum;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ words[at]!, 0x01000193);
  return hash;
}
