// What modules of a language's standard library offer, from data that comes with vouch: read when first asked for.
import { readFileSync } from 'node:fs';
import type { ModuleRules } from '../../../core/language.ts';
import { packageFile } from '../../../core/package-files.ts';
import type { Importable } from '../../../core/project.ts';

/** Module, to what it offers, to the names of what that hands on: `null` where the data does not say. */
type Offers = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

const read = new Map<string, Offers>();

/** Names that a module offers; `undefined` where it is none of the standard library. */
export function standardNames(rules: ModuleRules, module: string): Iterable<string> | undefined {
  const offers = offersOf(rules);
  return Object.hasOwn(offers, module) ? Object.keys(offers[module]!) : undefined;
}

/** Members of something that a module offers, inherited ones included; `undefined` where that is not known. */
export function standardMembers(rules: ModuleRules, module: string, name: string): string[] | undefined {
  const offers = offersOf(rules);
  const module_ = Object.hasOwn(offers, module) ? offers[module] : undefined;
  const members = module_ && Object.hasOwn(module_, name) ? module_[name] : undefined;
  return members === null || members === undefined ? undefined : members.split(' ');
}

/**
 * Standard modules from which a name can be imported: those that offer it, the common ones first, or are called so.
 * `certain` says that there is one, that it is common, and that the name can hardly mean anything else.
 */
export function standardImportables(rules: ModuleRules, name: string): Importable[] {
  const isCommon = ({ module, namespace }: Importable): boolean =>
    namespace === true || rules.common?.includes(module) === true;
  const all = homesOf(rules, name);
  const ranked = [...all.filter(isCommon), ...all.filter((each) => !isCommon(each))];
  const isCertain = (each: Importable): boolean =>
    all.length === 1 && isCommon(each) && (each.namespace === true || isDistinctive(name));
  return ranked.map((each) => ({ ...each, certain: isCertain(each) }));
}

/** A short word of plain letters (`count`, `field`) is more often a name that somebody has still to define. */
const isDistinctive = (name: string): boolean => /[A-Z_]/.test(name) || name.length > 7;

function homesOf(rules: ModuleRules, name: string): Importable[] {
  if (rules.scheme === 'folder') {
    const called = (module: string): boolean =>
      module.split('/').findLast((part) => !/^v\d+$/.test(part)) === name;
    return (rules.standard ?? []).filter(called).map((module) => ({ name, module, namespace: true }));
  }
  const offering = Object.entries(offersOf(rules)).flatMap(([module, names]) =>
    Object.hasOwn(names, name) && module !== rules.implicit ? [{ name, module }] : [],
  );
  const isModule = rules.wholeStatement !== undefined && rules.standard?.includes(name) === true;
  return isModule ? [{ name, module: name, namespace: true }, ...offering] : offering;
}

function offersOf({ offers }: ModuleRules): Offers {
  if (offers === undefined) return {};
  let found = read.get(offers);
  if (!found) {
    // Made for this package, as all under grammars/.
    found = JSON.parse(readFileSync(packageFile(offers), 'utf8')) as Offers;
    read.set(offers, found);
  }
  return found;
}
