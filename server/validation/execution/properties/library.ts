// Where the library lies that makes inputs: with the program that runs the code, or with the project's modules.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { PropertyRules } from '../../../core/execution-rules.ts';
import type { ExecutionUnit } from '../../../core/execution-unit.ts';

/**
 * Its folder, where it is installed. Starts nothing.
 * @param program absolute path of what runs the code.
 */
export async function findLibrary(
  rules: PropertyRules,
  program: string,
  unit: ExecutionUnit,
): Promise<string | undefined> {
  for (const place of rules.places) {
    for (const folder of place.startsWith('{above}') ? foldersAbove(unit) : [dirname(dirname(program))]) {
      const found = await expanded(place.replace(/^\{\w+\}/, folder));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** From the file's own up to the project's. */
function foldersAbove({ path, root }: ExecutionUnit): readonly string[] {
  const folders = [dirname(path)];
  while (folders.at(-1) !== root && folders.at(-1) !== dirname(folders.at(-1)!))
    folders.push(dirname(folders.at(-1)!));
  return folders;
}

/** The first path that is there, with any name for `*`. */
async function expanded(pattern: string): Promise<string | undefined> {
  const [before, ...after] = pattern.split(`*${sep}`);
  if (after.length === 0) return existsSync(pattern) ? pattern : undefined;
  // A folder that is not there holds nothing.
  const names = await readdir(before!).catch(() => []);
  return names.map((name) => join(before!, name, ...after)).find(existsSync);
}
