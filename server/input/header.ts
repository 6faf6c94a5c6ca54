// Where a declaration's header ends: comments between it and the body belong to the body.
import type { FileFacts, SymbolFact } from '../core/facts.ts';
import { type Span, span } from '../core/span.ts';

/** The signature without comments and blanks that follow it. */
export function headerSpan(text: string, { comments }: FileFacts, { signature }: SymbolFact): Span {
  let end = signature.start + text.slice(signature.start, signature.end).trimEnd().length;
  for (const comment of [...comments].reverse()) {
    if (comment.span.start <= signature.start || comment.span.end > end) continue;
    if (text.slice(comment.span.end, end).trim() !== '') break;
    end = signature.start + text.slice(signature.start, comment.span.start).trimEnd().length;
  }
  return span(signature.start, end);
}
