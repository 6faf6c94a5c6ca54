// names/unresolved: uses of a name that nothing binds.
import type { NameUse } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import type { Importable } from '../../core/project.ts';
import { contains, type Span } from '../../core/span.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { addImport } from '../fixes/add-import.ts';
import { type Nearest, nearest } from '../fixes/nearest.ts';
import { renameTo } from '../fixes/rename.ts';
import { namesOfBrokenImports } from './imports-of.ts';

const builtinSets = new WeakMap<Language, ReadonlySet<string>>();

export const namesUnresolved: Check = {
  name: 'names/unresolved',
  severity: 'error',
  summary: 'A name that no scope of the file, no import and no builtin binds.',
  example: { languageId: 'python', code: 'def total(prices):\n    return sum(pricse)\n' },
  judges: ({ closed }) => closed !== undefined && closed !== false,
  run(_, subject) {
    const { language, facts, project, text, path } = subject;
    if (facts.opaque) return [];
    const shared = project.sharedNames(path, language.id, { text, facts });
    if (!shared && language.closed === 'package') return [];
    const builtins = builtinsOf(language);
    const ambient = project.ambient(language.id);
    const others = partsOfOthers(subject);
    const types = new Set(
      facts.unresolved.filter(({ space }) => space === 'type').map(({ span }) => span.start),
    );
    const areImported = once(() => areNamesImported(subject));
    const mayBeAmbient = once(() => lacksAmbient(subject));
    return facts.unresolved
      .filter(({ name, doubtful }) => !doubtful && !builtins.has(name) && !ambient.has(name))
      .filter((use) => !mayComeFromPage(subject, use) && !others.some((part) => contains(part, use.span)))
      .filter((use) => !shared || shared.look(use) === 'unbound')
      .filter((use) => !areImported() || isSlipOfLocal(subject, use))
      .map(finder(subject, builtins, shared?.names ?? []))
      .filter((finding) => finding.fixes.length > 0 || !mayBeNew(subject, finding))
      .filter(({ fixes, span }) => fixes.length > 0 || !types.has(span.start) || !mayBeAmbient());
  },
};

/** Uses in one file of which it is said what could be meant: a file with more is not one with some slips of the hand. */
const maxSuggested = 100;

function builtinsOf(language: Language): ReadonlySet<string> {
  const known = builtinSets.get(language);
  if (known) return known;
  const made = new Set(language.builtins);
  builtinSets.set(language, made);
  return made;
}

/** Whether a later version of the language than the known one may have the name by itself. */
function mayBeNew({ path, language, project, text }: Subject, { span }: CheckFinding): boolean {
  const names = language.types?.standard?.names;
  if (names === undefined || project.outgrown?.(path, language.id) !== true) return false;
  return new RegExp(names, 'u').test(text.slice(span.start, span.end));
}

/** Whether a tool of the project imports what files name: from where, only the tool's own settings say. */
function areNamesImported({ path, language, project }: Subject): boolean {
  const pattern = language.types?.autoImport;
  const manifest = pattern === undefined ? undefined : project.manifestOf(path, language.id);
  const written = manifest && project.text(manifest.path);
  return written !== undefined && new RegExp(pattern!, 'u').test(written);
}

/** Whether nothing but another name that is seen there can have been meant. */
const isSlipOfLocal = ({ visibleNames }: Subject, { name, span }: NameUse): boolean =>
  nearest(
    name,
    visibleNames(span.start).map((binding) => binding.name),
  )?.certain === true;

/** Whether a package that gives names to all files is asked for and not installed: which names those are, only it tells. */
function lacksAmbient({ path, language, project }: Subject): boolean {
  const pattern = language.types?.ambientPackage;
  if (pattern === undefined) return false;
  const manifest = project.manifestOf(path, language.id);
  const written = manifest && project.text(manifest.path);
  return [...(written ?? '').matchAll(new RegExp(pattern, 'gu'))].some(([, name = '']) => {
    const resolution = project.packageOf(path, language.id, name);
    return resolution.kind !== 'installed' && !('path' in resolution && resolution.path !== undefined);
  });
}

/** What is added to other modules, which are named by strings: those modules' names count there. */
const partsOfOthers = ({ facts, text }: Subject): Span[] =>
  facts.symbols
    .filter(({ kind, nameSpan }) => kind === 'module' && /["']/.test(text[nameSpan.start] ?? ''))
    .map(({ span }) => span);

/**
 * A script shares its names with whatever else a page or host loads, which no file says. Of a candidate, a name that
 * the script used before is taken to come from there; of a whole script, all of them are.
 */
function mayComeFromPage({ facts, before }: Subject, { name }: NameUse): boolean {
  if (!facts.script) return false;
  return !before || before.facts.unresolved.some((use) => use.name === name);
}

/** What is said of each use, in order. What a name could mean is looked for once. */
function finder(
  subject: Subject,
  builtins: ReadonlySet<string>,
  shared: Iterable<string>,
): (use: NameUse) => CheckFinding {
  const { language, path, project, text, facts } = subject;
  const importables = new Map<string, readonly Importable[]>();
  const builtin = new Map<string, Nearest | undefined>();
  let suggested = 0;
  const importable = (use: NameUse): Importable[] =>
    remembered(importables, use.name, () => project.importable(path, language.id, use.name)).filter(
      (each) => !each.namespace || mayHaveMember(subject, each.module, use),
    );
  const broken = once(() => namesOfBrokenImports(subject));
  const meantBy = ({ name, span }: NameUse): Nearest | undefined => {
    const visible = subject
      .visibleNames(span.start)
      .filter((binding) => binding.kind !== 'import' || !broken().has(binding.name));
    return (
      nearest(name, new Set([...visible.map((binding) => binding.name), ...shared])) ??
      remembered(builtin, name, () => nearest(name, builtins))
    );
  };

  return (use) => {
    const { name, span, space } = use;
    const said = `\`${name}\` is not defined`;
    if (++suggested > maxSuggested) return { span, message: said, fixes: [] };
    const from = importable(use);
    if (from.length > 0) {
      const fixes = from.slice(0, maxNamed).flatMap((what): Fix[] => {
        const edit = addImport(text, facts, language, what, space);
        const title = what.namespace
          ? `Import \`${what.module}\``
          : `Import \`${name}\` from \`${what.module}\``;
        const certain = what.certain === true && from.length === 1;
        return edit ? [{ title, certain, edits: [{ path, edits: [edit] }] }] : [];
      });
      const places = list(from.map(({ module }) => module));
      return { span, message: `${said}; it could be imported from ${places}`, fixes };
    }
    const meant = meantBy(use);
    return renameTo({ path, span, name, said, names: [], meant });
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function remembered<Value>(known: Map<string, Value>, name: string, make: () => Value): Value {
  if (!known.has(name)) known.set(name, make());
  return known.get(name)!;
}

/** Whether a use asks for a member that the module has, as far as that is known. */
function mayHaveMember(
  { path, language, project, text }: Subject,
  module: string,
  { span }: NameUse,
): boolean {
  const member = /^\s*\.\s*([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(text.slice(span.end, span.end + maxMember))?.[1];
  if (member === undefined) return false;
  const offers = project.declarationsOf(path, language.id, module);
  return !offers?.complete || offers.byName.has(member);
}

/** Code units behind a name in which the member that it is asked for is read. */
const maxMember = 100;

/** How many places a message names. */
const maxNamed = 3;

const list = (modules: readonly string[]): string =>
  modules
    .slice(0, maxNamed)
    .map((module) => `\`${module}\``)
    .join(' or ') + (modules.length > maxNamed ? ' and others' : '');
