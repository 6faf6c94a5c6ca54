// Completion candidates in the form that both completion methods need: one line of range, beginning at the typed word.
import type { Edit, Span } from '../core/span.ts';
import type { CompletionCandidate } from '../core/task.ts';
import type { DocumentRequest } from './request.ts';
import type { OpenDocument } from './session.ts';

/** What to insert where. `replace` lies on one line and holds the cursor. */
export interface Insertion {
  /** Its place in the answer, for asking for its details. */
  readonly index: number;
  readonly candidate: CompletionCandidate;
  readonly text: string;
  readonly replace: Span;
  /** What must go besides: the rest of a replacement of several lines, and edits elsewhere. */
  readonly additional: readonly Edit[];
}

const wordBefore = /[\p{L}\p{M}\p{N}_$]*$/u;
const lineEnd = /\r\n|\r|\n/;

/**
 * Cuts candidates to what editors can take: the range begins where the typed word does, wherever the candidate's
 * does, since simple clients compare words only; it ends on the cursor's line.
 * @param multiline whether several lines may be inserted; only the first is kept otherwise.
 */
export function insertionsOf(
  { snapshot: { text } }: OpenDocument,
  offset: number,
  candidates: readonly CompletionCandidate[],
  multiline: boolean,
): Insertion[] {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const word = wordBefore.exec(text.slice(lineStart, offset))![0];
  return candidates.flatMap((candidate, index): Insertion[] => {
    const { start, end } = candidate.replace;
    const typed = text.slice(start, offset);
    if (start < lineStart || start > offset || end < offset || !candidate.text.startsWith(typed)) return [];
    const from = offset - word.length;
    const whole = text.slice(from, offset) + candidate.text.slice(typed.length);
    const inserted = multiline ? whole : whole.split(lineEnd, 1)[0]!;
    if (inserted.length <= word.length) return [];
    const lineRest = text.slice(offset, end).search(lineEnd);
    const onLine = lineRest < 0 ? end : offset + lineRest;
    const rest = onLine < end ? [{ span: { start: onLine, end }, newText: '' }] : [];
    return [
      {
        index,
        candidate,
        text: inserted,
        replace: { start: from, end: onLine },
        additional: [...rest, ...candidate.additionalEdits],
      },
    ];
  });
}

/**
 * Tells the workbench which of these a model wrote: the one that is taken becomes a region, whose evidence can be looked
 * at and which can be taken back.
 */
export function expectInsertions(
  { session, workbench, document: { snapshot } }: DocumentRequest,
  insertions: readonly Insertion[],
): void {
  for (const { candidate, text, replace } of insertions) {
    if (candidate.source !== 'model') continue;
    const edits = [{ span: replace, newText: text }];
    workbench.offered(snapshot.uri, edits, candidate.evidence);
    session.shown.proposal(snapshot.uri, { snapshot, edits });
  }
}
