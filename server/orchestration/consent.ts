// Whether anything may be started for a folder: the setting, what the user answered before, or a question asked once.
import { limitRun, type Run, throwIfEnded } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import { runAllowed, runRefused } from '../input/settings/index.ts';
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
   * @param programs what would be started, in the words of the question; never empty.
   * @returns why nothing may be started, for the evidence; `undefined` where it may.
   * @throws the abort reason when the run ends.
   */
  refusal(
    run: Run,
    folder: string,
    mode: Settings['validation']['run'],
    programs: readonly string[],
  ): Promise<string | undefined>;
  /** The same as far as it is known without asking. */
  known(folder: string, mode: Settings['validation']['run']): Promise<string | undefined>;
}

const notYet =
  'not allowed yet: `vouch trust --run` in this folder, or the setting validation.run "always", allows it';

export function createConsent({ ask, log }: Pick<WorkbenchEvents, 'ask' | 'log'>): Consent {
  /** One question a folder for as long as the server runs. */
  const asked = new Map<string, Promise<string | undefined>>();

  const question = async (folder: string, programs: readonly string[]): Promise<string | undefined> => {
    const answer = await ask(
      `May vouch run ${listed(programs)} on the code it checks in ${folder}? The project itself is not changed.`,
      Object.values(answers),
    );
    if (answer === answers.allow) await runAllowed.add(folder);
    if (answer === answers.never) await runRefused.add(folder);
    return answer;
  };

  const known: Consent['known'] = async (folder, mode) => {
    if (mode === 'never') return 'the setting validation.run is "never"';
    if (mode === 'always') return undefined;
    if (await runRefused.covers(folder))
      return 'you refused it for this folder; `vouch trust --run` allows it';
    return (await runAllowed.covers(folder)) ? undefined : notYet;
  };

  return {
    known,
    async refusal(run, folder, mode, programs) {
      const before = await known(folder, mode);
      if (before !== notYet) return before;
      let answer = asked.get(folder);
      if (!answer) {
        answer = question(folder, programs);
        asked.set(folder, answer);
        answer.catch((error: unknown) => log('error', `asking whether programs may run: ${String(error)}`));
      }
      const chosen = await withPatience(run, answer);
      throwIfEnded(run);
      return chosen === answers.allow ? undefined : notYet;
    },
  };
}

/** The answer, or `undefined` when it takes too long or the run ends first. */
async function withPatience<T>(run: Run, answer: Promise<T>): Promise<T | undefined> {
  using limited = limitRun(run, patienceMs);
  const over = new Promise<undefined>((resolve) => {
    const { signal } = limited;
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  // What failed was logged where it was asked.
  return await Promise.race([answer.catch(() => undefined), over]);
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
