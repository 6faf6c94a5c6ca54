// Which folders the user trusts: one small file a folder, so that two processes never write the same one.
import { createHash } from 'node:crypto';
import { access, mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Environment, stateFolder } from './paths.ts';

/** Names of folders can be longer than a file name may be, and may hold any byte but two. */
const recordPath = (environment: Environment, folder: string): string =>
  join(
    stateFolder(environment),
    'trusted',
    `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`,
  );

/** Links are followed, so that trust belongs to the place and not to a name of it. */
const realFolder = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/**
 * Lets the settings file of the folder, and of folders below it, do what otherwise only the user's own may.
 * @throws the file system's error when the state folder cannot be written.
 */
export async function trustFolder(folder: string, environment: Environment = process.env): Promise<void> {
  const real = await realFolder(folder);
  const path = recordPath(environment, real);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, `${JSON.stringify({ folder: real })}\n`);
}

/** Takes the folder's own trust back; a folder above it that is trusted still covers it. */
export async function untrustFolder(folder: string, environment: Environment = process.env): Promise<void> {
  await rm(recordPath(environment, await realFolder(folder)), { force: true });
}

/** Whether the folder or one above it is trusted. */
export async function isTrusted(folder: string, environment: Environment = process.env): Promise<boolean> {
  for (let at = await realFolder(folder); ; at = dirname(at)) {
    const found = await access(recordPath(environment, at)).then(
      () => true,
      () => false,
    );
    if (found) return true;
    if (at === dirname(at)) return false;
  }
}
