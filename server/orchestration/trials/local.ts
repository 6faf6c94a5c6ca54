// Trials, done where they are created: in the worker's thread, or in process for the command line and the tests.

import { existsSync } from 'node:fs';
import type { Language } from '../../core/language.ts';
import { Cancelled, limitRun, type Run } from '../../core/run.ts';
import { defaultSettings } from '../../core/settings.ts';
import { readLanguages } from '../../input/syntax/languages.ts';
import { findResources } from '../../input/syntax/resources.ts';
import { isInside } from '../../input/workspace/ignore.ts';
import {
  canCheckProperties,
  findEmbedded,
  isRunnable,
  knownInterpreters,
} from '../../validation/execution/index.ts';
import { createJudges, findTools } from '../../validation/oracles/index.ts';
import { findSandbox } from '../../validation/sandbox/index.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import { removeKept } from '../../validation/sandbox/temporary.ts';
import { withUnsaved } from '../../validation/sandbox/unsaved.ts';
import { assess, type TrialTools } from './assess.ts';
import { createMemory } from './memory.ts';
import type { Startable, TrialFolder, TrialGrounds, TrialQuestion, Trials } from './trials.ts';
import { validateCode } from './validate.ts';
import { whatRuns } from './what-runs.ts';
import { withoutKeys } from './without-keys.ts';

/** Milliseconds until a better sandbox is looked for: one may be installed, or was only too slow when it was tried. */
const lookAgainMs = 5 * 60_000;

/** A language without a grammar: nothing of it can be run, and a judge that a setting names need not be told of it. */
const unknownLanguage = (id: string): Language => ({
  ...{ id, name: id, aliases: [], extensions: [], filenames: [], comment: {}, indented: false, indent: '' },
  ...{ placeholders: [], builtins: [], grammar: { package: '', wasm: '' } },
});

export function createTrials({ log }: { readonly log: Run['log'] }): Trials {
  const languages = readLanguages(findResources().grammars);
  let folders: readonly TrialFolder[] = [];
  let outside: TrialFolder['settings'] = defaultSettings;
  const settingsFor = (path: string): TrialFolder['settings'] =>
    folders.filter((one) => isInside(one.path, path)).sort((a, b) => b.path.length - a.path.length)[0]
      ?.settings ?? outside;
  let found: Promise<Sandbox> | undefined;
  const sandbox = (): Promise<Sandbox> => {
    if (found) return found;
    found = findSandbox(log);
    const lookAgain = (): void => void setTimeout(() => (found = undefined), lookAgainMs).unref();
    found.then(({ isolation }) => isolation === 'closed' || lookAgain(), lookAgain);
    return found;
  };
  const memory = createMemory();
  const judges = createJudges({
    ...{ languages, log, settingsFor, sandbox },
    environment: () => withoutKeys([outside, ...folders.map(({ settings }) => settings)]),
  });
  const languageOf = (id: string) => languages.find((one) => one.id === id);

  /** What would run the code itself: in which sandbox is part of the question, since not every one keeps it in. */
  const execution = async ({ languageId, unit, examples, tests }: TrialGrounds): Promise<Startable> => {
    const language = languageOf(languageId);
    const rules = language?.execution;
    const what = [
      ...(unit && rules && examples.some(isRunnable) ? ['examples'] : []),
      ...(unit && language && (await canCheckProperties(language, unit)) ? ['calls with made inputs'] : []),
      ...(tests.length > 0 ? ['tests'] : []),
    ];
    const interpreter = rules?.embedded && findEmbedded(rules.embedded) ? rules.embedded.package : undefined;
    const place = await sandbox();
    return { programs: whatRuns(place, what, interpreter), isOpen: place.isolation !== 'closed' };
  };

  const toolsFor = ({
    languageId,
    folder,
    unsaved,
  }: Pick<TrialQuestion, 'languageId' | 'folder' | 'unsaved'>): TrialTools => {
    // Where it asks, the answer is one for what closes them in here; "always" is a yes to sandboxed ones.
    return {
      language: languageOf(languageId) ?? unknownLanguage(languageId),
      judges,
      sandbox: async () => withUnsaved(await sandbox(), unsaved),
      memory,
      evenBestEffort: settingsFor(folder).validation.run === 'ask',
    };
  };

  const ending = new AbortController();
  const running = new Set<Promise<unknown>>();
  /** Ends with the trials, which wait until all that was started is gone. */
  const during = async <T>(run: Run, work: (run: Run) => Promise<T>): Promise<T> => {
    using limited = limitRun(run, ending.signal);
    const working = work(limited);
    running.add(working);
    try {
      return await working;
    } finally {
      running.delete(working);
    }
  };

  return {
    async configure(newFolders, newOutside) {
      folders = newFolders;
      outside = newOutside;
    },
    async startable(grounds) {
      const names = await judges.described(grounds.languageId, grounds.path, grounds.folder);
      const { programs, isOpen } = await execution(grounds).catch((error: unknown): Startable => {
        log('info', String(error));
        return { programs: [], isOpen: false };
      });
      return { programs: [...names, ...programs], isOpen };
    },
    assess: (run, question) => during(run, (limited) => assess(limited, toolsFor(question), question)),
    validate: (run, question) =>
      during(run, (limited) => validateCode(limited, toolsFor(question), question)),
    facts: (run, { folder, ...question }) => judges.facts(run, folder, question),
    warm: (folder, file) => judges.warm(folder, file),
    async tools(folder) {
      const known = findTools(languages, settingsFor(folder).validation.judges, folder);
      const place = await sandbox().catch((error: unknown) => {
        log('info', String(error));
        return undefined;
      });
      return {
        judges: await known,
        interpreters: knownInterpreters(languages),
        ...(place && { sandbox: { name: place.name, isolation: place.isolation } }),
      };
    },
    async filesChanged(paths) {
      memory.forget();
      judges.filesChanged(paths.map((path) => ({ path, kind: existsSync(path) ? 'changed' : 'deleted' })));
    },
    async dispose() {
      ending.abort(new Cancelled('shutdown'));
      await Promise.all([Promise.allSettled(running), judges.dispose()]);
      removeKept();
    },
  };
}
