// What a module whose exports are marked by a keyword offers to others.
import type { Binding, ExportFact } from '../../../core/facts.ts';
import type { Exports, ParsedText } from './scheme.ts';

/** `undefined` where they cannot be told: names that are computed, a module that is a value, a text that does not parse. */
export function exportsOf({ facts }: ParsedText): Exports | undefined {
  const { exports, errors, topLevel } = facts;
  if (errors.length > 0 || exports.some(isUntold)) return undefined;
  const declared = new Map(topLevel.map((binding) => [binding.name, binding]));
  const names = new Map<string, Binding>();
  const handedOn: string[] = [];
  for (const { name, local, module, span } of exports) {
    if (name === '*') handedOn.push(module!);
    else {
      const binding = local === undefined || module !== undefined ? undefined : declared.get(local);
      names.set(name, { name, span: binding?.span ?? span, kind: binding?.kind ?? 'variable' });
    }
  }
  return { names: [...names.values()], handedOn };
}

const isUntold = ({ name, module }: ExportFact): boolean =>
  name === '=' || (name === '*' && module === undefined);
