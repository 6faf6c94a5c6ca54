// The one folder under which all that sandboxes keep on disk lies, and its removal, also of what a killed process left.
import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const prefix = 'vouch-sandbox';
const placePrefix = 'place-';

/** Process ids mean something within one namespace only; several containers may share a temporary folder. */
function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    // There are no namespaces on this system.
    return '0';
  }
}

/** Of the folder of this thread's sandboxes, which stands in the commands of all of them. */
export const ownName = (): string => `${prefix}-${processNamespace()}-${process.pid}-${threadId}`;

let swept = false;

/** The folder of this process, removed when it ends. */
function ownFolder(): string {
  const folder = join(tmpdir(), ownName());
  if (!swept) {
    swept = true;
    sweep();
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  // Whoever cleans the temporary folder may have taken it away.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A new folder that only this user may enter. To be given back with `removeFolder`. */
export async function makeFolder(): Promise<string> {
  try {
    return await mkdtemp(join(ownFolder(), placePrefix));
  } catch (error) {
    throw new Error(`No folder to run code in can be made under ${tmpdir()}: ${String(error)}`);
  }
}

const kept = new Map<string, Promise<string>>();

/** A folder that is filled once and stays for as long as the process runs. */
export async function keptFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const known = kept.get(name);
  if (known) {
    const folder = await known;
    if (existsSync(folder)) return folder;
    // Whoever comes first makes it again, and the others wait for that one.
    if (kept.get(name) === known) kept.delete(name);
    return keptFolder(name, fill);
  }
  const making = (async () => {
    const folder = await mkdtemp(join(ownFolder(), `${name}-`));
    await fill(folder);
    return folder;
  })();
  kept.set(name, making);
  making.catch(() => kept.delete(name));
  return making;
}

/**
 * Removes what is kept, unless something still runs in this thread: one that is ended from outside does not hear of it, and
 * would leave it to the next vouch.
 */
export function removeKept(): void {
  const folder = join(tmpdir(), ownName());
  if (!existsSync(folder) || readdirSync(folder).some((name) => name.startsWith(placePrefix))) return;
  kept.clear();
  rmSync(folder, { recursive: true, force: true });
}

/** Removes a folder; programs may have taken away the right to enter what is in it. Links are not followed. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await makeEnterable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeEnterable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeEnterable(join(folder, entry.name));
  }
}

/** Removes the folders of processes that are gone. */
function sweep(): void {
  const namespace = processNamespace();
  for (const name of readdirSync(tmpdir())) {
    const [, owner, pid] = new RegExp(`^${prefix}-(\\d+)-(\\d+)-\\d+$`).exec(name) ?? [];
    if (owner !== namespace || isAlive(Number(pid))) continue;
    // Another user's folder cannot be removed, and is that user's to sweep.
    removeFolder(join(tmpdir(), name)).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a path is a folder, without following links. */
export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Makes a folder with all above it. */
export const makeFolders = async (path: string): Promise<void> =>
  void (await mkdir(path, { recursive: true }));
