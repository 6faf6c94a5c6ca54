// Removing a folder in which a process that was asked to end may still be writing its last file.
import { rmSync } from 'node:fs';

const attempts = 40;
const pauseMilliseconds = 50;

/** Begins anew where something has appeared meanwhile: Node's own retries do not look for new files again. */
export function removeFolder(path: string): void {
  for (let left = attempts; ; left--) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
  }
}
