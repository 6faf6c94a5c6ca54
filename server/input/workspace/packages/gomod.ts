// Packages that are folders of versioned modules, named by their path: `host/owner/module/folder`. A manifest must name
// every module, so that what none provides does not build.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { PackageResolution } from '../../../core/project.ts';
import { nearest } from '../modules/scheme.ts';
import {
  type Asking,
  type Declared,
  type Dependency,
  type Ecosystem,
  type Entry,
  type ModuleOfPackage,
  moduleThere,
  nothingDeclared,
  standardPackage,
  unknownModule,
  unknownPackage,
} from './ecosystem.ts';
import { manifestAt } from './manifest-at.ts';
import {
  declareInModuleManifest,
  type ModuleManifest,
  readModuleManifest,
  readVendored,
} from './manifests/go-mod.ts';
import { nearestPackages } from './nearest.ts';

/** What a build tool answers for, with no folder anywhere. */
const builtIn = new Set(['C', 'unsafe']);
const importPath = /^[\w.~-]+(?:\/[\w.~-]+)*$/;

export const gomod: Ecosystem = {
  exhaustive: true,
  packageOf,
  moduleOf,
  entryOf(at, module): Entry | undefined {
    const folder = folderOf(at, module);
    return folder === undefined ? undefined : { folder };
  },
  declared: around,
  manifestOf(at) {
    const { manifest, broken } = around(at);
    return manifest === undefined || broken
      ? undefined
      : manifestAt(at, manifest, (_, source, name, version) =>
          declareInModuleManifest(source, name, version),
        );
  },
};

function packageOf(at: Asking, module: string): PackageResolution {
  if (builtIn.has(module) || at.standard.has(module)) return standardPackage;
  if (!importPath.test(module)) return unknownPackage;
  const declared = around(at);
  const named = providerOf(declared.dependencies, module);
  if (named) {
    const path = folderOf(at, named.name);
    return {
      kind: 'declared',
      name: named.name,
      ...(named.version !== undefined && { version: named.version }),
      ...(path !== undefined && { path }),
    };
  }
  const first = module.split('/', 1)[0]!;
  if (!first.includes('.')) return ofDistribution(at, module, first);
  if (declared.manifest === undefined || declared.broken || declared.open) return unknownPackage;
  const cached = inCache(at, module);
  if (cached) return { kind: 'installed', ...cached };
  const known = prefixesOf(module).find((each) => at.data.isKnown(each));
  if (known !== undefined) return { kind: 'known', name: known };
  const near = nearestPackages(module, [...declared.dependencies.keys(), ...at.data.popular]);
  return { kind: 'absent', name: module, nearest: near };
}

/** Paths whose first name has no dot are reserved for what comes with the language. */
function ofDistribution(at: Asking, module: string, first: string): PackageResolution {
  if (at.standard.size === 0) return unknownPackage;
  const roots = [at.environment.GOROOT, '/usr/local/go', '/usr/lib/go'].filter(
    (each) => each !== undefined && each !== '',
  );
  if (roots.some((root) => at.disk.kind(join(root!, 'src', module)) === 'folder')) return standardPackage;
  // Another module may be named without a dot, if it is replaced or part of a workspace.
  const own = around(at);
  if (own.manifest === undefined || own.broken || own.open) return unknownPackage;
  if ([...own.dependencies.keys()].some((each) => each.split('/', 1)[0] === first)) return unknownPackage;
  return { kind: 'absent', name: module, nearest: nearest(module, at.standard) };
}

const prefixesOf = (module: string): string[] => {
  const parts = module.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
};

/** The module with the longest path that the package's begins with. */
function providerOf(dependencies: ReadonlyMap<string, Dependency>, module: string): Dependency | undefined {
  for (const prefix of prefixesOf(module)) {
    const found = dependencies.get(prefix);
    if (found) return found;
  }
  return undefined;
}

function around(at: Asking): Declared {
  return at.keep(`declared ${dirname(at.fromPath)}`, (): Declared => {
    const dependencies = new Map<string, Dependency>();
    const add = (each: Dependency): void => {
      if (!dependencies.has(each.name)) dependencies.set(each.name, each);
    };
    let nearest: { readonly path: string; readonly broken: boolean } | undefined;
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      for (const each of workspaceModules(at, folder)) add(each);
      const path = join(folder, 'go.mod');
      if (!nearest && at.disk.entries(folder)?.has('go.mod')) {
        const read = readModuleManifest(at.read(path) ?? '');
        nearest = { path, broken: read.broken };
        for (const each of provided(at, folder, read)) add(each);
      }
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    return nearest
      ? { dependencies, manifest: nearest.path, broken: nearest.broken, open: false }
      : nothingDeclared;
  });
}

/** Modules that a workspace file uses, and what any of them requires: they build together. */
function workspaceModules(at: Asking, folder: string): Dependency[] {
  if (!at.disk.entries(folder)?.has('go.work')) return [];
  return readModuleManifest(at.read(join(folder, 'go.work')) ?? '').local.flatMap((each) => {
    const path = resolve(folder, each.folder);
    const member = readModuleManifest(at.read(join(path, 'go.mod')) ?? '');
    return [...(member.name === undefined ? [] : [{ name: member.name, path }]), ...member.required];
  });
}

/** What a manifest makes available: replacements that lie on this machine first. */
const provided = (at: Asking, folder: string, read: ModuleManifest): Dependency[] => [
  ...read.local.flatMap(({ name, folder: path }) =>
    name === undefined ? [] : [{ name, path: resolve(folder, path) }],
  ),
  ...read.required,
  ...(read.name === undefined ? [] : [{ name: read.name, path: folder }]),
  ...readVendored(at.read(join(folder, 'vendor', 'modules.txt')) ?? ''),
];

/** Capital letters are written `!a` in the cache, since some disks do not tell them apart. */
const escaped = (name: string): string => name.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

function cacheOf({ environment }: Asking): string {
  if (environment.GOMODCACHE) return environment.GOMODCACHE;
  const path = environment.GOPATH?.split(':')[0];
  return path ? join(path, 'pkg/mod') : join(environment.HOME ?? homedir(), 'go/pkg/mod');
}

function inCache(at: Asking, module: string): { name: string; version: string; path: string } | undefined {
  for (const name of prefixesOf(module)) {
    const path = join(cacheOf(at), ...escaped(name).split('/'));
    const last = path.slice(dirname(path).length + 1);
    const versions = [...(at.disk.entries(dirname(path))?.keys() ?? [])]
      .filter((each) => each.startsWith(`${last}@`))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const newest = versions.at(-1);
    if (newest !== undefined) {
      return { name, version: newest.slice(last.length + 1), path: join(dirname(path), newest) };
    }
  }
  return undefined;
}

/** The folder of a package, wherever its module lies: in the workspace, the vendor folder, the cache. */
function folderOf(at: Asking, module: string): string | undefined {
  const { dependencies, manifest } = around(at);
  const named = providerOf(dependencies, module);
  if (!named) return inCache(at, module)?.path;
  const rest = module.slice(named.name.length + 1);
  const places = [
    ...(named.path === undefined ? [] : [named.path]),
    ...(manifest === undefined ? [] : [join(dirname(manifest), 'vendor', named.name)]),
    ...(named.version === undefined
      ? []
      : [join(cacheOf(at), `${escaped(named.name)}@${escaped(named.version)}`)]),
  ];
  return places.map((place) => join(place, rest)).find((path) => at.disk.kind(path) === 'folder');
}

/** A package of a module that lies on this machine is a folder in it. */
function moduleOf(at: Asking, module: string): ModuleOfPackage {
  const named = providerOf(around(at).dependencies, module);
  if (!named?.version || named.name === module || named.path !== undefined) return unknownModule;
  if (folderOf(at, module) !== undefined) return moduleThere;
  const root = join(cacheOf(at), `${escaped(named.name)}@${escaped(named.version)}`);
  if (at.disk.kind(root) !== 'folder') return unknownModule;
  // A longer module path may provide it, which the manifest would then have to name.
  const rest = module.slice(named.name.length + 1);
  const cached = inCache(at, module);
  if (cached && cached.name !== named.name) return unknownModule;
  const names = [...(at.disk.entries(root) ?? [])]
    .filter(([, kind]) => kind === 'folder')
    .map(([name]) => name);
  return { kind: 'missing', nearest: nearest(rest, names).map((each) => `${named.name}/${each}`) };
}
