// Where the embedded engine keeps what it learned between two sessions: one file for each set of folders, in the user's
// cache. It holds words of the user's code, as the folders themselves do, so only the user may read it.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { isFileSystemError } from '../input/workspace/disk.ts';
import type { EngineFolder } from './engine-index.ts';

/** Milliseconds after which a file that nobody asked for is deleted: a month, as long as a project may rest. */
const keptFor = 30 * 24 * 60 * 60_000;

/** Bytes above which nothing is kept: reading so much would take longer than it saves. */
const maxBytes = 512 * 1024 * 1024;

export interface EngineCache {
  /** What was written last for these folders; `undefined` where there is nothing that can be read. */
  read(folders: readonly EngineFolder[]): Uint8Array | undefined;
  /** Replaces it whole. @throws the file system's error. */
  write(folders: readonly EngineFolder[], bytes: Uint8Array): Promise<void>;
}

/** @param folder absolute path; made when it is needed. */
export function createEngineCache(folder: string): EngineCache {
  const fileFor = (folders: readonly EngineFolder[]): string => {
    const key = JSON.stringify(folders.map(({ path, exclude }) => [path, exclude]));
    return join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.bin`);
  };
  return {
    read(folders) {
      const file = fileFor(folders);
      try {
        if (statSync(file).size > maxBytes) return undefined;
        const bytes = readFileSync(file);
        const now = new Date();
        // Marks it as used, so that it is kept.
        utimesSync(file, now, now);
        // A buffer of its own, at whose beginning numbers of four bytes can be read.
        return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
      } catch (error) {
        if (isFileSystemError(error)) return undefined;
        throw error;
      }
    },
    async write(folders, bytes) {
      if (bytes.byteLength > maxBytes) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      deleteOld(folder);
      await writeFileAtomic(fileFor(folders), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
        mode: 0o600,
        // What a power cut destroys is learned again.
        fsync: false,
      });
    },
  };
}

function deleteOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > keptFor) rmSync(file, { force: true });
  }
}
