// Where a name is declared: in the file itself, or in the file of the workspace that an import comes down to.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { isTestPath } from '../workspace/test-path.ts';
import { maxReexports } from './limits.ts';
import { topLevelSymbol } from './skeleton.ts';

export interface Definition {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly symbol: SymbolFact;
}

/** The declaration that a name of a module comes down to, through files that only hand it on. */
export function definitionOf(
  project: WorkspaceProject,
  language: Language,
  fromPath: string,
  module: string,
  name: string,
  steps: number = maxReexports,
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
export function submodule({ modules }: Language, module: string, name: string): string {
  if (modules?.scheme === 'dotted') return module.endsWith('.') ? module + name : `${module}.${name}`;
  if (modules?.scheme === 'class') return `${module}.${name}`;
  return modules?.scheme === 'crate' ? `${module}::${name}` : module;
}
