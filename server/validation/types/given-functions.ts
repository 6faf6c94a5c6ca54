// Functions that the language itself gives, where no library declares them: read from how its rules write them.
import type { Declaration, Parameter } from '../../core/declarations.ts';
import type { TypeRules } from '../../core/type-rules.ts';

const made = new WeakMap<TypeRules, ReadonlyMap<string, Declaration>>();

/** By name; the same ones for the same rules. */
export function givenFunctions(rules: TypeRules): ReadonlyMap<string, Declaration> {
  const known = made.get(rules);
  if (known) return known;
  const fresh = new Map(
    Object.entries(rules.functions).map(([name, written]): [string, Declaration] => [
      name,
      {
        ...{ name, kind: 'function', signature: `${name}(${written})`, modifiers: [], module: '' },
        parameters: written === '' ? [] : written.split(', ').map(parameterIn),
      },
    ]),
  );
  made.set(rules, fresh);
  return fresh;
}

/** `size`, `size?` where it may be left out, `...sizes` where there may be any number. */
function parameterIn(written: string): Parameter {
  const isRest = written.startsWith('...');
  const optional = written.endsWith('?');
  return { name: written.replace(/^\.\.\.|\?$/g, ''), kind: isRest ? 'rest' : 'positional', optional };
}
