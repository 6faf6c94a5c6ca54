// What each candidate weighs by itself: examples, checks and signs, before candidates are compared.
import { conductOf } from './conduct.ts';
import type { Conduct, SelectionFacts } from './facts.ts';
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

/**
 * @returns one standing a candidate. An example that none of many candidates passes, while others are passed, does not
 * count: it is likelier wrong itself, or not to be run as it is written.
 */
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
  const count = Math.max(0, ...candidates.map(({ examples }) => examples.length));
  const passedBy = Array.from(
    { length: count },
    (_, example) => candidates.filter(({ examples }) => examples[example]?.outcome === 'passed').length,
  );
  const tried = candidates.filter(({ unloadable }) => unloadable === undefined).length;
  const mayDoubt = tried >= enoughToDoubt && passedBy.some((number) => number > 0);
  return candidates.map((candidate) => {
    const { examples, signs, faults, judged, unloadable, projectTests } = candidate;
    const counted = examples.filter((_, example) => !mayDoubt || passedBy[example]! > 0);
    const passed = counted.filter(({ outcome }) => outcome === 'passed').length;
    const failed = counted.filter(({ outcome }) => outcome === 'failed').length;
    if (unloadable !== undefined || candidate.text.trim() === '')
      return { weight: 0, voice: 0, passed, failed };
    let weight = weights.projectTestFailed ** (projectTests?.failed ?? 0);
    if (faults > 0) weight *= weights.fault;
    if (judged > 0) weight *= weights.fault;
    for (const sign of signs) weight *= weights.sign[sign];
    return {
      weight: weight * weights.exampleFailed ** failed,
      voice: weight * weights.voiceExampleFailed ** failed,
      passed,
      failed,
    };
  });
}
