// Groups of candidates that do the same at all inputs, and how much each of them agrees with the others.
import type { Behaviour } from '../execution/observe.ts';
import type { CandidateFacts } from './facts.ts';
import type { Standing } from './standing.ts';

export interface Group {
  /** Candidates by their place, in order. */
  readonly members: readonly number[];
  /** Their weights together. */
  readonly weight: number;
  /** 0 to 1: the share of weight that does what it does, over the inputs, each as much as it makes sense. */
  readonly agreement: number;
}

/**
 * Candidates without any behaviour are each a group of their own where nothing was run, and none where others were.
 */
export function groupsOf(
  candidates: readonly CandidateFacts[],
  standings: readonly Standing[],
): readonly Group[] {
  const ran = candidates.some(({ behaviours }) => behaviours.length > 0);
  const byKey = new Map<string, number[]>();
  for (const [index, { behaviours, text }] of candidates.entries()) {
    if (standings[index]!.weight === 0) continue;
    const key = ran ? behaviours.map(keyOf).join('\n') : text;
    const known = byKey.get(key);
    if (known) known.push(index);
    else byKey.set(key, [index]);
  }
  const inputs = Math.max(0, ...candidates.map(({ behaviours }) => behaviours.length));
  const columns = Array.from({ length: inputs }, (_, input) => columnOf(candidates, standings, input));
  return [...byKey.values()].map((members) => ({
    members,
    weight: members.reduce((sum, index) => sum + standings[index]!.weight, 0),
    agreement: agreementOf(candidates[members[0]!]!.behaviours, columns),
  }));
}

export const keyOf = (behaviour: Behaviour): string => {
  switch (behaviour.kind) {
    case 'value':
      return `=${behaviour.value}`;
    case 'raised':
      return `!${behaviour.error}`;
    case 'timeout':
      return '…';
    case 'not-run':
      return '?';
  }
};

interface Column {
  /** Share of weight by outcome. */
  readonly shares: ReadonlyMap<string, number>;
  /** Share of weight that gives a value there at all: an input at which most fail makes little sense. */
  readonly sense: number;
}

function columnOf(
  candidates: readonly CandidateFacts[],
  standings: readonly Standing[],
  input: number,
): Column {
  const shares = new Map<string, number>();
  let all = 0;
  let valued = 0;
  for (const [index, { behaviours }] of candidates.entries()) {
    const behaviour = behaviours[input];
    const { voice } = standings[index]!;
    if (!behaviour || voice === 0) continue;
    all += voice;
    if (behaviour.kind === 'value') valued += voice;
    const key = keyOf(behaviour);
    shares.set(key, (shares.get(key) ?? 0) + voice);
  }
  if (all === 0) return { shares, sense: 0 };
  for (const [key, voice] of shares) shares.set(key, voice / all);
  return { shares, sense: valued / all };
}

function agreementOf(behaviours: readonly Behaviour[], columns: readonly Column[]): number {
  let sum = 0;
  let all = 0;
  for (const [input, { shares, sense }] of columns.entries()) {
    const behaviour = behaviours[input];
    all += sense;
    if (behaviour) sum += sense * (shares.get(keyOf(behaviour)) ?? 0);
  }
  return all === 0 ? 1 : sum / all;
}
