// Writing into the user's files: whole or not at all, and only over the text that was looked at.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { applyEdits, type Edit } from '../core/span.ts';

const byteOrderMark = '\uFEFF';

/**
 * @param text what the edits refer to: the file's text as it was looked at, with its byte order mark or without.
 * @returns `undefined` when it was written; else why it was not, and the file is as it was.
 */
export async function writeEdits(
  path: string,
  text: string,
  edits: readonly Edit[],
): Promise<string | undefined> {
  const bytes = await readFile(path);
  const now = bytes.toString('utf8');
  if (!Buffer.from(now, 'utf8').equals(bytes))
    return 'it is not valid UTF-8, and writing it would change more';
  const mark = now.startsWith(byteOrderMark) && !text.startsWith(byteOrderMark) ? byteOrderMark : '';
  if (now !== mark + text) return 'it was changed meanwhile';
  await writeFileAtomic(path, mark + applyEdits(text, edits));
  return undefined;
}

/**
 * Creates the file and the folders to it.
 * @returns `undefined` when it was written; else why it was not: a file that is there already is never replaced.
 */
export async function createFile(path: string, text: string): Promise<string | undefined> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'it exists meanwhile';
    throw error;
  }
}
