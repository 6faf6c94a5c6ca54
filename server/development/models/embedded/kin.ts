// Files that belong with the document, by rare names that both have and by how they are called: names are likely to be
// meant that such a file has, too. A test and what it tests, files that import the same.
import { boundary, pieceOf } from './lexer.ts';
import { placeAt } from './places.ts';
import type { Evidence } from './predict.ts';
import { fileAt, fileTokens, type Segment } from './segment.ts';
import { subwords } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** How many files are looked at, and tokens of each. */
export const maxKin = 4;
const maxTokens = 12_000;

/** Tokens at the document's beginning and before the cursor whose rare names are looked up, and how many of these at most. */
const reach = 300;
const maxNames = 60;

/** Rare names are in so many files at most, and places of one that are looked at. */
const maxFiles = 12;
const maxPlaces = 24;

/** How much a name like the document's counts, beside rare names that both have. */
const nameWeight = 1.5;

/** The document is looked at again after so many tokens more or less. */
const step = 256;

export interface Kin {
  /** Of the files, how many have a piece. */
  readonly times: ReadonlyMap<number, number>;
  /** Pieces of the one that is nearest. */
  readonly nearest: ReadonlySet<number>;
}

const none: Kin = { times: new Map(), nearest: new Set() };

interface Candidate {
  readonly segment: Segment;
  readonly file: number;
  score: number;
}

/** @returns kin of the evidence's document; the same object while little has changed. */
export function createKin(vocabulary: Vocabulary): (evidence: Evidence) => Kin {
  let known: { readonly segments: readonly Segment[]; readonly key: string; readonly kin: Kin } | undefined;

  const rareNames = ({ document: { tokens, length, afterLength } }: Evidence): Set<number> => {
    const found = new Set<number>();
    const start = afterLength + 2;
    const see = (at: number): void => {
      const piece = pieceOf(tokens[at]!);
      const files = vocabulary.kind(piece) === kinds.word ? vocabulary.files(piece) : 0;
      if (files > 0 && files <= maxFiles && found.size < maxNames) found.add(piece);
    };
    for (let at = start; at < Math.min(length, start + reach); at++) see(at);
    for (let at = length - 1; at >= Math.max(start + reach, length - reach); at--) see(at);
    return found;
  };

  const search = (evidence: Evidence): Kin => {
    const candidates = new Map<string, Candidate>();
    const rare = rareNames(evidence);
    for (const [number, segment] of evidence.segments.entries()) {
      const own = segment.indexOf.get(evidence.path);
      for (const piece of rare) {
        const worth = 1 / Math.sqrt(Math.max(1, vocabulary.files(piece)));
        for (const file of filesWith(segment, piece)) {
          if (file === own || segment.dead[file] === 1) continue;
          const key = `${number}:${file}`;
          const candidate = candidates.get(key);
          if (candidate) candidate.score += worth;
          else candidates.set(key, { segment, file, score: worth });
        }
      }
    }
    const name = subwords(stemOf(evidence.path));
    for (const candidate of candidates.values()) {
      const other = subwords(stemOf(candidate.segment.files[candidate.file]!.path));
      candidate.score += nameWeight * other.filter((word) => name.includes(word)).length;
    }
    const best = [...candidates.values()].sort((a, b) => b.score - a.score).slice(0, maxKin);
    return kinOf(best.map(({ segment, file }) => piecesOf(segment, file)));
  };

  const piecesOf = (segment: Segment, file: number): Set<number> => {
    const pieces = new Set<number>();
    for (const token of fileTokens(segment, file).subarray(0, maxTokens)) {
      const piece = pieceOf(token);
      if (token !== boundary && vocabulary.kind(piece) === kinds.word) pieces.add(piece);
    }
    return pieces;
  };

  return (evidence) => {
    const { document, segments, path } = evidence;
    const key = `${Math.floor(document.length / step)}:${document.afterLength > 0}:${path}`;
    if (known?.key !== key || known.segments !== segments) {
      known = { key, segments, kin: segments.length === 0 ? none : search(evidence) };
    }
    return known.kin;
  };
}

function kinOf(files: readonly ReadonlySet<number>[]): Kin {
  const times = new Map<number, number>();
  for (const pieces of files) for (const piece of pieces) times.set(piece, (times.get(piece) ?? 0) + 1);
  return { times, nearest: files[0] ?? none.nearest };
}

/** Files in which a piece stands, by its first places. */
function filesWith(segment: Segment, piece: number): Set<number> {
  const { firstKeys, firstStarts, places } = segment.concrete;
  const found = new Set<number>();
  for (const token of [piece << 1, (piece << 1) | 1]) {
    const index = indexOf(firstKeys, token);
    if (index === -1) continue;
    const from = firstStarts[index]!;
    const end = Math.min(firstStarts[index + 1]!, from + maxPlaces);
    for (let at = from; at < end; at++) found.add(fileAt(segment, placeAt(places, at)));
  }
  return found;
}

function indexOf(list: Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return list[low] === value ? low : -1;
}

const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
