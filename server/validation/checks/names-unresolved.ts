// names/unresolved: uses of a name that nothing binds.
import type { NameUse } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { addImport } from '../fixes/add-import.ts';
import { nearest } from '../fixes/nearest.ts';

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
    return facts.unresolved
      .filter(({ name, doubtful }) => !doubtful && !builtins.has(name) && !ambient.has(name))
      .filter((use) => !mayComeFromPage(subject, use))
      .filter((use) => !shared || shared.look(use) === 'unbound')
      .map((use) => finding(subject, use, builtins, shared?.names ?? []));
  },
};

function builtinsOf(language: Language): ReadonlySet<string> {
  const known = builtinSets.get(language);
  if (known) return known;
  const made = new Set(language.builtins);
  builtinSets.set(language, made);
  return made;
}

/**
 * A script shares its names with whatever else a page or host loads, which no file says. Of a candidate, a name that
 * the script used before is taken to come from there; of a whole script, all of them are.
 */
function mayComeFromPage({ facts, before }: Subject, { name }: NameUse): boolean {
  if (!facts.script) return false;
  return !before || before.facts.unresolved.some((use) => use.name === name);
}

function finding(
  subject: Subject,
  use: NameUse,
  builtins: ReadonlySet<string>,
  shared: Iterable<string>,
): CheckFinding {
  const { language, path, project, text, facts } = subject;
  const { name, span, space } = use;
  const from = project
    .importable(path, language.id, name)
    .filter(({ namespace }) => !namespace || isAskedForMember(text, span));
  if (from.length > 0) {
    const fixes = from.flatMap((what): Fix[] => {
      const edit = addImport(text, facts, language, what, space);
      const title = what.namespace
        ? `Import \`${what.module}\``
        : `Import \`${name}\` from \`${what.module}\``;
      return edit ? [{ title, certain: from.length === 1, edits: [{ path, edits: [edit] }] }] : [];
    });
    return {
      span,
      message: `\`${name}\` is not defined; it could be imported from ${list(from.map(({ module }) => module))}`,
      fixes,
    };
  }
  const visible = subject.visibleNames(span.start).map((binding) => binding.name);
  const meant = nearest(name, [...visible, ...shared]) ?? nearest(name, builtins);
  if (!meant) return { span, message: `\`${name}\` is not defined`, fixes: [] };
  return {
    span,
    message: `\`${name}\` is not defined; did you mean \`${meant.name}\`?`,
    fixes: [
      {
        title: `Change to \`${meant.name}\``,
        certain: meant.certain,
        edits: [{ path, edits: [{ span, newText: meant.name }] }],
      },
    ],
  };
}

const isAskedForMember = (text: string, { end }: NameUse['span']): boolean =>
  /^\s*\./.test(text.slice(end, end + 20));

/** How many places a message names. */
const maxNamed = 3;

const list = (modules: readonly string[]): string =>
  modules
    .slice(0, maxNamed)
    .map((module) => `\`${module}\``)
    .join(' or ') + (modules.length > maxNamed ? ' and others' : '');
