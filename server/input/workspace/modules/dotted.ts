// Modules named `a.b.c`, with leading dots for "from this package": files and folders under a search path.
import { dirname, join, relative, sep } from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { ModuleResolution } from '../../../core/project.ts';
import { isInside } from '../ignore.ts';
import {
  type Exports,
  external,
  file,
  folder,
  hasOtherEnding,
  isIgnored,
  nearest,
  type ParsedText,
  type Scheme,
  type Surroundings,
  unknown,
  withoutExtension,
} from './scheme.ts';

type Located =
  | ModuleResolution
  /** Nothing is there: `parent` is the folder in which the segment at `index` was looked for. */
  | { readonly kind: 'absent'; readonly parent: string; readonly index: number };

/** A folder that absolute names may start from. */
interface Root {
  readonly path: string;
  /** A project's root by its manifest or by being opened; others are only where a script may have been started. */
  readonly certain: boolean;
}

// Beside the manifest or in this folder, by the packaging conventions of every build tool.
const sourceFolder = 'src';

/** Letters by which a module's name differs from that of another by a slip of the hand. */
const maxSlips = 1;

// A package that does one of these decides itself where its submodules come from.
const rebindsSubmodules = /\b__path__\b|\bsys\.modules\b/;

export const dotted: Scheme = { resolve, nameFor, exportsOf, declaredNames };

function resolve(at: Surroundings, module: string): ModuleResolution {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/s.exec(module)!;
  const segments = rest === '' ? [] : rest.split('.');
  if (segments.some((segment) => !/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(segment))) return unknown;
  return dots ? resolveRelative(at, dots, segments) : resolveAbsolute(at, segments);
}

function resolveRelative(at: Surroundings, dots: string, segments: readonly string[]): ModuleResolution {
  let base = dirname(at.fromPath);
  for (let level = 1; level < dots.length; level++) base = dirname(base);
  if (!isInside(at.folder, base)) return unknown;
  const located = locate(at, base, segments);
  if (located.kind !== 'absent') return located;
  const kept = segments.slice(0, located.index);
  const names = nearest(segments[located.index]!, modulesIn(at, located.parent));
  return {
    kind: 'missing',
    nearest: names.map((name) => dots + [...kept, name, ...segments.slice(located.index + 1)].join('.')),
  };
}

function resolveAbsolute(at: Surroundings, segments: readonly string[]): ModuleResolution {
  const first = segments[0];
  if (first === undefined) return unknown;
  if (at.rules.standard?.includes(first)) return external;
  const found = roots(at).map((root) => ({ root, located: locate(at, root.path, segments) }));
  const hit = found.find(
    ({ root, located }) => located.kind === 'file' || (located.kind === 'folder' && root.certain),
  );
  const doubt = found.find(({ located }) => located.kind === 'unknown');
  if (doubt && (!hit || found.indexOf(doubt) < found.indexOf(hit))) return unknown;
  if (hit && hit.located.kind !== 'absent') return hit.located;

  // Where the first name is there but the rest is not. A folder without an index may go on in an installed package.
  const begun = found.filter(
    ({ located }) => located.kind === 'folder' || (located.kind === 'absent' && located.index > 0),
  );
  if (begun.length === 0) return mayLieBeside(at, segments) ? unknown : external;
  const certain = begun.every(
    ({ root, located }) => located.kind === 'absent' && root.certain && indexOf(at, join(root.path, first)),
  );
  const absent = begun[0]!.located;
  if (absent.kind !== 'absent') return unknown;
  const kept = segments.slice(0, absent.index);
  const beside = modulesIn(at, absent.parent);
  const names = nearest(segments[absent.index]!, beside);
  // A folder without an index that holds the very module but for a slip is no part of an installed package.
  const slipped =
    begun.length === 1 &&
    begun[0]!.root.certain &&
    names[0] !== undefined &&
    distance(names[0], segments[absent.index]!) <= maxSlips;
  if (!certain && !slipped) return unknown;
  return { kind: 'missing', nearest: names.map((name) => [...kept, name].join('.')) };
}

/** Whether a file of a package means, where it is run by its path, what lies beside it. */
function mayLieBeside(at: Surroundings, segments: readonly string[]): boolean {
  const located = locate(at, dirname(at.fromPath), segments);
  return located.kind === 'folder' || (located.kind === 'file' && located.path !== at.fromPath);
}

function locate(at: Surroundings, base: string, segments: readonly string[]): Located {
  let parent = base;
  for (const [index, segment] of segments.entries()) {
    const path = join(parent, segment);
    const last = index === segments.length - 1;
    const isFolder = at.disk.kind(path) === 'folder';
    const own = indexOf(at, path) ?? (last || !isFolder ? moduleFile(at, path) : undefined);
    if (last && own) return file(own);
    if (isFolder) {
      if (last) return folder(path);
      parent = path;
      continue;
    }
    // A plain file has no submodules, unless it puts them there itself.
    return own || mayAppear(at, parent, segment) ? unknown : { kind: 'absent', parent, index };
  }
  const own = indexOf(at, parent);
  return own ? file(own) : folder(parent);
}

/** Whether a module that is not there now may be: compiled, generated, or put there by its package. */
function mayAppear(at: Surroundings, parent: string, segment: string): boolean {
  if (hasOtherEnding(at.disk, parent, segment)) return true;
  if (candidates(at, join(parent, segment)).some((each) => isIgnored(at, each))) return true;
  const index = indexOf(at, parent);
  return index !== undefined && rebindsSubmodules.test(at.read(index) ?? '');
}

const indexOf = (at: Surroundings, path: string): string | undefined =>
  at.rules.index.map((name) => join(path, name)).find((each) => at.disk.kind(each) === 'file');

const moduleFile = (at: Surroundings, path: string): string | undefined =>
  at.rules.extensions.map((extension) => path + extension).find((each) => at.disk.kind(each) === 'file');

const candidates = (at: Surroundings, path: string): string[] => [
  path,
  ...at.rules.extensions.map((extension) => path + extension),
  ...at.rules.index.map((name) => join(path, name)),
];

/** From the asking file up to the workspace folder: every folder that is no package can be on the search path. */
function roots(at: Surroundings): Root[] {
  const found: Root[] = [];
  for (let path = dirname(at.fromPath); isInside(at.folder, path); path = dirname(path)) {
    if (!indexOf(at, path)) {
      const certain = path === at.folder || at.rules.manifests.some((name) => at.disk.kind(join(path, name)));
      const sources = join(path, sourceFolder);
      if (at.disk.kind(sources) === 'folder' && !indexOf(at, sources)) found.push({ path: sources, certain });
      found.push({ path, certain });
    }
    if (dirname(path) === path) break;
  }
  return found;
}

function modulesIn(at: Surroundings, parent: string): string[] {
  const names: string[] = [];
  for (const [name, kind] of at.disk.entries(parent) ?? []) {
    if (at.rules.index.includes(name)) continue;
    const stem = kind === 'folder' ? name : withoutExtension(name, at.rules.extensions);
    if (stem === undefined || (kind === 'folder' && !indexOf(at, join(parent, name)))) continue;
    names.push(stem);
  }
  return names;
}

/** An absolute name from a certain root. Within one package the same name holds, whoever asks. */
function nameFor(at: Surroundings, path: string): string | undefined {
  const stem = withoutExtension(path, at.rules.extensions);
  if (stem === undefined) return undefined;
  const root = roots(at).find((each) => each.certain && isInside(each.path, path));
  if (!root) return undefined;
  const segments = relative(root.path, stem).split(sep);
  if (at.rules.index.some((name) => path.endsWith(sep + name))) segments.pop();
  const name = segments.join('.');
  // Only if the name leads back to the file it is certain.
  const back = name === '' ? unknown : resolve(at, name);
  return back.kind === 'file' && back.path === path ? name : undefined;
}

// Ways of giving a module names that its text does not show.
const bindsUnseen = /\b__getattr__\b|\bglobals\(\)|\bsys\.modules\b/;

/** All that is bound at the top level can be imported, unless more is bound than can be seen. */
function exportsOf({ text, facts }: ParsedText): Exports | undefined {
  return facts.opaque || bindsUnseen.test(text) ? undefined : { names: facts.topLevel, handedOn: [] };
}

const declared =
  /^(?:(?:async[ \t]+)?(?:def|class)[ \t]+([\p{ID_Start}_]\p{ID_Continue}*)|([\p{ID_Start}_]\p{ID_Continue}*)[ \t]*(?::[^=\n]*)?=(?!=))/gmu;

function* declaredNames(text: string): Generator<string> {
  for (const match of text.matchAll(declared)) yield (match[1] ?? match[2])!;
}
