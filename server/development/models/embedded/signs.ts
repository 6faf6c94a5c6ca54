// What is known of a line that was found, before anyone has seen it: read from its tokens and from the document's lines.
import { nestingOf, type Path } from './beam.ts';
import { endings, type LineSigns, type PartSigns } from './confidence.ts';
import type { DocumentIndex } from './document-index.ts';
import { pieceOf, type Token } from './lexer.ts';
import type { Evidence } from './predict.ts';
import type { Place } from './request.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** What is the same for all that comes up at a place. */
export type PlaceSigns = Pick<PartSigns, 'atStart' | 'learned' | 'written' | 'known' | 'named'>;

export const placeSigns = (place: Place, { segments, names, follows }: Evidence): PlaceSigns => ({
  atStart: place.lineStart === '',
  learned: Math.log10(1 + segments.reduce((sum, { tokens }) => sum + tokens.length, 0)),
  written: Math.log10(1 + place.before.length),
  known: follows,
  named: names !== undefined,
});

/** What is known of a path by its tokens. */
export const signsOf = (
  vocabulary: Vocabulary,
  { before }: Place,
  { document }: Evidence,
  { tokens, logs, end, orders }: Path,
): Omit<PartSigns, 'log' | 'share' | keyof PlaceSigns> => ({
  weakest: Math.min(...logs, end ?? 0),
  tokens: tokens.length,
  // Half as much agreement as it would be with the names the same.
  order: Math.log2(1 + Math.min(...orders.map(({ order, pattern }) => Math.max(order, pattern / 2)))),
  pattern: Math.log2(1 + Math.min(...orders.map(({ pattern }) => pattern))),
  unclosed: tokens.reduce((sum, token) => sum + nestingOf(vocabulary.text(pieceOf(token))), 0),
  ...wordSigns(vocabulary, before, document, tokens),
});

/** Tokens of the line so far in which repeated words are looked for. */
const lineReach = 24;

function wordSigns(
  vocabulary: Vocabulary,
  before: Int32Array,
  document: DocumentIndex,
  tokens: readonly Token[],
): Pick<PartSigns, 'foreign' | 'repeated'> {
  const isWord = (token: Token): boolean => vocabulary.kind(pieceOf(token)) === kinds.word;
  const met = new Set<number>();
  for (let at = before.length - 1; at >= 0 && at > before.length - lineReach; at--) {
    if (vocabulary.kind(pieceOf(before[at]!)) === kinds.lineBreak) break;
    if (isWord(before[at]!)) met.add(pieceOf(before[at]!));
  }
  const found = { before: 0, distance: 0, after: false };
  let foreign = 0;
  let repeated = 0;
  for (const token of tokens.filter(isWord)) {
    if (met.has(pieceOf(token))) repeated++;
    met.add(pieceOf(token));
    document.occurrences(token, found);
    if (found.before === 0 && !found.after) foreign++;
  }
  return { foreign, repeated };
}

/** What the document's lines say of the line as it would be. */
export function likeLines(
  vocabulary: Vocabulary,
  place: Place,
  ends: LineEnds,
  { tokens }: Path,
  text: string,
): Pick<LineSigns, 'copies' | 'doubles' | 'below' | 'likeNext' | 'ending' | 'endingShare'> {
  const line = (place.lineStart + text).trim();
  const last = pieceOf(tokens.at(-1)!);
  const below = place.linesBelow.indexOf(line);
  const first = firstWord(line);
  return {
    copies: place.timesLine(line),
    doubles: line === place.lineAbove,
    below: below === -1 ? 0 : 1 / (1 + below),
    likeNext: first !== '' && first === firstWord(place.linesBelow[0] ?? ''),
    ending: endingOf(vocabulary, last),
    endingShare: endingShare(vocabulary, ends, last),
  };
}

const firstWord = (line: string): string => /^[\p{L}\p{N}_$]+/u.exec(line)?.[0] ?? '';

/** Tokens before the cursor in which ends of lines are counted. */
const endingReach = 4_000;

/** How lines before the cursor end: how many there are, and how many by their last piece and by its kind. */
export interface LineEnds {
  readonly lines: number;
  readonly pieces: ReadonlyMap<number, number>;
  readonly kinds: Int32Array;
}

export function lineEndsBefore(vocabulary: Vocabulary, { before }: Place): LineEnds {
  const pieces = new Map<number, number>();
  const counts = new Int32Array(8);
  let lines = 0;
  for (let at = Math.max(1, before.length - endingReach); at < before.length; at++) {
    if (vocabulary.kind(pieceOf(before[at]!)) !== kinds.lineBreak) continue;
    const piece = pieceOf(before[at - 1]!);
    lines++;
    pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
    counts[vocabulary.kind(piece)]!++;
  }
  return { lines, pieces, kinds: counts };
}

/** The share of lines before the cursor that end in the same mark, or in the same kind of token. */
function endingShare(vocabulary: Vocabulary, ends: LineEnds, last: number): number {
  const kind = vocabulary.kind(last);
  const same = kind === kinds.punctuation ? (ends.pieces.get(last) ?? 0) : ends.kinds[kind]!;
  return (same + 0.5) / (ends.lines + 5);
}

function endingOf(vocabulary: Vocabulary, piece: number): number {
  const kind = vocabulary.kind(piece);
  if (kind === kinds.word) return endings.word;
  if (kind === kinds.number) return endings.number;
  const text = vocabulary.text(piece);
  const nesting = nestingOf(text);
  if (nesting !== 0) return nesting > 0 ? endings.open : endings.close;
  return text === ',' ? endings.comma : endings.other;
}
