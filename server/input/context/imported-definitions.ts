// What the file's imports lead to in other files of the workspace: the definitions of imported names, as skeletons.
import type { FileFacts, ImportFact, SymbolFact } from '../../core/facts.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import { spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { type Definition, definitionOf, submodule } from './definitions.ts';
import { followImportsMs, maxComparedText } from './limits.ts';
import { type AtHand, nextUse } from './next-use.ts';
import { signatureOf, skeletonOf } from './skeleton.ts';
import type { ContextQuestion, Nearby, Source } from './source.ts';

/** A name that the place may use and where its definition is looked for. */
interface Wanted {
  readonly name: string;
  /** As the place writes it. */
  readonly local: string;
  readonly module: string;
  readonly closeness: number;
  readonly reason: string;
}

interface Found extends Wanted {
  readonly definition: Definition;
}

export const importedDefinitions: Source = (run, question, nearby) => {
  const { snapshot, language } = question;
  const found = follow(run, question, nearby);
  const likely = nextUse(nearby.place, snapshot.path, found.map(atHand));
  const most = Math.max(...likely);
  return found.map(({ definition, closeness, reason }, index): Snippet => {
    const { path, symbol } = definition;
    // What the subject names is certain to be of use; of the others, how likely it is compared with the likeliest.
    const score = Math.max(closeness > 0.7 ? closeness : 0, 0.25 + 0.6 * Math.sqrt(likely[index]! / most));
    const text = skeletonOf(definition, symbol, language, nearby.closeness);
    return { path, span: symbol.span, text, short: signatureOf(definition, symbol), reason, score };
  });
};

/** The definitions that imports come down to, those named near the place first: time may end before all are found. */
function follow(run: Run, question: ContextQuestion, nearby: Nearby): readonly Found[] {
  const { project, snapshot, file, language, purpose } = question;
  const wanted = file.facts.imports.flatMap((each) => wantedFrom(question, each, nearby));
  const nearestFirst = [...wanted].sort((a, b) => b.closeness - a.closeness);
  const end = run.now() + followImportsMs[purpose];
  const found = new Map<Wanted, Found>();
  const seen = new Set<string>();
  for (const each of nearestFirst) {
    throwIfEnded(run);
    if (run.now() > end) break;
    const definition = definitionOf(project, language, snapshot.path, each.module, each.name);
    if (!definition || definition.path === snapshot.path) continue;
    const key = `${definition.path}:${definition.symbol.span.start}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.set(each, { ...each, definition });
  }
  // In the order of the imports, which is often that of use.
  return wanted.flatMap((each) => found.get(each) ?? []);
}

/** Finds the definitions of what a file imports, one a step, so that they are at hand when they are asked for. */
export function* followAhead({
  path,
  facts,
  language,
  project,
}: Pick<ContextQuestion, 'language' | 'project'> & {
  readonly path: string;
  readonly facts: FileFacts;
}): Generator<void> {
  for (const { module, names } of facts.imports) {
    for (const { name } of names) {
      definitionOf(project, language, path, module, name);
      yield;
    }
  }
}

const identifiers = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Names of a definition; kept as long as the facts are from which it comes. */
const known = new WeakMap<SymbolFact, Pick<AtHand, 'signature' | 'text'>>();

function atHand({ local, definition: { path, text, symbol } }: Found): AtHand {
  let names = known.get(symbol);
  if (!names) {
    const wordsIn = (part: string): string[] => [...new Set(part.match(identifiers))];
    const { start, end } = symbol.span;
    names = {
      signature: wordsIn(spanText(text, symbol.signature)).filter((word) => word !== symbol.name),
      text: wordsIn(text.slice(start, Math.min(end, start + maxComparedText))),
    };
    known.set(symbol, names);
  }
  return { name: local, kind: symbol.kind, path, ...names };
}

function wantedFrom(question: ContextQuestion, imported: ImportFact, nearby: Nearby): Wanted[] {
  const { module } = imported;
  const wanted: Wanted[] = imported.names.map(({ name, local }) => ({
    name,
    local,
    module,
    closeness: nearby.closeness(local),
    reason: local === name ? 'imported by this file' : `imported by this file as \`${local}\``,
  }));
  // A name may be a module itself: then its members are what counts.
  for (const { name, local } of imported.names) {
    wanted.push(...membersUsed(nearby, local, submodule(question.language, module, name)));
  }
  if (imported.namespace !== undefined) wanted.push(...membersUsed(nearby, imported.namespace, module));
  if (imported.wildcard) {
    for (const name of exportsUsed(question, module, nearby)) {
      wanted.push({
        name,
        local: name,
        module,
        closeness: nearby.closeness(name),
        reason: 'imported by this file',
      });
    }
  }
  return wanted;
}

/** `local.member` near the place, for a name that stands for a module. */
function membersUsed(nearby: Nearby, local: string, module: string): Wanted[] {
  const names = nearby.membersOf(local);
  return [...names].map((name) => ({
    name,
    local: name,
    module,
    closeness: Math.min(nearby.closeness(local), nearby.closeness(name)),
    reason: `used here as \`${local}.${name}\``,
  }));
}

function exportsUsed(
  { project, snapshot, language }: ContextQuestion,
  module: string,
  nearby: Nearby,
): string[] {
  const target = project.resolve(snapshot.path, language.id, module);
  if (target.kind !== 'file') return [];
  const names = project.facts(target.path)?.topLevel.map(({ name }) => name) ?? [];
  return [...new Set(names)].filter((name) => nearby.closeness(name) > 0);
}
