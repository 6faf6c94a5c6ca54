// The trial of one task's attempts: what they are tried by, whether that may be, and which of them is the best so far.
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfEnded } from '../core/run.ts';
import { contains } from '../core/span.ts';
import type { TaskKind, Verdict } from '../core/task.ts';
import { type Attempt, isUsable, placesOf, type Task } from './attempts.ts';
import { assess } from './trials/assess.ts';
import type { Assessment, TrialGrounds, TrialQuestion } from './trials/trials.ts';

/** What of a task its grounds are found by. */
export type Asked = Pick<Task, 'run' | 'workshop' | 'snapshot' | 'requirement'>;

export interface Trial {
  /** What it is tried by, and why nothing may be started, if so. */
  readonly grounds: Promise<{ readonly grounds: TrialGrounds; readonly refusal: string | undefined }>;
  /**
   * Tries the attempts that are usable, and chooses.
   * @returns whether further samples would hardly change the choice.
   * @throws the abort reason when the run ends.
   */
  assess(
    pool: readonly Attempt[],
    remaining: number,
    assertions: readonly string[],
  ): Promise<{ readonly enough: boolean }>;
  /** The attempt chosen last, with all that is known of it. */
  best(pool: readonly Attempt[]): Attempt;
  /** For the evidence. */
  choice(): { readonly verdict?: Verdict; readonly reasons?: readonly string[] };
}

/** Milliseconds that a trial waits for the workspace to be read: a large one is tried without its tests until then. */
const indexPatienceMs = 5_000;

/** Tasks whose answer is code in its place; tests go to a file of their own. The rest is prose. */
const triedKinds: ReadonlySet<TaskKind> = new Set(['implement', 'rewrite', 'fix']);

/** @param another whether an answer stands there already, of which another is wanted. */
export function beginTrial(task: Task, another: boolean): Trial {
  const { run, workshop, snapshot, requirement, destination } = task;
  const prepared = prepare();
  // Waited for when the first answers are there; until then a failure is nobody's.
  prepared.catch(() => undefined);
  const dependents = prepared.then(dependentsOf);
  dependents.catch(() => undefined);
  let usable: readonly Attempt[] = [];
  let latest: Assessment | undefined;

  const withoutTrial = (why: string, question: TrialQuestion): Promise<Assessment> =>
    assess(run, { language: workshop.language, why }, question);
  /** A trial that breaks down costs a line in the log and a word in the evidence, not the answer. */
  const tryOut = async (question: TrialQuestion): Promise<Assessment> => {
    try {
      return await workshop.trials().assess(run, question);
    } catch (error) {
      throwIfEnded(run);
      run.log('error', `the trial of ${question.path} failed: ${String(error)}`);
      return withoutTrial('its trial failed; the log says how', question);
    }
  };

  return {
    grounds: prepared,
    async assess(pool, remaining, assertions) {
      usable = pool.filter(isUsable);
      const { grounds, refusal } = await prepared;
      throwIfEnded(run);
      const question: TrialQuestion = {
        ...grounds,
        before: destination.snapshot.text,
        areTests: requirement.kind === 'tests',
        unwritten: requirement.kind === 'implement',
        another,
        assertions,
        remaining,
        unsaved: await workshop.unsaved(destination.snapshot.path),
        dependents: await dependents,
        severities: workshop.settings.validation.checks,
        candidates: usable.map(({ text, after, edits, findings }) => ({
          text,
          after,
          spans: placesOf(edits),
          findings,
        })),
      };
      latest = await (refusal === undefined ? tryOut(question) : withoutTrial(refusal, question));
      return { enough: latest.choice.enough };
    },
    best(pool) {
      const chosen = latest?.choice.chosen;
      const attempt = chosen === undefined ? undefined : usable[chosen];
      const outcome = chosen === undefined ? undefined : latest!.outcomes[chosen];
      if (!attempt || !outcome) return pool.at(-1)!;
      return {
        ...attempt,
        findings: [...attempt.findings, ...outcome.findings],
        records: [...attempt.records, ...outcome.records],
      };
    },
    choice: () => (latest ? { verdict: latest.choice.verdict, reasons: latest.choice.reasons } : {}),
  };

  /** A file that does not exist yet has none. */
  async function dependentsOf({ refusal }: Awaited<Trial['grounds']>): Promise<readonly string[]> {
    if (refusal !== undefined || destination.creates) return [];
    const { uri, version } = snapshot;
    return workshop.analysis.dependents(run, { uri, version }, requirement.subject);
  }

  async function prepare(): ReturnType<() => Trial['grounds']> {
    // Tests are found by the index of the workspace; the model takes as long as that to begin with.
    await Promise.race([workshop.analysis.indexed(), sleep(indexPatienceMs, undefined, { ref: false })]);
    const found = await findGrounds(task);
    const areTests = requirement.kind === 'tests';
    const { path, text } = destination.snapshot;
    const grounds = areTests ? { ...found, path, tests: [{ name: '', path, text }] } : found;
    if (!triedKinds.has(requirement.kind) && !areTests) return { grounds, refusal: 'only code is tried' };
    if (snapshot.path === '') return { grounds, refusal: 'the document is not saved anywhere yet' };
    const { run: mode } = workshop.settings.validation;
    const startable = () => workshop.trials().startable(grounds);
    return { grounds, refusal: await workshop.consent.refusal(run, workshop.folder, mode, startable) };
  }
}

/** What a task is tried by. Asks nobody and starts nothing. */
export async function findGrounds({ run, workshop, snapshot, requirement }: Asked): Promise<TrialGrounds> {
  const { path, languageId, uri, version } = snapshot;
  const language = workshop.language?.id ?? languageId;
  const bare = { folder: workshop.folder, path, languageId: language, examples: [], tests: [] };
  if (!triedKinds.has(requirement.kind) || path === '') return bare;
  const name = requirement.symbol?.name.split('.').at(-1);
  const units = await workshop.analysis.units(run, { uri, version }, requirement.subject);
  const unit =
    units.find(({ unit, nameSpan }) => unit.name === name && contains(requirement.subject, nameSpan)) ??
    (units.length === 1 ? units[0] : undefined);
  return { ...bare, ...(unit && { unit: unit.unit, examples: unit.examples, tests: unit.tests }) };
}
