// `vouch trust`: the user's yes to what a project's settings file asks for.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  allowRuns,
  disallowRuns,
  isTrusted,
  projectFileName,
  runAllowed,
  runRefused,
  trustFolder,
  untrustFolder,
} from '../input/settings/index.ts';
import { exitCodes, wrongUsage } from './failure.ts';
import { folderExists } from './places.ts';
import type { CommandContext } from './program.ts';
import type { Terminal } from './terminal.ts';

export async function trust(
  { terminal }: CommandContext,
  folder: string | undefined,
  options: { readonly remove?: true; readonly run?: true },
): Promise<number> {
  const path = resolve(folder ?? '.');
  if (!folderExists(path)) throw wrongUsage(`${path} is not a folder`);
  if (options.run) return decideRun(terminal, path, options.remove === true);
  if (options.remove) {
    await untrustFolder(path);
    const still = await isTrusted(path);
    terminal.out(
      still ? `${path} is still trusted, since a folder above it is` : `${path} is not trusted any more`,
    );
    return exitCodes.clean;
  }
  await trustFolder(path);
  const file = join(path, projectFileName);
  terminal.out(`${path} is trusted`);
  terminal.out(existsSync(file) ? `${file} is in force as a whole` : `It has no ${projectFileName} yet`);
  return exitCodes.clean;
}

/** The answer to the question that an editor asks once a folder. */
async function decideRun(terminal: Terminal, path: string, remove: boolean): Promise<number> {
  await runRefused.remove(path);
  if (!remove) {
    await allowRuns(path, true);
    terminal.out(`Judges, examples and tests may be started in ${path} and the folders in it`);
    terminal.out(
      'Where no sandbox works on this machine, they run with limits only; `vouch doctor` says which one does',
    );
    return exitCodes.clean;
  }
  await disallowRuns(path);
  terminal.out(
    (await runAllowed.covers(path))
      ? `Programs may still be started in ${path}, since a folder above it allows it`
      : `Nothing is started in ${path} any more without asking`,
  );
  return exitCodes.clean;
}
