// Packages under node_modules: where they lie, what they offer by `exports`, and the file that declares a module's types.

import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { realPath } from '../disk.ts';
import { readSource } from '../read.ts';
import type { Asking, Entry } from './ecosystem.ts';
import { table, text } from './manifests/text.ts';

export interface InstalledPackage {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

const declarationEndings = ['.d.ts', '.d.mts', '.d.cts'];
/** Beside the language's own: compiled for the runtime. */
const compiledEnding = '.node';
/** In this order a module's own types are looked for; the rest of the conditions follow in the order they are written. */
const typeConditions = ['types', 'typings', 'import', 'require', 'node', 'default'];
/** Exports nest by condition; deeper only in a file that is made to be. */
const maxNesting = 12;

/** The nearest `node_modules/name`, up to the root of the disk, as every resolver looks for it. */
export function installedPackage(at: Asking, name: string): InstalledPackage | undefined {
  return at.keep(`installed ${name} ${dirname(at.fromPath)}`, () => {
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      const path = join(folder, 'node_modules', ...name.split('/'));
      if (at.disk.entries(folder)?.has('node_modules') && at.disk.kind(path) === 'folder') {
        return { folder: realPath(path), manifest: readManifest(join(path, 'package.json')) };
      }
      if (dirname(folder) === folder) return undefined;
    }
  });
}

/** The package of types for one that has none: `@types/x`, `@types/scope__x`. */
export const typesPackage = (name: string): string =>
  `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;

/** Whether a package is installed in a way that leaves no folders. */
export const isPlugged = (at: Asking): boolean =>
  at.keep(`plugged ${dirname(at.fromPath)}`, () => {
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      const entries = at.disk.entries(folder);
      if (entries?.has('.pnp.cjs') || entries?.has('.pnp.js')) return true;
      if (dirname(folder) === folder) return false;
    }
  });

/**
 * Whether a package offers a path inside of it.
 * @param rest what follows the package's name and the slash; empty for the package itself.
 * @returns `undefined` where that cannot be told.
 */
export function offers(at: Asking, found: InstalledPackage, rest: string): boolean | undefined {
  if (rest === '') return true;
  const { exports } = found.manifest;
  if (exports !== undefined && exports !== null) {
    const paths = pathsOf(exports);
    if (matching(paths, `./${rest}`)) return true;
    // Older resolvers, which compilers still have a mode for, do not look at exports.
    return pathOnDisk(at, join(found.folder, rest)) ? undefined : false;
  }
  return pathOnDisk(at, join(found.folder, rest));
}

/** Paths that a package offers, without its name, for naming one that was meant. */
export const offeredPaths = (at: Asking, { folder, manifest }: InstalledPackage): string[] =>
  manifest.exports === undefined || manifest.exports === null
    ? [...(at.disk.entries(folder)?.keys() ?? [])].map((name) => name.replace(/(?:\.d)?\.[cm]?[jt]s$/, ''))
    : Object.keys(pathsOf(manifest.exports))
        .filter((path) => !path.includes('*'))
        .map((path) => path.slice(2));

const pathsOf = (exports: unknown): Readonly<Record<string, unknown>> => {
  const paths = table(exports);
  return Object.keys(paths).some((key) => key.startsWith('.')) ? paths : { '.': exports };
};

function matching(
  paths: Readonly<Record<string, unknown>>,
  wanted: string,
): { target: unknown; star: string } | undefined {
  if (paths[wanted] !== undefined && paths[wanted] !== null) return { target: paths[wanted], star: '' };
  for (const [pattern, target] of Object.entries(paths).sort(([a], [b]) => b.length - a.length)) {
    const [before, after] = pattern.endsWith('/') ? [pattern, ''] : pattern.split('*');
    if (after === undefined || target === null) continue;
    const fits =
      wanted.startsWith(before!) && wanted.endsWith(after) && wanted.length > before!.length + after.length;
    if (fits) return { target, star: wanted.slice(before!.length, wanted.length - after.length) };
  }
  return undefined;
}

function pathOnDisk(at: Asking, path: string): boolean {
  if (at.disk.kind(path) !== undefined) return true;
  return [...at.extensions, compiledEnding, ...declarationEndings].some(
    (ending) => at.disk.kind(path + ending) === 'file',
  );
}

/** The declaration file of a module of an installed package; its source where it has no types. */
export function entryFile(at: Asking, found: InstalledPackage, rest: string): Entry {
  const { folder, manifest } = found;
  const written: string[] = [];
  if (manifest.exports !== undefined && manifest.exports !== null) {
    const match = matching(pathsOf(manifest.exports), rest === '' ? '.' : `./${rest}`);
    if (match)
      written.push(...targets(match.target, 0).map((target) => target.replaceAll('*', () => match.star)));
  }
  if (rest === '') {
    for (const key of ['types', 'typings', 'module', 'main']) {
      const value = text(manifest[key]);
      if (value !== undefined) written.push(value);
    }
    written.push('index');
  } else written.push(...versioned(manifest.typesVersions, rest), rest, `${rest}/index`);
  const paths = written.map((target) => join(folder, target));
  const file = [
    ...paths.flatMap(declarationsFor),
    ...paths,
    ...paths.flatMap((path) => at.extensions.map((end) => path + end)),
  ].find((path) => at.disk.kind(path) === 'file');
  return { folder, ...(file !== undefined && { file }) };
}

/** Where the types of a file would be: itself, beside it, or in its place. */
function declarationsFor(path: string): string[] {
  if (/\.d\.[cm]?ts$/.test(path)) return [path];
  const stem = path.replace(/\.([cm]?)jsx?$/, '');
  const kind = /\.([cm])js$/.exec(path)?.[1] ?? '';
  return [`${stem}.d.${kind}ts`, ...declarationEndings.map((ending) => stem + ending)];
}

/** File names of an export's conditions, those for types first. */
function targets(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > maxNesting || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => targets(each, depth + 1));
  const rank = (key: string): number =>
    typeConditions.includes(key) ? typeConditions.indexOf(key) : typeConditions.length;
  return Object.entries(value)
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([, each]) => targets(each, depth + 1));
}

const versioned = (value: unknown, rest: string): string[] =>
  Object.values(table(value)).flatMap((paths) => {
    const match = matching(table(paths), rest);
    return match ? targets(match.target, 0).map((target) => target.replaceAll('*', () => match.star)) : [];
  });

function readManifest(path: string): Readonly<Record<string, unknown>> {
  const source = readSource(path);
  // A folder without a manifest is a package all the same, of which nothing more is known.
  return 'text' in source ? table(parse(source.text, [], { allowTrailingComma: true })) : {};
}
