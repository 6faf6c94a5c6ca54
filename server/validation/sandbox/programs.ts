// Where a program lies that is started by its name, and which folders it needs to run: its own toolchain, nothing else.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, open, readlink, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';

export interface FoundProgram {
  /** Absolute path, as it is to be started. */
  readonly path: string;
  /** Folders and files that it needs besides those of the system. */
  readonly needs: readonly string[];
  /** Where it looks for others: its own folder, and those of the interpreters of scripts. */
  readonly folders: readonly string[];
}

/** Folders of a toolchain that lies directly in the home folder, beside what may be the user's secrets. */
const toolchainFolders = [
  'bin',
  'lib',
  'lib32',
  'lib64',
  'libexec',
  'include',
  'pkg',
  'envs',
  'image',
  'install',
];
/** Milliseconds for a version manager to say which program it stands for. */
const managerTime = 5_000;
/** Symbolic links and scripts that lead to scripts. */
const deepest = 12;

const searched = new Map<string, Promise<FoundProgram | undefined>>();

/**
 * Finds a program as the user's shell would. A stand-in of a version manager (pyenv, rbenv, asdf, rustup) is replaced by
 * the program it stands for, since it would be slow to ask again with each start, and would need the user's home.
 * @param folder for which a version manager is asked.
 */
export function findProgram(
  name: string,
  folder: string,
  path = process.env.PATH ?? '',
): Promise<FoundProgram | undefined> {
  const key = [name, folder, path].join('\0');
  const known = searched.get(key);
  if (known) return known;
  const found = search(name, folder, path);
  searched.set(key, found);
  // Only what was found is remembered: the user may install the rest.
  const forget = (): boolean => searched.delete(key);
  found.then((program) => program ?? forget(), forget);
  return found;
}

async function search(name: string, folder: string, path: string): Promise<FoundProgram | undefined> {
  const written = isAbsolute(name) ? name : await lookUp(name, path);
  if (written === undefined || !(await isExecutable(written))) return undefined;
  const program = (await behindStandIn(written, folder, path)) ?? written;
  const needs = new Set<string>();
  const folders = new Set([dirname(program)]);
  await collectNeeds(program, { path, needs, folders }, 0);
  return { path: program, needs: [...needs], folders: [...folders] };
}

async function lookUp(name: string, path: string): Promise<string | undefined> {
  if (name.includes('/') || name.includes(sep)) return undefined;
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    for (const ending of process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']) {
      const candidate = join(folder, name + ending);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not for this user: either way it cannot be started.
    return false;
  }
}

/** Version managers that lie beside the programs that they stand in for. */
const neighbours = ['rustup', 'volta'];

/** The program that a version manager would start: `X/shims/python` by pyenv, `cargo` by the `rustup` beside it. */
async function behindStandIn(path: string, folder: string, search: string): Promise<string | undefined> {
  const at = dirname(path);
  const owner = dirname(at);
  const name = basename(owner).replace(/^\./, '');
  const managers =
    basename(at) === 'shims'
      ? [join(owner, 'bin', name), join(owner, 'libexec', name), await lookUp(name, search)]
      : neighbours.map((one) => join(at, one));
  for (const manager of managers) {
    if (manager === undefined || manager === path || !(await isExecutable(manager))) continue;
    try {
      const { stdout } = await promisify(execFile)(manager, ['which', basename(path)], {
        cwd: folder,
        timeout: managerTime,
        // It is asked what it has, not to get what it has not.
        env: { ...process.env, RUSTUP_AUTO_INSTALL: '0' },
      });
      const real = stdout.trim();
      if (isAbsolute(real) && (await isExecutable(real))) return real;
    } catch {
      // It is no stand-in of this manager, or one for a version that is not there: what was found is started as it is.
    }
  }
  return undefined;
}

interface Collected {
  /** Where names are looked up. */
  readonly path: string;
  readonly needs: Set<string>;
  readonly folders: Set<string>;
}

/** Follows links and the first lines of scripts, and notes the toolchain of each. */
async function collectNeeds(program: string, all: Collected, depth: number): Promise<void> {
  if (depth > deepest) return;
  for (const folder of toolchainOf(program)) all.needs.add(folder);
  const target = await readlink(program).catch(() => undefined);
  if (target !== undefined) return collectNeeds(resolve(dirname(program), target), all, depth + 1);
  // A link may also be in the folders above.
  const real = await realpath(program).catch(() => program);
  if (real !== program) return collectNeeds(real, all, depth + 1);
  const [interpreter, argument] = (await firstLine(program)).split(/\s+/);
  if (!interpreter) return;
  await collectNeeds(interpreter, all, depth + 1);
  if (basename(interpreter) !== 'env' || !argument) return;
  const started = await lookUp(argument, all.path);
  if (!started) return;
  all.folders.add(dirname(started));
  await collectNeeds(started, all, depth + 1);
}

/** What follows `#!`; empty where it is no script. */
async function firstLine(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    const line = buffer.toString('latin1', 0, bytesRead).split('\n', 1)[0]!;
    return line.startsWith('#!') ? line.slice(2).trim() : '';
  } finally {
    await file.close();
  }
}

/**
 * The folders that a program was installed with. One that lies deep enough is the toolchain's alone
 * (`~/.pyenv/versions/3.12`, `/opt/jdk`); of one directly in the home folder (`~/.local`, `~/.cargo`) only the parts that
 * hold programs are; and of the home folder itself, or of what it lies in, only the folder of programs or the very file.
 */
export function toolchainOf(path: string, home = homedir()): readonly string[] {
  const folder = dirname(path);
  if (isSystem(folder)) return [];
  if (containsPath(folder, home)) return [path];
  const root = ['bin', 'sbin'].includes(basename(folder)) ? dirname(folder) : folder;
  if (containsPath(root, home)) return [folder];
  const above = containsPath(home, root) ? home : parse(root).root;
  if (relative(above, root).split(sep).length > 1) return [root];
  return [folder, ...toolchainFolders.map((name) => join(root, name))];
}

/** Whether `inner` is `outer` or lies in it. */
export function containsPath(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Folders that every sandbox shows. */
export const systemFolders = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/nix/store',
  '/gnu/store',
];

const isSystem = (path: string): boolean => systemFolders.some((folder) => containsPath(folder, path));
