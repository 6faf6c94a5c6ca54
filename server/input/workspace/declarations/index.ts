// What modules, classes and the language itself declare: the part of core/project.ts that answers for names.
import { dirname } from 'node:path';
import type { Declaration, Declarations } from '../../../core/declarations.ts';
import { outerOf, ownMembersOf } from '../../../core/declared.ts';
import { inheritedMembers, isClass } from '../../../core/inheritance.ts';
import type { Language } from '../../../core/language.ts';
import type { Project } from '../../../core/project.ts';
import { besideFile } from './beside.ts';
import { itemIn } from './crate-item.ts';
import { fileView } from './file-view.ts';
import { clauseIn, packageIn } from './package-files.ts';
import { together } from './package-view.ts';
import { shippedOf } from './shipped.ts';
import { shippedView } from './shipped-view.ts';
import type { Finder, ModuleView } from './view.ts';
import type { DeclarationsWorld } from './world.ts';

export interface DeclarationsOfProject
  extends Pick<Project, 'declarationsOf' | 'membersOf' | 'meaningOf' | 'builtinsOf'> {
  /** Files have changed: what rests on them is read again. What came with vouch is kept. */
  changed(paths: readonly string[], appeared: boolean): void;
}

interface Speaker {
  readonly language: Language;
  readonly finder: Finder;
  /** Whether it speaks to projects of a later version than the data's. */
  readonly outgrown: boolean;
  /** What modules named in files are; empty after a change that matters. */
  readonly found: Map<string, ModuleView | undefined>;
  /** Views of files; the same. */
  readonly files: Map<string, ModuleView | undefined>;
  /** Views of packages of several files, by folder and clause; the same. */
  readonly packages: Map<string, ModuleView | undefined>;
  readonly shipped: Map<string, ModuleView | undefined>;
  /** Members by class, of files and of data. */
  members: WeakMap<Declaration, Declarations | undefined>;
  readonly shippedMembers: WeakMap<Declaration, Declarations | undefined>;
}

export function createDeclarations(world: DeclarationsWorld): DeclarationsOfProject {
  const speakers = new Map<string, Speaker | undefined>();
  /** How many files are being read, each for the one before it. */
  let reading = 0;
  const speaker = (languageId: string, fromPath = ''): Speaker | undefined => {
    const outgrown = world.outgrown(fromPath, languageId);
    const key = `${languageId} ${outgrown}`;
    if (!speakers.has(key)) speakers.set(key, speakerOf(languageId, outgrown));
    return speakers.get(key);
  };
  const speakerOf = (languageId: string, outgrown: boolean): Speaker | undefined => {
    const language = world.languages.find(({ id }) => id === languageId);
    const rules = language?.types;
    if (!language || !rules) return undefined;
    const finder: Finder = { rules, find: (from, module) => find(made, from, module) };
    const made: Speaker = {
      language,
      finder,
      outgrown,
      found: new Map(),
      files: new Map(),
      packages: new Map(),
      shipped: new Map(),
      members: new WeakMap(),
      shippedMembers: new WeakMap(),
    };
    return made;
  };

  const shippedModule = (by: Speaker, name: string): ModuleView | undefined => {
    if (!by.shipped.has(name)) {
      const data = shippedOf(by.finder.rules.data ?? by.language.id, by.finder.rules, by.outgrown);
      by.shipped.set(name, undefined);
      by.shipped.set(name, data && shippedView(name, data, by.finder, by.outgrown));
    }
    return by.shipped.get(name);
  };

  const fileModule = (
    by: Speaker,
    path: string,
    module: string,
    installed: boolean,
  ): ModuleView | undefined => {
    if (by.files.has(path)) return by.files.get(path);
    if (by.finder.rules.package !== undefined) {
      packageOf(by, dirname(path), module, clauseOf(by, path, installed), installed);
      return by.files.get(path);
    }
    // A module that imports itself, on the way through others.
    by.files.set(path, undefined);
    reading++;
    try {
      const source = (installed ? world.installedSource : world.source)(path);
      const view =
        source &&
        fileView({ ...source, path, module, language: by.language, below: below(by, path) }, by.finder);
      by.files.set(path, view);
      return view;
    } finally {
      reading--;
    }
  };

  const sourceOf = (installed: boolean) => (installed ? world.installedSource : world.source);
  const clauseOf = ({ finder: { rules } }: Speaker, path: string, installed: boolean): string | undefined => {
    const text = sourceOf(installed)(path)?.text;
    return text === undefined ? undefined : clauseIn(text, rules);
  };

  /** @param clause what the package's files say that they belong to; any that can be imported where absent. */
  const packageOf = (
    by: Speaker,
    folder: string,
    module: string,
    clause: string | undefined,
    installed: boolean,
  ): ModuleView | undefined => {
    const key = `${folder}\n${clause ?? ''}`;
    if (by.packages.has(key)) return by.packages.get(key);
    by.packages.set(key, undefined);
    reading++;
    try {
      const view = packageIn({
        ...{ folder, module, clause, language: by.language, finder: by.finder },
        ...{ disk: world.disk, source: sourceOf(installed) },
      });
      by.packages.set(key, view);
      for (const [path, each] of view?.files ?? []) by.files.set(path, each);
      return view;
    } finally {
      reading--;
    }
  };

  /** A package that several folders share. */
  const packageOver = (by: Speaker, folders: readonly string[], module: string): ModuleView | undefined => {
    const key = folders.join('\n');
    if (by.packages.has(key)) return by.packages.get(key);
    const view = together(folders.map((each) => packageOf(by, each, module, module, false)));
    if (reading === 0) by.packages.set(key, view);
    return view;
  };

  /** Modules beside a file that stands for its folder. */
  const below = ({ language: { modules } }: Speaker, path: string): string[] => {
    if (modules?.scheme !== 'dotted') return [];
    const stem = path.slice(dirname(path).length + 1).replace(/\.\w+$/, '');
    if (!modules.index.some((name) => name.replace(/\.\w+$/, '') === stem)) return [];
    // Compiled modules are among them, and whatever else hides one.
    return [...(world.disk.entries(dirname(path))?.keys() ?? [])].map((name) => name.split('.', 1)[0]!);
  };

  const find = (by: Speaker, from: string, module: string): ModuleView | undefined => {
    if (from === '') return shippedModule(by, module);
    const key = `${module}\n${from}`;
    if (by.found.has(key)) return by.found.get(key);
    const view = search(by, from, module);
    // What is not known in the middle of a circle of imports is known after it.
    if (view || reading === 0) by.found.set(key, view);
    return view;
  };
  const search = (by: Speaker, from: string, module: string): ModuleView | undefined => {
    const { id, modules } = by.language;
    if (module === by.finder.rules.package) {
      const clause = clauseOf(by, from, false);
      if (clause === undefined) return undefined;
      const own = packageOf(by, dirname(from), module, clause, false);
      return (by.finder.rules.classImports ? find(by, from, clause) : undefined) ?? own;
    }
    if (by.finder.rules.classImports) {
      const folders = world.foldersOf(from, id, module);
      if (folders.length > 0) return packageOver(by, folders, module);
    }
    const neighbour = installedBeside(by, from, module);
    if (neighbour) return fileModule(by, neighbour, module, true);
    const resolution = world.resolve(from, id, module);
    if (resolution.kind === 'file' && by.finder.rules.classImports) return classModule(by, from, module);
    if (resolution.kind === 'file' && modules?.scheme === 'crate')
      return itemIn({
        module,
        path: resolution.path,
        pathOf: (shorter) => {
          const found = world.resolve(from, id, shorter);
          return found.kind === 'file' ? found.path : undefined;
        },
        viewOf: (path, name) => fileModule(by, path, name, false),
        text: (path) => world.source(path)?.text,
      });
    if (resolution.kind === 'file') return fileModule(by, resolution.path, module, false);
    if (resolution.kind === 'folder' && by.finder.rules.package !== undefined)
      return packageOf(by, resolution.path, module, undefined, false);
    const standard = shippedModule(by, module);
    if (!standard && by.finder.rules.classImports) return classModule(by, from, module);
    if (standard || modules?.standard?.includes(module.split(/[./]/, 1)[0]!)) return standard;
    if (resolution.kind === 'folder' || resolution.kind === 'missing') return undefined;
    if (modules?.scheme === 'crate') return undefined; // What it hands on depends on how it is built.
    const found = module.startsWith('.') ? undefined : world.entryOf(from, id, module);
    if (found && by.finder.rules.package !== undefined)
      return packageOf(by, found.folder, module, undefined, true);
    return found?.file === undefined ? undefined : fileModule(by, found.file, module, true);
  };
  /** What a file of an installed package means by a relative module: no file of the workspace, wherever it lies. */
  const installedBeside = (by: Speaker, from: string, module: string): string | undefined =>
    module.startsWith('.') && world.source(from) === undefined
      ? besideFile(by.language, world.disk, from, module)
      : undefined;

  /** A class that is asked for its members, as a module is. */
  const classModule = (by: Speaker, from: string, module: string): ModuleView | undefined => {
    const dot = module.lastIndexOf('.');
    const found =
      dot < 0 ? undefined : find(by, from, module.slice(0, dot))?.offers.byName.get(module.slice(dot + 1));
    const all = found?.length === 1 && isClass(found[0]!) ? members(by, found[0]!) : undefined;
    if (!all) return undefined;
    // What makes instances is called by the name of a class, and is no member that anyone imports.
    const byName = new Map(
      [...all.byName].filter(([, list]) => list.some(({ kind }) => kind !== 'constructor')),
    );
    return { module, offers: { byName, complete: all.complete }, meaning: (name) => byName.get(name) };
  };

  const meaning = (by: Speaker, name: string, from: Declaration): readonly Declaration[] | undefined => {
    const segments = name.split('.');
    const view = from.place ? viewOf(by, from.place.path, from.module) : shippedModule(by, from.module);
    let found =
      nested(by, segments[0]!, from) ?? view?.meaning(segments[0]!) ?? builtins(by)?.byName.get(segments[0]!);
    for (const segment of segments.slice(1)) {
      const owner = found?.length === 1 ? found[0] : undefined;
      found = owner && ownMembersOf(owner)?.byName.get(segment);
    }
    return found;
  };
  /** A class that stands in one of those around, or in what they extend. */
  const nested = (by: Speaker, name: string, from: Declaration): readonly Declaration[] | undefined => {
    if (!by.finder.rules.bareMembers) return undefined;
    for (let at: Declaration | undefined = from; at; at = outerOf(at)) {
      const inside = isClass(at)
        ? (members(by, at) ?? ownMembersOf(at))?.byName.get(name)?.filter(isClass)
        : [];
      if (inside && inside.length > 0) return inside;
    }
    return undefined;
  };
  const members = (by: Speaker, owner: Declaration): Declarations | undefined => {
    const known = owner.place ? by.members : by.shippedMembers;
    if (!known.has(owner)) {
      // A class that is its own base, by way of others.
      known.set(owner, undefined);
      const made = inheritedMembers(owner, by.finder.rules, {
        meaning: (name, from) => meaning(by, name, from),
        membersOf: (base) => members(by, base),
      });
      known.set(owner, made);
    }
    return known.get(owner);
  };
  const viewOf = (by: Speaker, path: string, module: string): ModuleView | undefined =>
    fileModule(by, path, module, world.source(path) === undefined);

  const builtins = (by: Speaker): Declarations | undefined => {
    const module = by.finder.rules.builtinModule;
    return module === undefined ? undefined : shippedModule(by, module)?.offers;
  };

  return {
    declarationsOf(fromPath, languageId, module) {
      const by = speaker(languageId, fromPath);
      return by && fromPath !== '' ? find(by, fromPath, module)?.offers : undefined;
    },
    membersOf(languageId, owner, fromPath) {
      const by = speaker(languageId, fromPath);
      return by && members(by, owner);
    },
    meaningOf(languageId, name, from, fromPath) {
      const by = speaker(languageId, fromPath);
      return by && meaning(by, name, from);
    },
    builtinsOf(languageId, fromPath) {
      const by = speaker(languageId, fromPath);
      return by && builtins(by);
    },
    changed(paths, appeared) {
      for (const by of speakers.values()) {
        // What nobody looked into, nothing that is known rests on; a new file may be what a name means from now on.
        if (!by || (!appeared && !paths.some((path) => by.files.has(path)))) continue;
        by.found.clear();
        by.files.clear();
        by.packages.clear();
        by.members = new WeakMap();
      }
    },
  };
}
