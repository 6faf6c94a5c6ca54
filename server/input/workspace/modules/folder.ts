// Modules that are folders, named by the module path of a manifest: `example.org/project/internal/store`.
import { dirname, join, relative, resolve as resolvePath, sep } from 'node:path';
import type { ModuleResolution } from '../../../core/project.ts';
import { isInside } from '../ignore.ts';
import { sharedInFolder } from './folder-shared.ts';
import { external, folder, isIgnored, nearest, type Scheme, type Surroundings, unknown } from './scheme.ts';

interface Manifest {
  readonly root: string;
  readonly name: string;
  /** Other modules that are on disk, by the manifest's word: name to folder. */
  readonly local: ReadonlyMap<string, string>;
}

export const folders: Scheme = {
  resolve(at, module) {
    const manifest = manifestOf(at);
    if (!manifest) return unknown;
    for (const [name, root] of [[manifest.name, manifest.root] as const, ...manifest.local]) {
      if (module !== name && !module.startsWith(`${name}/`)) continue;
      return resolveIn(at, manifest, root, name, module);
    }
    return external;
  },
  nameFor(at, path) {
    const manifest = manifestOf(at);
    if (!manifest || !isInside(manifest.root, path)) return undefined;
    const rest = relative(manifest.root, dirname(path)).split(sep).join('/');
    return rest === '' ? manifest.name : `${manifest.name}/${rest}`;
  },
  sharedNames: (at, file, near) =>
    sharedInFolder(at, file, near, (module) => {
      const found = folders.resolve(at, module);
      return found.kind === 'folder' ? found.path : undefined;
    }),
};

function resolveIn(
  at: Surroundings,
  manifest: Manifest,
  root: string,
  name: string,
  module: string,
): ModuleResolution {
  const rest = module.slice(name.length + 1);
  const path = join(root, ...rest.split('/'));
  if (!isInside(at.folder, path)) return external;
  if (hasSources(at, path)) return folder(path);
  // Without sources it may be generated, hold them behind a foreign ending, or be a module of its own elsewhere.
  if (root !== manifest.root || at.disk.kind(path) !== undefined) return unknown;
  for (let above = path; above !== root; above = dirname(above)) {
    if (isIgnored(at, above) || holdsManifest(at, above)) return unknown;
  }
  if (manifestsElsewhere(at, module)) return unknown;
  return { kind: 'missing', nearest: nearest(rest, packages(at, root)).map((each) => `${name}/${each}`) };
}

const hasSources = (at: Surroundings, path: string): boolean =>
  [...(at.disk.entries(path) ?? [])].some(
    ([name, kind]) => kind === 'file' && at.rules.extensions.some((extension) => name.endsWith(extension)),
  );

const holdsManifest = (at: Surroundings, path: string): boolean =>
  at.rules.manifests.some((name) => at.disk.kind(join(path, name)) === 'file');

/** Whether the name is, or lies under, the requirement of another module: `example.org/project/v2` beside `…/project`. */
function manifestsElsewhere(at: Surroundings, module: string): boolean {
  const required = new Set(manifestText(at)?.text.match(/[^\s"]+\/[^\s"]+/g));
  for (let name = module; name.includes('/'); name = name.slice(0, name.lastIndexOf('/'))) {
    if (required.has(name) && name !== manifestOf(at)?.name) return true;
  }
  return false;
}

function packages(at: Surroundings, root: string): string[] {
  const found = new Set<string>();
  for (const path of at.files()) {
    if (!isInside(root, path) || !at.rules.extensions.some((extension) => path.endsWith(extension))) continue;
    if (dirname(path) !== root) found.add(relative(root, dirname(path)).split(sep).join('/'));
  }
  return [...found];
}

function manifestText(at: Surroundings): { root: string; text: string } | undefined {
  for (let path = dirname(at.fromPath); ; path = dirname(path)) {
    for (const name of at.rules.manifests) {
      const text = at.disk.kind(join(path, name)) === 'file' ? at.read(join(path, name)) : undefined;
      if (text !== undefined && /^\s*module\s/m.test(text)) return { root: path, text };
    }
    if (path === at.folder || dirname(path) === path) return undefined;
  }
}

function manifestOf(at: Surroundings): Manifest | undefined {
  const found = manifestText(at);
  const name = found && /^\s*module\s+"?([^\s"]+)/m.exec(found.text)?.[1];
  if (!found || name === undefined) return undefined;
  const local = new Map<string, string>();
  for (const [, replaced, target] of found.text.matchAll(
    /^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.{1,2}\/\S*)/gm,
  )) {
    local.set(replaced!, resolvePath(found.root, target!));
  }
  return { root: found.root, name, local };
}
