// Reading a source file from disk, or saying why it is not one: too large, binary, unreadable, no file.
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isFileSystemError } from './disk.ts';
import { binaryProbeBytes, maxFileBytes } from './limits.ts';

/** Opening a pipe that nobody writes to waits for ever otherwise; Windows has neither. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export type Unreadable = 'too large' | 'binary' | 'unreadable' | 'not a file';

export type SourceText = { readonly text: string } | { readonly skipped: Unreadable };

/**
 * The text of a file, read as UTF-8 (a byte order mark is dropped, broken sequences become U+FFFD).
 * @param limit bytes above which it is left alone.
 */
export function readSource(path: string, limit = maxFileBytes): SourceText {
  return withFile(path, (file) => {
    const skipped = refusal(file, limit);
    if (skipped) return { skipped };
    const text = readFileSync(file, 'utf8');
    return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
  });
}

/** Whether `readSource` would read it, at the price of its first bytes. */
export function probeSource(path: string, limit = maxFileBytes): Unreadable | undefined {
  const result = withFile(path, (file) => {
    const skipped = refusal(file, limit);
    return skipped ? { skipped } : { text: '' };
  });
  return 'skipped' in result ? result.skipped : undefined;
}

function withFile(path: string, use: (file: number) => SourceText): SourceText {
  let file: number | undefined;
  try {
    file = openSync(path, openFlags);
    return use(file);
  } catch (error) {
    if (isFileSystemError(error)) return { skipped: 'unreadable' };
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refusal(file: number, limit: number): Unreadable | undefined {
  const stat = fstatSync(file);
  if (!stat.isFile()) return 'not a file';
  if (stat.size > limit) return 'too large';
  const head = Buffer.alloc(Math.min(binaryProbeBytes, stat.size));
  readSync(file, head, 0, head.length, 0);
  return head.includes(0) ? 'binary' : undefined;
}
