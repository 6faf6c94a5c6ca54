// Places in real source trees at which an imported name is used next, to learn from: no labels but the code itself.
import type { FileFacts } from '../../server/core/facts.ts';
import type { Language } from '../../server/core/language.ts';
import { lineStarts } from '../../server/core/lines.ts';
import { type Definition, definitionOf } from '../../server/input/context/definitions.ts';
import { type AtHand, type Features, featuresOf } from '../../server/input/context/next-use.ts';
import { readPlace } from '../../server/input/context/place.ts';
import type { Repository } from './repository.ts';

/** One choice: what is known of each name at hand, and which of them was used. */
export interface Choice {
  readonly repository: string;
  readonly kind: 'first' | 'any' | 'within';
  readonly features: readonly Features[];
  readonly used: number;
}

interface Use {
  readonly kind: Choice['kind'];
  readonly offset: number;
  readonly lineEnd: number;
  readonly used: number;
}

/** Names to choose from: with fewer there is little to learn. */
const minNames = 5;

/** Choices of a file: the first use of a name, any use, and a use within its line. */
const perFile = { first: 6, any: 3, within: 3 } as const;

const identifiers = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Each place is asked about with the text before it alone, and with the text after its line as well. */
export async function* choicesOf(repository: Repository): AsyncGenerator<Choice> {
  const { project, syntax, folder } = repository;
  for (const path of project.files(folder)) {
    const language = syntax.languageFor(path);
    if (!language || !(await syntax.load(language.id))) continue;
    await project.prepare(language.id);
    const facts = project.facts(path);
    const text = project.text(path);
    const names = facts && namesAtHand(repository, path, facts, language);
    if (!facts || text === undefined || !names || names.length < minNames) continue;
    const imports = facts.imports.map(({ span }) => span);
    const locals = names.map(({ name }) => name);
    for (const { kind, offset, lineEnd, used } of usesIn(text, facts, locals)) {
      for (const after of ['', text.slice(lineEnd)]) {
        const place = readPlace(text.slice(0, offset) + after, offset, imports);
        yield { repository: folder, kind, features: featuresOf(place, path, names), used };
      }
    }
  }
}

/** Imported names whose definitions are in the workspace. */
function namesAtHand(
  { project }: Repository,
  path: string,
  { imports }: FileFacts,
  language: Language,
): readonly AtHand[] {
  const names = new Map<string, AtHand>();
  for (const { module, names: imported } of imports) {
    for (const { name, local } of imported) {
      const definition = definitionOf(project, language, path, module, name);
      if (definition && definition.path !== path && !names.has(local)) {
        names.set(local, atHand(definition, local));
      }
    }
  }
  return [...names.values()];
}

function atHand({ path, text, symbol }: Definition, local: string): AtHand {
  const wordsIn = (part: string): string[] => [...new Set(part.match(identifiers))];
  const { start, end } = symbol.span;
  return {
    name: local,
    kind: symbol.kind,
    path,
    signature: wordsIn(text.slice(symbol.signature.start, symbol.signature.end)).filter(
      (one) => one !== symbol.name,
    ),
    text: wordsIn(text.slice(start, Math.min(end, start + 1500))),
  };
}

function usesIn(text: string, facts: FileFacts, names: readonly string[]): readonly Use[] {
  const starts = lineStarts(text);
  const silent = [
    ...facts.comments.map(({ span }) => span),
    ...facts.strings,
    ...facts.imports.map(({ span }) => span),
  ];
  const lastImport = Math.max(...facts.imports.map(({ span }) => span.end));
  const known = new Set<string>();
  const first: Use[] = [];
  const any: Use[] = [];
  const within: Use[] = [];
  for (const [line, start] of starts.entries()) {
    if (start < lastImport) continue;
    const lineEnd = starts[line + 1] ?? text.length;
    const uses = [...text.slice(start, lineEnd).matchAll(identifiers)]
      .map(({ 0: name, index }) => ({ name, at: start + index }))
      .filter(({ name, at }) => names.includes(name) && text[at - 1] !== '.')
      .filter(({ at }) => !silent.some((each) => each.start <= at && at < each.end));
    if (uses.length === 0) continue;
    const used = (name: string): number => names.indexOf(name);
    const fresh = uses.find(({ name }) => !known.has(name));
    if (fresh) first.push({ kind: 'first', offset: start, lineEnd, used: used(fresh.name) });
    any.push({ kind: 'any', offset: start, lineEnd, used: used(uses[0]!.name) });
    const typed = uses[0]!.at + (line % 3);
    within.push({ kind: 'within', offset: Math.min(typed, lineEnd), lineEnd, used: used(uses[0]!.name) });
    for (const { name } of uses) known.add(name);
  }
  return [...spread(first, perFile.first), ...spread(any, perFile.any), ...spread(within, perFile.within)];
}

/** So many of them, from all over the file. */
const spread = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, at) => items[Math.floor(((at + 0.5) * items.length) / count)]!);
