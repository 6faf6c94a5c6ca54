// The built command as a process of its own, in a project that the test writes and a home that nobody else uses.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../kit/remove-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'vouch-cli-')));

/** Builds the command into a folder of its own, so that the test never runs what was built before. */
export function buildCommand(): { readonly folder: string; readonly remove: () => void } {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), folder], { cwd: root, stdio: 'pipe' });
  return { folder, remove: () => removeFolder(folder) };
}

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandProject {
  readonly folder: string;
  /** Runs `vouch` in the project's folder. */
  vouch(...parameters: string[]): Promise<Result>;
  write(path: string, text: string): void;
  read(path: string): string;
  remove(path: string): void;
  git(...parameters: string[]): void;
  /** Writes the user's settings. */
  settings(value: object): void;
}

/** Removed when the test is over. */
export function createProject(
  built: string,
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): CommandProject {
  const base = temporaryFolder();
  onTestFinished(() => removeFolder(base));
  const folder = join(base, 'project');
  mkdirSync(folder);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const env = { PATH: process.env.PATH ?? '', HOME: base, TMPDIR: base, ...environment };
  return {
    folder,
    write,
    remove: (path) => rmSync(join(folder, path)),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    settings: (value) => write('../.config/vouch/config.json', JSON.stringify(value)),
    git(...parameters) {
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
      execFileSync('git', [...author, ...parameters], { cwd: folder, env, stdio: 'pipe' });
    },
    vouch: (...parameters) =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [join(built, 'vouch.js'), ...parameters],
          { cwd: folder, env },
          (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
        );
      }),
  };
}
