// What a call may pass: the parameters of a function, or those that a class is constructed with.
import type { Declaration, Parameter } from '../../core/declarations.ts';
import { outerOf } from '../../core/declared.ts';
import { isTransparent, matches } from '../../core/inheritance.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { boundBy } from './generics.ts';
import { fieldParameters } from './made.ts';
import { calledBy } from './members.ts';
import type { Names } from './names.ts';
import { isAllShown } from './shown.ts';
import { readerOf } from './structure.ts';
import { typeParametersIn } from './structure-text.ts';
import { alternatives, type Type } from './type.ts';
import { isParameterOf } from './type-parameters.ts';
import { split } from './written.ts';

export interface Callable {
  readonly name: string;
  /** Each a way to call it: several where it is overloaded or declared by condition. */
  readonly ways: readonly (readonly Parameter[])[];
}

/** @returns `undefined` where anything may be passed, as far as is known. */
export function callableOf(type: Type | undefined, names: Names): Callable | undefined {
  if (type?.kind === 'callable') return ofFunctions(type.of, type.by, names);
  if (type?.kind === 'class') return ofConstruction(type.of, names);
  if (type?.kind === 'instance') return callableOf(calledBy(type, names), names);
  return type?.kind === 'union' ? ofAny(alternatives(type), names) : undefined;
}

/** What may be one of several is called in any of their ways. */
function ofAny(types: readonly Type[], names: Names): Callable | undefined {
  const all = types.map((each) => callableOf(each, names)).filter((each) => each !== undefined);
  return all.length === types.length && all[0]
    ? { name: all[0].name, ways: all.flatMap(({ ways }) => ways) }
    : undefined;
}

function ofFunctions(of: readonly Declaration[], by: Type | undefined, names: Names): Callable | undefined {
  const ways: (readonly Parameter[])[] = [];
  for (const one of of) {
    const way = wayOf(one, by, names);
    if (!way) return undefined;
    ways.push(way);
  }
  return { name: of[0]!.name, ways };
}

/** What one function is passed, asked of a value or by its name. */
function wayOf(one: Declaration, by: Type | undefined, names: Names): readonly Parameter[] | undefined {
  const { rules } = names;
  const { parameters, modifiers, name } = one;
  const isKept = (each: string): boolean => isTransparent(each, rules) || rules.otherResult.includes(each);
  if (!parameters || !modifiers.every(isKept)) return undefined;
  if (rules.writtenReceiver !== undefined) {
    if (by === undefined || parameters[0]?.name !== rules.writtenReceiver) return parameters;
    // The name of a type without fields is its value as well.
    return by.kind === 'instance' ? parameters.slice(1) : undefined;
  }
  // Asked for by name, what makes an instance is given the class first.
  if (by && rules.constructors.includes(name) && rules.onClass.includes(name)) return undefined;
  if (by?.kind === 'class' && !isOfClass(one, by.of, rules)) return undefined;
  return withVoid(parameters, one, by, names);
}

/** Whether a member that is asked of a class takes no instance as its first argument. */
function isOfClass(one: Declaration, owner: Declaration, rules: TypeRules): boolean {
  const { name, kind, modifiers } = one;
  // Every enum has some that it does not declare.
  if (owner.kind === 'enum' && rules.classMembers.includes(name)) return false;
  // What stands in a namespace of its name.
  if (kind === 'function' && outerOf(one)?.kind === 'module') return true;
  const free = [...rules.onClass, ...rules.onNothing];
  const isBound = kind !== 'function' && !rules.constructors.includes(name);
  return isBound && [name, ...modifiers].some((each) => free.includes(each));
}

/** What a call need not pass: where nothing may be meant, and where that depends on what a type parameter stands for. */
function withVoid(
  parameters: readonly Parameter[],
  of: Declaration,
  by: Type | undefined,
  names: Names,
): readonly Parameter[] {
  const { structural } = names.rules;
  if (!structural) return parameters;
  const reader = readerOf(of);
  const own = typeParametersIn(of.signature, of.name, structural).names;
  const given = by?.kind === 'instance' && !reader ? boundBy(by, of, names) : undefined;
  /** Whether it may stand for nothing: what a function is called with, its own parameters never do. */
  const isParameter = (type: string): boolean => {
    if (!reader && own.includes(type)) return false;
    if (!(reader?.isParameter?.(type) ?? isParameterOf(type, of, by, names))) return isOuter(type);
    const bound = reader ? reader.bound?.(type) : given?.get(type);
    return !bound || alternatives(bound).length < (bound.kind === 'union' ? bound.of.length : 1);
  };
  // The parameter of a function around, or of data that leaves them out, is found by its looks: short, and in no file.
  const isOuter = (type: string): boolean =>
    /^[A-Z][A-Z0-9]?$|^T[A-Z]\w*$/.test(type) && names.meaning(type, of)?.some(({ place }) => place) !== true;
  const isOpen = (type: string): boolean =>
    matches(structural.omittable, type) ||
    isParameter(type) ||
    split(type, names.rules.union, names.rules).some(isParameter);
  return parameters.map((one) =>
    one.type !== undefined && !one.optional && isOpen(one.type) ? { ...one, optional: true } : one,
  );
}

function ofConstruction(of: Declaration, names: Names): Callable | undefined {
  const { rules } = names;
  const members = names.membersOf(of);
  if (!members?.complete || of.kind === 'enum' || !of.modifiers.every((each) => isTransparent(each, rules)))
    return undefined;
  const root = rules.rootType === undefined ? undefined : names.builtin(rules.rootType);
  const roots = root && names.membersOf(root)?.byName;
  const fromFields = fieldParameters(of, names);
  if (fromFields !== 'none') return fromFields && { name: of.name, ways: [fromFields] };
  const ways: (readonly Parameter[])[] = [];
  // What is constructed from what stands behind its name.
  if (of.parameters && rules.bareMembers) ways.push(of.parameters);
  for (const name of rules.constructors.map((each) => each.replace('{name}', of.name))) {
    const found = members.byName.get(name);
    if (!found || found === roots?.get(name)) continue;
    if (found.some(({ module }) => rules.openConstructors.includes(module))) return undefined;
    const each = ofFunctions(found, undefined, names);
    if (!each) return undefined;
    ways.push(...each.ways);
  }
  // Without any of its own it is constructed as the root is, with nothing; a class of the data may leave it out.
  if (ways.length > 0) return { name: of.name, ways };
  return rules.rootType !== undefined && isAllShown(of, names) ? { name: of.name, ways: [[]] } : undefined;
}
