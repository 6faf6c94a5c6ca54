// One task from requirement to proposal: prompt, drafts, polish, checks, trials, choice, at most N repairs, evidence. Read it
// and you know the product.
import { isFault } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import type { Run } from '../core/run.ts';
import { throwIfEnded } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Proposal, Requirement } from '../core/task.ts';
import { evidenceOf } from '../validation/evidence.ts';
import { describeProblems } from '../validation/repair.ts';
import type { Analysis, Feedback, Severities } from './analysis/analysis.ts';
import { askForAssertions } from './assertions.ts';
import { type Attempt, answer, destinationOf, isUsable, judgeAnswers, type Task } from './attempts.ts';
import type { Consent } from './consent.ts';
import { taskRequest, taskRows } from './requests.ts';
import type { Roles } from './roles/index.ts';
import { askAll, countUsage, nextBatch, unusable } from './sampling.ts';
import { beginTrial } from './trial.ts';
import type { Trials } from './trials/trials.ts';

export interface Workshop {
  readonly analysis: Analysis;
  readonly roles: Roles;
  readonly settings: Settings;
  readonly severities: Severities;
  readonly language: Language | undefined;
  readonly trials: () => Trials;
  readonly consent: Consent;
  /** The workspace folder of the document, or the folder that it lies in. */
  readonly folder: string;
}

/**
 * @param snapshot the document at the version that the requirement was found in.
 * @param feedback an answer that is there already and shall be another, and why.
 * @throws ModelFailure with a message for the user; the abort reason when the run ended; `Cancelled('document
 * changed')` when the document moved on meanwhile.
 */
export async function propose(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  requirement: Requirement,
  feedback?: Feedback,
): Promise<Proposal> {
  const started = run.now();
  const { analysis, settings } = workshop;
  const { samples, repairs: maximumRepairs, contextTokens: budget } = settings.budget;
  const model = await workshop.roles.model(run, taskRows[requirement.kind].role);
  const destination = await destinationOf(run, analysis, snapshot, requirement);
  const usage = countUsage();
  const task: Task = { run, workshop, snapshot, requirement, destination, model, usage };
  // The question whether programs may start is put while the model writes.
  const trial = beginTrial(task);
  const assertions = askForAssertions(task, trial);

  const pool: Attempt[] = [];
  let asked = 0;
  let repairs = 0;
  let problems = feedback;
  for (;;) {
    const { prompt } = await analysis.prompt(run, {
      ...at(snapshot),
      kind: 'task',
      requirement,
      budget,
      ...(problems && { feedback: problems }),
    });
    const wanted = repairs > 0 ? 1 : nextBatch(asked, samples);
    run.report({ message: repairs > 0 ? `Repair ${repairs}: asking ${model.name}` : `Asking ${model.name}` });
    // What was asked before must not come again by being the likeliest.
    const first = asked + (feedback ? 1 : 0);
    const requests = Array.from({ length: wanted }, (_, index) =>
      taskRequest(prompt, repairs > 0 ? 0 : first + index),
    );
    const { texts, failure } = await askAll(run, requests, (request) => answer(task, request));
    asked += wanted;
    // What came before is offered with what was found in it, rather than nothing.
    if (failure !== undefined && texts.length === 0) {
      if (pool.length > 0) break;
      throw failure;
    }
    run.report({ message: 'Checking the answer' });
    pool.push(...(await judgeAnswers(task, texts)));
    throwIfEnded(run);
    const remaining = repairs > 0 ? 0 : samples - asked;
    // The best so far stays in the race, so that a repair never makes it worse.
    const { enough } = await trial.assess(pool, remaining, await assertions);
    if (remaining > 0 && !enough) continue;
    const best = trial.best(pool);
    if (isClean(best) || repairs >= maximumRepairs) break;
    repairs++;
    problems = { text: best.answer, problems: problemsOf(best) };
  }

  const best = trial.best(pool);
  if (!isUsable(best)) throw unusable(model.name);
  return {
    requirement,
    snapshot: destination.snapshot,
    creates: destination.creates,
    edits: best.edits,
    evidence: evidenceOf({
      records: best.records,
      findings: best.findings,
      ...trial.choice(),
      model: model.name,
      repairs,
      samples: asked - repairs,
      milliseconds: run.now() - started,
      ...usage.total(),
    }),
  };
}

const at = ({ uri, version }: Snapshot): { uri: string; version: number } => ({ uri, version });

const isClean = (attempt: Attempt): boolean => isUsable(attempt) && !attempt.findings.some(isFault);

const problemsOf = (attempt: Attempt): string =>
  isUsable(attempt)
    ? describeProblems(attempt.after, attempt.findings.filter(isFault))
    : 'The answer held no code that could be used.';
