// imports/unknown-module: an import of a module that would have to be in the workspace, or in an installed package, and is not.
import { distance } from 'fastest-levenshtein';
import type { Binding, ImportFact } from '../../core/facts.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { moduleText } from './imports-of.ts';

/** Of a module's name, at most this share may differ for the nearest one to be put in without asking. */
const certainShare = 0.2;
/** Shorter names of modules are near to each other by chance. */
const minCertainLength = 4;

export const importsUnknownModule: Check = {
  name: 'imports/unknown-module',
  severity: 'error',
  summary:
    'An import of a module that would have to be in the workspace, or in an installed package, and is not there.',
  example: { languageId: 'typescript', code: "import { parse } from './praser.ts';\n" },
  judges: ({ modules }) => modules !== undefined,
  run(_, subject) {
    const { path, language, text, facts, project } = subject;
    return facts.imports.flatMap((one): CheckFinding[] => {
      if (one.optional || one.module === '') return [];
      const resolution = project.resolve(path, language.id, one.module);
      if (resolution.kind !== 'missing') return [];
      const span = moduleText(text, one);
      const [nearest, second] = resolution.nearest;
      if (nearest === undefined || nearest === one.module) {
        return [{ span, message: `There is no module \`${one.module}\` here`, fixes: [] }];
      }
      const certain =
        differing(one.module, nearest).length >= minCertainLength &&
        offersAll(subject, nearest, one) &&
        distance(nearest, one.module) <= Math.max(1, one.module.length * certainShare) &&
        (second === undefined || distance(second, one.module) > distance(nearest, one.module));
      return [
        {
          span,
          message: `There is no module \`${one.module}\` here; did you mean \`${nearest}\`?`,
          fixes: [
            {
              title: `Change to \`${nearest}\``,
              certain,
              edits: [{ path, edits: [{ span, newText: nearest }] }],
            },
          ],
        },
      ];
    });
  },
};

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
