// What a module offers to others and what its own types see, wherever it lies.

import type { Declaration, Declarations } from '../../../core/declarations.ts';
import { setOwnMembers } from '../../../core/declared.ts';
import type { TypeRules } from '../../../core/type-rules.ts';

export interface ModuleView {
  /** How it is named from outside of the workspace. */
  readonly module: string;
  readonly offers: Declarations;
  /** A name in the module's own text: what it declares or imports. Builtins are not among them. */
  meaning(name: string): readonly Declaration[] | undefined;
}

/** What looks for modules: files of the workspace, of installed packages, data. */
export interface Finder {
  /** @param from absolute path of the file that names the module; empty for one that came with vouch. */
  find(from: string, module: string): ModuleView | undefined;
  readonly rules: TypeRules;
}

/** A name of which no more is known than that it exists. */
export const bare = (name: string, module: string): readonly Declaration[] => [
  { name, kind: 'variable', signature: name, modifiers: [], module },
];

/** A name that stands for a module. Its members are what the module offers. */
export function moduleName(name: string, module: string, find: () => ModuleView | undefined): Declaration {
  const declaration: Declaration = { name, kind: 'module', signature: module, modifiers: [], module };
  setOwnMembers(declaration, () => find()?.offers ?? nothingKnown);
  return declaration;
}

export const nothingKnown: Declarations = { byName: new Map(), complete: false };
