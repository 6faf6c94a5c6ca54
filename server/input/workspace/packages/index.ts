// The door of this folder: which package a module belongs to, where it is declared, and where an installed one lies.
import { dirname, relative } from 'node:path';
import type { Language } from '../../../core/language.ts';
import type { Manifest, PackageResolution } from '../../../core/project.ts';
import type { Disk } from '../disk.ts';
import { listingTrustMs, maxResolutions } from '../limits.ts';
import { readSource } from '../read.ts';
import { cargo } from './cargo.ts';
import { loadPackageData, type PackageData } from './data.ts';
import {
  type Asking,
  type Dependency,
  type Ecosystem,
  type Entry,
  type ModuleOfPackage,
  unknownModule,
  unknownPackage,
} from './ecosystem.ts';
import { gomod } from './gomod.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { pypi } from './pypi.ts';
import type { Registry } from './registry.ts';

export type { Dependency, Entry, ModuleOfPackage } from './ecosystem.ts';

const ecosystems: Readonly<Record<NonNullable<Language['packages']>['ecosystem'], Ecosystem>> = {
  pypi,
  npm,
  gomod,
  cargo,
  maven,
};

export interface Packages {
  packageOf(fromPath: string, languageId: string, module: string): PackageResolution;
  manifestOf(fromPath: string, languageId: string): Manifest | undefined;
  /** Whether a module exists in its installed package. */
  moduleOf(fromPath: string, languageId: string, module: string): ModuleOfPackage;
  /** Where an installed module is, for reading what it declares. */
  entryOf(fromPath: string, languageId: string, module: string): Entry | undefined;
  /** What the manifests around a file name, for whoever tells a model which versions are in use. */
  dependenciesOf(fromPath: string, languageId: string): readonly Dependency[];
  /** The text of a manifest, open text before disk. */
  read(path: string): string | undefined;
  /** Files were created, changed or removed: manifests and installations are read again. */
  changed(): void;
}

export interface PackagesWorld {
  readonly languages: readonly Language[];
  readonly disk: Disk;
  /** The workspace folder that holds a path. */
  readonly folder: (path: string) => string | undefined;
  readonly files: (folder: string) => readonly string[];
  readonly openText: (path: string) => string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asked about names that nothing else knows, where the user allows it. */
  readonly registry?: Registry;
}

/** Input of tests and samples of other projects: what they import is meant to be missing, or is not the project's own. */
const foreignFolder =
  /(?:^|[\\/])(?:__?fixtures?__?|fixtures?|test-?data|__mocks__|testcases|vendor|third_party|templates?|cookiecutter[^\\/]*)[\\/]/i;

/** Beside the package: run by hand, where more may be installed than the package asks for. */
const besideFolder =
  /(?:^|[\\/])(?:examples?|samples?|demos?|docs?|documentation|scripts?|tools?|bench(?:mark)?s?|playgrounds?|e2e|ci|\.[^\\/]+)[\\/]/i;

/** Answers come from memory until `changed`, or until the disk may have changed without a word. */
export function createPackages(world: PackagesWorld): Packages {
  const languages = new Map(world.languages.map((language) => [language.id, language]));
  const standards = new Map(
    world.languages.map(({ id, modules }) => [id, new Set(modules?.standard)] as const),
  );
  const data = new Map<string, PackageData>();
  const answers = new Map<string, { readonly answer: PackageResolution; readonly made: number }>();
  let kept = new Map<string, { readonly value: unknown; readonly made: number }>();
  const texts = new Map<string, string | undefined>();

  const dataOf = (folder: string): PackageData => {
    const known = data.get(folder) ?? loadPackageData(folder);
    data.set(folder, known);
    return known;
  };
  const read = (path: string): string | undefined => {
    const open = world.openText(path);
    if (open !== undefined) return open;
    if (!texts.has(path)) {
      const source = readSource(path);
      texts.set(path, 'text' in source ? source.text : undefined);
    }
    return texts.get(path);
  };
  const asking = (fromPath: string, language: Language): Asking => {
    const held = world.folder(fromPath);
    const { ecosystem, data: folder } = language.packages!;
    return {
      fromPath,
      folder: held ?? dirname(fromPath),
      disk: world.disk,
      read,
      files: () => (held === undefined ? [] : world.files(held)),
      data: dataOf(folder),
      extensions: language.modules?.extensions ?? [],
      standard: standards.get(language.id)!,
      environment: world.environment,
      keep<T>(key: string, make: () => T): T {
        const whole = `${ecosystem}\n${key}`;
        const before = kept.get(whole);
        if (before) return before.value as T;
        const value = make();
        kept.set(whole, { value, made: performance.now() });
        return value;
      },
    };
  };
  /** What an ecosystem says of a file; `otherwise` for files of a language without one, or with no place on disk. */
  const ask = <T>(
    fromPath: string,
    languageId: string,
    otherwise: T,
    answer: (ecosystem: Ecosystem, at: Asking, rules: NonNullable<Language['packages']>) => T,
  ): T => {
    const language = languages.get(languageId);
    if (!language?.packages || fromPath === '') return otherwise;
    return answer(ecosystems[language.packages.ecosystem], asking(fromPath, language), language.packages);
  };
  /** The disk may change without a word: an installation that runs beside the editor. */
  const refresh = (): void => {
    const oldest = kept.values().next().value;
    if (oldest && performance.now() - oldest.made > manifestTrustMs) forget();
  };
  const forget = (): void => {
    kept = new Map();
    answers.clear();
    texts.clear();
  };

  return {
    packageOf(fromPath, languageId, module) {
      refresh();
      const key = `${languageId}\n${module}\n${dirname(fromPath)}`;
      const before = answers.get(key);
      if (before && performance.now() - before.made < listingTrustMs) return before.answer;
      const answer = ask(fromPath, languageId, unknownPackage, (ecosystem, at, rules) => {
        const found = ecosystem.packageOf(at, module);
        if (found.kind === 'standard' || found.kind === 'declared') return found;
        const place = relative(at.folder, fromPath);
        if (foreignFolder.test(place)) return unknownPackage;
        if (found.kind !== 'absent' && !ecosystem.exhaustive && besideFolder.test(place))
          return unknownPackage;
        return found.kind === 'absent' ? confirmed(world.registry, rules.ecosystem, found) : found;
      });
      if (answers.size >= maxResolutions) answers.clear();
      answers.set(key, { answer, made: performance.now() });
      return answer;
    },
    manifestOf(fromPath, languageId) {
      refresh();
      return ask(fromPath, languageId, undefined, (ecosystem, at) => ecosystem.manifestOf(at));
    },
    moduleOf(fromPath, languageId, module) {
      refresh();
      return ask(fromPath, languageId, unknownModule, (ecosystem, at) => ecosystem.moduleOf(at, module));
    },
    entryOf(fromPath, languageId, module) {
      refresh();
      return ask(fromPath, languageId, undefined, (ecosystem, at) => ecosystem.entryOf(at, module));
    },
    dependenciesOf(fromPath, languageId) {
      refresh();
      return ask(fromPath, languageId, [], (ecosystem, at) => [
        ...ecosystem.declared(at).dependencies.values(),
      ]);
    },
    read,
    changed: forget,
  };
}

/** Milliseconds for which manifests and installations are believed, if nobody tells of changes: they are slow to read. */
const manifestTrustMs = 10_000;

/** What a registry says of a name that is not in the lists; while it has not answered, the lists hold. */
function confirmed(
  registry: Registry | undefined,
  ecosystem: string,
  found: Extract<PackageResolution, { kind: 'absent' }>,
): PackageResolution {
  return registry?.ask(ecosystem, found.name) === 'exists' ? { kind: 'known', name: found.name } : found;
}
