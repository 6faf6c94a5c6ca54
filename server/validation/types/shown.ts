// Whether all of a class is seen: declarations without sources leave out what is private, and constructors that take nothing.
import type { Declaration } from '../../core/declarations.ts';
import { isEmptyBase, matches, withoutArguments } from '../../core/inheritance.ts';
import type { Names } from './names.ts';

/** How many classes deep inheritance is followed. */
const maxBases = 20;

/** Whether a class and all that it extends are sources, in which it would be seen. */
export function isAllShown(of: Declaration, names: Names, depth = 0): boolean {
  const { stub } = names.rules;
  if (!of.place || depth > maxBases || (stub !== undefined && matches(stub, of.place.path))) return false;
  return (of.bases ?? []).every((base) => {
    if (isEmptyBase(base, of, names.rules, names.meaning)) return true;
    const found = names.meaning(withoutArguments(base, names.rules), of);
    return found?.length === 1 && isAllShown(found[0]!, names, depth + 1);
  });
}
