// A module that is a file, of the workspace or of an installed package, from its facts.

import type { Declaration } from '../../../core/declarations.ts';
import { declaredIn } from '../../../core/declared.ts';
import type { FileFacts, ImportFact } from '../../../core/facts.ts';
import { matches } from '../../../core/inheritance.ts';
import type { Language } from '../../../core/language.ts';
import { contains } from '../../../core/span.ts';
import { lazyMap } from './lazy-map.ts';
import { bare, type Finder, type ModuleView, moduleName, nothingKnown } from './view.ts';

export interface ModuleFile {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly module: string;
  readonly language: Language;
  /** Modules that lie below it, by their last names. */
  readonly below: readonly string[];
}

export function fileView(file: ModuleFile, finder: Finder): ModuleView {
  const { path, text, facts, module, language, below } = file;
  const { top } = declaredIn({ text, facts, module, path, rules: language.types });
  const find = (other: string): ModuleView | undefined => finder.find(path, other);
  const below_ = (name: string): string => (language.modules?.scheme === 'dotted' ? `.${name}` : `./${name}`);

  const imports = facts.imports.filter((one) => !isNested(one, file));
  const imported = new Map<string, () => readonly Declaration[] | undefined>();
  for (const one of imports) {
    if (one.namespace !== undefined) {
      // `import a.b` binds `a`.
      if (language.types?.classImports) {
        const dot = one.module.lastIndexOf('.');
        const [package_, name] = [one.module.slice(0, dot), one.module.slice(dot + 1)];
        imported.set(one.namespace, () => find(package_)?.offers.byName.get(name));
        continue;
      }
      const whole = one.module.split('.', 1)[0] === one.namespace ? one.namespace : one.module;
      imported.set(one.namespace, () => [moduleName(one.namespace!, whole, () => find(whole))]);
    }
    for (const { name, local } of one.names)
      imported.set(local, () => nameFrom(one.module, name, find, language));
  }
  // Looked for when they are asked for: on the way back they may lead to what is just being read.
  let taken: readonly (ModuleView | undefined)[] | undefined;
  const wildcards = (): readonly (ModuleView | undefined)[] => {
    taken ??= imports.filter(({ wildcard }) => wildcard).map((one) => find(one.module));
    return taken;
  };
  const meaning = (name: string): readonly Declaration[] | undefined => {
    const own = top.get(name);
    if (own) return own;
    const other = imported.get(name);
    if (other) return other();
    // A module below goes before what a wildcard brings along, such as what the other module imports itself.
    if (below.includes(name)) return [moduleName(name, lowerName(module, name), () => find(below_(name)))];
    for (const each of wildcards()) {
      const found = each?.offers.byName.get(name);
      if (found) return found;
    }
    return undefined;
  };
  // What of a package is offered is told by all of its files together.
  if (language.types?.package !== undefined) return { module, offers: nothingKnown, meaning };
  const isClosed = isClosedModule(file, wildcards());

  if (language.modules?.scheme === 'path') return exportView(file, { meaning, find, isClosed });
  const keys = new Set([
    ...top.keys(),
    ...imported.keys(),
    ...facts.topLevel.map(({ name }) => name),
    ...below,
  ]);
  for (const each of wildcards()) for (const key of each?.offers.byName.keys() ?? []) keys.add(key);
  return {
    module,
    offers: { byName: lazyMap(keys, meaning, (key) => bare(key, module)), complete: isClosed },
    meaning,
  };
}

/** Whether an import stands in a module of its own within the file, and brings its names there. */
const isNested = ({ span }: ImportFact, { facts, language }: ModuleFile): boolean =>
  language.modules?.scheme === 'crate' &&
  facts.symbols.some(({ kind, body }) => kind === 'module' && body !== undefined && contains(body, span));

function isClosedModule(file: ModuleFile, wildcards: readonly (ModuleView | undefined)[]): boolean {
  const { facts, text, language } = file;
  const dynamic = language.types?.dynamicModule;
  if (facts.errors.length > 0 || !language.types) return false;
  if (dynamic !== undefined && new RegExp(dynamic, 'u').test(text)) return false;
  if (wildcards.length > 0) return wildcards.every((each) => each?.offers.complete === true);
  // A wildcard that counts elsewhere is all that the scopes found.
  return !facts.opaque || facts.imports.some((one) => one.wildcard && isNested(one, file));
}

/** The module `name` below another, which may be written with dots alone. */
const lowerName = (module: string, name: string): string =>
  module.endsWith('.') ? module + name : `${module}.${name}`;

/** A name that an import asks a module for: one that it offers, or a module below it. */
function nameFrom(
  module: string,
  name: string,
  find: (module: string) => ModuleView | undefined,
  { modules }: Language,
): readonly Declaration[] | undefined {
  if (name === '*') return [moduleName(name, module, () => find(module))];
  const found = find(module)?.offers.byName.get(name);
  if (found || modules?.scheme !== 'dotted') return found;
  const lower = lowerName(module, name);
  return find(lower) ? [moduleName(name, lower, () => find(lower))] : undefined;
}

interface Inside {
  readonly meaning: ModuleView['meaning'];
  readonly find: (module: string) => ModuleView | undefined;
  readonly isClosed: boolean;
}

/** Where a module says itself what it exports. */
function exportView(
  { path, facts, module, language }: ModuleFile,
  { meaning, find, isClosed }: Inside,
): ModuleView {
  const exports = new Map(facts.exports.filter(({ name }) => name !== '*').map((one) => [one.name, one]));
  const stars = facts.exports.filter(({ name, module: from }) => name === '*' && from !== undefined);
  const handedOn = stars.map((one) => find(one.module!));
  const keys = new Set(exports.keys());
  // Files that only declare offer all that they declare at their top level, marked or not.
  const stub = language.types?.stub;
  if (stub !== undefined && matches(stub, path)) for (const { name } of facts.topLevel) keys.add(name);
  for (const each of handedOn) {
    for (const key of each?.offers.byName.keys() ?? []) if (key !== 'default') keys.add(key);
  }
  const own = (key: string): readonly Declaration[] | undefined => {
    const one = exports.get(key);
    // `export * as name`: all of the module.
    if (one?.module !== undefined) return nameFrom(one.module, one.local ?? '*', find, language);
    if (one) return one.local === undefined ? undefined : meaning(one.local);
    for (const each of handedOn) {
      const found = each?.offers.byName.get(key);
      if (found) return found;
    }
    return meaning(key);
  };
  const complete =
    isClosed &&
    facts.exports.length > 0 &&
    !exports.has('=') &&
    facts.exports.every(({ name, module: from }) => name !== '*' || from !== undefined) &&
    handedOn.every((each) => each?.offers.complete === true);
  return { module, offers: { byName: lazyMap(keys, own, (key) => bare(key, module)), complete }, meaning };
}
