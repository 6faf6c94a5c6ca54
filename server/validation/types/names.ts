// What names mean in the text under check and in whatever it imports: declarations, of this text before the project's.
import type { Declaration, Declarations } from '../../core/declarations.ts';
import { type Declared, declaredIn, outerOf, ownMembersOf, setOwnMembers } from '../../core/declared.ts';
import { inheritedMembers, isClass } from '../../core/inheritance.ts';
import type { Project } from '../../core/project.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { givenFunctions } from './given-functions.ts';
import type { Scopes, Source } from './scopes.ts';

export interface Names {
  readonly declared: Declared;
  readonly rules: TypeRules;
  builtin(name: string): Declaration | undefined;
  /** What a name means that nothing in the text binds: something of its package, or of the language. */
  unbound(name: string): readonly Declaration[] | undefined;
  /** What one way of binding a name gives, where that is a declaration. */
  ofSource(source: Source): readonly Declaration[] | undefined;
  /** A name with dots as the types of a declaration are written with it. */
  meaning(name: string, from: Declaration): readonly Declaration[] | undefined;
  /** The same for types written in this text. */
  meaningAt(name: string, offset: number): readonly Declaration[] | undefined;
  membersOf(owner: Declaration): Declarations | undefined;
  /** Whether a declaration is of the text under check. */
  isOwn(declaration: Declaration): boolean;
  /** Where in the symbols it is; only for those of this text. */
  indexOf(declaration: Declaration): number | undefined;
}

export function createNames(subject: Subject, rules: TypeRules, scopes: Scopes): Names {
  const { path, language, text, facts, project } = subject;
  const declared = declaredIn({ text, facts, module: '', path, rules });
  const builtins = project.builtinsOf(language.id, path);
  const indexes = new Map(facts.symbols.map(({ nameSpan }, index) => [nameSpan.start, index]));
  const members = new Map<Declaration, Declarations | undefined>();

  const isOwn = (declaration: Declaration): boolean => declaration.place?.path === path;
  const builtin = (name: string): Declaration | undefined => {
    const found = builtins?.byName.get(name);
    const classes = found?.filter(isClass);
    return found?.length === 1 ? found[0] : classes?.length === 1 ? classes[0] : undefined;
  };
  const fellows =
    rules.package === undefined ? undefined : project.declarationsOf(path, language.id, rules.package);
  const hasWildcard = facts.imports.some(({ wildcard }) => wildcard);
  const unbound = (name: string): readonly Declaration[] | undefined => {
    if (rules.package === undefined) return builtins?.byName.get(name);
    if (rules.classImports) return ofPackages(name);
    if (hasWildcard) return undefined;
    const given = fellows?.complete ? givenFunctions(rules).get(name) : undefined;
    return fellows?.byName.get(name) ?? builtins?.byName.get(name) ?? (given && [given]);
  };
  /** A class of the package, of those that wildcards take in, or of the language, where it is one alone. */
  const ofPackages = (name: string): readonly Declaration[] | undefined => {
    const own = fellows?.byName.get(name);
    if (own) return own;
    const taken = facts.imports
      .filter(({ wildcard }) => wildcard)
      .map(({ module }) => project.declarationsOf(path, language.id, module));
    if (!fellows || taken.some((each) => !each)) return undefined;
    const found = taken.flatMap((each) => each?.byName.get(name) ?? []);
    return found.length > 0 ? found : builtins?.byName.get(name);
  };
  const moduleOf = (name: string, module: string): Declaration | undefined =>
    moduleDeclaration(name, module, path, language.id, project);

  const known = new Map<Source, readonly Declaration[] | undefined>();
  const ofSource = (source: Source): readonly Declaration[] | undefined => {
    if (!known.has(source)) known.set(source, lookUp(source));
    return known.get(source);
  };
  const lookUp = (source: Source): readonly Declaration[] | undefined => {
    if (source.kind === 'symbol') return [declared.at(source.index)];
    if (source.kind !== 'imported') return undefined;
    const { from, name } = source;
    if (!name && rules.classImports) {
      const dot = from.module.lastIndexOf('.');
      return project
        .declarationsOf(path, language.id, from.module.slice(0, dot))
        ?.byName.get(from.module.slice(dot + 1));
    }
    if (!name) {
      const isFirst = from.module.split('.', 1)[0] === from.namespace;
      const module = moduleOf(from.namespace!, isFirst ? from.namespace! : from.module);
      return module && [module];
    }
    const offered = project.declarationsOf(path, language.id, from.module)?.byName.get(name.name);
    if (offered) return offered;
    const below = moduleOf(
      name.local,
      from.module.endsWith('.') ? from.module + name.name : `${from.module}.${name.name}`,
    );
    return below && [below];
  };
  const meaningAt = (name: string, offset: number): readonly Declaration[] | undefined => {
    const [first = '', ...rest] = name.split('.');
    const sources = scopes.meaningOf(first, offset)?.sources;
    let found: readonly Declaration[] | undefined;
    if (!sources) found = unbound(first);
    else if (sources.every(({ kind }) => kind === 'symbol') || sources.length === 1) {
      const all = sources.map(ofSource);
      found = all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
    }
    for (const segment of rest) {
      const owner = found?.length === 1 ? found[0] : undefined;
      found = owner && ownMembersOf(owner)?.byName.get(segment);
    }
    return found;
  };
  const meaning = (name: string, from: Declaration): readonly Declaration[] | undefined =>
    isOwn(from) ? meaningAt(name, from.place!.span.start) : project.meaningOf(language.id, name, from, path);

  const membersOf = (owner: Declaration): Declarations | undefined => {
    if (!isOwn(owner)) return project.membersOf(language.id, ofPackage(owner), path);
    if (!isClass(owner)) return ownMembersOf(owner);
    if (!members.has(owner)) {
      members.set(owner, undefined);
      members.set(owner, withFellows(owner, inheritedMembers(owner, rules, { meaning, membersOf })));
    }
    return members.get(owner);
  };

  /** A type of another file as its package has it: with methods that stand in files beside it. */
  const ofPackage = (owner: Declaration): Declaration => {
    if (rules.package === undefined || rules.classImports || !owner.place || outerOf(owner)) return owner;
    const offers = project.declarationsOf(owner.place.path, language.id, rules.package);
    const [whole, ...more] = offers?.byName.get(owner.name)?.filter(isClass) ?? [];
    return whole && more.length === 0 ? whole : owner;
  };

  /** Methods of a type may stand in other files of its package. */
  const withFellows = (owner: Declaration, own: Declarations | undefined): Declarations | undefined => {
    if (!own || rules.package === undefined || outerOf(owner)) return own;
    const theirs = fellows?.byName.get(owner.name)?.filter(isClass) ?? [];
    const all = theirs.map((each) => project.membersOf(language.id, each, path));
    const byName = new Map(own.byName);
    for (const each of all) {
      for (const [name, list] of each?.byName ?? []) if (!byName.has(name)) byName.set(name, list);
    }
    return { byName, complete: own.complete && all.every((each) => each?.complete) && all.length > 0 };
  };

  return {
    declared,
    rules,
    builtin,
    unbound,
    ofSource,
    meaning,
    meaningAt,
    membersOf,
    isOwn,
    indexOf: ({ place }) => (place?.path === path ? indexes.get(place.span.start) : undefined),
  };
}

/** A name for a module; `undefined` when nothing is known of the module. */
function moduleDeclaration(
  name: string,
  module: string,
  path: string,
  languageId: string,
  project: Project,
): Declaration | undefined {
  const offers = project.declarationsOf(path, languageId, module);
  return offers && moduleOffering(name, module, offers);
}

const modules = new WeakMap<Declarations, Declaration>();

function moduleOffering(name: string, module: string, offers: Declarations): Declaration {
  const known = modules.get(offers);
  if (known) return known;
  const made: Declaration = { name, kind: 'module', signature: module, modifiers: [], module };
  setOwnMembers(made, () => offers);
  modules.set(offers, made);
  return made;
}
