// Members of classes that are named without the instance, where a language allows that: those of all classes around.
import type { Declaration } from '../../core/declarations.ts';
import type { CallFact } from '../../core/facts.ts';
import { isClass } from '../../core/inheritance.ts';
import type { Subject } from '../check.ts';
import type { Names } from './names.ts';
import type { Scopes } from './scopes.ts';

export const isMethod = ({ kind }: Declaration): boolean => kind === 'method';

/** Methods of the innermost class around a call that has any of the name; `undefined` where another one may have. */
export function bareMethods(
  { name, span }: CallFact,
  { facts }: Subject,
  names: Names,
  scopes: Scopes,
): readonly Declaration[] | undefined {
  for (const index of scopes.around(span.start)) {
    const { kind, container } = facts.symbols[index]!;
    const of = names.declared.at(index);
    if (!isClass(of)) {
      // What stands in a function is of a class without a name, whose bases are not known.
      const isOfClass =
        container !== undefined && (kind === 'function' || isClass(names.declared.at(container)));
      if (!isOfClass) return undefined;
      continue;
    }
    const members = names.membersOf(of);
    if (!members?.complete) return undefined;
    const methods = members.byName.get(name)?.filter(isMethod);
    if (methods && methods.length > 0) return methods;
  }
  return undefined;
}

interface Use {
  readonly name: string;
  readonly offset: number;
  /** What binds the name, as a place in the symbols; absent for the top level. */
  readonly owner: number | undefined;
}

/** Whether a class between a use and what binds the name has a member of it by inheritance. */
export function mayBeInherited({ name, offset, owner }: Use, names: Names, scopes: Scopes): boolean {
  for (const index of scopes.around(offset)) {
    if (index === owner) return false;
    const of = names.declared.at(index);
    const members = isClass(of) ? names.membersOf(of) : undefined;
    if (members?.byName.has(name) || (members?.complete === false && owner !== undefined)) return true;
  }
  return false;
}
