// A choice by counting alone.
import type { Choice, SelectionFacts } from '../../validation/selection/index.ts';

export function chooseCandidate({ candidates, remaining }: SelectionFacts): Choice {
  const against = candidates.map(({ faults, judged, examples, projectTests, unloadable }) => [
    faults,
    Number(unloadable !== undefined) + examples.filter(({ outcome }) => outcome === 'failed').length,
    judged,
    projectTests?.failed ?? 0,
  ]);
  const order = candidates
    .map((_, index) => index)
    .sort((a, b) => {
      for (const [part, count] of against[a]!.entries()) {
        const difference = count - against[b]![part]!;
        if (difference !== 0) return difference;
      }
      return a - b;
    });
  const chosen = order[0];
  const clean = chosen !== undefined && against[chosen]!.every((count) => count === 0);
  const passed =
    chosen === undefined
      ? 0
      : candidates[chosen]!.examples.filter(({ outcome }) => outcome === 'passed').length;
  return {
    order,
    chosen,
    probability: clean ? 0.5 : 0.1,
    verdict: clean ? (passed > 0 ? 'vouched' : 'checked') : 'doubtful',
    reasons: [],
    enough: remaining === 0 || (clean && passed > 0),
    agreement: { same: 1, of: candidates.length },
  };
}
