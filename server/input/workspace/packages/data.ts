// What came with vouch about an ecosystem: `grammars/<folder>/packages/`, read when it is first asked for.
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { packageFile } from '../../../core/package-files.ts';
import { type NameFilter, readFilter } from './name-filter.ts';

const list = z._default(z.array(z.string()), []);

/** The form of `packages.json`; grammars/README.md says what each field means. */
const packagesFile = z.strictObject({
  standard: list,
  /** `node:` to the names that may follow it. */
  schemes: z._default(z.record(z.string(), z.array(z.string())), {}),
  imports: z._default(z.record(z.string(), z.union([z.string(), z.array(z.string())])), {}),
  namespaces: list,
  affixes: list,
  elsewhere: list,
  tools: list,
});

export interface PackageData {
  readonly standard: ReadonlySet<string>;
  /** A scheme to the names that may follow it. */
  readonly schemes: ReadonlyMap<string, ReadonlySet<string>>;
  /** The name that is imported to the packages that bring it, where the names differ; the most used package first. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** The other way round, by the package's name in lower case. */
  readonly importedAs: ReadonlyMap<string, string>;
  /** Packages that come with every installation, so that nobody declares them. */
  readonly tools: ReadonlySet<string>;
  /** Names under which many packages put their modules. */
  readonly namespaces: ReadonlySet<string>;
  /** How a package's name may differ from that of its module, with `*` for the latter. */
  readonly affixes: readonly string[];
  /** Modules that a host program brings, or that come by another way than the ecosystem's packages. */
  readonly elsewhere: ReadonlySet<string>;
  /** Whether a public package of the normalised name exists, as far as is known: it may say yes in error once in 256 times. */
  isKnown(name: string): boolean;
  /** Whether it is one of the most used. */
  isPopular(name: string): boolean;
  /** Most used first. */
  readonly popular: readonly string[];
  /** What `find` returns, kept by name: going through all popular names takes some milliseconds. */
  near(name: string, find: () => readonly string[]): readonly string[];
  /** Whether a list of all packages is at hand, so that absence from it says something. */
  readonly hasList: boolean;
}

/** Names whose nearest are remembered. */
const maxRemembered = 1000;

/** @param folder under grammars/. Files that are not there count as empty. */
export function loadPackageData(folder: string): PackageData {
  const path = (name: string): string => packageFile(`grammars/${folder}/packages/${name}`);
  const read = (name: string): string | undefined =>
    existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined;
  const written = packagesFile.parse(JSON.parse(read('packages.json') ?? '{}'));
  const imports = new Map(Object.entries(written.imports).map(([name, names]) => [name, [names].flat()]));
  const once = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const found = new Map<string, readonly string[]>();
  const hasList = existsSync(path('names.bin'));
  const filter = once((): NameFilter | undefined =>
    hasList ? readFilter(readFileSync(path('names.bin'))) : undefined,
  );
  const popular = once(() => (read('popular.txt') ?? '').split('\n').filter((line) => line !== ''));
  const popularSet = once(() => new Set(popular()));
  return {
    standard: new Set(written.standard),
    schemes: new Map(Object.entries(written.schemes).map(([scheme, names]) => [scheme, new Set(names)])),
    imports,
    importedAs: new Map(
      [...imports]
        .reverse()
        .flatMap(([name, names]) => names.slice(0, 1).map((each) => [each.toLowerCase(), name])),
    ),
    namespaces: new Set(written.namespaces),
    affixes: written.affixes,
    tools: new Set(written.tools),
    elsewhere: new Set(written.elsewhere),
    isKnown: (name) => filter()?.has(name) === true || popularSet().has(name),
    isPopular: (name) => popularSet().has(name),
    get popular() {
      return popular();
    },
    hasList,
    near(name, find) {
      const before = found.get(name);
      if (before) return before;
      if (found.size >= maxRemembered) found.clear();
      const names = find();
      found.set(name, names);
      return names;
    },
  };
}
