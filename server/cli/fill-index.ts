// `vouch index`: fills an index that a team keeps from a checkout, or brings it up to date.
import { resolve } from 'node:path';
import { type SharedIndexSettings, settingsSchema } from '../core/settings.ts';
import { findProjectFolder } from '../input/settings/index.ts';
import { plural } from './check/pretty.ts';
import { CommandFailure, exitCodes, wrongUsage } from './failure.ts';
import { folderExists } from './places.ts';
import type { CommandContext } from './program.ts';
import { withSession } from './session.ts';

/** @throws CommandFailure for the user: no database named, or one that does not take it. */
export async function fillIndex(
  context: CommandContext,
  parameter: string | undefined,
  { to, passwordEnv }: { readonly to?: string; readonly passwordEnv?: string },
): Promise<number> {
  const asked = resolve(parameter ?? '.');
  if (!folderExists(asked)) throw wrongUsage(`${asked} is not a folder`);
  const folder = findProjectFolder(asked);
  return withSession(context, [folder], async ({ run, loaded }) => {
    const { settings } = loaded.get(folder)!;
    const address = to === undefined ? settings.index : addressOf(to, passwordEnv);
    if (!address)
      throw wrongUsage('no database: name one by --to, or by the setting index.url in your own settings');
    let filled: Awaited<ReturnType<typeof context.sharedIndex.fill>>;
    try {
      filled = await context.sharedIndex.fill(run, address, folder, settings.privacy.exclude);
    } catch (error) {
      run.signal.throwIfAborted();
      throw new CommandFailure(`the index was not filled: ${reasonOf(error)}`, exitCodes.usage);
    }
    const { project, files, sent, dropped } = filled;
    context.terminal.progress('');
    context.terminal.out(
      `${project}: ${plural(files, 'file')} in the index, ${sent} sent, ${dropped} dropped`,
    );
    return exitCodes.clean;
  });
}

function addressOf(url: string, passwordEnv: string | undefined): SharedIndexSettings {
  const parsed = settingsSchema.safeParse({
    index: { url, ...(passwordEnv !== undefined && { passwordEnv }) },
  });
  if (!parsed.success) throw wrongUsage(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data.index!;
}

const reasonOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(String).join('; ')
    : error instanceof Error
      ? error.message || error.name
      : String(error);
