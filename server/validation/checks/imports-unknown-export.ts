// imports/unknown-export: a name that the module it is imported from does not have.
import { basename } from 'node:path';
import type { Declarations } from '../../core/declarations.ts';
import type { ImportFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import { spanText } from '../../core/span.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { renameTo } from '../fixes/rename.ts';
import { isInModule } from './imports-of.ts';

export const importsUnknownExport: Check = {
  name: 'imports/unknown-export',
  severity: 'error',
  summary: 'An import of a name that its module does not have.',
  example: { languageId: 'python', code: 'from collections import OrderDict\n' },
  judges: ({ types, modules }) => types !== undefined && modules !== undefined,
  run(_, subject) {
    const { path, language, facts, project } = subject;
    return facts.imports.flatMap((one): CheckFinding[] => {
      if (one.optional || one.names.length === 0 || isMeant(one, subject) || isInModule(subject, one))
        return [];
      const offers = project.declarationsOf(path, language.id, one.module);
      if (!offers?.complete) return [];
      return one.names.flatMap(({ name, span }): CheckFinding[] => {
        if (offers.byName.has(name) || name === '*' || isSilent(name, subject)) return [];
        if (isModule(subject, one.module, name) || isGivenByLoader(subject, one.module, name)) return [];
        if (isFoster(subject, one.module, offers) || isPrivateElsewhere(name, one.module, subject)) return [];
        const said = `\`${one.module}\` has no \`${name}\` to import`;
        const names = [...offers.byName.keys()].filter((other) => !other.startsWith('_'));
        return [renameTo({ path, span, name, said, names })];
      });
    });
  },
};

const isSilent = (name: string, { language }: Subject): boolean =>
  language.types?.silent !== undefined && matches(language.types.silent, name);

/** What is private to a module that is not of the workspace need not be in what is known of it. */
const isPrivateElsewhere = (name: string, module: string, { path, language, project }: Subject): boolean =>
  language.types?.private !== undefined &&
  matches(language.types.private, name) &&
  project.resolve(path, language.id, module).kind !== 'file';

/** What a loader makes of modules of another kind is not in them. */
const isGivenByLoader = ({ path, language, project }: Subject, module: string, name: string): boolean =>
  name === 'default' && project.resolve(path, language.id, module).kind !== 'file';

/** Whether a file asks what is around it, and that does not know the file: it was put there by a path. */
function isFoster({ path, language }: Subject, module: string, offers: Declarations): boolean {
  if (language.modules?.outer !== module) return false;
  const name = basename(path);
  return !language.modules.index.includes(name) && !offers.byName.has(name.split('.', 1)[0]!);
}

const isMeant = ({ span }: ImportFact, { language, text }: Subject): boolean =>
  language.types?.expected !== undefined && matches(language.types.expected, spanText(text, span));

/** Whether a module of the name lies below, or may. */
function isModule({ path, language, project }: Subject, module: string, name: string): boolean {
  if (language.modules?.scheme !== 'dotted') return false;
  const own = project.resolve(path, language.id, module);
  // A plain file has no modules below it.
  if (own.kind === 'file' && !language.modules.index.includes(basename(own.path))) return false;
  const below = module.endsWith('.') ? module + name : `${module}.${name}`;
  const { kind } = project.resolve(path, language.id, below);
  if (kind === 'file' || kind === 'folder' || kind === 'unknown') return true;
  return project.declarationsOf(path, language.id, below) !== undefined;
}
