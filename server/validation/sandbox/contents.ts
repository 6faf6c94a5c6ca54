// What is put into a workplace and read from it, from outside: programs may have left links and pipes there as traps.
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { containsPath } from './programs.ts';
import type { Contents } from './sandbox.ts';

/** Bytes of a file that is read from a workplace: reports of test runs are far smaller. */
const readLimit = 32 * 1024 ** 2;

/**
 * Refuses what would show the user's home or the whole machine.
 * @throws Error that says what to do.
 */
export async function checkContents(
  { project, readable = [], caches = [] }: Contents,
  home = homedir(),
): Promise<void> {
  for (const path of [...readable, ...caches, ...(project === undefined ? [] : [project])]) {
    if (!isAbsolute(path)) throw new Error(`${path} is no absolute path, so nothing is run with it`);
    if (containsPath(path, home)) {
      throw new Error(
        `${path} holds the home folder with all that is secret in it, so nothing is run there. Open a folder in it as the workspace.`,
      );
    }
  }
  if (project === undefined) return;
  const isThere = await stat(project).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  if (!isThere) throw new Error(`${project} is no folder, so nothing can be run in it`);
}

/**
 * A path as it is from the root of a workplace.
 * @param roots what absolute paths may begin with.
 * @throws Error where it leads out of it.
 */
export function pathInside(path: string, roots: readonly string[]): string {
  const root = roots.find((one) => isAbsolute(path) && containsPath(one, path));
  const inside = normalize(root === undefined ? path : relative(root, path));
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) {
    throw new Error(`${path} lies outside of ${roots[0]}`);
  }
  return inside;
}

/**
 * Writes a file below a folder, and nowhere else: a link in its place is replaced, one on the way to it may not lead out.
 * @throws Error where it would be written elsewhere.
 */
export async function writeBelow(folder: string, path: string, text: string): Promise<void> {
  const target = join(folder, path);
  await makeFoldersBelow(folder, dirname(target));
  if ((await lstat(target).catch(() => undefined))?.isFile() === false) {
    await rm(target, { recursive: true });
  }
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  const file = await open(target, flags, 0o644);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

async function makeFoldersBelow(folder: string, path: string): Promise<void> {
  let known = path;
  while (!(await lstat(known).catch(() => undefined))) known = dirname(known);
  const [outer, inner] = await Promise.all([realpath(folder), realpath(known)]);
  if (!containsPath(outer, inner))
    throw new Error(`${path} is reached by a link that leads out of ${folder}`);
  await mkdir(path, { recursive: true });
}

/**
 * Where a file lies in a folder, when links on the way to it are followed: a layer over the folder has to have it there.
 * @throws Error where a link leads out.
 */
export async function throughLinks(folder: string, path: string): Promise<string> {
  const outer = await realpath(folder);
  let known = dirname(join(folder, path));
  while (!(await lstat(known).catch(() => undefined))) known = dirname(known);
  const inner = await realpath(known).catch(() => undefined);
  if (inner === undefined || !containsPath(outer, inner)) {
    throw new Error(`${path} is reached by a link that leads out of ${folder}`);
  }
  return join(relative(outer, inner), relative(known, join(folder, path)));
}

/** A file below a folder; `undefined` where there is none, or something that may not be read. */
export async function readBelow(folder: string, path: string): Promise<string | undefined> {
  const target = join(folder, path);
  const parent = await realpath(dirname(target)).catch(() => undefined);
  if (parent === undefined || !containsPath(await realpath(folder), parent)) return undefined;
  // Opening a pipe would wait for whoever writes to it.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(target, flags).catch(() => undefined);
  if (!file) return undefined;
  try {
    const facts = await file.stat();
    if (!facts.isFile() || facts.size > readLimit) return undefined;
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Whether something has that name, be it only a mark that it was removed. */
export const isThere = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => undefined)) !== undefined;
