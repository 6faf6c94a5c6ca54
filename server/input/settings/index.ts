// The door of the settings room: what is in force in a folder, where each value is from, and what is wrong with the sources.
import { join } from 'node:path';
import type { Settings } from '../../core/settings.ts';
import { guardProject, withoutUsersOwn } from './guard.ts';
import type { Layer } from './layer.ts';
import { mergeLayers, type Origins } from './merge.ts';
import { type Environment, projectFileName, userFilePath } from './paths.ts';
import type { SettingsProblem } from './problem.ts';
import { readClientSettings, readSettingsFile } from './read.ts';
import { isTrusted } from './trust.ts';

export type { Origins } from './merge.ts';
export {
  baselineFileName,
  cacheFolder,
  findProjectFolder,
  projectFileName,
  stateFolder,
  userFilePath,
} from './paths.ts';
export { describeOrigin, describeProblem, type Origin, type SettingsProblem } from './problem.ts';
export { keepSentRequest, maximumKept, readSentRequests, type SentRequest } from './sent-requests.ts';
export {
  allowRuns,
  disallowRuns,
  isTrusted,
  openRunAllowed,
  runAllowed,
  runRefused,
  trustFolder,
  untrustFolder,
} from './trust.ts';

export interface SettingsFile {
  readonly kind: 'user' | 'project';
  readonly path: string;
  readonly exists: boolean;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly origins: Origins;
  /** In the order of the sources, then of lines. None of them made a good key of the same source void. */
  readonly problems: readonly SettingsProblem[];
  /** Where was looked. */
  readonly files: readonly SettingsFile[];
  /** Whether the user trusts the folder; true where there is none to trust. */
  readonly trusted: boolean;
}

/**
 * Reads and merges, weakest first: defaults, the user's file, the client's value, the project's file. The project's
 * is the most particular, and some clients send the defaults they know as if the user had set them.
 * @param folder absolute path of the project's folder; absent for documents outside of any.
 * @param client what the editor sent for the section, of any shape.
 * Never throws for what the sources hold.
 */
export async function loadSettings(
  { folder, client }: { readonly folder?: string | undefined; readonly client?: unknown },
  environment: Environment = process.env,
): Promise<LoadedSettings> {
  const userPath = userFilePath(environment);
  const projectPath = folder === undefined ? undefined : join(folder, projectFileName);
  const [user, project, trusted] = await Promise.all([
    readSettingsFile('user', userPath),
    projectPath === undefined ? undefined : readSettingsFile('project', projectPath),
    folder === undefined ? true : isTrusted(folder, environment),
  ]);
  const sent = readClientSettings(client);

  const own: Layer[] = [...(user ? [user.layer] : []), sent.layer];
  const problems = [...(user?.problems ?? []), ...sent.problems, ...(project?.problems ?? [])];
  const layers = [...own];
  if (project && folder !== undefined) {
    const allowed = withoutUsersOwn(project.layer);
    const guarded = trusted
      ? { layer: allowed.layer, problems: [] }
      : guardProject(allowed.layer, mergeLayers(own).settings, folder);
    layers.push(guarded.layer);
    problems.push(...allowed.problems, ...guarded.problems);
  }
  return {
    ...mergeLayers(layers),
    problems,
    files: [
      { kind: 'user', path: userPath, exists: user !== undefined },
      ...(projectPath === undefined
        ? []
        : [{ kind: 'project' as const, path: projectPath, exists: project !== undefined }]),
    ],
    trusted,
  };
}
