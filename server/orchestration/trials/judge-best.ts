// The best of several candidates before language servers, compilers and the project's tests, until one of them stands.
import type { Run } from '../../core/run.ts';
import type { CandidateFacts } from '../../validation/selection/index.ts';
import type { TrialTools } from './assess.ts';
import { firstLine, joined, judgesOutcome, notRun } from './outcomes.ts';
import { type ProjectTests, projectTests } from './project-tests.ts';
import { propertiesOf } from './properties.ts';
import type { TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';
import { writtenTests } from './written-tests.ts';

/** Candidates shown to judges and tests, the best first, until one has nothing to say against it: each costs a second. */
const maxJudged = 4;

export interface Judged {
  readonly facts: Pick<CandidateFacts, 'judged' | 'projectTests' | 'broken'>;
  /** As `ProjectTestsOutcome` tells. */
  readonly suspected?: CandidateFacts['projectTests'];
  readonly outcome: TrialOutcome;
}

/** The best candidates before judges and the project's tests, until one of them stands. */
export async function judgeBest(
  run: Run,
  tools: TrialTools,
  question: TrialQuestion,
  order: readonly number[],
): Promise<ReadonlyMap<number, Judged>> {
  const judged = new Map<number, Judged>();
  const seen = new Set<string>();
  const asked = { ...question, unwritten: question.unwritten || question.another };
  const open = question.areTests ? writtenTests : projectTests;
  await using tests = open(tools.sandbox, tools.language, asked, tools.evenBestEffort);
  for (const index of order) {
    const candidate = question.candidates[index]!;
    if (seen.has(candidate.after)) continue;
    if (seen.size === maxJudged) break;
    seen.add(candidate.after);
    const one = await judgeOne(run, tools, tests, question, candidate);
    for (const [other, { after }] of question.candidates.entries()) {
      if (after === candidate.after) judged.set(other, one);
    }
    if (!one.suspected && one.outcome.records.every(({ outcome }) => outcome !== 'failed')) break;
  }
  return withSuspicions(judged);
}

/** Tests that fail as they did before fail for what the candidate does, where all of them pass with another one. */
function withSuspicions(judged: ReadonlyMap<number, Judged>): ReadonlyMap<number, Judged> {
  const canPass = [...judged.values()].some(
    ({ facts: { projectTests } }) => projectTests && projectTests.passed > 0 && projectTests.failed === 0,
  );
  if (!canPass) return judged;
  return new Map(
    [...judged].map(([index, one]) => [
      index,
      one.suspected ? { ...one, facts: { ...one.facts, projectTests: one.suspected } } : one,
    ]),
  );
}

async function judgeOne(
  run: Run,
  tools: TrialTools,
  tests: ProjectTests,
  question: TrialQuestion,
  candidate: TrialCandidate,
): Promise<Judged> {
  const { path, languageId, before, folder, another, unsaved, dependents } = question;
  const { after, spans } = candidate;
  const { judges } = tools;
  const names = await judges.available(languageId, path, folder);
  if (names.length > 0) run.report({ message: `Asking ${names.join(', ')}` });
  const reports = await judges.judge(run, folder, {
    path,
    languageId,
    after,
    spans,
    unsaved,
    dependents,
    ...(before !== undefined && !another && { before }),
  });
  const types =
    names.length > 0
      ? judgesOutcome(question, reports)
      : { ...notRun('types/*', 'no language server or compiler was found'), faults: 0 };
  const tested = await tests.run(run, candidate);
  const properties = await propertiesOfCandidate(run, tools, question, candidate);
  return {
    facts: {
      broken: properties.findings.length,
      judged: types.faults,
      ...(tested.counts && { projectTests: tested.counts }),
    },
    ...(tested.suspected && { suspected: tested.suspected }),
    outcome: joined(types, tested.outcome, properties),
  };
}

/** Of the function that is asked for. What did not hold of it before is no fault of what is written in its place. */
async function propertiesOfCandidate(
  run: Run,
  tools: TrialTools,
  question: TrialQuestion,
  candidate: TrialCandidate,
): Promise<TrialOutcome> {
  const { unit, areTests, unwritten, another, before } = question;
  if (!unit || areTests) return joined();
  const units = [{ unit, span: firstLine(candidate) }];
  const old = unwritten || another ? undefined : before;
  return joined(...(await propertiesOf(run, tools, question, units, candidate.after, old)));
}
