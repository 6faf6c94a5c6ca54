// A package that is made of several files which see each other's names: a view of each, and what they declare together.
import type { Declaration, Declarations } from '../../../core/declarations.ts';
import { declaredIn, ownMembersOf, setOwnMembers } from '../../../core/declared.ts';
import { isClass, matches } from '../../../core/inheritance.ts';
import { fileView, type ModuleFile } from './file-view.ts';
import type { Finder, ModuleView } from './view.ts';

export interface PackageView extends ModuleView {
  /** The view of each file, by its path: its own imports before the names of the package. */
  readonly files: ReadonlyMap<string, ModuleView>;
}

/** @param whole whether these are all files of the package. */
export function packageView(
  files: readonly ModuleFile[],
  module: string,
  whole: boolean,
  finder: Finder,
): PackageView {
  const byName = new Map<string, Declaration[]>();
  const ofOthers = new Map<string, Declaration[]>();
  const views = new Map<string, ModuleView>();
  let complete = whole;
  for (const file of files) {
    const { text, facts, path, language } = file;
    const declared = declaredIn({ text, facts, module, path, rules: language.types });
    addAll(byName, declared.top);
    addAll(ofOthers, declared.ofOthers);
    views.set(path, fileView(file, finder));
    const dynamic = language.types?.dynamicModule;
    if (facts.errors.length > 0 || (dynamic !== undefined && matches(dynamic, text))) complete = false;
  }
  const offers: Declarations = {
    byName: new Map([...byName].map(([name, list]) => [name, list.map(withOthers)])),
    complete,
  };

  /** A class with the methods that other files have for it. */
  function withOthers(declaration: Declaration): Declaration {
    if (!isClass(declaration)) return declaration;
    const made = { ...declaration };
    setOwnMembers(made, () => {
      const own = ownMembersOf(declaration);
      const members = new Map([...(own?.byName ?? [])].map(([name, list]) => [name, [...list]]));
      addMore(members, ofOthers.get(declaration.name) ?? []);
      return { byName: members, complete: own?.complete === true && complete };
    });
    return made;
  }

  const meaning = (name: string): readonly Declaration[] | undefined => offers.byName.get(name);
  return {
    module,
    offers,
    meaning,
    files: new Map(
      [...views].map(([path, view]) => [
        path,
        { ...view, offers, meaning: (name) => meaning(name) ?? view.meaning(name) },
      ]),
    ),
  };
}

/** Several folders that are one package; what is in any of them is in it. */
export function together(views: readonly (ModuleView | undefined)[]): ModuleView | undefined {
  const known = views.filter((view) => view !== undefined);
  const [first] = known;
  if (!first || views.length === 1) return first;
  const byName = new Map<string, readonly Declaration[]>();
  for (const { offers } of known) {
    for (const [name, list] of offers.byName) if (!byName.has(name)) byName.set(name, list);
  }
  const complete = known.length === views.length && known.every(({ offers }) => offers.complete);
  return { module: first.module, offers: { byName, complete }, meaning: (name) => byName.get(name) };
}

function addAll(into: Map<string, Declaration[]>, from: ReadonlyMap<string, readonly Declaration[]>): void {
  for (const [name, list] of from) into.set(name, [...(into.get(name) ?? []), ...list]);
}

function addMore(into: Map<string, Declaration[]>, list: readonly Declaration[]): void {
  for (const one of list) into.set(one.name, [...(into.get(one.name) ?? []), one]);
}
