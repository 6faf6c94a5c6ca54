// Names that are likely to be meant although nothing that stood at such a place speaks for them: what was introduced just
// above and is not used yet, and what the text after the cursor uses although nothing before it has it.
import type { DocumentIndex } from './document-index.ts';
import { boundary, pieceOf } from './lexer.ts';
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
}

/** @param document up to date with the cursor. */
export function pointersOf(vocabulary: Vocabulary, document: DocumentIndex): Pointers {
  const { tokens, length, afterLength, abstraction } = document;
  if (!abstraction) return { fresh: [], ahead: [] };
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
  return { fresh: [...fresh], ahead: [...ahead] };
}
