// Names of the members of a class, inherited ones included, by following written types from file to file.
import { basename, dirname } from 'node:path';
import type { FileFacts, SymbolFact } from '../../../core/facts.ts';
import { spanText } from '../../../core/span.ts';
import { type Packages, packageOf } from './class-shared.ts';
import { type Neighbours, type ParsedText, type Surroundings, withoutExtension } from './scheme.ts';
import { standardMembers } from './standard.ts';

/** How many classes deep inheritance is followed. */
const maxDepth = 30;

export interface ClassFinder {
  /** @param type as the file writes it. `undefined` where it, or a base of it, is not known. */
  membersOf(type: string): ReadonlySet<string> | undefined;
}

interface Place extends ParsedText {
  readonly path: string;
}

interface Found {
  readonly place: Place;
  readonly symbol: number;
}

const typeKinds = new Set<SymbolFact['kind']>(['class', 'interface', 'enum']);

export function classFinder(
  at: Surroundings,
  file: ParsedText,
  near: Neighbours,
  packages: Packages,
): ClassFinder {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const here: Place = { ...file, path: at.fromPath };
  const read = (path: string): Place | undefined => {
    if (path === at.fromPath) return here;
    const text = near.text(path);
    const facts = text === undefined ? undefined : near.facts(path);
    return facts && !facts.opaque && facts.errors.length === 0 ? { path, text: text!, facts } : undefined;
  };
  const inFile = (path: string, name: string): Found | undefined => {
    const place = read(path);
    const symbol = place ? typeNamed(place.facts, name) : -1;
    return place && symbol >= 0 ? { place, symbol } : undefined;
  };
  const inFolder = (folder: string, name: string): Found | undefined => {
    const files = packages.files(folder);
    const path = files.find((each) => withoutExtension(basename(each), at.rules.extensions) === name);
    if (path !== undefined) return inFile(path, name);
    return undefined;
  };
  const inPackage = (name: string, type: string): Found | undefined => {
    for (const folder of packages.named(name)) {
      const found = inFolder(folder, type);
      if (found) return found;
    }
    return undefined;
  };
  /** A qualified name: of a class in a package, or of one in a class. */
  const qualified = (path: string): Found | undefined => {
    const dot = path.lastIndexOf('.');
    if (dot < 0) return undefined;
    const [owner, name] = [path.slice(0, dot), path.slice(dot + 1)];
    const found = inPackage(owner, name);
    if (found) return found;
    const around = qualified(owner);
    return around && inFile(around.place.path, name);
  };
  const find = (place: Place, type: string): Found | undefined => {
    const [first = '', ...rest] = type.split('.');
    const own = typeNamed(place.facts, first);
    let found: Found | undefined = own >= 0 ? { place, symbol: own } : undefined;
    if (!found) {
      const imported = place.facts.imports.find(
        ({ namespace, names }) => namespace === first || names.some(({ local }) => local === first),
      );
      const module =
        imported?.namespace === first ? imported.module : imported && `${imported.module}.${first}`;
      found = module === undefined ? beside(place, first) : qualified(module);
    }
    if (!found) return /^[a-z]/.test(first) ? qualified(type) : undefined;
    return rest.length === 0 ? found : inFile(found.place.path, rest.at(-1)!);
  };
  const beside = (place: Place, name: string): Found | undefined => {
    const own = packageOf(place.text);
    const found =
      inFolder(dirname(place.path), name) ?? (own === undefined ? undefined : inPackage(own, name));
    if (found) return found;
    for (const { wildcard, module } of place.facts.imports) {
      const taken = wildcard ? inPackage(module, name) : undefined;
      if (taken) return taken;
    }
    return undefined;
  };
  const collect = (place: Place, type: string, into: Set<string>, depth: number): boolean => {
    if (depth > maxDepth) return false;
    const name = plainType(type);
    const found = find(place, name) ?? (depth === 0 ? qualified(name) : undefined);
    if (!found) {
      const shipped = standard(place, name);
      for (const member of shipped ?? []) into.add(member);
      return shipped !== undefined;
    }
    const { facts, text } = found.place;
    facts.symbols.forEach((symbol) => {
      if (symbol.container === found.symbol) into.add(symbol.name);
    });
    return (facts.symbols[found.symbol]!.bases ?? []).every((base) =>
      collect(found.place, spanText(text, base), into, depth + 1),
    );
  };
  const standard = (place: Place, type: string): string[] | undefined => {
    const { imports } = place.facts;
    const [first = ''] = type.split('.', 1);
    const imported = imports.find(({ namespace }) => namespace === first)?.module ?? type;
    // The package's names begin with small letters, those of classes in classes do not.
    const [, package_ = '', name = ''] = /^((?:[\p{Ll}_][\p{L}\p{N}_]*\.)*)(.+)$/u.exec(
      imported + type.slice(imported === type ? type.length : first.length),
    )!;
    const open = imports.flatMap(({ wildcard, module }) => (wildcard ? [module] : []));
    const homes = package_ === '' ? [...open, at.rules.implicit ?? ''] : [package_.slice(0, -1)];
    for (const module of homes) {
      const members = standardMembers(at.rules, module, name);
      if (members) return members;
    }
    return undefined;
  };
  return {
    membersOf(type) {
      if (!known.has(type)) {
        const members = new Set<string>();
        known.set(type, collect(here, type, members, 0) ? members : undefined);
      }
      return known.get(type);
    },
  };
}

/** A type of that name; one that the file declares twice is none. */
function typeNamed({ symbols }: FileFacts, name: string): number {
  const is = ({ kind, name: own }: SymbolFact): boolean => typeKinds.has(kind) && own === name;
  const index = symbols.findIndex(is);
  return symbols.findLastIndex(is) === index ? index : -1;
}

/** Without type arguments and annotations. */
const plainType = (type: string): string => {
  let plain = type.replace(/@[\w.]+(?:\([^()]*\))?\s*/g, '');
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(/<[^<>]*>/g, '');
  }
  return plain.replace(/\s+/g, '');
};
