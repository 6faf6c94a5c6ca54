// Modules named from a crate's root or from the asking module: `crate::a::b`, `self::a`, `super::b`. The last names of
// such a path may be items inside of a module, so that only what the root has no word of is certain to be missing.
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ModuleResolution } from '../../../core/project.ts';
import { isInside } from '../ignore.ts';
import { sharedInCrate } from './crate-shared.ts';
import {
  external,
  file,
  nearest,
  type Scheme,
  type Surroundings,
  unknown,
  withoutExtension,
} from './scheme.ts';

/** A module as a place for submodules: its own file, and the folder that they are in. */
interface Place {
  readonly file: string | undefined;
  readonly submodules: string;
}

const sourceFolder = 'src';
// A crate's own root files; every other file is named after its module.
const rootStems = ['lib', 'main'];

export const crate: Scheme = {
  resolve(at, module) {
    const segments = module.split('::').filter((segment) => segment !== '');
    const first = segments.shift();
    if (first === 'crate') return missingIn(at, segments) ?? descend(at, rootOf(at), segments);
    if (first === 'self') return descend(at, placeOf(at), segments);
    if (first === 'super') return descend(at, parentOf(at, segments), segments);
    if (first === undefined) return unknown;
    const local = submodule(at, placeOf(at), first);
    if (local) return descend(at, local, segments);
    const sibling = siblingCrate(at, first);
    return sibling ? descend(at, sibling, segments) : external;
  },
  nameFor(at, path) {
    const root = rootOf(at);
    const stem = withoutExtension(path, at.rules.extensions);
    if (!root || stem === undefined || !isInside(root.submodules, path)) return undefined;
    const segments = relative(root.submodules, stem).split(sep);
    if (at.rules.index.includes(basename(path))) segments.pop();
    if (segments.length === 1 && rootStems.includes(segments[0]!)) segments.pop();
    return ['crate', ...segments].join('::');
  },
  sharedNames: (at, file, near) => sharedInCrate(at, file, near, crate.resolve),
};

/** As deep as files go; what is left of the path is inside of the last one. */
function descend(at: Surroundings, place: Place | undefined, segments: readonly string[]): ModuleResolution {
  let here = place;
  for (const segment of segments) {
    const next = here && submodule(at, here, segment);
    if (!next) break;
    here = next;
  }
  return here?.file === undefined ? unknown : file(here.file);
}

/** What text may make modules that it does not name. */
const opaque = /\binclude!|\bmacros?\b|#\[macro_use\]|^\s*pub(?:\([^)]*\))?\s+use\s[^;]*\*/m;

/** A first name below the root that the root's file has no word of; `undefined` where it has, or may make it otherwise. */
function missingIn(at: Surroundings, segments: readonly string[]): ModuleResolution | undefined {
  const root = rootOf(at);
  const [first] = segments;
  if (!root?.file || first === undefined || !isInside(root.submodules, at.fromPath)) return undefined;
  // A folder with two roots has two crates, and binaries beside them are crates of their own.
  const { length } = rootStems.filter((stem) => submodule(at, { ...root, file: undefined }, stem));
  if (length !== 1 || at.fromPath === root.file || isInside(join(root.submodules, 'bin'), at.fromPath))
    return undefined;
  if (submodule(at, root, first)) return undefined;
  const text = at.read(root.file);
  if (text === undefined || opaque.test(text) || new RegExp(`\\b${first}\\b`, 'u').test(text))
    return undefined;
  const entries = [...(at.disk.entries(root.submodules)?.keys() ?? [])];
  const names = entries.map((name) => withoutExtension(name, at.rules.extensions) ?? name);
  const near = nearest(first, names).filter((name) => submodule(at, root, name));
  return { kind: 'missing', nearest: near.map((name) => ['crate', name, ...segments.slice(1)].join('::')) };
}

function submodule(at: Surroundings, place: Place, name: string): Place | undefined {
  const path = join(place.submodules, name);
  const own = [
    ...at.rules.extensions.map((extension) => path + extension),
    ...at.rules.index.map((index) => join(path, index)),
  ].find((each) => at.disk.kind(each) === 'file');
  return own === undefined ? undefined : { file: own, submodules: path };
}

function rootOf(at: Surroundings): Place | undefined {
  for (let path = dirname(at.fromPath); ; path = dirname(path)) {
    if (at.rules.manifests.some((name) => at.disk.kind(join(path, name)) === 'file')) return rootIn(at, path);
    if (path === at.folder || dirname(path) === path) return undefined;
  }
}

function rootIn(at: Surroundings, folder: string): Place | undefined {
  const submodules = join(folder, sourceFolder);
  for (const stem of rootStems) {
    for (const extension of at.rules.extensions) {
      const path = join(submodules, stem + extension);
      if (at.disk.kind(path) === 'file') return { file: path, submodules };
    }
  }
  return undefined;
}

function placeOf(at: Surroundings): Place {
  const name = basename(at.fromPath);
  const folder = dirname(at.fromPath);
  const stem = withoutExtension(name, at.rules.extensions) ?? name;
  const ownsFolder =
    at.rules.index.includes(name) || (rootStems.includes(stem) && basename(folder) === sourceFolder);
  return { file: at.fromPath, submodules: ownsFolder ? folder : join(folder, stem) };
}

/** The module around the asking one; further `super`s are taken off `segments`. */
function parentOf(at: Surroundings, segments: string[]): Place | undefined {
  let place: Place | undefined = placeOf(at);
  for (let more = true; more && place; ) {
    place = holderOf(at, dirname(place.submodules));
    more = segments[0] === 'super';
    if (more) segments.shift();
  }
  return place;
}

/** The module whose submodules are in `folder`. */
function holderOf(at: Surroundings, folder: string): Place | undefined {
  const root = rootOf(at);
  if (root?.submodules === folder) return root;
  if (!isInside(at.folder, folder)) return undefined;
  return submodule(at, { file: undefined, submodules: dirname(folder) }, basename(folder));
}

function siblingCrate(at: Surroundings, name: string): Place | undefined {
  for (const manifest of at.files()) {
    if (!at.rules.manifests.includes(basename(manifest))) continue;
    const own = /^\s*\[package\][^[]*?^\s*name\s*=\s*["']([^"']+)["']/ms.exec(at.read(manifest) ?? '')?.[1];
    if (own?.replaceAll('-', '_') === name) return rootIn(at, dirname(manifest));
  }
  return undefined;
}
