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
      const present = lockNames.filter((name) => at.disk.entries(folder)?.has(name));
      for (const each of present.flatMap((name) => readLock(at.read(join(folder, name)) ?? ''))) {
        versions.set(normaliseName(each.name), each.version ?? '');
      }
      if (folder === at.folder || dirname(folder) === folder) return versions;
    }
  });
}

/** How each kind of manifest is read; `undefined` from a reader is a syntax error. */
const readers: readonly [name: RegExp, read: (at: Asking, path: string) => ReadManifest | undefined][] = [
  [/^pyproject\.toml$/, (at, path) => readPyproject(at.read(path) ?? '')],
  [/^setup\.cfg$/, (at, path) => readSetupConfig(at.read(path) ?? '')],
  [/^setup\.py$/, (at, path) => readSetupScript(at.read(path) ?? '')],
  [/^Pipfile$/, (at, path) => asManifest(readPipfile(at.read(path) ?? ''))],
  [environmentName, (at, path) => asManifest(readConda(at.read(path) ?? ''))],
  [requirementsName, (at, path) => asManifest(readRequirementsFile(path, at.read))],
];

/** A file that is nothing but a list. */
const asManifest = (dependencies: readonly Dependency[] | undefined): ReadManifest | undefined =>
  dependencies && { dependencies, dynamic: false, lists: true };

function readFolder(at: Asking, folder: string, found: Found): void {
  const names = at.disk.entries(folder) ?? new Map<string, string>();
  for (const name of [...names.keys()].sort()) {
    const path = join(folder, name);
    const reader = readers.find(([pattern]) => pattern.test(name))?.[1];
    if (reader) use(found, folder, path, reader(at, path));
    else if (requirementsFolder.test(name) && names.get(name) === 'folder') {
      for (const each of listsIn(at, path, /\.(?:txt|in)$/)) {
        use(found, folder, each, asManifest(readRequirementsFile(each, at.read)));
      }
    }
  }
  // The docs and the tests of a project may have requirements of their own, beside its manifest.
  for (const below of ownRequirements) {
    if (names.get(below) !== 'folder') continue;
    for (const each of listsIn(at, join(folder, below), requirementsName)) {
      for (const one of readRequirementsFile(each, at.read)) add(found, one);
    }
  }
}

const ownRequirements = ['docs', 'doc', 'tests', 'test', 'dev', 'ci', '.github'];

const listsIn = (at: Asking, folder: string, name: RegExp): string[] =>
  [...(at.disk.entries(folder)?.keys() ?? [])]
    .filter((each) => name.test(each))
    .map((each) => join(folder, each));

/** The nearest one that names a package counts. */
function add({ dependencies }: Found, each: Dependency): void {
  const key = normaliseName(each.name);
  if (!dependencies.has(key)) dependencies.set(key, each);
}

function use(found: Found, folder: string, path: string, read: ReadManifest | undefined): void {
  if (!read) {
    found.broken = true;
    return;
  }
  for (const each of read.dependencies) add(found, each);
  if (read.name !== undefined) add(found, { name: read.name, path: folder });
  found.open ||= read.dynamic;
  // The nearest folder's manifest takes what is declared anew, and in it the one that the standard has for this.
  if (!read.lists || (found.manifest !== undefined && found.from !== folder)) return;
  found.from = folder;
  if (found.manifest === undefined || rank(path) < rank(found.manifest)) found.manifest = path;
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
