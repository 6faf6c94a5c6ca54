// What the checks of imports share: which imports lead out of the workspace for certain, and the text to mark and replace.
import type { ImportFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import type { PackageResolution } from '../../core/project.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';

export interface OutsideImport {
  readonly fact: Pick<ImportFact, 'module' | 'typeOnly'>;
  readonly resolution: PackageResolution;
  /** The module as it stands in the text. */
  readonly span: Span;
}

/**
 * Imports of packages, each module once: the first time it is written.
 * @param guarded whether those that may fail by intent are among them.
 */
export function outsideImports(
  { path, language, text, facts, project }: Subject,
  guarded: boolean,
): OutsideImport[] {
  const { packages } = language;
  if (!packages) return [];
  const seen = new Set<string>();
  const bound = packages.local ? namesBoundIn(facts) : undefined;
  const resolved = (fact: OutsideImport['fact'], span: Span): OutsideImport[] =>
    project.resolve(path, language.id, fact.module).kind === 'external'
      ? [{ fact, resolution: project.packageOf(path, language.id, fact.module), span }]
      : [];
  const written = facts.imports.flatMap((fact): OutsideImport[] => {
    if ((fact.optional && !guarded) || fact.module === '' || seen.has(fact.module)) return [];
    seen.add(fact.module);
    if (touchesError(fact, facts.errors) || bound?.(fact)) return [];
    return resolved(fact, moduleText(text, fact));
  });
  const called = guarded ? calledImports(text, facts, packages.importers ?? []) : [];
  return [
    ...written,
    ...called.flatMap(({ module, span }) => {
      if (seen.has(module)) return [];
      seen.add(module);
      return resolved({ module, typeOnly: false }, span);
    }),
  ];
}

/** Imports by a call with the module's name in a string: `import_module('a.b')`. They may fail by intent. */
function calledImports(
  text: string,
  { calls }: Subject['facts'],
  importers: readonly string[],
): { module: string; span: Span }[] {
  return calls.flatMap((call) => {
    const [first, second] = call.arguments;
    if (!first || second || !importers.includes(call.name)) return [];
    const module = /^(["'])([\w.]+)\1$/.exec(spanText(text, first.value))?.[2];
    if (module === undefined || module.startsWith('.')) return [];
    const start = first.value.start + 1;
    return [{ module, span: { start, end: start + module.length } }];
  });
}

/** Whether an import counts from a module in braces around it: what it means is not looked up from there. */
export const isInModule = ({ language, facts }: Subject, { span, module }: ImportFact): boolean =>
  language.modules?.absolute !== undefined &&
  !matches(language.modules.absolute, module) &&
  facts.symbols.some(({ kind, body }) => kind !== 'enum' && body !== undefined && contains(body, span));

/** Names that imports bind which are not there to be imported: what they were meant to be is not meant by them. */
export function namesOfBrokenImports({ path, language, facts, project }: Subject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { module, names: taken, namespace } of facts.imports) {
    const isMissing = project.resolve(path, language.id, module).kind === 'missing';
    if (namespace !== undefined && isMissing) names.add(namespace);
    const offers =
      taken.length > 0 && !isMissing ? project.declarationsOf(path, language.id, module) : undefined;
    for (const { name, local } of taken)
      if (isMissing || (offers?.complete === true && !offers.byName.has(name))) names.add(local);
  }
  return names;
}

const touchesError = (fact: ImportFact, errors: Subject['facts']['errors']): boolean =>
  errors.some(({ span }) => span.start <= fact.span.end && fact.span.start <= span.end);

/** Whether an import may begin with a name of the file itself, or one that a wildcard of unknown content brings. */
function namesBoundIn(facts: Subject['facts']): (fact: ImportFact) => boolean {
  const names = new Set<string>([
    ...facts.symbols.map(({ name }) => name),
    ...facts.topLevel.map(({ name }) => name),
  ]);
  const binders = facts.imports.flatMap((fact) => [
    ...fact.names.map(({ local }) => ({ local, fact })),
    ...(fact.namespace === undefined ? [] : [{ local: fact.namespace, fact }]),
  ]);
  const wild = facts.imports.some(({ wildcard }) => wildcard);
  return (fact) => {
    const first = /^[^:./]*/.exec(fact.module)![0];
    // A path that begins with two separators begins with a package.
    if (first === '') return false;
    return (
      wild ||
      names.has(first) ||
      binders.some(({ local, fact: by }) => local === first && by.module !== first && by !== fact)
    );
  };
}

/** The module's text without quotes; the whole span where it is not written in one piece. */
export function moduleText(text: string, { module, moduleSpan }: ImportFact): Span {
  const at = text.slice(moduleSpan.start, moduleSpan.end).indexOf(module);
  if (at < 0) return moduleSpan;
  return { start: moduleSpan.start + at, end: moduleSpan.start + at + module.length };
}
