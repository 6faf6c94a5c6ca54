// What became of suggestions: whether the user took or wrote what was proposed, or something else. Told by the text alone,
// since few editors say what was taken.
import { type Edit, shiftSpan } from '../core/span.ts';

export interface Proposed {
  readonly start: number;
  readonly text: string;
  readonly confidence: number;
}

export interface EngineOutcomes {
  /** The best of what is offered in a document; it stands for all that was offered there before. */
  offered(uri: string, proposed: Proposed | undefined): void;
  /** @param edits one after another. @param text after them. */
  changed(uri: string, edits: readonly Edit[], text: string): void;
  forget(uri: string): void;
}

/** What editors add by themselves behind what is typed. */
const closers = /[)\]}'"`>;]+$/;

/** @param told of each suggestion that came true or did not. */
export function createEngineOutcomes(
  told: (uri: string, proposed: Proposed, cameTrue: boolean) => void,
): EngineOutcomes {
  const waiting = new Map<string, Proposed>();

  return {
    offered(uri, proposed) {
      if (proposed) waiting.set(uri, proposed);
      else waiting.delete(uri);
    },
    changed(uri, edits, text) {
      const proposed = waiting.get(uri);
      if (!proposed) return;
      const followed = follow(proposed.start, edits);
      if (!followed) {
        waiting.delete(uri);
        return;
      }
      const { start, reach } = followed;
      const written = text.slice(start, reach);
      const rest = proposed.text.slice(reach - start);
      if (text.startsWith(proposed.text, start) && rest.replace(closers, '') === '') {
        waiting.delete(uri);
        told(uri, proposed, true);
      } else if (
        proposed.text.startsWith(written) ||
        proposed.text.startsWith(written.replace(closers, ''))
      ) {
        waiting.set(uri, { ...proposed, start });
      } else {
        waiting.delete(uri);
        told(uri, proposed, false);
      }
    },
    forget: (uri) => waiting.delete(uri),
  };
}

/** Where the place is after the edits, and how far they wrote behind it; `undefined` where it is gone. */
function follow(place: number, edits: readonly Edit[]): { start: number; reach: number } | undefined {
  let start = place;
  let reach = place;
  for (const edit of edits) {
    const { span, newText } = edit;
    if (span.start >= start) {
      reach = Math.max(
        reach + (span.end <= reach ? newText.length - (span.end - span.start) : 0),
        span.start + newText.length,
      );
      continue;
    }
    const moved = shiftSpan({ start, end: start }, edit);
    if (!moved || span.end > start) return undefined;
    reach += moved.start - start;
    start = moved.start;
  }
  return { start, reach };
}
