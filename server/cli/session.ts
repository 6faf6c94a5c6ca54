// A workbench for one command: settings of the projects that it is about, notices on stderr, everything in this thread.
import { detachedRun, type Run } from '../core/run.ts';
import { describeProblem, type LoadedSettings, loadSettings } from '../input/settings/index.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import type { CommandContext } from './program.ts';

export interface CommandSession {
  readonly workbench: Workbench;
  /** Ends with the command; its progress is shown on a terminal. */
  readonly run: Run;
  /** Folder to what is in force there. */
  readonly loaded: ReadonlyMap<string, LoadedSettings>;
}

/**
 * Runs `work` with a workbench and ends it afterwards, however `work` ended.
 * @param folders absolute paths of projects, at least one; files outside of all get the first one's settings.
 */
export async function withSession<T>(
  { terminal, signal, openWorkbench }: CommandContext,
  folders: readonly string[],
  work: (session: CommandSession) => Promise<T>,
): Promise<T> {
  const marks = terminal.errColors;
  const loaded = new Map<string, LoadedSettings>();
  for (const folder of folders) loaded.set(folder, await loadSettings({ folder }));

  const levels = { error: marks.red('error:'), warning: marks.yellow('warning:'), info: marks.blue('note:') };
  const verbose = process.env.VOUCH_DEBUG !== undefined;
  const log: Run['log'] = (level, message) => {
    if (verbose || level === 'error') terminal.err(marks.dim(`[${level}] ${message}`));
  };
  const workbench = await openWorkbench({
    log,
    notice: (level, message) => terminal.err(`${levels[level]} ${message}`),
    // A command does not stop for a question: its output may be read by a program. `vouch trust --run` answers it ahead.
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
  try {
    workbench.configure(
      [...loaded].map(([path, { settings }]) => ({ path, settings })),
      (loaded.get(folders[0]!) ?? (await loadSettings({}))).settings,
    );
    const run: Run = {
      ...detachedRun(log, signal),
      report: ({ message }) => terminal.progress(message),
    };
    return await work({ workbench, run, loaded });
  } finally {
    terminal.progress('');
    await workbench.dispose();
  }
}

/** Tells what is wrong with the settings: for commands whose result depends on them. */
export function tellProblems({ terminal }: CommandContext, { loaded }: CommandSession): void {
  const problems = [...loaded.values()].flatMap((one) => one.problems.map(describeProblem));
  for (const problem of new Set(problems))
    terminal.err(`${terminal.errColors.yellow('settings:')} ${problem}`);
}
