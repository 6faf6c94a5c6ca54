// What the editor was shown of late: needed when it asks for the details of a completion, or to take code back.

import type { Edit, Span } from '../core/span.ts';
import type { CompletionCandidate, Proposal } from '../core/task.ts';
import type { Region } from '../orchestration/workbench.ts';

/** Completion lists whose details may still be asked for: the one on the screen, and those that it replaced. */
const LISTS = 8;
/** Proposals that can be taken back. */
const PROPOSALS = 200;

/** Names a candidate in an item's `data`. */
export interface CandidateKey {
  readonly list: number;
  readonly index: number;
}

export interface Shown {
  /** Remembers a list. @returns the number that names it. */
  completions(languageId: string, candidates: readonly CompletionCandidate[]): number;
  candidate(key: CandidateKey): { languageId: string; candidate: CompletionCandidate } | undefined;
  proposal(uri: string, proposal: Pick<Proposal, 'snapshot' | 'edits'>): void;
  /** The edit that puts back what stood where the region is; `undefined` when that is not known any more. */
  revert(uri: string, region: Region, text: string): Edit | undefined;
}

interface Written {
  readonly uri: string;
  readonly newText: string;
  readonly before: string;
}

export function createShown(): Shown {
  const lists = new Map<number, { languageId: string; candidates: readonly CompletionCandidate[] }>();
  const written: Written[] = [];
  let latest = 0;
  return {
    completions(languageId, candidates) {
      latest += 1;
      lists.set(latest, { languageId, candidates });
      lists.delete(latest - LISTS);
      return latest;
    },
    candidate({ list, index }) {
      const known = lists.get(list);
      const candidate = known?.candidates[index];
      return known && candidate ? { languageId: known.languageId, candidate } : undefined;
    },
    proposal(uri, { snapshot, edits }) {
      const [target] = edits;
      if (!target) return;
      const before = snapshot.text.slice(target.span.start, target.span.end);
      written.push({ uri, newText: target.newText, before });
      if (written.length > PROPOSALS) written.shift();
    },
    revert(uri, { span }, text) {
      const present = text.slice(span.start, span.end);
      for (const one of written.toReversed()) {
        if (one.uri !== uri || present.trim() === '' || one.newText.trim() !== present.trim()) continue;
        const whole = widened(span, one.newText, present);
        if (text.slice(whole.start, whole.end) === one.newText) return { span: whole, newText: one.before };
      }
      return undefined;
    },
  };
}

/** The span of all that was written, where the region was followed without the white space around it. */
function widened({ start }: Span, newText: string, present: string): Span {
  const core = present.trim();
  const begin = start + present.indexOf(core) - newText.indexOf(core);
  return { start: begin, end: begin + newText.length };
}
