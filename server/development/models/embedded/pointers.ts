// Names that are likely to be meant although nothing that stood at such a place speaks for them: what was introduced just
// above and is not used yet, what the text after the cursor uses although nothing before it has it, and what stands on the
// lines that the cursor's is indented below: what is being written is named after that.
import type { DocumentIndex } from './document-index.ts';
import { readBreak } from './layout.ts';
import { boundary, pieceOf } from './lexer.ts';
import { subwords } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Tokens before and after the cursor in which such names are looked for. */
const reachBefore = 100;
const reachAfter = 60;

/** How many of each there are at most, the nearest first. */
const maxFresh = 8;
const maxAhead = 6;

/** Names at a place, by piece, the nearest first. */
export interface Pointers {
  readonly fresh: readonly number[];
  readonly ahead: readonly number[];
  /** Words of the lines that the cursor's is indented below, the innermost first. */
  readonly headings: readonly number[];
  /** The words that these are made of. */
  readonly headingWords: ReadonlySet<string>;
}

export const noPointers: Pointers = { fresh: [], ahead: [], headings: [], headingWords: new Set() };

/** @param document up to date with the cursor. */
export function pointersOf(vocabulary: Vocabulary, document: DocumentIndex): Pointers {
  const { tokens, length, afterLength, abstraction } = document;
  if (!abstraction) return noPointers;
  const isName = (piece: number): boolean => vocabulary.kind(piece) === kinds.word;
  const found = { before: 0, distance: 0, after: false };
  const fresh = new Set<number>();
  const start = afterLength + 2;
  for (let at = length - 1; at >= start && at > length - reachBefore && fresh.size < maxFresh; at--) {
    if (tokens[at] === boundary) break;
    const piece = pieceOf(tokens[at]!);
    if (!isName(piece) || fresh.has(piece)) continue;
    document.occurrences(tokens[at]!, found);
    if (found.before === 1) fresh.add(piece);
  }
  const ahead = new Set<number>();
  for (let at = 1; at <= Math.min(afterLength, reachAfter) && ahead.size < maxAhead; at++) {
    const piece = pieceOf(tokens[at]!);
    if (!isName(piece) || ahead.has(piece)) continue;
    document.occurrences(tokens[at]!, found);
    if (found.before === 0) ahead.add(piece);
  }
  const headings = headingsOf(vocabulary, document);
  const headingWords = new Set(headings.flatMap((piece) => subwords(vocabulary.text(piece))));
  return { fresh: [...fresh], ahead: [...ahead], headings, headingWords };
}

/** Tokens before the cursor in which such lines are looked for, lines, and words of all of them. */
const reachUp = 2_500;
const maxHeadings = 3;
const maxHeadingWords = 16;

function headingsOf(vocabulary: Vocabulary, { tokens, length, afterLength }: DocumentIndex): number[] {
  const words = new Set<number>();
  const start = Math.max(afterLength + 2, length - reachUp);
  // Of the line that is read, against the cursor's; the outermost so far.
  let depth = 0;
  let least = 0;
  let lines = 0;
  let isHeading = false;
  for (let at = length - 1; at >= start && lines <= maxHeadings; at--) {
    const piece = pieceOf(tokens[at]!);
    const kind = vocabulary.kind(piece);
    if (kind === kinds.lineBreak) {
      if (words.size >= maxHeadingWords) break;
      const read = readBreak(vocabulary.text(piece));
      if (read.change === 'other') break;
      if (read.change === 'deeper') depth -= read.added.length;
      else if (read.change === 'shallower') depth += read.removed;
      if (depth < least) {
        least = depth;
        lines++;
        isHeading = true;
      } else isHeading = false;
    } else if (isHeading && kind === kinds.word) words.add(piece);
  }
  return [...words];
}
