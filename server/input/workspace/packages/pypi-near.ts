// Modules that may have been meant in place of one that nothing brings, or that hardly anybody uses: the project's own, those
// of declared packages, the standard library's, the most used.
import { dirname, join } from 'node:path';
import { maxNearest } from '../limits.ts';
import { nearest } from '../modules/scheme.ts';
import type { Asking } from './ecosystem.ts';
import { mistakenFor, nearestPackages } from './nearest.ts';
import { declaredAround } from './pypi-declared.ts';

/** Modules that can be imported from the file's own folder, or from where search paths usually begin. */
function ownModules(at: Asking): string[] {
  const places = new Set([dirname(at.fromPath), at.folder, join(at.folder, 'src')]);
  const names = new Set<string>();
  for (const place of places) {
    for (const [entry, kind] of at.disk.entries(place) ?? []) {
      const stem = kind === 'file' ? /^(\w+)\.pyi?$/.exec(entry)?.[1] : entry;
      if (stem === undefined || join(place, entry) === at.fromPath || !/^\w+$/.test(stem)) continue;
      if (kind === 'file' || holdsSources(at, join(place, entry))) names.add(stem);
    }
  }
  return [...names];
}

const holdsSources = (at: Asking, folder: string): boolean =>
  [...(at.disk.entries(folder)?.keys() ?? [])].some((name) =>
    at.extensions.some((extension) => name.endsWith(extension)),
  );

/** Names that are far likelier to be meant than one that few use. */
export function likelierModules(at: Asking, first: string): string[] {
  const declared = [...declaredAround(at).dependencies.values()].map(({ name }) => moduleNamed(at, name));
  const own = mistakenFor(first, [...ownModules(at), ...declared]);
  return own.length > 0 ? own : mistakenFor(first, modulesByUse(at));
}

const moduleNamed = ({ data }: Asking, name: string): string =>
  data.importedAs.get(name.toLowerCase()) ?? name.replaceAll('-', '_');

/** Names to import in place of one that nothing brings. */
export function nearestModules(at: Asking, first: string): string[] {
  const known = at.data.near(first, () => nearestPackages(first, modulesByUse(at)));
  return [...new Set([...nearest(first, ownModules(at)), ...known])].slice(0, maxNearest);
}

const modulesByUse = (at: Asking): string[] =>
  at.keep('modules by use', () => [
    ...new Set([
      ...at.standard,
      ...at.data.popular.map((name) => moduleNamed(at, name)),
      ...at.data.imports.keys(),
    ]),
  ]);
