// From the name of a module, as an import writes it, to the file that it means; and back, for writing an import.
import { dirname } from 'node:path';
import type { Language, ModuleRules } from '../../core/language.ts';
import type { Importable, ModuleResolution, SharedNames } from '../../core/project.ts';
import type { Disk } from './disk.ts';
import type { Bounds } from './ignore.ts';
import { listingTrustMs, maxResolutions } from './limits.ts';
import { classes } from './modules/class.ts';
import { crate } from './modules/crate.ts';
import { dotted } from './modules/dotted.ts';
import { folders } from './modules/folder.ts';
import { paths } from './modules/path.ts';
import {
  type Exports,
  type Neighbours,
  type ParsedText,
  type Scheme,
  type Surroundings,
  unknown,
} from './modules/scheme.ts';
import { standardImportables } from './modules/standard.ts';
import { readSource } from './read.ts';

const schemes: Record<ModuleRules['scheme'], Scheme> = {
  dotted,
  path: paths,
  folder: folders,
  crate,
  class: classes,
};

export interface Modules {
  resolve(fromPath: string, languageId: string, module: string): ModuleResolution;
  /** How the file would import the module at `path`; `style` are its modules as written now. */
  nameFor(fromPath: string, languageId: string, path: string, style: readonly string[]): string | undefined;
  /** What other files can import from a file; `undefined` when that cannot be told. */
  exportsOf(languageId: string, file: ParsedText): Exports | undefined;
  sharedNames(
    fromPath: string,
    languageId: string,
    file: ParsedText,
    near: Neighbours,
  ): SharedNames | undefined;
  /** Where the standard library of a language has a name that can be imported. */
  standardHomes(languageId: string, name: string): readonly Importable[];
  /** Languages that modules of this one may be written in, itself first. */
  family(languageId: string): readonly string[];
  /** See `Scheme`. */
  ambientNames(languageId: string, text: string, path: string): readonly string[];
  addedMembers(languageId: string, text: string): readonly string[];
  ambientFiles(languageId: string, folder: string): Iterable<string>;
  declaredNames(languageId: string, text: string): Iterable<string>;
  /** Drop what was read from manifests. */
  changed(): void;
}

export interface ModuleWorld {
  readonly languages: readonly Language[];
  readonly disk: Disk;
  readonly bounds: (path: string) => Bounds;
  /** The workspace folder that holds a path. */
  readonly folder: (path: string) => string | undefined;
  readonly files: (folder: string) => readonly string[];
}

/** Resolves by the rules of each language. Manifests are read once, until `changed`. */
export function createModules(world: ModuleWorld): Modules {
  const rules = new Map(
    world.languages.flatMap(({ id, modules }) => (modules ? [[id, modules] as const] : [])),
  );
  const answers = new Map<string, { answer: ModuleResolution; made: number }>();
  const texts = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!texts.has(path)) {
      const source = readSource(path);
      texts.set(path, 'text' in source ? source.text : undefined);
    }
    return texts.get(path);
  };
  const surroundings = (fromPath: string, languageId: string): Surroundings | undefined => {
    const found = rules.get(languageId);
    if (!found || fromPath === '') return undefined;
    const held = world.folder(fromPath);
    const folder = held ?? dirname(fromPath);
    return {
      fromPath,
      rules: found,
      folder,
      disk: world.disk,
      bounds: world.bounds(fromPath),
      read,
      // A file that no workspace holds lies anywhere: what is around it is not searched.
      files: () => (held === undefined ? [] : world.files(held)),
    };
  };
  const schemeOf = (languageId: string): Scheme | undefined => {
    const found = rules.get(languageId);
    return found && schemes[found.scheme];
  };
  return {
    resolve(fromPath, languageId, module) {
      const key = `${languageId}\n${module}\n${fromPath}`;
      const now = performance.now();
      const before = answers.get(key);
      if (before && now - before.made < listingTrustMs) return before.answer;
      const at = surroundings(fromPath, languageId);
      const answer = at ? schemes[at.rules.scheme].resolve(at, module) : unknown;
      if (answers.size >= maxResolutions) answers.clear();
      answers.set(key, { answer, made: now });
      return answer;
    },
    nameFor(fromPath, languageId, path, style) {
      const at = surroundings(fromPath, languageId);
      return at && schemes[at.rules.scheme].nameFor(at, path, style);
    },
    exportsOf: (languageId, file) => schemeOf(languageId)?.exportsOf?.(file),
    sharedNames(fromPath, languageId, file, near) {
      const shared = schemeOf(languageId)?.sharedNames;
      const at = shared && world.folder(fromPath) !== undefined && surroundings(fromPath, languageId);
      return at ? shared(at, file, near) : undefined;
    },
    standardHomes(languageId, name) {
      const found = rules.get(languageId);
      return found ? standardImportables(found, name) : [];
    },
    family(languageId) {
      const endings = rules.get(languageId)?.extensions ?? [];
      const others = world.languages.filter(
        ({ id, extensions }) =>
          id !== languageId && extensions.some((extension) => endings.includes(extension)),
      );
      return [languageId, ...others.map(({ id }) => id)];
    },
    ambientNames: (languageId, text, path) => schemeOf(languageId)?.ambientNames?.(text, path) ?? [],
    addedMembers: (languageId, text) => schemeOf(languageId)?.addedMembers?.(text) ?? [],
    ambientFiles: (languageId, folder) =>
      schemeOf(languageId)?.ambientFiles?.(folder, world.disk, read) ?? [],
    declaredNames: (languageId, text) => schemeOf(languageId)?.declaredNames?.(text) ?? [],
    changed() {
      texts.clear();
      answers.clear();
    },
  };
}
