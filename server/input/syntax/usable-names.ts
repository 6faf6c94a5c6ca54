// Names that code sees at a place, with what a completion wants to know of them: whether they were used since they are there.
import type { Binding } from '../../core/facts.ts';

export interface UsableBinding extends Pick<Binding, 'name' | 'kind'> {
  /** A parameter or variable that nothing between its declaration and the place uses. */
  readonly unused?: true;
}

/** Characters between a declaration and the place that are looked at: what is further away is used, as a rule. */
const reach = 6_000;

const word = /[\p{L}\p{N}_$]/u;

/** @param bindings that are visible at `offset`, innermost first. */
export const usableNames = (
  bindings: readonly Binding[],
  text: string,
  offset: number,
): readonly UsableBinding[] =>
  bindings.map((binding) => {
    const { name, kind } = binding;
    return isUnused(binding, text, offset) ? { name, kind, unused: true } : { name, kind };
  });

function isUnused({ name, kind, span }: Binding, text: string, offset: number): boolean {
  if ((kind !== 'parameter' && kind !== 'variable') || span.end > offset || offset - span.end > reach)
    return false;
  for (let at = text.indexOf(name, span.end); at !== -1 && at < offset; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    // A word that goes on to the cursor is one that is being written.
    if (end < offset && !isWordAt(text, at - 1) && !isWordAt(text, end)) return false;
  }
  return true;
}

const isWordAt = (text: string, at: number): boolean => word.test(text[at] ?? '');
