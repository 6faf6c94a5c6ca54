// What is wrong with what a candidate does, told by what others do at the same inputs and by its comment.
import type { Behaviour } from '../execution/observe.ts';
import type { Conduct, SelectionFacts } from './facts.ts';

/** Of all voices, those that must give one and the same value at an input before not to end there is held to be wrong. */
const sureValue = 0.25;

/** Of texts that are given back, those that may hold letters of the other case: names, or what is passed through. */
const otherCase = 0.1;

const cases: readonly { readonly asked: RegExp; readonly as: (text: string) => string }[] = [
  { asked: /\b(?:return|in|as|into|to)\s+(?:\w+\s+)?lower-?\s?case\b/i, as: (text) => text.toLowerCase() },
  { asked: /\b(?:return|in|as|into|to)\s+(?:\w+\s+)?upper-?\s?case\b/i, as: (text) => text.toUpperCase() },
];

/**
 * @param voices how much each candidate's word counts.
 * @returns what is wrong with each candidate.
 */
export function conductOf(
  { candidates, comment = '' }: Pick<SelectionFacts, 'candidates' | 'comment'>,
  voices: readonly number[],
): readonly (readonly Conduct[])[] {
  const certain = certainInputs(candidates, voices);
  const asked = cases.filter((one) => one.asked.test(comment));
  const [only] = asked.length === 1 ? asked : [];
  return candidates.map(({ behaviours }) => {
    const found: Conduct[] = [];
    if (certain.some((input) => behaviours[input]?.kind === 'timeout')) found.push('slow');
    if (only && !keepsCase(behaviours, only.as)) found.push('letter-case');
    return found;
  });
}

/** Inputs at which several candidates, and enough of all voices, give one and the same value. */
function certainInputs(
  candidates: SelectionFacts['candidates'],
  voices: readonly number[],
): readonly number[] {
  const all = voices.reduce((sum, voice) => sum + voice, 0);
  const count = Math.max(0, ...candidates.map(({ behaviours }) => behaviours.length));
  return Array.from({ length: count }, (_, input) => input).filter((input) => {
    const said = new Map<string, { voice: number; by: number }>();
    for (const [index, { behaviours }] of candidates.entries()) {
      const behaviour = behaviours[input];
      if (behaviour?.kind !== 'value') continue;
      const before = said.get(behaviour.value) ?? { voice: 0, by: 0 };
      said.set(behaviour.value, { voice: before.voice + voices[index]!, by: before.by + 1 });
    }
    return [...said.values()].some(({ voice, by }) => by > 1 && voice >= sureValue * all);
  });
}

function keepsCase(behaviours: readonly Behaviour[], as: (text: string) => string): boolean {
  const texts = behaviours.flatMap((one) =>
    one.kind === 'value' && /^["']/.test(one.value) ? [one.value] : [],
  );
  const others = texts.filter((text) => text !== as(text)).length;
  return others <= otherCase * texts.length;
}
