// Modules named by path, `./a/b`, or by package: extensions may be left out, and a folder may stand for its index.
import { dirname, join, relative, resolve as resolvePath, sep } from 'node:path';
import type { ModuleResolution } from '../../../core/project.ts';
import { isInside } from '../ignore.ts';
import { addedMembers, ambientFiles, ambientNames, declaredNames } from './path-ambient.ts';
import { entryOf, importsOf, mapPaths, packageHolding, packageNamed } from './path-config.ts';
import { exportsOf } from './path-exports.ts';
import {
  external,
  file,
  hasOtherEnding,
  isIgnored,
  nearest,
  type Scheme,
  type Surroundings,
  unknown,
  withoutExtension,
} from './scheme.ts';

const packageName = /^(?:@[a-z0-9-][\w.~-]*\/)?[a-zA-Z0-9-][\w.~-]*(?:\/.*)?$/;

export const paths: Scheme = {
  resolve,
  nameFor,
  exportsOf,
  ambientNames,
  addedMembers,
  ambientFiles,
  declaredNames,
};

function resolve(at: Surroundings, written: string): ModuleResolution {
  // A bundler's query says how the file is loaded, not which.
  const module = written.replace(/(?<=.)[?].*$/s, '');
  if (module === '' || module.includes('!') || module.includes('${')) return unknown;
  if (/^\.{1,2}(?:\/|$)/.test(module)) return resolveRelative(at, module);
  if (module.startsWith('/')) return unknown;
  if (/^[a-z][a-z0-9+.-]*:/.test(module)) return external;

  const mapped = mapPaths(at, module);
  for (const target of mapped) {
    const found = existing(at, target);
    if (found) return inWorkspace(at, found);
  }
  if (module.startsWith('#')) {
    const target = importsOf(at, module);
    const found = target && existing(at, target);
    return found ? inWorkspace(at, found) : unknown;
  }
  // An alias of a bundler that is configured in code, and not found above.
  if (mapped.length > 0 || !packageName.test(module)) return unknown;
  const own = packageNamed(at, module);
  if (!own) return external;
  const entry = entryOf(at, own.folder, own.rest);
  const found = entry && existing(at, entry);
  return found ? inWorkspace(at, found) : unknown;
}

function resolveRelative(at: Surroundings, module: string): ModuleResolution {
  const target = resolvePath(dirname(at.fromPath), module);
  const found = existing(at, target);
  if (found) return inWorkspace(at, found);
  if (!isInside(at.folder, target) || target === at.folder) return unknown;
  // A folder without an index may have one after a build, or by a resolver's own rule.
  if (at.disk.kind(target) === 'folder' || mayAppear(at, target)) return unknown;
  return { kind: 'missing', nearest: nearestModules(at, module, target) };
}

/** The extension of a compiler's output that a name ends with. */
const outputExtension = ({ rules }: Surroundings, name: string): string | undefined =>
  Object.keys(rules.sources ?? {}).find((extension) => name.endsWith(extension));

/** The file that a path means: itself, with an extension, its source, the folder's entry or index. */
function existing(at: Surroundings, target: string): string | undefined {
  const isFile = (path: string): boolean => at.disk.kind(path) === 'file';
  if (isFile(target)) return target;
  const tries = at.rules.extensions.map((extension) => target + extension);
  const written = outputExtension(at, target);
  if (written) {
    const stem = target.slice(0, -written.length);
    tries.push(...at.rules.sources![written]!.map((extension) => stem + extension));
  }
  const found = tries.find(isFile);
  if (found || at.disk.kind(target) !== 'folder') return found;
  const entry = at.disk.entries(target)?.has('package.json') ? entryOf(at, target, '') : undefined;
  const main = entry && entry !== target ? existing(at, entry) : undefined;
  return main ?? at.rules.index.map((name) => join(target, name)).find(isFile);
}

const inWorkspace = (at: Surroundings, path: string): ModuleResolution =>
  isInside(at.folder, path) ? file(path) : external;

/** Whether something that is not there now may be, by a build or under a foreign ending. */
function mayAppear(at: Surroundings, target: string): boolean {
  const parent = dirname(target);
  const name = target.slice(parent.length + 1);
  const written = outputExtension(at, name);
  const stem = written ? name.slice(0, -written.length) : name;
  if (hasOtherEnding(at.disk, parent, stem) || hasOtherEnding(at.disk, parent, name)) return true;
  const spellings = [target, ...at.rules.extensions.map((extension) => join(parent, stem) + extension)];
  if (spellings.some((path) => isIgnored(at, path))) return true;
  // The folder itself is not there: only where ignore files tell what is made is that certain.
  return at.disk.kind(parent) === undefined && !hasIgnoreFile(at);
}

const hasIgnoreFile = (at: Surroundings): boolean => {
  for (let path = dirname(at.fromPath); ; path = dirname(path)) {
    if (at.disk.entries(path)?.has('.gitignore')) return true;
    if (dirname(path) === path) return false;
  }
};

function nearestModules(at: Surroundings, module: string, target: string): string[] {
  const slash = module.lastIndexOf('/');
  const head = module.slice(0, slash + 1);
  const name = module.slice(slash + 1);
  const written = outputExtension(at, name) ?? '';
  const stem = written === '' ? name : name.slice(0, -written.length);
  const stems: string[] = [];
  for (const [entry, kind] of at.disk.entries(dirname(target)) ?? []) {
    const other = kind === 'folder' ? entry : withoutExtension(entry, at.rules.extensions);
    const path = join(dirname(target), entry);
    if (other === undefined || path === at.fromPath || (kind === 'folder' && !existing(at, path))) continue;
    stems.push(other);
  }
  const near = nearest(stem, stems).map((each) => head + each + written);
  return near.length > 0 ? near : sameNameElsewhere(at, stem, written);
}

/** A module that was named right but placed wrong. */
function sameNameElsewhere(at: Surroundings, stem: string, written: string): string[] {
  const endings = at.rules.extensions.map((extension) => sep + stem + extension);
  const found = at.files().filter((path) => endings.some((ending) => path.endsWith(ending)));
  return found
    .slice(0, 1)
    .map((path) => relativeName(at, withoutExtension(path, at.rules.extensions)!) + written);
}

const relativeName = (at: Surroundings, path: string): string => {
  const name = relative(dirname(at.fromPath), path).split(sep).join('/');
  return name.startsWith('.') ? name : `./${name}`;
};

/** Written as the file writes its other imports: with the output's extension, the source's own, or none. */
function nameFor(at: Surroundings, path: string, style: readonly string[]): string | undefined {
  const stem = withoutExtension(path, at.rules.extensions);
  const holder = packageHolding(at, path);
  // Another package of the workspace is imported by its name, which its manifest may or may not offer.
  if (stem === undefined || holder !== packageHolding(at, at.fromPath)) return undefined;
  const extension = path.slice(stem.length);
  const seen = style.filter((module) => module.startsWith('.'));
  const output =
    Object.entries(at.rules.sources ?? {}).find(([, each]) => each.includes(extension))?.[0] ?? extension;
  let ending = '';
  if (seen.some((module) => module.endsWith(extension))) ending = extension;
  else if (seen.some((module) => module.endsWith(output))) ending = output;
  const isIndex = at.rules.index.some((name) => path.endsWith(sep + name));
  const name = isIndex && ending === '' ? relativeName(at, dirname(path)) : relativeName(at, stem) + ending;
  const back = resolve(at, name);
  return back.kind === 'file' && back.path === path ? name : undefined;
}
