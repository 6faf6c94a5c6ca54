// The git revision that `--changed` names, looked up before anything is compared with it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { wrongUsage } from './failure.ts';

const git = promisify(execFile);

/**
 * @param folder the project's folder.
 * @throws CommandFailure for wrong usage: no git, no repository, no such revision.
 */
export async function requireRevision(folder: string, revision: string): Promise<void> {
  if (!(await succeeds(folder, ['rev-parse', '--git-dir']))) {
    throw wrongUsage(
      `--changed compares with git, and ${folder} is in no git repository (or git is not installed)`,
    );
  }
  if (!(await isRevision(folder, revision))) {
    throw wrongUsage(`${revision} is no revision of the git repository in ${folder}; try --changed HEAD`);
  }
}

export const isRevision = (folder: string, revision: string): Promise<boolean> =>
  succeeds(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);

async function succeeds(folder: string, parameters: readonly string[]): Promise<boolean> {
  try {
    await git('git', ['-C', folder, ...parameters]);
    return true;
  } catch {
    // Whatever the reason, the answer is no; the caller says what that means.
    return false;
  }
}
