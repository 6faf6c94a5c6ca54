// imports/undeclared-package: an import of a package that exists, which no manifest of the project names.
import type { Fix } from '../../core/finding.ts';
import type { PackageResolution } from '../../core/project.ts';
import type { Span } from '../../core/span.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { declarePackage } from '../fixes/declare-package.ts';
import { outsideImports } from './imports-of.ts';

export const importsUndeclaredPackage: Check = {
  name: 'imports/undeclared-package',
  severity: 'warning',
  summary:
    'An import of a package that exists or is installed, though no manifest of the project declares it: it is missing wherever the project is installed anew.',
  example: { languageId: 'typescript', code: "import chalk from 'chalk';\n" },
  judges: ({ packages }) => packages !== undefined,
  run(_, subject) {
    const told = new Set<string>();
    return outsideImports(subject, false).flatMap((one): CheckFinding[] => {
      const { fact, resolution } = one;
      // Types alone are gone when the code runs, and packages hand on those of others.
      if (fact.typeOnly || (resolution.kind !== 'installed' && resolution.kind !== 'known')) return [];
      if (told.has(resolution.name)) return [];
      told.add(resolution.name);
      return findingFor(subject, resolution, one.span) ?? [];
    });
  },
};

function findingFor(
  subject: Subject,
  resolution: Extract<PackageResolution, { kind: 'installed' | 'known' }>,
  span: Span,
): CheckFinding[] | undefined {
  const { path, language, project } = subject;
  const manifest = project.manifestOf(path, language.id);
  if (!manifest) return undefined;
  const { name } = resolution;
  const version = resolution.kind === 'installed' ? resolution.version : undefined;
  const fix = declarePackage(manifest, name, version);
  const file = manifest.path.split(/[\\/]/).at(-1)!;
  const near = (resolution.kind === 'known' && resolution.nearest) || [];
  const meant = near.length === 0 ? '' : `; did you mean \`${near[0]}\`?`;
  const there = resolution.kind === 'installed' ? 'is installed, but' : 'is';
  return [
    {
      span,
      message: `The package \`${name}\` ${there} not declared in ${file}${meant}`,
      fixes: [...renamed(subject, near, span), ...(fix ? [fix] : [])],
    },
  ];
}

/** The first name of the module in the place of which another may have been meant, with each of those. */
function renamed({ path, text }: Subject, names: readonly string[], { start, end }: Span): Fix[] {
  const first = /^(?:@[^/]+\/)?[^/.:]+/.exec(text.slice(start, end))?.[0];
  if (first === undefined) return [];
  const span = { start, end: start + first.length };
  return names.map((name) => ({
    title: `Change to \`${name}\``,
    // What was written exists.
    certain: false,
    edits: [{ path, edits: [{ span, newText: name }] }],
  }));
}
