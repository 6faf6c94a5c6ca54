// Where a unit's file belongs: alone, or in a project that its compiler knows.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { BuildRules } from '../../../core/build-rules.ts';
import type { ExecutionUnit } from '../../../core/execution-unit.ts';
import { containsPath } from '../../sandbox/programs.ts';
import type { Workplace } from '../../sandbox/sandbox.ts';
import { fill, type Words } from './template.ts';

/** Files beside the unit's that are compiled with it, and bytes of one: more is no package that somebody writes in. */
const maxCompanions = 200;
const maxCompanionBytes = 1024 ** 2;

export interface Surroundings {
  /** The project's folder, where the file is compiled in it. */
  readonly project?: string;
  readonly words: Words;
}

/** @param text of a candidate. */
export async function surroundingsOf(
  rules: BuildRules,
  unit: ExecutionUnit,
  text: string,
): Promise<Surroundings> {
  const folder = dirname(unit.path);
  const name = rules.package && new RegExp(rules.package, 'mu').exec(text)?.[1];
  const sources = name ? withoutPackage(folder, name) : undefined;
  const module = await moduleOf(rules, unit);
  const { root } = unit;
  const isWithin =
    root !== undefined &&
    (rules.manifest ? module !== undefined : sources !== undefined && containsPath(root, sources));
  const known = {
    file: basename(unit.path),
    folder: isWithin ? slashed(relative(root, folder)) : '',
    name: unit.name,
    owner: unit.owner ?? '',
    package: name ?? '',
    module: module ?? '',
    sources: isWithin && sources !== undefined ? slashed(relative(root, sources)) || '.' : '',
  };
  const own = Object.entries(rules.words).map(([word, { alone, within }]) => [
    word,
    fill(isWithin ? within : alone, known),
  ]);
  return {
    ...(isWithin && { project: root }),
    words: { ...known, ...Object.fromEntries(own) },
  };
}

const slashed = (path: string): string => path.split(sep).join('/');

/** The folder that a package's own folders begin in; nothing where they are not named after it. */
function withoutPackage(folder: string, name: string): string | undefined {
  const way = join(...name.split(/\W+/));
  return folder.endsWith(sep + way) ? folder.slice(0, -way.length - 1) : undefined;
}

async function moduleOf({ manifest }: BuildRules, unit: ExecutionUnit): Promise<string | undefined> {
  if (!manifest || unit.root === undefined) return undefined;
  const folder = dirname(unit.path);
  for (let at = folder; containsPath(unit.root, at); at = dirname(at)) {
    const path = join(at, manifest.file);
    if (!existsSync(path)) continue;
    const name = new RegExp(manifest.module, 'mu').exec(await readFile(path, 'utf8'))?.[1];
    return name === undefined ? undefined : [name, slashed(relative(at, folder))].filter(Boolean).join('/');
  }
  return undefined;
}

/**
 * Texts by name of the files beside the unit's without which that one is not compiled.
 * @param place where a project's file is read, which knows what is not saved yet.
 */
export async function companionsOf(
  { companions }: BuildRules,
  unit: ExecutionUnit,
  place: Pick<Workplace, 'read'> | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (companions === undefined) return found;
  const pattern = new RegExp(companions, 'u');
  const folder = dirname(unit.path);
  // A file that is not saved yet may lie in a folder that is not there.
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => pattern.test(one) && one !== basename(unit.path))) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > maxCompanionBytes || found.size === maxCompanions) continue;
    found.set(name, (await place?.read(path)) ?? (await readFile(path, 'utf8')));
  }
  return found;
}
