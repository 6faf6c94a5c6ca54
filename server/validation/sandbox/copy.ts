// A copy of a project that may be written: without what is heavy and not needed, and without anything that is not in it.
import { constants, type Dirent } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Run, throwIfEnded } from '../../core/run.ts';
import { containsPath } from './programs.ts';

/** Names of folders that no run needs: history, and what tools keep for themselves. */
const leftOut = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.ruff_cache',
  '.pytest_cache',
  '.gradle',
  '.idea',
  '.vs',
  '.next',
  '.nuxt',
  '.turbo',
  '.parcel-cache',
]); // prettier-ignore

/** Names of folders with installed packages: too much to be copied, and no run may change them. */
const shared = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  '.venv',
  'venv',
  '.env.d',
  'Pods',
]);

/** What a copy may have at most: a project that is larger takes too long to copy for each of many candidates. */
export const copyLimits = { files: 50_000, bytes: 1024 ** 3 };

/** Entries of a folder that are copied at the same time. */
const together = 16;

export interface Copied {
  /** Folders that were left where they are, from the project's root. */
  readonly shared: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * Copies a project; blocks on disk are shared where the file system can do that.
 * @param movesLinks whether the copy is seen under another path than the project, so that absolute links into it must change.
 * @throws Error that says what to do, where the project is over the limit.
 */
export async function copyProject(
  run: Run,
  project: string,
  target: string,
  movesLinks: boolean,
  limits = copyLimits,
): Promise<Copied> {
  const folders: string[] = [];
  let files = 0;
  let bytes = 0;
  const copyEntry = async (entry: Dirent, source: string, copy: string): Promise<void> => {
    if (entry.isDirectory()) {
      if (shared.has(entry.name)) folders.push(relative(project, source));
      else if (!leftOut.has(entry.name)) await copyFolder(source, copy);
    } else if (entry.isSymbolicLink()) {
      await symlink(await linkOf(source), copy);
    } else if (entry.isFile()) {
      files++;
      bytes += (await lstat(source)).size;
      if (files > limits.files || bytes > limits.bytes) throw new Error(tooLarge(project, limits));
      await copyFile(source, copy, constants.COPYFILE_FICLONE);
    }
  };
  const copyFolder = async (from: string, to: string): Promise<void> => {
    throwIfEnded(run);
    await mkdir(to, { recursive: true });
    const entries = await readdir(from, { withFileTypes: true });
    for (let at = 0; at < entries.length; at += together) {
      const some = entries.slice(at, at + together);
      await Promise.all(some.map((entry) => copyEntry(entry, join(from, entry.name), join(to, entry.name))));
    }
  };
  /** A link that leads out of the project leads nowhere where the project's own place cannot be seen, and is made so elsewhere. */
  const linkOf = async (source: string): Promise<string> => {
    const written = await readlink(source);
    if (!movesLinks) return written;
    const leadsTo = resolve(dirname(source), written);
    if (!containsPath(project, leadsTo)) return join(target, 'outside of the project');
    return isAbsolute(written) ? join(target, relative(project, leadsTo)) : written;
  };
  await copyFolder(project, target);
  return { shared: folders, files, bytes };
}

const tooLarge = (project: string, { files, bytes }: typeof copyLimits): string =>
  `${project} has more than ${files} files or ${bytes / 1024 ** 2} MB to copy, so nothing is run in it. ` +
  'Open a folder in it as the workspace, or move data out of it.';
