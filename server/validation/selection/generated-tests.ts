// What generated tests say of candidates. Many of them are wrong, so each counts as much as it is believed.
import type { CandidateFacts } from './facts.ts';
import type { Standing } from './standing.ts';

/**
 * The share of tests that each candidate passes, 0 to 1. A test is believed by the weight of the candidates that pass it:
 * one that none passes says nothing, and neither does one that all pass.
 * @returns nothing where there are no tests.
 */
export function testScores(
  candidates: readonly CandidateFacts[],
  standings: readonly Standing[],
): readonly number[] | undefined {
  const count = Math.max(0, ...candidates.map(({ tests }) => tests.length));
  if (count === 0) return undefined;
  const all = standings.reduce((sum, { voice }) => sum + voice, 0);
  const beliefs = Array.from({ length: count }, (_, test) => {
    let passed = 0;
    for (const [index, { tests }] of candidates.entries()) {
      if (tests[test] === 'passed') passed += standings[index]!.voice;
    }
    // Squared: to be wrong with many at a time is rare, to be right with few is, too.
    return all === 0 ? 0 : (passed / all) ** 2;
  });
  const most = beliefs.reduce((sum, belief) => sum + belief, 0);
  return candidates.map(({ tests }) =>
    most === 0
      ? 0
      : tests.reduce((sum, result, test) => sum + (result === 'passed' ? beliefs[test]! : 0), 0) / most,
  );
}
