// What each candidate weighs by itself: examples, checks and signs, before candidates are compared.
import { conductOf } from './conduct.ts';
import type { CandidateFacts, Conduct, SelectionFacts } from './facts.ts';
import type { Weights } from './weights.ts';

export interface Standing {
  /** 0 for one that cannot be loaded, 1 for one with nothing to say against it. */
  readonly weight: number;
  /** The same for what it says of single inputs, and of tests: one that fails an example may be right elsewhere. */
  readonly voice: number;
  /** Of the examples that count. */
  readonly passed: number;
  readonly failed: number;
  /** What is wrong with what it does. */
  readonly conduct: readonly Conduct[];
}

/** Candidates that must have been tried before an example that none of them passes is held to be wrong itself. */
const enoughToDoubt = 10;

/** Candidates that must have been tried before all examples are doubted, since most of them are passed by none. */
const enoughToDoubtAll = 40;

/**
 * Which examples count. One that none of many candidates passes, while others are passed, is likelier wrong itself, or not
 * to be run as it is written; where most of them are like that, the rest is passed by chance.
 */
export function examplesThatCount(
  candidates: readonly Pick<CandidateFacts, 'examples' | 'unloadable'>[],
): readonly boolean[] {
  const tried = candidates.filter(({ unloadable }) => unloadable === undefined).length;
  const count = Math.max(0, ...candidates.map(({ examples }) => examples.length));
  const runnable = Array.from({ length: count }, (_, example) =>
    candidates.some(({ examples }) => examples[example] && examples[example].outcome !== 'not-run'),
  );
  const passed = runnable.map((_, example) =>
    candidates.some(({ examples }) => examples[example]?.outcome === 'passed'),
  );
  const passable = passed.filter(Boolean).length;
  if (tried < enoughToDoubt || passable === 0) return passed.map(() => true);
  const mostFail = passable * 2 < runnable.filter(Boolean).length;
  return passed.map((one) => one && !(mostFail && tried >= enoughToDoubtAll));
}

/** @returns one standing a candidate. */
export function standings(
  facts: Pick<SelectionFacts, 'candidates' | 'comment'>,
  weights: Weights,
): readonly Standing[] {
  const alone = standingsAlone(facts.candidates, weights);
  const conducts = conductOf(
    facts,
    alone.map(({ voice }) => voice),
  );
  return alone.map(({ weight, voice, ...counts }, index) => {
    const conduct = conducts[index]!;
    const factor = conduct.reduce((product, one) => product * weights.conduct[one], 1);
    return { ...counts, conduct, weight: weight * factor, voice: voice * factor };
  });
}

function standingsAlone(
  candidates: SelectionFacts['candidates'],
  weights: Weights,
): readonly Omit<Standing, 'conduct'>[] {
  const counts = examplesThatCount(candidates);
  return candidates.map((candidate) => {
    const { examples, signs, faults, judged, unloadable, projectTests, broken = 0 } = candidate;
    const counted = examples.filter((_, example) => counts[example]);
    const passed = counted.filter(({ outcome }) => outcome === 'passed').length;
    const failed = counted.filter(({ outcome }) => outcome === 'failed').length;
    if (unloadable !== undefined || candidate.text.trim() === '')
      return { weight: 0, voice: 0, passed, failed };
    let weight = weights.projectTestFailed ** (projectTests?.failed ?? 0);
    if (faults > 0) weight *= weights.fault;
    if (judged > 0) weight *= weights.fault;
    if (broken > 0) weight *= weights.broken;
    for (const sign of signs) weight *= weights.sign[sign];
    return {
      weight: weight * weights.exampleFailed ** failed,
      voice: weight * weights.voiceExampleFailed ** failed,
      passed,
      failed,
    };
  });
}
