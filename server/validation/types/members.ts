// What can be asked of a value of a type.
import type { Declaration, Declarations } from '../../core/declarations.ts';
import { isEmptyBase, withoutArguments } from '../../core/inheritance.ts';
import type { Names } from './names.ts';
import type { Type } from './type.ts';

/** Of a union, and of functions, nothing is said. */
export function membersOfType(type: Type, names: Names): Declarations | undefined {
  if (type.kind === 'instance' || type.kind === 'class' || type.kind === 'module')
    return names.membersOf(type.of);
  return type.kind === 'base' ? membersOfBases(type.of, names) : undefined;
}

/** The functions that are called where a value of a class is; `undefined` where there are none, or may be others. */
export const calledBy = (type: Type | undefined, names: Names): Functions | undefined =>
  namedBy(names.rules.called, type, names);

/** The same where a value says what it constructs. */
export const constructedBy = (type: Type | undefined, names: Names): Functions | undefined =>
  namedBy(names.rules.construction, type, names);

type Functions = Extract<Type, { kind: 'callable' }>;

function namedBy(name: string | undefined, type: Type | undefined, names: Names): Functions | undefined {
  if (name === undefined || type?.kind !== 'instance') return undefined;
  const members = membersOfType(type, names);
  const of = members?.complete ? members.byName.get(name) : undefined;
  return of && { kind: 'callable', of, by: type };
}

/** What a class inherits, from the bases that it names. */
function membersOfBases(owner: Declaration, names: Names): Declarations {
  const { rules } = names;
  const written = (owner.bases ?? []).filter((base) => !isEmptyBase(base, owner, rules, names.meaning));
  const all = written.map((base) => {
    const found = names.meaning(withoutArguments(base, rules), owner);
    return found?.length === 1 ? names.membersOf(found[0]!) : undefined;
  });
  const root = rules.rootType === undefined ? undefined : names.builtin(rules.rootType);
  const byName = new Map<string, readonly Declaration[]>();
  for (const each of [...all, root && names.membersOf(root)])
    for (const [name, list] of each?.byName ?? []) if (!byName.has(name)) byName.set(name, list);
  return { byName, complete: all.every((each) => each?.complete === true) };
}

/** Whether a declaration is of something that is there as the program runs. */
export const isValue = ({ kind }: Declaration): boolean => kind !== 'interface' && kind !== 'type';

/** Those of a name's declarations that are there as the program runs: a namespace is a part of what shares its name. */
export function valuesAmong(all: readonly Declaration[]): readonly Declaration[] {
  const values = all.filter(isValue);
  const whole = values.filter(({ kind }) => kind !== 'module');
  return whole.length > 0 ? whole : values;
}

export const isCallable = (kind: Declaration['kind']): boolean =>
  kind === 'function' || kind === 'method' || kind === 'constructor';
