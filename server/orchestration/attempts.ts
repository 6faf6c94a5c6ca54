// Answers of a model as attempts: read until their code is complete, polished, put in and checked.
import type { Model, ModelRequest } from '../core/model.ts';
import type { Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Edit, Span } from '../core/span.ts';
import type { Requirement } from '../core/task.ts';
import { createEarlyStop } from '../development/polish/early-stop.ts';
import type { Analysis, Destination, Judgement } from './analysis/analysis.ts';
import { readAnswer } from './answer.ts';
import type { Workshop } from './propose.ts';
import { taskRows } from './requests.ts';
import type { UsageCount } from './sampling.ts';

/** A function longer than this should not be written in one go; a small model that rambles on ends here at the latest. */
const maximumAnswerLines = 400;

export interface Target extends Destination {
  readonly target: Span;
}

/** One task with all that it is worked on with. */
export interface Task {
  readonly run: Run;
  readonly workshop: Workshop;
  readonly snapshot: Snapshot;
  readonly requirement: Requirement;
  readonly destination: Target;
  readonly model: Model;
  readonly usage: UsageCount;
}

/** A judgement with the answer as the model gave it. */
export interface Attempt extends Judgement {
  readonly answer: string;
}

export const isUsable = ({ text }: Pick<Attempt, 'text'>): boolean => text.trim() !== '';

/** Tests go to a file of their own; everything else stays where it was asked for. */
export async function destinationOf(
  run: Run,
  analysis: Analysis,
  snapshot: Snapshot,
  requirement: Requirement,
): Promise<Target> {
  if (requirement.kind !== 'tests') return { snapshot, creates: false, target: requirement.target };
  const { uri, version } = snapshot;
  const destination = await analysis.testFile(run, { uri, version });
  const end = destination.snapshot.text.length;
  return { ...destination, target: { start: end, end } };
}

/** One answer, read until its code is complete. An endpoint that fails fails the task: the message says what to do. */
export async function answer(
  { run, workshop, destination, model, usage }: Task,
  request: ModelRequest,
): Promise<string> {
  const { snapshot, target } = destination;
  const enough = createEarlyStop({
    before: snapshot.text.slice(0, target.start),
    after: snapshot.text.slice(target.end),
    multiline: true,
    chat: true,
    language: workshop.language,
    maximumLines: maximumAnswerLines,
  });
  let shown = 0;
  const read = await readAnswer(run, model, request, enough, (soFar) => {
    const lines = soFar.split('\n').length;
    if (lines === shown) return;
    shown = lines;
    run.report({ message: `${model.name} is writing line ${lines}` });
  });
  if (read.usage) usage.add(read.usage);
  return read.text;
}

/** Equal answers are polished and checked once, and stand as often as they came. */
export async function judgeAnswers(task: Task, texts: readonly string[]): Promise<readonly Attempt[]> {
  const { run, workshop, snapshot, requirement, destination } = task;
  const { uri, version } = destination.snapshot;
  const judged = new Map<string, Promise<Judgement>>();
  return Promise.all(
    texts.map(async (text): Promise<Attempt> => {
      const known =
        judged.get(text) ??
        workshop.analysis.judge(run, {
          uri,
          version,
          ...(destination.snapshot !== snapshot && { snapshot: destination.snapshot }),
          target: destination.target,
          text,
          mode: taskRows[requirement.kind].mode,
          severities: workshop.severities,
        });
      judged.set(text, known);
      return { ...(await known), answer: text };
    }),
  );
}

/** Where edits against one text have put theirs, in the text that they make. */
export function placesOf(edits: readonly Edit[]): readonly Span[] {
  const inOrder = [...edits].sort((a, b) => a.span.start - b.span.start);
  let moved = 0;
  return inOrder.map(({ span, newText }) => {
    const start = span.start + moved;
    moved += newText.length - (span.end - span.start);
    return { start, end: start + newText.length };
  });
}
