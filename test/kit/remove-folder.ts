// Removing a folder in which a process that was asked to end may still be writing its last file.
import { rmSync } from 'node:fs';

export const removeFolder = (path: string): void =>
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
