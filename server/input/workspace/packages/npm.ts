// Packages of the npm registry: from the name that an import begins with to the package, by manifests, node_modules and
// the runtime's own modules.
import { dirname, join } from 'node:path';
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
import { declareInPackageManifest, readPackageManifest } from './manifests/package-json.ts';
import { text } from './manifests/text.ts';
import { mistakenFor, nearestPackages } from './nearest.ts';
import { isAlias, isAmbient, isLeftOut } from './npm-aliases.ts';
import {
  entryFile,
  installedPackage,
  isPlugged,
  offeredPaths,
  offers,
  typesPackage,
} from './npm-installed.ts';

const manifestName = 'package.json';
const packageName = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*(?=\/|$)/i;

export const npm: Ecosystem = {
  packageOf,
  moduleOf,
  entryOf,
  declared: declaredAround,
  manifestOf(at) {
    const { manifest, broken } = declaredAround(at);
    return manifest === undefined || broken
      ? undefined
      : manifestAt(at, manifest, (_, source, name, version) =>
          declareInPackageManifest(source, name, version),
        );
  },
};

function packageOf(at: Asking, written: string): PackageResolution {
  const module = written.replace(/[?#!].*$/s, '');
  const scheme = /^[a-z][a-z0-9+.-]*:/.exec(module)?.[0];
  if (scheme !== undefined) {
    return at.data.schemes.get(scheme)?.has(module.slice(scheme.length)) ? standardPackage : unknownPackage;
  }
  const name = packageName.exec(module)?.[0];
  if (name === undefined || module !== written) return unknownPackage;
  const installed = installedPackage(at, name);
  const types = installed ? undefined : installedPackage(at, typesPackage(name));
  const path = (installed ?? types)?.folder;
  const version = text((installed ?? types)?.manifest.version);
  const about = { name, ...(version !== undefined && { version }) };
  const declared = declaredAround(at);
  if (declared.dependencies.has(name) || declared.dependencies.has(typesPackage(name))) {
    return { kind: 'declared', ...about, ...(path !== undefined && { path }) };
  }
  // A package of the same name, installed, is taken before the runtime's own only by its own rules.
  if (at.data.standard.has(module) || at.data.standard.has(name)) return standardPackage;
  if (isOtherwiseNamed(at, module, name)) return unknownPackage;
  if (isLeftOut(at) || (path === undefined && isPlugged(at))) return unknownPackage;
  if (path !== undefined) return { kind: 'installed', ...about, path };
  if (at.data.isKnown(name)) {
    if (at.data.isPopular(name)) return { kind: 'known', name };
    const likelier = [...declared.dependencies.keys(), ...at.data.standard, ...at.data.popular];
    return { kind: 'known', name, nearest: mistakenFor(name, likelier) };
  }
  return declared.broken || hasPrivateScope(at, name)
    ? unknownPackage
    : { kind: 'absent', name, nearest: at.data.near(name, () => nearestPackages(name, at.data.popular)) };
}

/** Whether something else than a package may go by that name. */
const isOtherwiseNamed = (at: Asking, module: string, name: string): boolean =>
  isAmbient(at, module) ||
  isAlias(at, name) ||
  at.data.elsewhere.has(name) ||
  at.data.elsewhere.has(name.split('/', 1)[0]!) ||
  isOwnFolder(at, name);

/** Other packages of the same scope are declared and not public: this one may be so, too. */
function hasPrivateScope(at: Asking, name: string): boolean {
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) : undefined;
  if (scope === undefined) return false;
  return [...declaredAround(at).dependencies.keys()].some(
    (each) => each.startsWith(scope) && !at.data.isKnown(each),
  );
}

/** A folder or file of the project by that name: a bundler's search path may lead to it. */
function isOwnFolder(at: Asking, name: string): boolean {
  const first = name.split('/', 1)[0]!;
  for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
    for (const place of [folder, join(folder, 'src'), join(folder, 'app'), join(folder, 'lib')]) {
      for (const entry of at.disk.entries(place)?.keys() ?? []) {
        if (entry === first || (entry.startsWith(`${first}.`) && /\.[cm]?[jt]sx?$/.test(entry))) return true;
      }
    }
    if (folder === at.folder || dirname(folder) === folder) return false;
  }
}

/** All manifests from the file's folder up to the workspace folder: a workspace root's packages are there for its members. */
function declaredAround(at: Asking): Declared {
  return at.keep(`declared ${dirname(at.fromPath)}`, () => {
    const found: Found = { dependencies: new Map(), broken: false };
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      readFolder(at, folder, found);
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    return found.manifest === undefined
      ? { ...nothingDeclared, broken: found.broken }
      : { ...found, open: false };
  });
}

interface Found {
  readonly dependencies: Map<string, Dependency>;
  manifest?: string;
  broken: boolean;
}

function readFolder(at: Asking, folder: string, found: Found): void {
  const path = join(folder, manifestName);
  const source = at.disk.entries(folder)?.has(manifestName) ? at.read(path) : undefined;
  if (source === undefined) return;
  const read = readPackageManifest(source);
  found.broken ||= read === undefined;
  if (!read) return;
  // A manifest that only says how files are read (`{"type": "module"}`) declares nothing.
  if (read.name !== undefined || read.dependencies.length > 0) found.manifest ??= path;
  for (const each of read.dependencies) {
    if (!found.dependencies.has(each.name)) found.dependencies.set(each.name, each);
  }
  if (read.name !== undefined) found.dependencies.set(read.name, { name: read.name, path: folder });
}

function moduleOf(at: Asking, module: string): ModuleOfPackage {
  const name = packageName.exec(module)?.[0];
  const found = name === undefined ? undefined : installedPackage(at, name);
  if (name !== undefined && !found && module !== name) return runtimeModule(at, module, name);
  if (name === undefined || !found) return unknownModule;
  const rest = module.slice(name.length + 1);
  if (rest === '') return moduleThere;
  const offered = offers(at, found, rest);
  if (offered !== false) return offered ? moduleThere : unknownModule;
  const types = installedPackage(at, typesPackage(name));
  if (isAmbient(at, module) || isAlias(at, module) || (types && offers(at, types, rest) !== false))
    return unknownModule;
  return {
    kind: 'missing',
    nearest: nearest(rest, offeredPaths(at, found)).map((each) => `${name}/${each}`),
  };
}

/** A part of one of the runtime's own modules: `fs/promises`. */
function runtimeModule(at: Asking, module: string, name: string): ModuleOfPackage {
  const { standard } = at.data;
  if (!standard.has(name) || standard.has(module) || isAmbient(at, module) || isAlias(at, name))
    return unknownModule;
  const declared = declaredAround(at).dependencies;
  if (declared.has(name) || declared.has(typesPackage(name)) || isOwnFolder(at, name)) return unknownModule;
  const parts = [...standard].filter((each) => each.startsWith(`${name}/`));
  const near = nearest(module, parts);
  return near.length > 0 ? { kind: 'missing', nearest: near } : unknownModule;
}

function entryOf(at: Asking, module: string): Entry | undefined {
  const name = packageName.exec(module)?.[0];
  if (name === undefined) return undefined;
  const rest = module.slice(name.length + 1);
  const own = installedPackage(at, name);
  const entry = own && entryFile(at, own, rest);
  if (entry?.file !== undefined && /\.[cm]?tsx?$/.test(entry.file)) return entry;
  const types = installedPackage(at, typesPackage(name));
  const typed = types && entryFile(at, types, rest);
  return typed?.file !== undefined ? typed : entry;
}
