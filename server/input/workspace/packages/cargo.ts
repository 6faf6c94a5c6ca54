// Crates: by the manifest of the file's package and that of its workspace, which name all that may be used.
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
import { crateName, declareInCrateManifest, readCrateManifest } from './manifests/cargo-toml.ts';
import { readLock } from './manifests/pyproject.ts';
import { nearestPackages } from './nearest.ts';

const manifestName = 'Cargo.toml';
/** From this edition on a path that begins with a name begins with a crate, or with what is in scope. */
const firstPathEdition = '2018';
const ownPaths = new Set(['crate', 'self', 'super', '$crate']);

interface Around extends Declared {
  readonly edition?: string;
  /** Versions by the lock file, by package name. */
  readonly locked: ReadonlyMap<string, string>;
}

export const cargo: Ecosystem = {
  exhaustive: true,
  packageOf,
  moduleOf,
  entryOf(at, module): Entry | undefined {
    const named = around(at).dependencies.get(module.split('::', 1)[0]!);
    const folder = named && folderOf(at, named);
    if (folder === undefined) return undefined;
    const file = [join(folder, 'src', 'lib.rs'), join(folder, 'lib.rs')].find(
      (path) => at.disk.kind(path) === 'file',
    );
    return { folder, ...(file !== undefined && { file }) };
  },
  declared: around,
  manifestOf(at) {
    const { manifest, broken } = around(at);
    return manifest === undefined || broken
      ? undefined
      : manifestAt(at, manifest, (_, source, name, version) => declareInCrateManifest(source, name, version));
  },
};

function packageOf(at: Asking, module: string): PackageResolution {
  const first = module.replace(/^::/, '').split('::', 1)[0]!;
  if (at.data.standard.has(first)) return standardPackage;
  if (ownPaths.has(first) || !/^[a-z_][a-z0-9_]*$/.test(first)) return unknownPackage;
  const found = around(at);
  const named = found.dependencies.get(first);
  if (named) {
    const version = found.locked.get(named.name) ?? named.version;
    const path = folderOf(at, named);
    return {
      kind: 'declared',
      name: named.name,
      ...(version !== undefined && { version }),
      ...(path !== undefined && { path }),
    };
  }
  if (found.manifest === undefined || found.broken) return unknownPackage;
  if (!found.edition || found.edition < firstPathEdition) return unknownPackage;
  const installed = inRegistry(at, first);
  if (installed) return { kind: 'installed', ...installed };
  const known = [first, first.replaceAll('_', '-')].find((name) => at.data.isKnown(name));
  if (known !== undefined) return { kind: 'known', name: known };
  const names = [...[...found.dependencies.keys()], ...at.data.popular.map(crateName)];
  return { kind: 'absent', name: first, nearest: nearestPackages(first, names) };
}

/** Of the standard library all modules are listed, but those of single systems; other paths may lead to items as well. */
function moduleOf(at: Asking, module: string): ModuleOfPackage {
  const segments = module.replace(/^::/, '').split('::');
  const { standard } = at.data;
  if (segments.length < 2 || !standard.has(segments[0]!) || segments.some((each) => openModules.has(each)))
    return unknownModule;
  const known = segments.findIndex((_, index) => !standard.has(segments.slice(0, index + 1).join('::')));
  if (known < 0) return moduleThere;
  // A type is asked for what belongs to it.
  if (/^[A-Z]/.test(segments[known]!)) return unknownModule;
  const around = `${segments.slice(0, known).join('::')}::`;
  const beside = [...standard].flatMap((each) =>
    each.startsWith(around) && !each.includes('::', around.length) ? [each.slice(around.length)] : [],
  );
  const rest = segments.slice(known + 1);
  const near = nearest(segments[known]!, beside).map((each) =>
    [...segments.slice(0, known), each, ...rest].join('::'),
  );
  // Without a name that is nearly it, it may be newer than the list.
  return near.length > 0 ? { kind: 'missing', nearest: near } : unknownModule;
}

/** Modules that differ by system or processor. */
const openModules = new Set(['os', 'arch', 'simd', 'portable_simd']);

function around(at: Asking): Around {
  return at.keep(`declared ${dirname(at.fromPath)}`, (): Around => {
    const found: Found = { dependencies: new Map(), locked: new Map(), broken: false };
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      readFolder(at, folder, found);
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    const { manifest, broken, locked } = found;
    return manifest === undefined ? { ...nothingDeclared, broken, locked } : { ...found, open: false };
  });
}

interface Found {
  readonly dependencies: Map<string, Dependency>;
  readonly locked: Map<string, string>;
  manifest?: string;
  edition?: string;
  broken: boolean;
}

function readFolder(at: Asking, folder: string, found: Found): void {
  const text = (name: string): string | undefined =>
    at.disk.entries(folder)?.has(name) ? at.read(join(folder, name)) : undefined;
  for (const { name, version } of readLock(text('Cargo.lock') ?? '')) {
    if (version !== undefined) found.locked.set(name, version);
  }
  const source = text(manifestName);
  const read = source === undefined ? undefined : readCrateManifest(source);
  if (source !== undefined && !read) found.broken = true;
  if (!read) return;
  if ((found.manifest === undefined || read.isWorkspace) && read.edition !== undefined) {
    found.edition ??= read.edition;
  }
  // What a workspace lists is there for its members only where they take it.
  if (found.manifest !== undefined || !read.isPackage) return;
  found.manifest = join(folder, manifestName);
  for (const { crate, ...each } of read.dependencies) {
    const place = each.path === undefined ? {} : { path: resolve(folder, each.path) };
    found.dependencies.set(crate, { ...each, ...place });
  }
  for (const own of [read.name, ...read.targets]) {
    if (own !== undefined) found.dependencies.set(crateName(own), { name: own, path: folder });
  }
}

/** Where sources of crates lie, one folder a registry. */
function registries(at: Asking): string[] {
  const home = at.environment.CARGO_HOME || join(at.environment.HOME ?? homedir(), '.cargo');
  const sources = join(home, 'registry', 'src');
  return [...(at.disk.entries(sources)?.keys() ?? [])].map((name) => join(sources, name));
}

function folderOf(at: Asking, { name, version, path }: Dependency): string | undefined {
  if (path !== undefined) return path;
  const exact = around(at).locked.get(name) ?? version;
  const vendored = join(at.folder, 'vendor', name);
  if (at.disk.kind(vendored) === 'folder') return vendored;
  return registries(at)
    .map((registry) => join(registry, `${name}-${exact}`))
    .find((each) => at.disk.kind(each) === 'folder');
}

function inRegistry(at: Asking, crate: string): { name: string; version: string; path: string } | undefined {
  for (const registry of registries(at)) {
    for (const entry of at.disk.entries(registry)?.keys() ?? []) {
      const [, name, version] = /^(.+?)-(\d+\.\d.*)$/.exec(entry) ?? [];
      if (name !== undefined && crateName(name) === crate)
        return { name, version: version!, path: join(registry, entry) };
    }
  }
  return undefined;
}
