// What is known of a line that was found, before anyone has seen it: read from its tokens and from the document's lines.
import { nestingOf, type Path } from './beam.ts';
import { endings, type LineSigns, type PartSigns } from './confidence.ts';
import { pieceOf } from './lexer.ts';
import type { Place } from './request.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

export const signsOf = (
  vocabulary: Vocabulary,
  place: Place,
  { tokens, logs, end, orders }: Path,
): Omit<PartSigns, 'log' | 'share'> => ({
  weakest: Math.min(...logs, end ?? 0),
  tokens: tokens.length,
  // Half as much agreement as it would be with the names the same.
  order: Math.log2(1 + Math.min(...orders.map(({ order, pattern }) => Math.max(order, pattern / 2)))),
  pattern: Math.log2(1 + Math.min(...orders.map(({ pattern }) => pattern))),
  atStart: place.lineStart === '',
  unclosed: tokens.reduce((sum, token) => sum + nestingOf(vocabulary.text(pieceOf(token))), 0),
});

/** What the document's lines say of the line as it would be. */
export function likeLines(
  vocabulary: Vocabulary,
  place: Place,
  { tokens }: Path,
  text: string,
): Pick<LineSigns, 'copies' | 'doubles' | 'ending' | 'endingShare'> {
  const line = (place.lineStart + text).trim();
  const last = pieceOf(tokens.at(-1)!);
  return {
    copies: place.timesLine(line),
    doubles: line === place.lineAbove,
    ending: endingOf(vocabulary, last),
    endingShare: endingShare(vocabulary, place, last),
  };
}

/** Tokens before the cursor in which ends of lines are counted. */
const endingReach = 4_000;

/** The share of lines before the cursor that end in the same mark, or in the same kind of token. */
function endingShare(vocabulary: Vocabulary, { before }: Place, last: number): number {
  const kind = vocabulary.kind(last);
  const mark = kind === kinds.punctuation;
  let lines = 0;
  let same = 0;
  for (let at = Math.max(1, before.length - endingReach); at < before.length; at++) {
    if (vocabulary.kind(pieceOf(before[at]!)) !== kinds.lineBreak) continue;
    const piece = pieceOf(before[at - 1]!);
    lines++;
    if (mark ? piece === last : vocabulary.kind(piece) === kind) same++;
  }
  return (same + 0.5) / (lines + 5);
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
