// Which of several candidates to offer, how sure that is, and whether it is worth asking for more.
import type { Verdict } from '../../core/task.ts';
import type { CandidateFacts, Choice, SelectionFacts } from './facts.ts';
import { testScores } from './generated-tests.ts';
import { type Group, groupsOf } from './groups.ts';
import { probabilityOf } from './probability.ts';
import { reasonsFor } from './reasons.ts';
import { type Standing, standings as standingsOf } from './standing.ts';
import { weights as usualWeights, type Weights } from './weights.ts';

/** From here on more samples would hardly change the choice. */
const clear = 0.85;

/** From here on it is vouched for: of such choices, nine of ten were right in `bench/select`. */
const sure = 0.7;

/**
 * Orders candidates. Pure: the same facts give the same choice.
 *
 * Each candidate has a weight by itself (examples, checks, signs). Those that do the same at all inputs are a group, whose
 * score is its weight, times how much it agrees with the others at each input, times how many of the generated tests it
 * passes, each as far as it is believed. After Chen et al., CodeT (2022), with behaviours at inputs in place of the sets of
 * tests that are passed.
 */
export function chooseCandidate(facts: SelectionFacts, weights: Weights = usualWeights): Choice {
  const { candidates } = facts;
  const standings = standingsOf(facts, weights);
  const groups = groupsOf(candidates, standings);
  const tests = testScores(candidates, standings);
  const scored = groups
    .map((group) => ({ group, score: scoreOf(group, tests, weights) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        byFindings(leastFaulty(a.group, candidates), leastFaulty(b.group, candidates)) ||
        a.group.members[0]! - b.group.members[0]!,
    );
  const ranked = [
    ...scored.flatMap(({ group }) => byStanding(group.members, candidates, standings)),
    // What cannot be loaded, or is empty, comes last.
    ...byStanding(
      candidates.flatMap((_, index) => (standings[index]!.weight === 0 ? [index] : [])),
      candidates,
      standings,
    ),
  ];
  const { among } = facts;
  const order = among
    ? [...ranked.filter((index) => among.has(index)), ...ranked.filter((index) => !among.has(index))]
    : ranked;
  const chosen = order[0];
  if (chosen === undefined) {
    return {
      order,
      chosen,
      probability: 0,
      verdict: 'doubtful',
      reasons: ['there is no candidate'],
      enough: false,
      agreement: { same: 0, of: 0 },
    };
  }
  const group = groups.find(({ members }) => members.includes(chosen));
  const agreement = agreementOf(group, groups, candidates, standings, chosen);
  const probability = probabilityOf({
    candidate: candidates[chosen]!,
    standing: standings[chosen]!,
    group,
    groups,
    passShare: passShareOf(standings),
  });
  const isSure = isSettled(agreement, tests) && probability >= sure;
  const verdict = verdictOf(candidates[chosen]!, standings[chosen]!, isSure);
  return {
    order,
    chosen,
    probability,
    verdict,
    reasons: reasonsFor(candidates[chosen]!, standings[chosen]!, agreement),
    enough: facts.remaining <= 0 || (verdict !== 'doubtful' && probability >= clear),
    agreement,
  };
}

const passShareOf = (standings: readonly Standing[]): number =>
  standings.filter(({ passed, failed }) => passed > 0 && failed === 0).length / standings.length;

/** Errors first, then all that was found. */
const byFindings = (a: CandidateFacts, b: CandidateFacts): number =>
  (a.errors ?? 0) - (b.errors ?? 0) || allFindings(a) - allFindings(b);

const allFindings = ({ faults, judged, broken = 0 }: CandidateFacts): number => faults + judged + broken;

const leastFaulty = ({ members }: Group, candidates: readonly CandidateFacts[]): CandidateFacts =>
  members.map((index) => candidates[index]!).sort(byFindings)[0]!;

function scoreOf(group: Group, tests: readonly number[] | undefined, weights: Weights): number {
  const passed = tests ? tests[group.members[0]!]! + weights.testFloor : 1;
  return (
    weights.size * Math.log(group.weight) +
    weights.agreement * Math.log(Math.max(group.agreement, 1e-6)) +
    weights.tests * Math.log(passed)
  );
}

/** The heaviest first; of equal ones that with the fewest findings, then that which came first, the model's likeliest. */
const byStanding = (
  members: readonly number[],
  candidates: readonly CandidateFacts[],
  standings: readonly Standing[],
): number[] =>
  [...members].sort(
    (a, b) =>
      standings[b]!.weight - standings[a]!.weight || byFindings(candidates[a]!, candidates[b]!) || a - b,
  );

/** Among those that have as little against them as the chosen one. */
function agreementOf(
  group: Group | undefined,
  groups: readonly Group[],
  candidates: readonly CandidateFacts[],
  standings: readonly Standing[],
  chosen: number,
): Choice['agreement'] {
  if (!group || candidates[chosen]!.behaviours.length === 0) return { same: 0, of: 0 };
  const peers = (members: readonly number[]): number =>
    members.filter((index) => standings[index]!.weight >= standings[chosen]!.weight).length;
  return { same: peers(group.members), of: groups.reduce((sum, { members }) => sum + peers(members), 0) };
}

/** Where most of the candidates that pass as much do something else, only tests can tell that they are the wrong ones. */
const isSettled = ({ same, of }: Choice['agreement'], tests: readonly number[] | undefined): boolean =>
  tests !== undefined || of === 0 || same * 2 > of;

/** Vouched for is only what was run, did all that was asked of it, and is likely to be right. */
function verdictOf(candidate: CandidateFacts, standing: Standing, isSure: boolean): Verdict {
  const { faults, judged, signs, unloadable, text, projectTests, examples, broken = 0 } = candidate;
  const spokenAgainst =
    text.trim() === '' ||
    unloadable !== undefined ||
    faults > 0 ||
    judged > 0 ||
    broken > 0 ||
    // Also one that is held to be wrong: that is for the user to say.
    examples.some(({ outcome }) => outcome === 'failed') ||
    (projectTests?.failed ?? 0) > 0 ||
    signs.includes('placeholder');
  if (spokenAgainst) return 'doubtful';
  const ran = standing.passed > 0 || (projectTests?.passed ?? 0) > 0;
  return ran && isSure ? 'vouched' : 'checked';
}
