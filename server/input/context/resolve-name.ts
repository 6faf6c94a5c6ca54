// What a name means in a file: a declaration of the workspace, with its text, or one of a package.
import type { Declaration } from '../../core/declarations.ts';
import type { FileFacts } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { type Definition, definitionOf, submodule } from './definitions.ts';
import { topLevelSymbol } from './skeleton.ts';

export interface Surroundings {
  readonly project: WorkspaceProject;
  readonly language: Language;
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
}

export type Meaning =
  | { readonly kind: 'workspace'; readonly definition: Definition }
  | { readonly kind: 'package'; readonly declaration: Declaration };

/** @param name as written, with dots where it has them: `Cart`, `shop.Cart`. */
export function meaningOf(around: Surroundings, name: string): Meaning | undefined {
  const [first = '', ...rest] = name.split(/\.|::/);
  const last = rest.at(-1);
  if (last === undefined) {
    const symbol = topLevelSymbol(around, first);
    if (symbol) return { kind: 'workspace', definition: { ...around, symbol } };
  }
  for (const { module, names, namespace } of around.facts.imports) {
    const imported = names.find(({ local }) => local === first);
    const found =
      imported && last === undefined
        ? imports(around, module, imported.name)
        : imported && last !== undefined
          ? imports(around, submodule(around.language, module, imported.name), last)
          : last !== undefined && (namespace === first || module === name.slice(0, -last.length - 1))
            ? imports(around, module, last)
            : undefined;
    if (found) return found;
  }
  return undefined;
}

function imports(around: Surroundings, module: string, name: string): Meaning | undefined {
  const { project, language, path } = around;
  const definition = definitionOf(project, language, path, module, name);
  if (definition) return { kind: 'workspace', definition };
  const declaration = project.declarationsOf(path, language.id, module)?.byName.get(name)?.[0];
  return declaration && { kind: 'package', declaration };
}

/** Names in a written type, the outermost first: `dict[str, shop.Cart]` → `dict`, `str`, `shop.Cart`. */
export const namesInType = (type: string): readonly string[] => [
  ...new Set(
    type.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*(?:(?:\.|::)[\p{ID_Start}$_][\p{ID_Continue}$]*)*/gu),
  ),
];
