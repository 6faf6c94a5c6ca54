// One task from requirement to proposal: prompt, drafts, polish, checks, at most N repairs, evidence. Read it and you
// know the product.
import { isFault } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import { type Model, ModelFailure, type ModelRequest, type Usage } from '../core/model.ts';
import { type Run, throwIfEnded } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Span } from '../core/span.ts';
import type { Proposal, Requirement } from '../core/task.ts';
import { createEarlyStop } from '../development/polish/early-stop.ts';
import { evidenceOf } from '../validation/evidence.ts';
import { rankDrafts } from '../validation/rank.ts';
import { describeProblems } from '../validation/repair.ts';
import type { Analysis, Destination, Feedback, Judgement, Severities } from './analysis/analysis.ts';
import { readAnswer } from './answer.ts';
import { taskRequest, taskRows } from './requests.ts';
import type { Roles } from './roles/index.ts';

/** A function longer than this should not be written in one go; a small model that rambles on ends here at the latest. */
const maximumAnswerLines = 400;

export interface Workshop {
  readonly analysis: Analysis;
  readonly roles: Roles;
  readonly settings: Settings;
  readonly severities: Severities;
  readonly language: Language | undefined;
}

/**
 * @param snapshot the document at the version that the requirement was found in.
 * @throws ModelFailure with a message for the user; the abort reason when the run ended; `Cancelled('document
 * changed')` when the document moved on meanwhile.
 */
export async function propose(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  requirement: Requirement,
): Promise<Proposal> {
  const started = run.now();
  const { role, mode } = taskRows[requirement.kind];
  const model = await workshop.roles.model(run, role);
  const destination = await destinationOf(run, workshop.analysis, snapshot, requirement);
  const usage = countUsage();

  let best: Attempt | undefined;
  let feedback: Feedback | undefined;
  let repairs = 0;
  for (;;) {
    const { prompt } = await workshop.analysis.prompt(run, {
      ...at(snapshot),
      kind: 'task',
      requirement,
      budget: workshop.settings.budget.contextTokens,
      ...(feedback && { feedback }),
    });
    run.report({ message: feedback ? `Repair ${repairs}: asking ${model.name}` : `Asking ${model.name}` });
    const samples = feedback ? 1 : workshop.settings.budget.samples;
    const answers = await Promise.allSettled(
      Array.from({ length: samples }, (_, index) =>
        answer(run, model, taskRequest(prompt, index), destination, workshop, usage.add),
      ),
    );
    throwIfEnded(run);
    const texts = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failure = answers.find((one) => one.status === 'rejected');
    if (failure && texts.length === 0) {
      // What came before is offered with what was found in it, rather than nothing.
      if (best) break;
      throw failure.reason;
    }
    run.report({ message: 'Checking the answer' });
    const judged = await Promise.all(
      texts.map(async (text): Promise<Attempt> => {
        const judgement = await workshop.analysis.judge(run, {
          ...at(destination.snapshot),
          ...(destination.snapshot !== snapshot && { snapshot: destination.snapshot }),
          target: destination.target,
          text,
          mode,
          severities: workshop.severities,
        });
        return { ...judgement, answer: text };
      }),
    );
    throwIfEnded(run);
    // The best so far stays in the race, so that a repair never makes it worse.
    best = rankDrafts(best ? [best, ...judged] : judged)[0]!;
    if (isClean(best) || repairs >= workshop.settings.budget.repairs) break;
    repairs++;
    feedback = { text: best.answer, problems: problemsOf(best) };
  }

  if (best.text.trim() === '') {
    throw new ModelFailure(
      'bad-answer',
      `${model.name} answered, but with nothing that could be used as code. Try again, or choose a more capable model.`,
    );
  }
  return {
    requirement,
    snapshot: destination.snapshot,
    creates: destination.creates,
    edits: best.edits,
    evidence: evidenceOf({
      records: best.records,
      findings: best.findings,
      model: model.name,
      repairs,
      milliseconds: run.now() - started,
      ...usage.total(),
    }),
  };
}

interface Target extends Destination {
  readonly target: Span;
}

/** A judgement with the answer as the model gave it. */
interface Attempt extends Judgement {
  readonly answer: string;
}

const at = ({ uri, version }: Snapshot): { uri: string; version: number } => ({ uri, version });

const isClean = (judgement: Judgement): boolean =>
  judgement.text.trim() !== '' && !judgement.findings.some(isFault);

const problemsOf = ({ text, after, findings }: Attempt): string =>
  text.trim() === ''
    ? 'The answer held no code that could be used.'
    : describeProblems(after, findings.filter(isFault));

/** Tests go to a file of their own; everything else stays where it was asked for. */
async function destinationOf(
  run: Run,
  analysis: Analysis,
  snapshot: Snapshot,
  requirement: Requirement,
): Promise<Target> {
  if (requirement.kind !== 'tests') return { snapshot, creates: false, target: requirement.target };
  const destination = await analysis.testFile(run, at(snapshot));
  const end = destination.snapshot.text.length;
  return { ...destination, target: { start: end, end } };
}

/** One answer, read until its code is complete. An endpoint that fails fails the task: the message says what to do. */
async function answer(
  run: Run,
  model: Model,
  request: ModelRequest,
  { snapshot, target }: Target,
  { language }: Workshop,
  count: (usage: Usage) => void,
): Promise<string> {
  const enough = createEarlyStop({
    before: snapshot.text.slice(0, target.start),
    after: snapshot.text.slice(target.end),
    multiline: true,
    chat: true,
    language,
    maximumLines: maximumAnswerLines,
  });
  let shown = 0;
  const { text, usage } = await readAnswer(run, model, request, enough, (soFar) => {
    const lines = soFar.split('\n').length;
    if (lines === shown) return;
    shown = lines;
    run.report({ message: `${model.name} is writing line ${lines}` });
  });
  if (usage) count(usage);
  return text;
}

function countUsage() {
  let sum: Usage | undefined;
  return {
    add: (usage: Usage): void => {
      sum = {
        inputTokens: (sum?.inputTokens ?? 0) + usage.inputTokens,
        outputTokens: (sum?.outputTokens ?? 0) + usage.outputTokens,
      };
    },
    total: (): { usage?: Usage } => (sum ? { usage: sum } : {}),
  };
}
