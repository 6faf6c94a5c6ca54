// What the manifests around a file declare, in the ecosystem whose packages come from the Python package index: they add
// up, since each tool has its own and projects use several.
import { basename, dirname, join } from 'node:path';
import type { Edit } from '../../../core/span.ts';
import type { Asking, Declared, Dependency } from './ecosystem.ts';
import {
  declareInPyproject,
  type ReadManifest,
  readLock,
  readPipfile,
  readPyproject,
} from './manifests/pyproject.ts';
import { normaliseName } from './manifests/requirement.ts';
import { declareInRequirements, readRequirementsFile } from './manifests/requirements-file.ts';
import { readConda, readSetupConfig, readSetupScript } from './manifests/setup.ts';

const requirementsName = /^(?:.*[-_.])?(?:requirements?|constraints)(?:[-_.].*)?\.(?:txt|in)$/i;
const requirementsFolder = /^(?:requirements?|reqs)$/i;
const environmentName = /^environment.*\.ya?ml$/;
const lockNames = ['uv.lock', 'poetry.lock', 'pdm.lock'];
/** Files that install packages without being a manifest: a word in them is taken for one. */
const mentioning = ['tox.ini', 'noxfile.py', 'Dockerfile', 'Makefile', 'dodo.py', 'tasks.py', 'fabfile.py'];

interface Found {
  readonly dependencies: Map<string, Dependency>;
  manifest?: string;
  /** The folder in which it was found. */
  from?: string;
  broken: boolean;
  open: boolean;
}

/** All manifests from the file's folder up to the workspace folder. */
export function declaredAround(at: Asking): Declared {
  return at.keep(`declared ${dirname(at.fromPath)}`, () => {
    const found: Found = { dependencies: new Map(), broken: false, open: false };
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      readFolder(at, folder, found);
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    return found;
  });
}

/** Versions by the lock files around a file, by normalised name. */
export function lockedAround(at: Asking): ReadonlyMap<string, string> {
  return at.keep(`locked ${dirname(at.fromPath)}`, () => {
    const versions = new Map<string, string>();
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      for (const name of lockNames) {
        const source = at.disk.entries(folder)?.has(name) ? at.read(join(folder, name)) : undefined;
        for (const each of source === undefined ? [] : readLock(source)) {
          versions.set(normaliseName(each.name), each.version ?? '');
        }
      }
      if (folder === at.folder || dirname(folder) === folder) return versions;
    }
  });
}

function readFolder(at: Asking, folder: string, found: Found): void {
  const add = (each: Dependency): void => {
    const key = normaliseName(each.name);
    if (!found.dependencies.has(key)) found.dependencies.set(key, each);
  };
  /** The nearest folder's counts, and in it the file that the standard has for this. */
  const prefer = (path: string): void => {
    if (found.manifest && found.from !== folder) return;
    found.from = folder;
    if (!found.manifest || rank(path) < rank(found.manifest)) found.manifest = path;
  };
  const use = (path: string, read: (source: string) => ReadManifest | undefined): void => {
    const source = at.read(path);
    if (source === undefined) return;
    const made = read(source);
    if (!made) {
      found.broken = true;
      return;
    }
    made.dependencies.forEach(add);
    found.open ||= made.dynamic;
    if (made.name !== undefined) add({ name: made.name, path: folder });
    if (made.lists) prefer(path);
  };
  const list = (dependencies: readonly Dependency[] | undefined, path: string): void => {
    found.broken ||= dependencies === undefined;
    dependencies?.forEach(add);
    prefer(path);
  };

  const names = at.disk.entries(folder) ?? new Map<string, string>();
  for (const [name, kind] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(folder, name);
    if (name === 'pyproject.toml') use(path, readPyproject);
    else if (name === 'setup.cfg') use(path, readSetupConfig);
    else if (name === 'setup.py') use(path, readSetupScript);
    else if (name === 'Pipfile') list(readPipfile(at.read(path) ?? ''), path);
    else if (environmentName.test(name)) list(readConda(at.read(path) ?? ''), path);
    else if (requirementsName.test(name)) list(readRequirementsFile(path, at.read), path);
    else if (kind === 'folder' && requirementsFolder.test(name)) {
      for (const each of at.disk.entries(path)?.keys() ?? []) {
        if (/\.(?:txt|in)$/.test(each))
          list(readRequirementsFile(join(path, each), at.read), join(path, each));
      }
    }
  }
  // The docs and the tests of a project may have requirements of their own, beside its manifest.
  for (const below of ['docs', 'doc', 'tests', 'test', 'dev', 'ci', '.github']) {
    if (names.get(below) !== 'folder') continue;
    for (const each of at.disk.entries(join(folder, below))?.keys() ?? []) {
      if (requirementsName.test(each)) readRequirementsFile(join(folder, below, each), at.read).forEach(add);
    }
  }
}

/** Which of a folder's manifests a new dependency is written into. */
function rank(path: string): number {
  const file = basename(path);
  const order = ['pyproject.toml', 'requirements.txt', 'setup.cfg', 'setup.py', 'Pipfile'];
  const at = order.indexOf(file);
  return at < 0 ? order.length : at;
}

/** Whether a file that installs packages in its own way names one. */
export function isMentioned(at: Asking, name: string): boolean {
  const words = at.keep(`mentioned ${at.folder}`, () => {
    const found = new Set<string>();
    const workflows = join(at.folder, '.github', 'workflows');
    const paths = [
      ...mentioning.map((each) => join(at.folder, each)),
      ...[...(at.disk.entries(workflows)?.keys() ?? [])].map((each) => join(workflows, each)),
    ];
    for (const path of paths) {
      if (at.disk.kind(path) !== 'file') continue;
      for (const [word] of (at.read(path) ?? '').matchAll(/[A-Za-z0-9][\w.-]*/g))
        found.add(normaliseName(word));
    }
    return found;
  });
  return words.has(normaliseName(name));
}

/** The edit that declares a package in one of the files above; `undefined` where it is not understood. */
export function declareIn(path: string, source: string, name: string, version?: string): Edit | undefined {
  const file = basename(path);
  if (file === 'pyproject.toml') return declareInPyproject(source, name, version);
  return requirementsName.test(file) || requirementsFolder.test(basename(dirname(path)))
    ? declareInRequirements(source, name, version)
    : undefined;
}
