// Whether a file of this checkout is the one that the server's answer was made from: only then do its places mean anything.
import { statSync } from 'node:fs';
import { contentHash } from '../index/extract.ts';
import { readSource } from '../read.ts';
import { maximumChecked } from './limits.ts';

export function createFreshness(): (path: string, hash: string) => boolean {
  const hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();
  return (path, wanted) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return false;
    const stamp = `${stat.mtimeMs}/${stat.size}`;
    const known = hashes.get(path);
    if (known?.stamp === stamp) return known.hash === wanted;
    const source = readSource(path);
    if ('skipped' in source) return false;
    const hash = contentHash(source.text);
    if (hashes.size >= maximumChecked) hashes.clear();
    hashes.set(path, { stamp, hash });
    return hash === wanted;
  };
}
