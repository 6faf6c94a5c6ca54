// Selectors put to one set of samples each, and how often what they choose is right.
import type { Language } from '../../server/core/language.ts';
import {
  type CandidateFacts,
  type Choice,
  chooseCandidate,
  type SelectionFacts,
  signsIn,
} from '../../server/validation/selection/index.ts';
import type { Gathered } from './gather.ts';
import type { Task } from './tasks.ts';

/** Samples that are chosen among, by their place. */
export type Subset = readonly number[];

/** Sets of samples of one size that have none in common, so that few of them are not decided by chance. */
export function subsetsOf(total: number, size: number): readonly Subset[] {
  return Array.from({ length: Math.max(1, Math.floor(total / size)) }, (_, at) =>
    Array.from({ length: Math.min(size, total) }, (_, index) => at * size + index),
  );
}

export function factsOf(
  language: Language,
  gathered: Gathered,
  subset: Subset,
  generatedTests: boolean,
): Pick<SelectionFacts, 'candidates' | 'inputs' | 'comment'> {
  const { inputs, behaviours } = generatedTests ? gathered.withTests : gathered.withoutTests;
  return {
    inputs,
    ...(gathered.unit.comment !== undefined && { comment: gathered.unit.comment }),
    candidates: subset.map((index) => {
      const { text, faults, examples } = gathered.candidates[index]!;
      return {
        text,
        faults,
        judged: 0,
        signs: signsIn(language, gathered.unit, text),
        ...(examples.unloadable !== undefined && { unloadable: examples.unloadable }),
        examples: examples.results,
        behaviours: behaviours[index]!,
        tests: generatedTests ? gathered.tests[index]! : [],
      };
    }),
  };
}

/** Weights over the samples of a subset: where a selector leaves several, each is as likely. */
export type Selection = ReadonlyMap<number, number>;

export const chosenBy = (choice: Choice, subset: Subset): Selection =>
  new Map(choice.chosen === undefined ? [] : [[subset[choice.chosen]!, 1]]);

export const evenly = (indexes: readonly number[]): Selection =>
  new Map(indexes.map((index) => [index, 1 / indexes.length]));

/** The largest group of equal behaviour, before anything else is known. */
export function largestGroup(facts: { candidates: readonly CandidateFacts[] }, subset: Subset): Selection {
  const groups = new Map<string, number[]>();
  for (const [at, { behaviours }] of facts.candidates.entries()) {
    const key = JSON.stringify(behaviours);
    groups.set(key, [...(groups.get(key) ?? []), subset[at]!]);
  }
  const largest = [...groups.values()].sort((a, b) => b.length - a.length)[0];
  return evenly(largest ?? subset);
}

/** Dual agreement of Chen et al. (2022): sets of samples by the tests they pass, samples times tests, the root of samples. */
export const codeT = (gathered: Gathered, subset: Subset): Selection =>
  dualAgreement(subset, (index) =>
    gathered.tests[index]!.map((result) => (result === 'passed' ? '1' : '0')).join(''),
  );

/** @param bitsOf of a sample, '1' for each test that it passes. */
export function dualAgreement(subset: Subset, bitsOf: (index: number) => string): Selection {
  const sets = new Map<string, number[]>();
  for (const index of subset) {
    const key = bitsOf(index);
    sets.set(key, [...(sets.get(key) ?? []), index]);
  }
  let best: { score: number; members: readonly number[] } = { score: -1, members: subset };
  for (const [key, members] of sets) {
    const score = Math.sqrt(members.length) * [...key].filter((bit) => bit === '1').length;
    if (score > best.score) best = { score, members };
  }
  return evenly(best.members);
}

/** The most samples that pass the same tests. */
export function largestByTests(subset: Subset, bitsOf: (index: number) => string): Selection {
  const groups = new Map<string, number[]>();
  for (const index of subset) groups.set(bitsOf(index), [...(groups.get(bitsOf(index)) ?? []), index]);
  return evenly([...groups.values()].sort((a, b) => b.length - a.length)[0] ?? subset);
}

export interface Labels {
  readonly official: readonly boolean[];
  readonly plus: readonly boolean[];
}

/** As recorded: for what stands without vouch, and the ceiling. */
export const labelsOf = ({ samples }: Task): Labels => ({
  official: samples.map(({ passed }) => passed),
  plus: samples.map(({ passed_plus }) => passed_plus),
});

/**
 * Of what would be put in. Where it is the same for two samples, the label of one holds for both: what was cut from the end
 * of one's answer is not offered.
 */
export function offeredLabels({ samples }: Task, { candidates }: Gathered): Labels {
  const of = (label: 'passed' | 'passed_plus'): boolean[] => {
    const right = new Set(candidates.filter((_, index) => samples[index]![label]).map(({ after }) => after));
    return candidates.map(({ after }) => right.has(after));
  };
  return { official: of('passed'), plus: of('passed_plus') };
}

/** Chance that what is selected is right. */
export const rightness = (selection: Selection, labels: readonly boolean[]): number =>
  [...selection].reduce((sum, [index, weight]) => sum + (labels[index] ? weight : 0), 0);

export const choose = (
  language: Language,
  gathered: Gathered,
  subset: Subset,
  generatedTests: boolean,
): Choice => chooseCandidate({ ...factsOf(language, gathered, subset, generatedTests), remaining: 0 });
