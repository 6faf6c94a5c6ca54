// What the editor was shown of late: needed when it asks for the details of a completion, or to take code back.

import type { Edit, Span } from '../core/span.ts';
import type { CompletionCandidate, Proposal, Requirement } from '../core/task.ts';
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
  proposal(
    uri: string,
    proposal: Pick<Proposal, 'snapshot' | 'edits'> & Partial<Pick<Proposal, 'requirement'>>,
  ): void;
  /** The edit that puts back what stood where the region is; `undefined` when that is not known any more. */
  revert(uri: string, region: Region, text: string): Edit | undefined;
  /** What asked for a region, moved to where it stands; `undefined` when that is not known any more. */
  asked(uri: string, region: Region, text: string): Requirement | undefined;
}

interface Written {
  readonly uri: string;
  readonly newText: string;
  readonly before: string;
  /** Absent for a completion: nothing was asked for but to go on. */
  readonly requirement: Requirement | undefined;
  /** Where its target began. */
  readonly start: number;
}

export function createShown(): Shown {
  const lists = new Map<number, { languageId: string; candidates: readonly CompletionCandidate[] }>();
  const written: Written[] = [];
  let latest = 0;
  /** The newest proposal that a region is, and the span of all that it wrote. */
  const originOf = (uri: string, { span }: Region, text: string) => {
    const present = text.slice(span.start, span.end);
    for (const one of written.toReversed()) {
      if (one.uri !== uri || present.trim() === '' || one.newText.trim() !== present.trim()) continue;
      const whole = widened(span, one.newText, present);
      if (text.slice(whole.start, whole.end) === one.newText) return { ...one, whole };
    }
    return undefined;
  };
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
    proposal(uri, { requirement, snapshot, edits }) {
      const [target] = edits;
      if (!target) return;
      const { start, end } = target.span;
      const before = snapshot.text.slice(start, end);
      written.push({ uri, newText: target.newText, before, requirement, start });
      if (written.length > PROPOSALS) written.shift();
    },
    revert(uri, region, text) {
      const origin = originOf(uri, region, text);
      return origin && { span: origin.whole, newText: origin.before };
    },
    asked(uri, region, text) {
      const origin = originOf(uri, region, text);
      if (!origin?.requirement) return undefined;
      const { requirement, whole, start, newText, before } = origin;
      const moved = whole.start - start;
      const { subject } = requirement;
      return {
        ...requirement,
        target: whole,
        subject: { start: subject.start + moved, end: subject.end + moved + newText.length - before.length },
      };
    },
  };
}

/** The span of all that was written, where the region was followed without the white space around it. */
function widened({ start }: Span, newText: string, present: string): Span {
  const core = present.trim();
  const begin = start + present.indexOf(core) - newText.indexOf(core);
  return { start: begin, end: begin + newText.length };
}
