// Whether a file's types are judged at all, in a language whose judges do so on demand only.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JudgeTool } from '../../core/judge-rules.ts';
import { firstOf, foldersUp } from './find.ts';
import type { JudgedChange } from './judge.ts';

/** @returns why that nothing was found says nothing; `undefined` where it does. */
export async function unasked(
  { onDemand }: JudgeTool,
  root: string,
  { path, after }: JudgedChange,
): Promise<string | undefined> {
  if (!onDemand || new RegExp(onDemand.text, 'mu').test(after)) return undefined;
  const manifest = await firstOf(foldersUp(dirname(path), root), onDemand.manifests);
  // One that cannot be read asks for nothing.
  const settings = manifest === undefined ? '' : await readFile(manifest, 'utf8').catch(() => '');
  return new RegExp(onDemand.setting, 'mu').test(settings) ? undefined : onDemand.otherwise;
}
