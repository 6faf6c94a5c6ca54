// Packages of the Python package index: from the first names of a module to the package that brings it.
import { basename, dirname, join, relative, sep } from 'node:path';
import type { PackageResolution } from '../../../core/project.ts';
import { isInside } from '../ignore.ts';
import { nearest } from '../modules/scheme.ts';
import {
  type Asking,
  type Dependency,
  type Ecosystem,
  type Entry,
  type ModuleOfPackage,
  moduleThere,
  standardPackage,
  unknownModule,
  unknownPackage,
} from './ecosystem.ts';
import { manifestAt } from './manifest-at.ts';
import { normaliseName } from './manifests/requirement.ts';
import { declaredAround, declareIn, isMentioned, lockedAround } from './pypi-declared.ts';
import {
  type Distribution,
  distributionsIn,
  type InstalledModule,
  installedModules,
  isMapped,
  isModuleFile,
  sitesAround,
} from './pypi-installed.ts';
import { likelierModules, nearestModules } from './pypi-near.ts';

const indexFiles = ['__init__.pyi', '__init__.py'];
/** A package that does one of these decides itself where its submodules come from. */
const rebindsSubmodules =
  /\b__path__\b|\bsys\.modules\b|\b__getattr__\b|\bimport_module\b|\bextend_path\b|\bdeclare_namespace\b/;
/** Shorter names occur in others by chance. */
const minAlike = 4;
/** Letters by which a name is shorter on purpose. */
const moreThanSlip = 3;

export const pypi: Ecosystem = {
  packageOf,
  moduleOf,
  entryOf,
  declared: declaredAround,
  manifestOf(at) {
    const { manifest, broken, open } = declaredAround(at);
    return manifest === undefined || broken || open ? undefined : manifestAt(at, manifest, declareIn);
  },
};

function packageOf(at: Asking, module: string): PackageResolution {
  const segments = module.split('.');
  const first = segments[0]!;
  if (!segments.every((each) => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(each))) return unknownPackage;
  if (at.standard.has(first)) return standardPackage;
  const places = installedModules(at, first);
  const distribution = distributionOf(at, places, segments);
  const path = places[0]?.path;
  const named = dependencyFor(at, segments, distribution);
  if (named) {
    const version = distribution?.version ?? (lockedAround(at).get(normaliseName(named.name)) || undefined);
    return {
      kind: 'declared',
      name: named.name,
      ...(version !== undefined && { version }),
      ...(path !== undefined && { path }),
    };
  }
  if (path !== undefined) {
    if (!distribution || at.data.tools.has(distribution.name)) return unknownPackage;
    if (isMentioned(at, distribution.name)) return { kind: 'declared', ...distribution, path };
    return { kind: 'installed', ...distribution, path };
  }
  if (isMapped(at, first) || first.startsWith('_') || at.data.elsewhere.has(first)) return unknownPackage;
  const known = knownPackage(at, segments);
  if (known !== undefined) {
    if (at.data.tools.has(known)) return unknownPackage;
    if (isMentioned(at, known)) return { kind: 'declared', name: known };
    const likely = at.data.imports.has(first) || at.data.isPopular(known);
    return likely
      ? { kind: 'known', name: known }
      : { kind: 'known', name: known, nearest: likelierModules(at, first) };
  }
  // A package of a namespace is named in too many ways.
  if (at.data.namespaces.has(first)) return unknownPackage;
  if (declaredAround(at).broken || isOwn(at, first) || hasPrivate(at)) return unknownPackage;
  return { kind: 'absent', name: first, nearest: nearestModules(at, first) };
}

/** Of several distributions that share a first name, the one whose name goes on as the module does. */
function distributionOf(
  at: Asking,
  places: readonly InstalledModule[],
  segments: readonly string[],
): Distribution | undefined {
  const all = places.flatMap(({ site }) => distributionsIn(at, site).get(segments[0]!) ?? []);
  if (all.length < 2) return all[0];
  for (const joined of joinedNames(segments)) {
    const found = all.find(({ name }) => normaliseName(name) === joined);
    if (found) return found;
  }
  return all[0];
}

/** `a-b-c`, `a-b`, `a` for `a.b.c`: how packages of a namespace are named. The version of an interface is no part of it. */
const joinedNames = (segments: readonly string[]): string[] =>
  segments.map((_, index) =>
    normaliseName(
      segments
        .slice(0, segments.length - index)
        .join('-')
        .replace(/_v\d\w*$/, ''),
    ),
  );

/** Names that a package which brings the module may have, most likely first. */
function candidates(at: Asking, segments: readonly string[]): string[] {
  const first = segments[0]!;
  const mapped = at.data.imports.get(first) ?? [];
  const joined = at.data.namespaces.has(first) ? joinedNames(segments) : [normaliseName(first)];
  return at.data.namespaces.has(first)
    ? [...joined, ...mapped.map(normaliseName)]
    : [...mapped.map(normaliseName), ...joined];
}

function dependencyFor(
  at: Asking,
  segments: readonly string[],
  distribution: Distribution | undefined,
): Dependency | undefined {
  const { dependencies } = declaredAround(at);
  const exact = [...(distribution ? [normaliseName(distribution.name)] : []), ...candidates(at, segments)];
  for (const name of exact) {
    const found = dependencies.get(name);
    if (found) return found;
  }
  // What is installed has told its name.
  if (distribution) return undefined;
  // A private package may import as anything: one whose name has the module's in it, or the reverse, is taken for it. The
  // modules of a public one are named as it is, or shorter by more than a slip.
  const bare = plain(segments[0]!);
  for (const each of bare.length < minAlike ? [] : dependencies.values()) {
    const other = plain(each.name);
    const isPrivate = !at.data.isKnown(normaliseName(each.name));
    if (other.includes(bare) && (isPrivate || other === bare || other.length >= bare.length + moreThanSlip))
      return each;
    if (isPrivate && other.length >= minAlike && bare.includes(other)) return each;
  }
  return undefined;
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

function knownPackage(at: Asking, segments: readonly string[]): string | undefined {
  const first = segments[0]!;
  const { data } = at;
  // A curated name is as its package writes itself; of several, the first is the usual one.
  const curated = curatedPackage(at, segments);
  if (curated !== undefined) return curated;
  // What has the namespace's own name is not what others put there.
  if (data.namespaces.has(first))
    return joinedNames(segments)
      .slice(0, -1)
      .find((name) => data.isKnown(name));
  const found = candidates(at, segments).find((name) => data.isKnown(name));
  if (found !== undefined) return found;
  const name = normaliseName(first);
  const like = [name.replaceAll('-', ''), ...data.affixes.map((affix) => affix.replace('*', name))];
  return like.find((each) => data.isPopular(each));
}

/** The package that is known to bring a module, or one of those around it; of a namespace itself there is none. */
function curatedPackage({ data }: Asking, segments: readonly string[]): string | undefined {
  const least = data.namespaces.has(segments[0]!) ? 2 : 1;
  for (let length = segments.length; length >= least; length--) {
    const found = data.imports.get(segments.slice(0, length).join('.'))?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether the workspace itself has a module of that name somewhere: a path that is set up by code may lead to it. */
function isOwn(at: Asking, first: string): boolean {
  const names = at.keep(`own ${at.folder}`, () => {
    const found = new Set<string>();
    for (const path of at.files()) {
      for (const part of relative(at.folder, path).split(sep)) found.add(part.replace(/\..*$/s, ''));
    }
    return found;
  });
  return names.has(first) || at.disk.entries(dirname(at.fromPath))?.has(first) === true;
}

/** Whether a package is declared that nobody knows: what it brings cannot be told. */
const hasPrivate = (at: Asking): boolean =>
  at.keep(`private ${dirname(at.fromPath)}`, () =>
    [...declaredAround(at).dependencies.values()].some(
      ({ name, path }) => path === undefined && !at.data.isKnown(normaliseName(name)),
    ),
  );

function moduleOf(at: Asking, module: string): ModuleOfPackage {
  const [first = '', ...rest] = module.split('.');
  const places = installedModules(at, first);
  if (places.length === 0 || rest.length === 0) return places.length === 0 ? unknownModule : moduleThere;
  // Several places share a namespace, which may go on anywhere.
  if (places.length > 1 || at.data.namespaces.has(first)) return unknownModule;
  const { path, isFolder } = places[0]!;
  if (!isFolder)
    return at.extensions.some((each) => path.endsWith(each)) && !rebinds(path, at)
      ? missing(at, undefined, [first], rest[0]!, [])
      : unknownModule;
  let parent = path;
  const kept = [first];
  for (const [index, name] of rest.entries()) {
    const own = indexFiles.map((each) => join(parent, each)).filter((each) => at.disk.kind(each) === 'file');
    if (own.length === 0 || own.some((each) => rebinds(each, at))) return unknownModule;
    const next = join(parent, name);
    const entries = [...(at.disk.entries(parent)?.keys() ?? [])];
    if (at.disk.kind(next) !== 'folder') {
      if (entries.some((entry) => isModuleFile(entry, name)))
        return index === rest.length - 1 ? moduleThere : unknownModule;
      return missing(at, parent, kept, name, rest.slice(index + 1));
    }
    kept.push(name);
    parent = next;
  }
  return moduleThere;
}

const rebinds = (path: string, at: Asking): boolean => {
  const source = at.read(path);
  return source === undefined || rebindsSubmodules.test(source);
};

function missing(
  at: Asking,
  parent: string | undefined,
  kept: readonly string[],
  name: string,
  rest: readonly string[],
): ModuleOfPackage {
  const stems = new Set<string>();
  for (const [entry, kind] of (parent === undefined ? undefined : at.disk.entries(parent)) ?? []) {
    const stem = kind === 'file' ? /^(\w+)\.pyi?$/.exec(entry)?.[1] : entry;
    if (stem !== undefined && !/^__/.test(stem)) stems.add(stem);
  }
  return {
    kind: 'missing',
    nearest: nearest(name, stems).map((each) => [...kept, each, ...rest].join('.')),
  };
}

/** Stubs before sources: beside them, or in a package of stubs. */
function entryOf(at: Asking, module: string): Entry | undefined {
  const [first = '', ...rest] = module.split('.');
  const sites = sitesAround(at);
  for (const top of [`${first}-stubs`, first]) {
    for (const site of sites) {
      const base = join(site, top, ...rest);
      for (const path of [...indexFiles.map((name) => join(base, name)), `${base}.pyi`, `${base}.py`]) {
        if (at.disk.kind(path) === 'file' && isInside(site, path)) {
          const folder = basename(dirname(path)) === basename(site) ? path : join(site, top);
          return { file: path, folder };
        }
      }
    }
  }
  return undefined;
}
