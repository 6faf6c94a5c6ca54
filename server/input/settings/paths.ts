// Where settings and trust are kept: the folders of the XDG base directory specification.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

export const projectFileName = '.vouch.json';
/** Findings that a project lives with; it shows where a project begins, as the settings do. */
export const baselineFileName = '.vouch-baseline.json';

/** The specification has relative values ignored. */
const base = (value: string | undefined, environment: Environment, ...fallback: string[]): string =>
  value && isAbsolute(value) ? value : join(environment.HOME || homedir(), ...fallback);

export const userFilePath = (environment: Environment): string =>
  join(base(environment.XDG_CONFIG_HOME, environment, '.config'), 'vouch', 'config.json');

export const stateFolder = (environment: Environment): string =>
  join(base(environment.XDG_STATE_HOME, environment, '.local', 'state'), 'vouch');

const projectMarks = [projectFileName, baselineFileName, '.git'];

/** What can be made again at any time, and removed by anybody. */
export const cacheFolder = (environment: Environment): string =>
  join(base(environment.XDG_CACHE_HOME, environment, '.cache'), 'vouch');

/**
 * The project that a path of the command line belongs to: the nearest folder upward with a settings file, a baseline or
 * a repository, else the folder itself.
 * @param from an absolute folder path.
 */
export function findProjectFolder(from: string): string {
  for (let folder = from; ; ) {
    if (projectMarks.some((name) => existsSync(join(folder, name)))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return from;
    folder = parent;
  }
}
