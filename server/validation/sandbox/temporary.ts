// The one folder under which all that sandboxes keep on disk lies, and its removal, also of what a killed process left.
import { mkdirSync, readdirSync, readlinkSync, rmdirSync, rmSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const prefix = 'vouch-sandbox';

/** Process ids mean something within one namespace only; several containers may share a temporary folder. */
function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    // There are no namespaces on this system.
    return '0';
  }
}

const ownName = (): string => `${prefix}-${processNamespace()}-${process.pid}-${threadId}`;

let open = 0;
let swept = false;

/** A new folder that only this user may enter. To be given back with `removeFolder`. */
export async function makeFolder(): Promise<string> {
  const parent = join(tmpdir(), ownName());
  if (!swept) {
    swept = true;
    sweep();
    process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  }
  open++;
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    return await mkdtemp(join(parent, 'place-'));
  } catch (error) {
    open--;
    throw new Error(`No folder to run code in can be made under ${tmpdir()}: ${String(error)}`);
  }
}

/** Removes what `makeFolder` made, whatever the permissions in it are. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await removeTree(path);
  } finally {
    open--;
    // At once and not later: another one may be made in the meantime.
    if (open === 0) rmdirSync(join(path, '..'));
  }
}

/** Removes a folder; programs may have taken away the right to enter what is in it. Links are not followed. */
async function removeTree(path: string): Promise<void> {
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
    removeTree(join(tmpdir(), name)).catch(() => undefined);
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
