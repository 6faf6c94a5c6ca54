// What files see of each other where a package is a folder of classes: other classes of the package, what a wildcard takes
// in, and what base classes hand down. What cannot be followed makes a name unknown, never unbound.
import { basename, dirname } from 'node:path';
import type { ImportFact, NameUse } from '../../../core/facts.ts';
import type { SharedNames } from '../../../core/project.ts';
import { classFinder } from './class-members.ts';
import { rememberByText } from './remember.ts';
import {
  hasOtherEnding,
  type Neighbours,
  type ParsedText,
  type Surroundings,
  withoutExtension,
} from './scheme.ts';
import { standardNames } from './standard.ts';

/** Texts of which the declared types are kept: the files of some large packages. */
const maxRemembered = 4000;

const packageClause = /^\s*package\s+([\w.]+)\s*;/m;
const declaration =
  /^([ \t]*)(?:@?[\w.-]+(?:\([^()\n]*\))?\s+)*?(?:class|interface|enum|record)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gmu;

/** Types that a text declares outside of others: those that stand furthest to the left. */
export const topTypes = rememberByText(maxRemembered, (text): readonly string[] => {
  const all = [...text.matchAll(declaration)].map((match) => ({ depth: match[1]!.length, name: match[2]! }));
  const least = Math.min(...all.map(({ depth }) => depth));
  return all.filter(({ depth }) => depth === least).map(({ name }) => name);
});

export const packageOf = (text: string): string | undefined => packageClause.exec(text)?.[1];

export function sharedInPackage(at: Surroundings, file: ParsedText, near: Neighbours): SharedNames {
  const { text, facts } = file;
  const packages = packageFolders(at);
  const names = new Set<string>();
  /** Whether a type, or any name, may come from where nobody can look. */
  const open = { types: hasGenerators(at), all: false };

  const taken = new Set<string>();
  const takeFolder = (folder: string): void => {
    taken.add(folder);
    for (const path of packages.files(folder)) {
      if (path === at.fromPath) continue;
      names.add(stemOf(at, path));
      const theirs = near.text(path);
      if (theirs === undefined) open.types = true;
      else addAll(names, topTypes(path, theirs));
    }
  };
  const finder = classFinder(at, file, near, packages);
  const takeWildcard = (one: ImportFact): void => {
    const ofTypes = !isStatic(one, text);
    const standard = ofTypes ? standardNames(at.rules, one.module) : undefined;
    const folders = ofTypes && !standard ? packages.named(one.module) : [];
    folders.forEach(takeFolder);
    if (folders.length > 0) return;
    const found = standard ?? finder.membersOf(one.module);
    if (found) addAll(names, found);
    else open[ofTypes ? 'types' : 'all'] = true;
  };

  const own = packageOf(text);
  const ownFolders = new Set([dirname(at.fromPath), ...(own === undefined ? [] : packages.named(own))]);
  ownFolders.forEach(takeFolder);
  facts.imports.filter(({ wildcard }) => wildcard).forEach(takeWildcard);

  /** `Version.java.in` becomes a class as the project is built. */
  const isMadeFromTemplate = (name: string): boolean =>
    [...taken].some((folder) => hasOtherEnding(at.disk, folder, name));

  return {
    names,
    look(use) {
      if (names.has(use.name)) return 'bound';
      for (const base of use.through ?? []) {
        // What a class extends is not found by way of that.
        if (base.split(/[^\p{L}\p{N}_$]+/u).includes(use.name)) continue;
        const handedDown = finder.membersOf(base);
        if (!handedDown) return 'unknown';
        if (handedDown.has(use.name)) return 'bound';
      }
      if (open.all || (open.types && mayBeType(use, text)) || isMadeFromTemplate(use.name)) return 'unknown';
      return 'unbound';
    },
  };
}

function addAll(set: Set<string>, names: Iterable<string>): void {
  for (const name of names) set.add(name);
}

const stemOf = ({ rules }: Surroundings, path: string): string =>
  withoutExtension(basename(path), rules.extensions) ?? basename(path);

const isStatic = ({ span }: ImportFact, text: string): boolean =>
  /^import\s+static\b/.test(text.slice(span.start, span.end));

/** A value that is neither asked for a member nor handed on as a method is no type. */
const mayBeType = ({ space, span }: NameUse, text: string): boolean =>
  space === 'type' || /^\s*(?:\.|::|\[)/.test(text.slice(span.end, span.end + 40));

/** Whether a manifest around the file names tools that write classes as the project is built. */
function hasGenerators(at: Surroundings): boolean {
  const { generators, manifests } = at.rules;
  if (generators === undefined) return false;
  const pattern = new RegExp(generators, 'u');
  for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
    for (const name of manifests) {
      const path = `${folder}/${name}`;
      if (at.disk.kind(path) === 'file' && pattern.test(at.read(path) ?? '')) return true;
    }
    if (folder === at.folder || dirname(folder) === folder) return false;
  }
}

export interface Packages {
  /** Folders that hold classes of a package; several where tests or other artefacts share it. */
  named(name: string): readonly string[];
  /** Source files that lie directly in a folder. */
  files(folder: string): readonly string[];
}

const packagesOf = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

function packageFolders({ files, rules }: Surroundings): Packages {
  const all = files();
  let byFolder = packagesOf.get(all);
  if (!byFolder) {
    const made = new Map<string, string[]>();
    for (const path of all) {
      if (!rules.extensions.some((extension) => path.endsWith(extension))) continue;
      const known = made.get(dirname(path));
      if (known) known.push(path);
      else made.set(dirname(path), [path]);
    }
    byFolder = made;
    packagesOf.set(all, made);
  }
  const folders = byFolder;
  return {
    named: (name) => {
      const tail = `/${name.replaceAll('.', '/')}`;
      return [...folders.keys()].filter((folder) => folder.split('\\').join('/').endsWith(tail));
    },
    files: (folder) => folders.get(folder) ?? [],
  };
}
