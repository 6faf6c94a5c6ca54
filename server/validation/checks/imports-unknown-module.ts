// imports/unknown-module: an import of a module that would have to be in the workspace, or in an installed package, and is not.
import { distance } from 'fastest-levenshtein';
import type { Binding, ImportFact } from '../../core/facts.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { nearest } from '../fixes/nearest.ts';
import { renameTo } from '../fixes/rename.ts';
import { moduleText } from './imports-of.ts';

/** Of a module's name, at most this share may differ for the nearest one to be put in without asking. */
const certainShare = 0.2;
/** Shorter names of modules are near to each other by chance. */
const minCertainLength = 4;

/** Nothing, or what a template will write there, or what a tool of the project writes as it is built. */
const isNoPath = /^$|[<>{}]|(?:^|\/)(?:(?:__)?generated(?:__)?|\+types)\//;

export const importsUnknownModule: Check = {
  name: 'imports/unknown-module',
  severity: 'error',
  summary:
    'An import of a module that would have to be in the workspace, or in an installed package, and is not there.',
  example: { languageId: 'typescript', code: "import { parse } from './praser.ts';\n" },
  judges: ({ modules }) => modules !== undefined,
  run(_, subject) {
    const { path, language, facts, project } = subject;
    return facts.imports.flatMap((one): CheckFinding[] => {
      if (one.optional || isNoPath.test(one.module)) return [];
      const resolution = project.resolve(path, language.id, one.module);
      const standard = resolution.kind === 'external' ? standardSlip(subject, one) : undefined;
      if (standard !== undefined) return [misnamed(subject, one, [standard])];
      if (resolution.kind !== 'missing') return [];
      return [misnamed(subject, one, resolution.nearest)];
    });
  },
};

function misnamed(subject: Subject, one: ImportFact, [nearest, second]: readonly string[]): CheckFinding {
  const { path, text } = subject;
  const span = moduleText(text, one);
  const said = `There is no module \`${one.module}\` here`;
  if (nearest === undefined || nearest === one.module) return { span, message: said, fixes: [] };
  const apart = distance(nearest, one.module);
  const certain =
    differing(one.module, nearest).length >= minCertainLength &&
    offersAll(subject, nearest, one) &&
    apart <= Math.max(1, one.module.length * certainShare) &&
    (second === undefined || distance(second, one.module) > apart);
  return renameTo({ path, span, name: one.module, said, names: [], meant: { name: nearest, certain } });
}

/** A module of the standard library that was meant: its parent is known in full, and has one of nearly that name. */
function standardSlip({ path, language, project }: Subject, { module }: ImportFact): string | undefined {
  if (language.types?.classImports) return classSlip({ path, language, project }, module);
  if (language.modules?.scheme !== 'dotted') return undefined;
  const segments = module.split('.');
  if (segments.length < 2 || project.packageOf(path, language.id, module).kind !== 'standard')
    return undefined;
  const offers = (length: number) =>
    project.declarationsOf(path, language.id, segments.slice(0, length).join('.'));
  const wrong = segments.findIndex((_, index) => offers(index + 1) === undefined);
  const around = wrong < 1 ? undefined : offers(wrong);
  if (!around?.complete || around.byName.has(segments[wrong]!)) return undefined;
  const near = nearest(segments[wrong]!, around.byName.keys());
  return near && segments.with(wrong, near.name).join('.');
}

/**
 * The class of a package, all of whose classes are known, that was meant by nearly its name. In a package of the workspace
 * a build may make further ones, which are named after those that are there: with something before or behind.
 */
function classSlip(
  { path, language, project }: Pick<Subject, 'path' | 'language' | 'project'>,
  module: string,
): string | undefined {
  const dot = module.lastIndexOf('.');
  const [package_, name] = [module.slice(0, dot), module.slice(dot + 1)];
  if (dot < 0) return undefined;
  const isStandard = project.packageOf(path, language.id, module).kind === 'standard';
  if (!isStandard && project.resolve(path, language.id, package_).kind !== 'folder') return undefined;
  const offers = project.declarationsOf(path, language.id, package_);
  if (!offers?.complete || offers.byName.has(name)) return undefined;
  const near = nearest(name, offers.byName.keys());
  return near && (isStandard || hasSameEnds(near.name, name)) ? `${package_}.${near.name}` : undefined;
}

const hasSameEnds = (one: string, other: string): boolean =>
  one[0] === other[0] && one.at(-1) === other.at(-1);

/** The first of the names that a module's is made of in which it differs from another's. */
function differing(module: string, other: string): string {
  const theirs = other.split(nameEnds);
  return module.split(nameEnds).find((part, index) => part !== theirs[index]) ?? '';
}

const nameEnds = /[./:]+/;

/** Whether the module has all the names that are taken from the missing one, and the file does not import it already. */
function offersAll(
  { path, language, facts, project }: Subject,
  module: string,
  { names }: ImportFact,
): boolean {
  if (names.length === 0 || facts.imports.some((other) => other.module === module)) return false;
  const target = project.resolve(path, language.id, module);
  const offered =
    project.declarationsOf(path, language.id, module)?.byName ??
    (target.kind === 'file' ? namesOf(project.exportsOf(target.path)) : undefined);
  return offered !== undefined && names.every(({ name }) => offered.has(name));
}

const namesOf = (bindings: readonly Binding[] | undefined): ReadonlySet<string> | undefined =>
  bindings && new Set(bindings.map(({ name }) => name));
