// Whether anything may be started for a folder: the setting, what the user answered before, or a question asked once.
import { homedir, tmpdir } from 'node:os';
import { limitRun, type Run, throwIfEnded } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import { allowRuns, openRunAllowed, runAllowed, runRefused } from '../input/settings/index.ts';
import { isInside } from '../input/workspace/ignore.ts';
import type { Startable } from './trials/trials.ts';
import type { WorkbenchEvents } from './workbench.ts';

/** Milliseconds that a task waits for the answer: who has gone for coffee gets the code unrun, and is not asked again. */
const patienceMs = 60_000;

const answers = {
  allow: 'Allow in this folder',
  later: 'Not now',
  never: 'Never in this folder',
} as const;

export interface Consent {
  /**
   * @param folder absolute path, also where it is not a workspace folder.
   * @param startable what would be started: asked for only where nothing refuses it. A yes that was given for a sandbox is
   *   none for code that nothing closes in.
   * @returns why nothing may be started, for the evidence; `undefined` where it may.
   * @throws the abort reason when the run ends.
   */
  refusal(
    run: Run,
    folder: string,
    mode: Settings['validation']['run'],
    startable: () => Promise<Startable>,
  ): Promise<string | undefined>;
  /** The same as far as it is known without asking. */
  known(folder: string, mode: Settings['validation']['run']): Promise<string | undefined>;
}

const notYet =
  'not allowed yet: `vouch trust --run` in this folder, or the setting validation.run "always", allows it';

/** A question on its way. */
interface Question {
  readonly answer: Promise<string | undefined>;
  /** Whether a task has waited for it in vain: the next ones do not wait. */
  ignored: boolean;
}

/** @param isWorkspaceFolder an answer for any other folder, in which a loose file lies, holds until the server ends. */
export function createConsent(
  { ask, log }: Pick<WorkbenchEvents, 'ask' | 'log'>,
  isWorkspaceFolder: (folder: string) => boolean,
): Consent {
  /** One question a folder for as long as the server runs, another where nothing closes in, unless its answer is on record. */
  const asked = new Map<string, Question>();

  const put = async (
    folder: string,
    key: string,
    { programs, isOpen }: Startable,
  ): Promise<string | undefined> => {
    const answer = await ask(
      `May vouch run ${listed(programs)} on the code it checks in ${folder} and the folders in it? The project itself is not changed.`,
      Object.values(answers),
    );
    if (!isWorkspaceFolder(folder) || holdsEverything(folder)) return answer;
    if (answer === answers.allow) await allowRuns(folder, isOpen);
    if (answer === answers.never) await runRefused.add(folder);
    // The record decides from now on, and can be taken back while the server runs.
    if (answer === answers.allow || answer === answers.never) asked.delete(key);
    return answer;
  };

  const known: Consent['known'] = async (folder, mode) => {
    if (mode === 'never') return 'the setting validation.run is "never"';
    if (mode === 'always') return undefined;
    const [allowed, refused] = await Promise.all([runAllowed.covering(folder), runRefused.covering(folder)]);
    // The nearer decision counts.
    if (refused !== undefined && refused.length >= (allowed?.length ?? 0)) {
      return `you refused it for ${refused}; \`vouch trust --run\` in this folder allows it`;
    }
    return allowed === undefined ? notYet : undefined;
  };

  return {
    known,
    async refusal(run, folder, mode, startable) {
      const before = await known(folder, mode);
      if (before !== undefined && before !== notYet) return before;
      const what = await startable();
      if (what.programs.length === 0) return 'nothing here can be run';
      if (before === undefined && (await covers(folder, mode, what.isOpen))) return undefined;
      const key = JSON.stringify([folder, what.isOpen]);
      const question = asked.get(key) ?? { answer: put(folder, key, what), ignored: false };
      if (!asked.has(key)) {
        asked.set(key, question);
        question.answer.catch((error: unknown) =>
          log('error', `asking whether programs may run: ${String(error)}`),
        );
      }
      const chosen = await withPatience(run, question);
      throwIfEnded(run);
      if (chosen === answers.allow) return undefined;
      return chosen === answers.never ? 'you refused it' : notYet;
    },
  };
}

/** Whether a yes that is there is one for this: the setting says nothing of sandboxes, whoever obeys it has to. */
const covers = async (
  folder: string,
  mode: Settings['validation']['run'],
  isOpen: boolean,
): Promise<boolean> => mode === 'always' || !isOpen || (await openRunAllowed.covers(folder));

/** Where a yes would be one for all that the user has: such an answer is not kept. */
const holdsEverything = (folder: string): boolean =>
  [homedir(), tmpdir()].some((place) => folder === place || isInside(folder, place));

/** The answer, or `undefined` when it takes too long or the run ends first. */
async function withPatience(run: Run, question: Question): Promise<string | undefined> {
  using limited = limitRun(run, question.ignored ? 0 : patienceMs);
  const over = new Promise<undefined>((resolve) => {
    const { signal } = limited;
    const end = (): void => {
      if (!run.signal.aborted) question.ignored = true;
      resolve(undefined);
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
  // What failed was logged where it was asked.
  return await Promise.race([question.answer.catch(() => undefined), over]);
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
