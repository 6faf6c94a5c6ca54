// What configuration says of module names by path: compilers' `paths` and `baseUrl`, packages' `imports`, `exports` and `main`.
import { dirname, join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { Surroundings } from './scheme.ts';

// Fields are read one by one: a wrong one is as if it were absent, and the others still count.
const text = z.catch(z.optional(z.string()), undefined);

const compilerConfig = z.object({
  extends: z.catch(z.optional(z.union([z.string(), z.array(z.string())])), undefined),
  compilerOptions: z.catch(
    z.optional(
      z.object({
        baseUrl: text,
        paths: z.catch(z.optional(z.record(z.string(), z.array(z.string()))), undefined),
      }),
    ),
    undefined,
  ),
});

const manifest = z.object({
  name: text,
  main: text,
  module: text,
  types: text,
  source: text,
  exports: z.optional(z.unknown()),
  imports: z.optional(z.unknown()),
});

type Manifest = z.infer<typeof manifest>;

// Several may lie side by side, one a part of the project; which is in force for a file is the build's affair.
const compilerConfigName = /^[jt]sconfig(?:\.[\w.-]+)?\.json$/;
const manifestName = 'package.json';
/** A chain of `extends` is short; a longer one is a circle. */
const maxExtends = 8;

/** Paths that the compilers' configuration maps a name to, most exact pattern first. Empty when no pattern fits. */
export function mapPaths(at: Surroundings, module: string): string[] {
  for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
    const targets: string[] = [];
    for (const name of at.disk.entries(folder)?.keys() ?? []) {
      if (compilerConfigName.test(name)) targets.push(...mapped(at, join(folder, name), module, maxExtends));
    }
    if (targets.length > 0) return targets;
    if (folder === at.folder || dirname(folder) === folder) return [];
  }
}

function mapped(at: Surroundings, path: string, module: string, depth: number): string[] {
  const config = readJson(at, path, compilerConfig);
  if (!config || depth === 0) return [];
  const { baseUrl, paths } = config.compilerOptions ?? {};
  const base = resolve(dirname(path), baseUrl ?? '.');
  const targets: string[] = [];
  for (const [pattern, replacements] of Object.entries(paths ?? {}).sort(([a], [b]) => b.length - a.length)) {
    const star = starOf(pattern, module);
    if (star === undefined || pattern === '*') continue;
    for (const replacement of replacements)
      targets.push(
        resolve(
          base,
          replacement.replace('*', () => star),
        ),
      );
  }
  // A base by itself makes every package name a possible path: only what exists there is taken.
  const first = module.split('/')[0]!;
  if (
    baseUrl !== undefined &&
    [...(at.disk.entries(base)?.keys() ?? [])].some((name) => name.split('.')[0] === first)
  ) {
    targets.push(join(base, module));
  }
  if (targets.length > 0) return targets;
  return [config.extends ?? []]
    .flat()
    .filter((parent) => parent.startsWith('.'))
    .flatMap((parent) => {
      const other = resolve(dirname(path), parent);
      return mapped(at, other.endsWith('.json') ? other : `${other}.json`, module, depth - 1);
    });
}

/** Where a `#name` of the nearest manifest leads. */
export function importsOf(at: Surroundings, module: string): string | undefined {
  const found = nearestManifest(at, at.fromPath);
  return found && targetIn(found.manifest.imports, module, found.folder);
}

/** The folder of the package that a file belongs to. */
export const packageHolding = (at: Surroundings, path: string): string | undefined =>
  nearestManifest(at, path)?.folder;

/** The workspace's own package of a name, and what of the module's name is left. */
export function packageNamed(at: Surroundings, module: string): { folder: string; rest: string } | undefined {
  const parts = module.split('/');
  const name = parts.splice(0, module.startsWith('@') ? 2 : 1).join('/');
  for (const path of at.files()) {
    if (!path.endsWith(manifestName)) continue;
    if (readJson(at, path, manifest)?.name === name) return { folder: dirname(path), rest: parts.join('/') };
  }
  return undefined;
}

/** What a package's manifest offers under a name inside of it; the empty name is the package itself. */
export function entryOf(at: Surroundings, folder: string, rest: string): string | undefined {
  const found = readJson(at, join(folder, manifestName), manifest);
  if (!found) return undefined;
  const key = rest === '' ? '.' : `./${rest}`;
  if (found.exports !== undefined && found.exports !== null) {
    const flat = typeof found.exports === 'string' || !hasPaths(found.exports);
    return targetIn(flat ? { '.': found.exports } : found.exports, key, folder);
  }
  if (rest !== '') return join(folder, rest);
  const entry = [found.source, found.types, found.module, found.main].find((each) => each !== undefined);
  return entry === undefined ? folder : join(folder, entry);
}

const hasPaths = (table: unknown): boolean =>
  typeof table === 'object' && table !== null && Object.keys(table).some((key) => key.startsWith('.'));

function targetIn(table: unknown, name: string, folder: string): string | undefined {
  if (typeof table !== 'object' || table === null) return undefined;
  for (const [pattern, value] of Object.entries(table).sort(([a], [b]) => b.length - a.length)) {
    const star = starOf(pattern, name);
    if (star === undefined) continue;
    const target = firstPath(value);
    return target === undefined
      ? undefined
      : join(
          folder,
          target.replaceAll('*', () => star),
        );
  }
  return undefined;
}

/** The first path under any condition: sources come first by convention, so that tools find them before the output. */
function firstPath(value: unknown): string | undefined {
  if (typeof value === 'string') return value.startsWith('./') ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const each of Object.values(value)) {
    const found = firstPath(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the `*` of a pattern stands for in a name; the empty text for a pattern without one that is the name. */
function starOf(pattern: string, name: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === name ? '' : undefined;
  const fits = name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length;
  return fits ? name.slice(before.length, name.length - after.length) : undefined;
}

function nearestManifest(at: Surroundings, path: string): { folder: string; manifest: Manifest } | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = at.disk.entries(folder)?.has(manifestName)
      ? readJson(at, join(folder, manifestName), manifest)
      : undefined;
    if (found) return { folder, manifest: found };
    if (folder === at.folder || dirname(folder) === folder) return undefined;
  }
}

function readJson<Schema extends z.ZodMiniType>(
  at: Surroundings,
  path: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  const text = at.disk.kind(path) === 'file' ? at.read(path) : undefined;
  if (text === undefined) return undefined;
  // Comments and trailing commas are usual in these files; a broken one says nothing.
  const result = schema.safeParse(parse(text, [], { allowTrailingComma: true }));
  return result.success ? result.data : undefined;
}
