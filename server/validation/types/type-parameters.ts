// Where a name is that of a type parameter, so that it is no class of the same name.
import type { Declaration } from '../../core/declarations.ts';
import { outerOf } from '../../core/declared.ts';
import { spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import type { Names } from './names.ts';
import { typeParametersIn } from './structure-text.ts';
import type { Type } from './type.ts';

/** All those of a file. */
export function typeParametersOf({ text, facts, language }: Subject): ReadonlySet<string> {
  const found = new Set<string>();
  const rules = language.types?.structural;
  if (!rules) return found;
  for (const { signature, name } of facts.symbols) {
    const written = spanText(text, signature);
    if (written.includes('<'))
      for (const each of typeParametersIn(written, name, rules).names) found.add(each);
  }
  for (const { span, parameters } of facts.functions) {
    const head = text.slice(span.start, parameters.start);
    const open = head.indexOf('<');
    if (open >= 0) for (const each of typeParametersIn(head.slice(open), '', rules).names) found.add(each);
  }
  return found;
}

/** Whether a declaration, or the class that it is a member of, is written with a type parameter of that name. */
export function isParameterOf(
  name: string,
  from: Declaration,
  by: Type | undefined,
  { rules }: Names,
): boolean {
  const { structural } = rules;
  if (!structural) return false;
  const around = [from, outerOf(from), by?.kind === 'instance' ? by.of : undefined];
  return around.some(
    (one) =>
      one !== undefined &&
      (one.place
        ? typeParametersIn(one.signature, one.name, structural).names.includes(name)
        : Object.hasOwn(rules.typeParameters, one.name) && rules.typeParameters[one.name]!.includes(name)),
  );
}
