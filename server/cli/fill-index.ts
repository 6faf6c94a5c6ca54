// `vouch index`: fills an index that a team keeps from a checkout, or brings it up to date.
import { resolve } from 'node:path';
import { detachedRun, type Run } from '../core/run.ts';
import { type SharedIndexSettings, settingsSchema } from '../core/settings.ts';
import { describeProblem, findProjectFolder, loadSettings } from '../input/settings/index.ts';
import { plural } from './check/pretty.ts';
import { CommandFailure, exitCodes, wrongUsage } from './failure.ts';
import { folderExists } from './places.ts';
import type { CommandContext } from './program.ts';

/** @throws CommandFailure for the user: no database named, or one that does not take it. */
export async function fillIndex(
  context: CommandContext,
  parameter: string | undefined,
  { to, passwordEnv, name }: { readonly to?: string; readonly passwordEnv?: string; readonly name?: string },
): Promise<number> {
  const asked = resolve(parameter ?? '.');
  if (!folderExists(asked)) throw wrongUsage(`${asked} is not a folder`);
  const folder = findProjectFolder(asked);
  const { settings, problems } = await loadSettings({ folder });
  for (const problem of problems) context.terminal.err(describeProblem(problem));
  const address = to === undefined ? settings.index : addressOf(to, passwordEnv);
  if (!address) {
    throw wrongUsage('no database: name one by --to, or by the setting index.url in your own settings');
  }
  const log: Run['log'] = (level, message) => {
    if (level === 'error' || process.env.VOUCH_DEBUG !== undefined) context.terminal.err(message);
  };
  const run: Run = {
    ...detachedRun(log, context.signal),
    report: ({ message }) => context.terminal.progress(message),
  };
  try {
    const filled = await context.sharedIndex.fill(run, address, folder, settings.privacy.exclude, name);
    const { project, files, sent, dropped } = filled;
    context.terminal.progress('');
    context.terminal.out(
      `${project}: ${plural(files, 'file')} in the index, ${sent} sent, ${dropped} dropped`,
    );
    return exitCodes.clean;
  } catch (error) {
    run.signal.throwIfAborted();
    throw new CommandFailure(`the index was not filled: ${reasonOf(error)}`, exitCodes.usage);
  }
}

function addressOf(url: string, passwordEnv: string | undefined): SharedIndexSettings {
  const parsed = settingsSchema.safeParse({
    index: { url, ...(passwordEnv !== undefined && { passwordEnv }) },
  });
  if (!parsed.success) throw wrongUsage(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data.index!;
}

function reasonOf(error: unknown): string {
  const reasons = (error instanceof AggregateError ? error.errors : [error]).map((one: unknown) =>
    one instanceof Error ? one.message || one.name : String(one),
  );
  // The driver's words for a server that asks for a password where none is known.
  return reasons.some((reason) => reason.includes('client password must be a string'))
    ? 'the server asks for a password; name the environment variable that holds it by --password-env, or by the setting index.passwordEnv'
    : reasons.join('; ');
}
