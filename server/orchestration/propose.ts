// One task from requirement to proposal: prompt, drafts, polish, checks, trials, choice, at most N repairs, evidence. Read it
// and you know the product.
import { isFault } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import type { Run } from '../core/run.ts';
import { throwIfEnded } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Proposal, Requirement, Snippet } from '../core/task.ts';
import { evidenceOf } from '../validation/evidence.ts';
import type { SourceFile } from '../validation/oracles/overlay.ts';
import { describeProblems } from '../validation/repair.ts';
import type { Analysis, Feedback, Severities } from './analysis/analysis.ts';
import { beginAssertions } from './assertions.ts';
import { type Attempt, answer, destinationOf, isUsable, judgeAnswers, type Task } from './attempts.ts';
import type { Consent } from './consent.ts';
import { knownTypes } from './known-types.ts';
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
  /** Documents of its folder that are not on disk as they are in the editor, but for the one at a path. */
  readonly unsaved: (except: string) => Promise<readonly SourceFile[]>;
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
  const { samples, repairs: maximumRepairs } = settings.budget;
  const model = await workshop.roles.model(run, taskRows[requirement.kind].role);
  const destination = await destinationOf(run, analysis, snapshot, requirement);
  const usage = countUsage();
  const task: Task = { run, workshop, snapshot, requirement, destination, model, usage };
  // The question whether programs may start is put while the model writes.
  const trial = beginTrial(task, feedback !== undefined);
  using assertions = beginAssertions(task, trial);
  const known = await knownTypes(task);

  const pool: Attempt[] = [];
  const round: Round = { known, asked: 0, repairs: 0, ...(feedback && { feedback }) };
  for (;;) {
    const { texts, failure } = await ask(task, round, feedback !== undefined);
    // What came before is offered with what was found in it, rather than nothing.
    if (failure !== undefined && texts.length === 0) {
      if (pool.length === 0) throw failure;
      if (round.repairs === 0) await trial.assess(pool, 0, await assertions.written);
      break;
    }
    run.report({ message: 'Checking the answer' });
    pool.push(...(await judgeAnswers(task, texts)));
    throwIfEnded(run);
    const remaining = round.repairs > 0 ? 0 : samples - round.asked;
    // The best so far stays in the race, so that a repair never makes it worse.
    const { enough } = await trial.assess(pool, remaining, await assertions.written);
    if (remaining > 0 && !enough) continue;
    const best = trial.best(pool);
    if (isClean(best) || round.repairs >= maximumRepairs) break;
    round.repairs++;
    round.feedback = { text: best.answer, problems: problemsOf(best) };
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
      repairs: round.repairs,
      samples: round.asked,
      milliseconds: run.now() - started,
      ...usage.total(),
    }),
  };
}

/** How far a task is. */
interface Round {
  /** What judges know, for each prompt. */
  readonly known: readonly Snippet[];
  /** Answers asked for, repairs left out. */
  asked: number;
  repairs: number;
  /** What the next prompt says of an answer before. */
  feedback?: Feedback;
}

/** The next answers: a batch of samples, or one repair. @param isSecond whether an answer stands there already. */
async function ask(task: Task, round: Round, isSecond: boolean): ReturnType<typeof askAll> {
  const { run, workshop, snapshot, requirement, model } = task;
  const { samples, contextTokens: budget } = workshop.settings.budget;
  const { prompt } = await workshop.analysis.prompt(run, {
    ...at(snapshot),
    kind: 'task',
    requirement,
    budget,
    known: round.known,
    ...(round.feedback && { feedback: round.feedback }),
  });
  if (round.repairs > 0) {
    run.report({ message: `Repair ${round.repairs}: asking ${model.name}` });
    // The same question would have the same answer: where a repair was not kept, the next must differ.
    return askAll(run, [taskRequest(prompt, round.repairs - 1)], (request) => answer(task, request));
  }
  run.report({ message: `Asking ${model.name}` });
  // What was asked before must not come again by being the likeliest.
  const first = round.asked + (isSecond ? 1 : 0);
  const wanted = nextBatch(round.asked, samples);
  round.asked += wanted;
  const requests = Array.from({ length: wanted }, (_, index) => taskRequest(prompt, first + index));
  return askAll(run, requests, (request) => answer(task, request));
}

const at = ({ uri, version }: Snapshot): { uri: string; version: number } => ({ uri, version });

const isClean = (attempt: Attempt): boolean => isUsable(attempt) && !attempt.findings.some(isFault);

const problemsOf = (attempt: Attempt): string =>
  isUsable(attempt)
    ? describeProblems(attempt.after, attempt.findings.filter(isFault))
    : 'The answer held no code that could be used.';
