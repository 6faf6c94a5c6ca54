// Assertions that a model writes for a task: worth their price only beside many samples, and evidence only by agreement,
// since a model's tests are often wrong.
import { ModelFailure } from '../core/model.ts';
import { Cancelled, limitRun, throwIfEnded } from '../core/run.ts';
import { readAnswer } from './answer.ts';
import type { Task } from './attempts.ts';
import { taskRequest } from './requests.ts';
import type { Trial } from './trial.ts';

/** Samples from which on assertions tell candidates apart better than running them alone does. */
const worthwhile = 50;

/** Answers that are asked for: one model repeats itself after some. */
const answers = 10;

/** Assertions that are run: more of them cost seconds and change nothing. */
const maximumAssertions = 200;

/** Characters of one assertion; what is longer is a program. */
const maximumLength = 1_000;

/** Assertions while a model writes them. What is still asked of it ends with the task, however that ends. */
export interface Assertions extends Disposable {
  readonly written: Promise<readonly string[]>;
}

export function beginAssertions(task: Task, trial: Pick<Trial, 'grounds'>): Assertions {
  const end = new AbortController();
  const written = askForAssertions({ ...task, run: limitRun(task.run, end.signal) }, trial);
  // Waited for when the first answers are there; until then a failure is nobody's.
  written.catch(() => undefined);
  return { written, [Symbol.dispose]: () => end.abort(new Cancelled('superseded')) };
}

/**
 * @returns none where the task has few samples, nothing may be run, or no model answers: the choice goes on without.
 * @throws the abort reason when the run ends.
 */
async function askForAssertions(task: Task, trial: Pick<Trial, 'grounds'>): Promise<readonly string[]> {
  const { run, workshop, snapshot, requirement, usage } = task;
  if (workshop.settings.budget.samples < worthwhile) return [];
  const { grounds, refusal } = await trial.grounds;
  const { unit } = grounds;
  if (refusal !== undefined || !unit || !workshop.language?.execution) return [];
  try {
    const model = await workshop.roles.model(run, 'tester');
    const { prompt } = await workshop.analysis.prompt(run, {
      uri: snapshot.uri,
      version: snapshot.version,
      kind: 'task',
      requirement: { ...requirement, kind: 'tests', prose: requestFor(unit.name) },
      budget: workshop.settings.budget.contextTokens,
    });
    const texts = await Promise.allSettled(
      Array.from({ length: answers }, async (_, index) => {
        const answer = await readAnswer(run, model, taskRequest(prompt, index));
        if (answer.usage) usage.add(answer.usage);
        return answer.text;
      }),
    );
    const read = texts.flatMap((one) =>
      one.status === 'fulfilled' ? readAssertions(one.value, unit.name) : [],
    );
    return [...new Set(read)].slice(0, maximumAssertions);
  } catch (error) {
    throwIfEnded(run);
    if (!(error instanceof ModelFailure)) throw error;
    run.log('warning', `no assertions were written: ${error.message}`);
    return [];
  }
}

const requestFor = (name: string): string =>
  `Only assertions, each on one line and with one call of \`${name}\`: no functions, no imports, no comments.`;

/** Lines that assert something of a call. */
export function readAssertions(answer: string, name: string): readonly string[] {
  return answer
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line.length <= maximumLength && /^assert\w*[\s!.(]/.test(line) && line.includes(`${name}(`),
    );
}
