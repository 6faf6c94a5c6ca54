// What is installed where the interpreter of a project finds it: environments beside the source, the activated one, and the
// system's. Nothing is started: folders and the metadata that installers leave are read.

import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { realPath } from '../disk.ts';
import { readSource } from '../read.ts';
import type { Asking } from './ecosystem.ts';

export interface InstalledModule {
  /** The package folder, or the single file that the module is. */
  readonly path: string;
  readonly isFolder: boolean;
  /** The site-packages folder in which it was found. */
  readonly site: string;
}

export interface Distribution {
  readonly name: string;
  readonly version?: string;
}

const environmentFolders = ['.venv', 'venv', '.env', 'env'];
const siteFolders = ['site-packages', 'dist-packages'];
/** Endings of modules, as interpreters and their compilers have them; a compiled one has a tag between name and ending. */
const moduleEnding = /^(?:\.pyi?|(?:\.[\w-]+)*\.(?:so|pyd))$/;
const interpreters = /^python3?$/;

/** Every folder that modules are installed into, the most specific first. */
export function sitesAround(at: Asking): readonly string[] {
  return at.keep(`sites ${dirname(at.fromPath)}`, () => {
    const environments: string[] = [];
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      for (const [name, kind] of at.disk.entries(folder) ?? []) {
        const path = join(folder, name);
        const usual = environmentFolders.includes(name);
        if (kind !== 'file' && (usual || name.startsWith('.')) && isEnvironment(at, path))
          environments.push(path);
      }
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    const { VIRTUAL_ENV, CONDA_PREFIX } = at.environment;
    for (const each of [VIRTUAL_ENV, CONDA_PREFIX]) if (each) environments.push(each);
    const own = environments.flatMap((each) => sitesIn(at, each));
    // With an environment of its own, a project does not see the system's packages.
    const found = own.length > 0 ? own : systemSites(at);
    return [...new Set([...found, ...found.flatMap((site) => pathFiles(at, site))])];
  });
}

const isEnvironment = (at: Asking, path: string): boolean => {
  const entries = at.disk.entries(path);
  return entries?.has('pyvenv.cfg') === true || entries?.has('conda-meta') === true;
};

function sitesIn(at: Asking, environment: string): string[] {
  const windows = join(environment, 'Lib', 'site-packages');
  const found = at.disk.kind(windows) === 'folder' ? [windows] : [];
  for (const lib of ['lib', 'lib64', 'local/lib']) {
    const parent = join(environment, lib);
    for (const name of at.disk.entries(parent)?.keys() ?? []) {
      // Each minor version has a folder, and Debian's shared one has none.
      if (!/^py[a-z]+\d/.test(name)) continue;
      for (const site of siteFolders) {
        const path = join(parent, name, site);
        if (at.disk.kind(path) === 'folder') found.push(path);
      }
    }
  }
  return found;
}

function systemSites(at: Asking): string[] {
  const prefixes = new Set<string>();
  for (const folder of (at.environment.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')) {
    if (folder === '') continue;
    for (const name of at.disk.entries(folder)?.keys() ?? []) {
      if (interpreters.test(name.replace(/\.exe$/, '')))
        prefixes.add(dirname(dirname(realPath(join(folder, name)))));
    }
  }
  const user = join(at.environment.HOME ?? homedir(), '.local');
  return [user, ...prefixes].flatMap((prefix) => sitesIn(at, prefix));
}

/** Folders that `.pth` files add, as editable installs do. */
function pathFiles(at: Asking, site: string): string[] {
  const found: string[] = [];
  for (const name of at.disk.entries(site)?.keys() ?? []) {
    if (!name.endsWith('.pth')) continue;
    for (const line of (readSmall(join(site, name)) ?? '').split('\n')) {
      if (line.trim() !== '' && !/^(?:#|import\s)/.test(line) && at.disk.kind(line.trim()) === 'folder')
        found.push(line.trim());
    }
  }
  return found;
}

/** Every place at which the first name of a module is installed; several for a namespace. */
export function installedModules(at: Asking, first: string): readonly InstalledModule[] {
  return at.keep(`module ${first} ${dirname(at.fromPath)}`, () =>
    sitesAround(at).flatMap((site): InstalledModule[] => {
      const entries = at.disk.entries(site);
      if (!entries) return [];
      const folder = join(site, first);
      if (entries.has(first) && at.disk.kind(folder) === 'folder')
        return [{ path: folder, isFolder: true, site }];
      for (const ending of at.extensions) {
        if (entries.has(first + ending)) return [{ path: join(site, first + ending), isFolder: false, site }];
      }
      const compiled = [...entries.keys()].find(
        (name) => name.startsWith(`${first}.`) && isModuleFile(name, first),
      );
      return compiled === undefined ? [] : [{ path: join(site, compiled), isFolder: false, site }];
    }),
  );
}

export const isModuleFile = (file: string, name: string): boolean =>
  file.startsWith(name) && moduleEnding.test(file.slice(name.length));

/** Whether an editable install maps the name to somewhere else by code. */
export function isMapped(at: Asking, first: string): boolean {
  const finders = at.keep(`finders ${dirname(at.fromPath)}`, () =>
    sitesAround(at)
      .flatMap((site) =>
        [...(at.disk.entries(site)?.keys() ?? [])]
          .filter((name) => /^__editable__.*finder\.py$/.test(name))
          .map((name) => readSmall(join(site, name)) ?? ''),
      )
      .join('\n'),
  );
  return finders.includes(`'${first}'`) || finders.includes(`"${first}"`);
}

/** The distribution that brings a module, by the metadata beside it: first name to distribution, for a whole folder. */
export function distributionsIn(at: Asking, site: string): ReadonlyMap<string, readonly Distribution[]> {
  return at.keep(`distributions ${site}`, () => {
    const found = new Map<string, Distribution[]>();
    for (const [entry, kind] of at.disk.entries(site) ?? []) {
      if (kind !== 'folder' || !/\.(?:dist|egg)-info$/.test(entry)) continue;
      const distribution = distributionAt(join(site, entry));
      if (!distribution) continue;
      for (const first of firstNames(join(site, entry))) {
        found.set(first, [...(found.get(first) ?? []), distribution]);
      }
    }
    return found;
  });
}

/** Name and version as the metadata has them. */
function distributionAt(metadata: string): Distribution | undefined {
  const text = readSmall(join(metadata, 'METADATA')) ?? readSmall(join(metadata, 'PKG-INFO')) ?? '';
  const name = /^Name:\s*(\S+)/m.exec(text)?.[1];
  const version = /^Version:\s*(\S+)/m.exec(text)?.[1];
  return name === undefined ? undefined : { name, ...(version !== undefined && { version }) };
}

function firstNames(metadata: string): Set<string> {
  const listed = readSmall(join(metadata, 'top_level.txt'));
  if (listed !== undefined)
    return new Set(
      listed
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    );
  const names = new Set<string>();
  for (const line of (readSmall(join(metadata, 'RECORD')) ?? '').split('\n')) {
    const path = line.split(',', 1)[0]!;
    const first = path.split('/', 1)[0]!;
    if (first === '' || first === '..' || /\.(?:dist-info|data)$/.test(first) || first === '__pycache__')
      continue;
    const stem = first === path ? /^(\w+)(?:\.[\w-]+)*\.(?:pyi?|so|pyd)$/.exec(basename(path))?.[1] : first;
    if (stem !== undefined) names.add(stem);
  }
  return names;
}

/** `undefined` for what cannot be read: it is then as if it were not there. */
function readSmall(path: string): string | undefined {
  const source = readSource(path);
  return 'text' in source ? source.text : undefined;
}
