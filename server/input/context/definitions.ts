// Where a name is declared: in the file itself, or in the file of the workspace that an import comes down to.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { listingTrustMs } from '../workspace/limits.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { isTestPath } from '../workspace/test-path.ts';
import { maxDefinitions, maxReexports } from './limits.ts';
import { topLevelSymbol } from './skeleton.ts';

export interface Definition {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly symbol: SymbolFact;
}

/** What was found, and the files that were looked at for it: while they say the same, so does the answer. */
interface Remembered {
  readonly definition: Definition | undefined;
  readonly looked: ReadonlyMap<string, FileFacts>;
  readonly generation: number;
  readonly at: number;
}

const remembered = new WeakMap<WorkspaceProject, Map<string, Remembered>>();

/** The declaration that a name of a module comes down to, through files that only hand it on. Remembered for the next key. */
export function definitionOf(
  project: WorkspaceProject,
  language: Language,
  fromPath: string,
  module: string,
  name: string,
): Definition | undefined {
  const answers = remembered.get(project) ?? new Map<string, Remembered>();
  remembered.set(project, answers);
  const key = `${fromPath}\n${module}\n${name}`;
  const known = answers.get(key);
  if (known && holds(project, known)) return known.definition;
  const looked = new Map<string, FileFacts>();
  const definition = search({ project, language, looked }, fromPath, module, name, maxReexports);
  if (answers.size >= maxDefinitions) answers.clear();
  answers.set(key, { definition, looked, generation: project.disk.generation, at: performance.now() });
  return definition;
}

function holds(project: WorkspaceProject, { definition, looked, generation, at }: Remembered): boolean {
  if (generation !== project.disk.generation) return false;
  // What is not there may come without anybody telling of it.
  if (!definition && performance.now() - at > listingTrustMs) return false;
  for (const [path, facts] of looked) if (project.facts(path) !== facts) return false;
  return true;
}

interface Search {
  readonly project: WorkspaceProject;
  readonly language: Language;
  readonly looked: Map<string, FileFacts>;
}

function search(
  within: Search,
  fromPath: string,
  module: string,
  name: string,
  steps: number,
): Definition | undefined {
  const { project, language, looked } = within;
  const candidates = new Set([module, submodule(language, module, name)]);
  for (const path of [...candidates].flatMap((each) => filesOf(project, language, fromPath, each))) {
    const facts = project.facts(path);
    const text = facts && project.text(path);
    if (text === undefined || !facts) continue;
    looked.set(path, facts);
    const source = { path, text, facts };
    const symbol = topLevelSymbol(source, name) ?? (name === 'default' ? onlyDefault(source) : undefined);
    if (symbol) return { ...source, symbol };
    const found = steps > 0 ? handedOn(within, source, name, steps) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** A file may only hand on what it imports itself. */
function handedOn(
  within: Search,
  { path, facts }: { readonly path: string; readonly facts: FileFacts },
  name: string,
  steps: number,
): Definition | undefined {
  for (const { module, names, wildcard } of facts.imports) {
    const original = names.find(({ local }) => local === name)?.name ?? (wildcard ? name : undefined);
    const found = original && search(within, path, module, original, steps - 1);
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
    ? project
        .sourcesIn(target.path, language.id)
        .filter((path) => !isTestPath(path.slice(project.folderOf(path)?.length ?? 0)))
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
export function submodule({ modules }: Language, module: string, name: string): string {
  if (modules?.scheme === 'dotted') return module.endsWith('.') ? module + name : `${module}.${name}`;
  if (modules?.scheme === 'class') return `${module}.${name}`;
  return modules?.scheme === 'crate' ? `${module}::${name}` : module;
}
