// imports/unknown-package: an import of a package that is neither part of the language, installed, declared nor public.
import type { Check, CheckFinding, Subject } from '../check.ts';
import { nearest } from '../fixes/nearest.ts';
import { type OutsideImport, outsideImports } from './imports-of.ts';

export const importsUnknownPackage: Check = {
  name: 'imports/unknown-package',
  severity: 'error',
  summary:
    'An import of a package that is neither part of the language, installed, declared nor a known public package.',
  example: { languageId: 'python', code: 'import reqeusts\n' },
  judges: ({ packages }) => packages !== undefined,
  run: (_, subject) =>
    outsideImports(subject, subject.language.packages?.complete === true).flatMap(
      (one) => findingFor(subject, one) ?? [],
    ),
};

function findingFor(
  { path, text, facts }: Subject,
  { resolution, span }: OutsideImport,
): CheckFinding | undefined {
  if (resolution.kind !== 'absent') return undefined;
  const { name } = resolution;
  const at = text.slice(span.start, span.end).startsWith(name)
    ? { start: span.start, end: span.start + name.length }
    : span;
  const message = `There is no package \`${name}\`: it is not installed, no manifest declares it, and no public one is known`;
  const near = nearest(name, resolution.nearest);
  const certain = near && !facts.imports.some(({ module }) => module === near.name) ? near : undefined;
  const [best] = resolution.nearest;
  if (best === undefined) return { span: at, message, fixes: [] };
  return {
    span: at,
    message: `${message}; did you mean \`${best}\`?`,
    fixes: resolution.nearest.map((other) => ({
      title: `Change to \`${other}\``,
      certain: certain?.certain === true && certain.name === other,
      edits: [{ path, edits: [{ span: at, newText: other }] }],
    })),
  };
}
