// Open documents that are not on disk as they are in the editor: programs that look at files are told of them.
import { readFile } from 'node:fs/promises';
import type { Snapshot } from '../core/snapshot.ts';
import { isInside } from '../input/workspace/ignore.ts';
import type { SourceFile } from '../validation/oracles/overlay.ts';

/** Documents that are compared, and code units of all that are told together: each question takes them along. */
const maximumDocuments = 100;
const maximumLength = 8 * 1024 ** 2;

/** @param folder only those in it. @param except the path of the one that is asked about. */
export async function unsavedIn(
  documents: readonly Snapshot[],
  folder: string,
  except: string,
): Promise<readonly SourceFile[]> {
  const inside = documents
    .filter(({ path }) => path !== '' && path !== except && isInside(folder, path))
    .slice(-maximumDocuments);
  const compared = await Promise.all(
    inside.map(async ({ path, languageId, text }) => {
      // One that was never saved counts: others may import it already.
      const saved = await readFile(path, 'utf8').catch(() => undefined);
      return saved === text ? [] : [{ path, languageId, text }];
    }),
  );
  const unsaved: SourceFile[] = [];
  let length = 0;
  for (const file of compared.flat()) {
    length += file.text.length;
    if (length <= maximumLength) unsaved.push(file);
  }
  return unsaved;
}
