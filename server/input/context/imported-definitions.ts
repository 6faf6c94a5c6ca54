// What the file's imports lead to in other files of the workspace: the definitions of imported names, as skeletons.
import type { FileFacts, ImportFact, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { throwIfEnded } from '../../core/run.ts';
import type { Snippet } from '../../core/task.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { isTestPath } from '../workspace/test-path.ts';
import { followImportsMs, maxReexports } from './limits.ts';
import { skeletonOf, topLevelSymbol } from './skeleton.ts';
import type { ContextQuestion, Nearby, Source } from './source.ts';

/** A name that the place may use and where its definition is looked for. */
interface Wanted {
  readonly name: string;
  readonly module: string;
  readonly closeness: number;
  readonly reason: string;
}

interface Definition {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly symbol: SymbolFact;
}

export const importedDefinitions: Source = (run, question, nearby) => {
  const { project, snapshot, file, language } = question;
  const wanted = file.facts.imports.flatMap((each) => wantedFrom(question, each, nearby));
  wanted.sort((a, b) => b.closeness - a.closeness);
  const end = run.now() + followImportsMs;
  const snippets: Snippet[] = [];
  const seen = new Set<string>();
  for (const each of wanted) {
    throwIfEnded(run);
    if (run.now() > end) break;
    const found = definitionOf(project, language, snapshot.path, each.module, each.name, maxReexports);
    if (!found) continue;
    const key = `${found.path}:${found.symbol.span.start}`;
    if (seen.has(key) || found.path === snapshot.path) continue;
    seen.add(key);
    snippets.push({
      path: found.path,
      span: found.symbol.span,
      text: skeletonOf(found, found.symbol, language, nearby.closeness),
      reason: each.reason,
      score: 0.3 + each.closeness * 0.6,
    });
  }
  return snippets;
};

function wantedFrom(question: ContextQuestion, imported: ImportFact, nearby: Nearby): Wanted[] {
  const { module } = imported;
  const wanted: Wanted[] = imported.names.map(({ name, local }) => ({
    name,
    module,
    closeness: nearby.closeness(local),
    reason: local === name ? `\`${name}\`, imported by this file` : `\`${local}\`, imported by this file`,
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
        module,
        closeness: nearby.closeness(name),
        reason: `\`${name}\`, imported by this file`,
      });
    }
  }
  return wanted;
}

/** `local.member` near the place, for a name that stands for a module. */
function membersUsed(nearby: Nearby, local: string, module: string): Wanted[] {
  const names = new Set<string>();
  const uses = new RegExp(
    `(?<![\\p{ID_Continue}$.])${escaped(local)}\\s*(?:\\.|::)\\s*([\\p{ID_Start}$_][\\p{ID_Continue}$]*)`,
    'gu',
  );
  for (const [, member] of nearby.text.matchAll(uses)) names.add(member!);
  return [...names].map((name) => ({
    name,
    module,
    closeness: Math.min(nearby.closeness(local), nearby.closeness(name)),
    reason: `\`${local}.${name}\`, used here`,
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

/** The declaration that a name of a module comes down to, through files that only hand it on. */
function definitionOf(
  project: WorkspaceProject,
  language: Language,
  fromPath: string,
  module: string,
  name: string,
  steps: number,
): Definition | undefined {
  const candidates = [module, submodule(language, module, name)];
  for (const path of candidates.flatMap((each) => filesOf(project, language, fromPath, each))) {
    const facts = project.facts(path);
    const text = facts && project.text(path);
    if (text === undefined || !facts) continue;
    const source = { path, text, facts };
    const symbol = topLevelSymbol(source, name) ?? (name === 'default' ? onlyDefault(source) : undefined);
    if (symbol) return { ...source, symbol };
    if (steps === 0) continue;
    const found = handedOn(project, language, source, name, steps);
    if (found) return found;
  }
  return undefined;
}

function handedOn(
  project: WorkspaceProject,
  language: Language,
  { path, facts }: { path: string; facts: FileFacts },
  name: string,
  steps: number,
): Definition | undefined {
  for (const { module, names, wildcard } of facts.imports) {
    const original = names.find(({ local }) => local === name)?.name ?? (wildcard ? name : undefined);
    const found = original && definitionOf(project, language, path, module, original, steps - 1);
    if (found) return found;
  }
  return undefined;
}

/** The files that a module is made of: itself, or the sources of its folder. */
function filesOf(
  project: WorkspaceProject,
  language: Language,
  fromPath: string,
  module: string,
): readonly string[] {
  const target = project.resolve(fromPath, language.id, module);
  if (target.kind === 'file') return [target.path];
  return target.kind === 'folder'
    ? project.sourcesIn(target.path, language.id).filter((path) => !isTestPath(path))
    : [];
}

/** A default export is declared where the file says so; the name is the importer's. */
const onlyDefault = ({ text, facts }: { text: string; facts: FileFacts }): SymbolFact | undefined =>
  facts.symbols.find(
    ({ container, span }) =>
      container === undefined &&
      /\bdefault\s+(?:async\s+|abstract\s+)?$/.test(text.slice(Math.max(0, span.start - 40), span.start)),
  ) ??
  facts.symbols.find(
    ({ container, span }) => container === undefined && text.startsWith('export default', span.start),
  );

/** The name as a module of its own below the module. */
function submodule({ modules }: Language, module: string, name: string): string {
  if (modules?.scheme === 'dotted') return module.endsWith('.') ? module + name : `${module}.${name}`;
  if (modules?.scheme === 'class') return `${module}.${name}`;
  return modules?.scheme === 'crate' ? `${module}::${name}` : module;
}

const escaped = (name: string): string => name.replace(/[$]/g, '\\$&');
