// What the user decided about folders: one small file a folder, so that two processes never write the same one.
import { createHash } from 'node:crypto';
import { access, mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Environment, stateFolder } from './paths.ts';

export interface FolderRecords {
  /**
   * Records the decision for a folder and those below it.
   * @throws the file system's error when the state folder cannot be written.
   */
  add(folder: string, environment?: Environment): Promise<void>;
  /** Takes the folder's own record back; one of a folder above it still covers it. */
  remove(folder: string, environment?: Environment): Promise<void>;
  /** The folder or the nearest one above it that is recorded, links followed. */
  covering(folder: string, environment?: Environment): Promise<string | undefined>;
  /** Whether there is one. */
  covers(folder: string, environment?: Environment): Promise<boolean>;
}

/** Links are followed, so that a decision belongs to the place and not to a name of it. */
const realFolder = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/** @param kind names the decision: the folder in the state folder that its records are kept in. */
export function folderRecords(kind: string): FolderRecords {
  /** Names of folders can be longer than a file name may be, and may hold any byte but two. */
  const recordPath = (environment: Environment, folder: string): string =>
    join(
      stateFolder(environment),
      kind,
      `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`,
    );
  const covering = async (
    folder: string,
    environment: Environment = process.env,
  ): Promise<string | undefined> => {
    for (let at = await realFolder(folder); ; at = dirname(at)) {
      const found = await access(recordPath(environment, at)).then(
        () => true,
        () => false,
      );
      if (found) return at;
      if (at === dirname(at)) return undefined;
    }
  };

  return {
    async add(folder, environment = process.env) {
      const real = await realFolder(folder);
      const path = recordPath(environment, real);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileAtomic(path, `${JSON.stringify({ folder: real })}\n`);
    },
    async remove(folder, environment = process.env) {
      await rm(recordPath(environment, await realFolder(folder)), { force: true });
    },
    covering,
    covers: async (folder, environment) => (await covering(folder, environment)) !== undefined,
  };
}
