// imports/unknown-module: an import of a module that would have to be in the workspace, or in an installed package, and is not.
import { distance } from 'fastest-levenshtein';
import type { Check, CheckFinding } from '../check.ts';
import { moduleText } from './imports-of.ts';

/** Of a module's name, at most this share may differ for the nearest one to be put in without asking. */
const certainShare = 0.2;

export const importsUnknownModule: Check = {
  name: 'imports/unknown-module',
  severity: 'error',
  summary:
    'An import of a module that would have to be in the workspace, or in an installed package, and is not there.',
  example: { languageId: 'typescript', code: "import { parse } from './praser.ts';\n" },
  judges: ({ modules }) => modules !== undefined,
  run(_, { path, language, text, facts, project }) {
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
