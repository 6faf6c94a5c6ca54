// Starting git: without a shell, without what the surroundings or the repository could make it run, bounded.
import { execFile } from 'node:child_process';
import type { Run } from '../../core/run.ts';
import { gitTimeoutMs, maxGitBytes } from './limits.ts';

export type GitAnswer<Output = string> =
  | { readonly ok: true; readonly output: Output }
  /** `reason` is git's own last line, or why it could not be asked. */
  | { readonly ok: false; readonly reason: string; readonly missing: boolean };

/** The environment for git: this process's own, less the variables by which a hook points git elsewhere. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY']) {
    delete environment[name];
  }
  return {
    ...environment,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // Reading a file must not fetch one from a remote.
    GIT_NO_LAZY_FETCH: '1',
  };
}

/**
 * Runs git in a folder. Never rejects but with the abort reason of the run.
 * @param folder absolute path; git is started there.
 */
export async function git(run: Run, folder: string, parameters: readonly string[]): Promise<GitAnswer> {
  const answer = await gitBytes(run, folder, parameters);
  return answer.ok ? { ...answer, output: answer.output.toString('utf8') } : answer;
}

/** As `git`, with what it wrote as it wrote it: files need not be text. */
export function gitBytes(
  run: Run,
  folder: string,
  parameters: readonly string[],
): Promise<GitAnswer<Buffer>> {
  return new Promise((answer, reject) => {
    if (run.signal.aborted) {
      reject(run.signal.reason);
      return;
    }
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...parameters],
      {
        cwd: folder,
        env: gitEnvironment(),
        timeout: gitTimeoutMs,
        maxBuffer: maxGitBytes,
        encoding: 'buffer',
        windowsHide: true,
        signal: run.signal,
      },
      (error, output, complaint) => {
        if (run.signal.aborted) reject(run.signal.reason);
        else if (!error) answer({ ok: true, output });
        else {
          const lastLine = complaint.toString('utf8').trim().split('\n').at(-1);
          answer({
            ok: false,
            reason: error.killed ? `git took longer than ${gitTimeoutMs} ms` : lastLine || error.message,
            missing: error.code === 'ENOENT',
          });
        }
      },
    );
  });
}
