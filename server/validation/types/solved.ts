// What type parameters of a function stand for in a call: by what is passed for the parameters that are written with them.
import type { Declaration, Parameter } from '../../core/declarations.ts';
import { ownMembersOf } from '../../core/declared.ts';
import type { ArgumentFact, CallFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { misfit } from './arguments.ts';
import type { Names } from './names.ts';
import { withoutModifiers } from './structure-text.ts';
import { join, type Type } from './type.ts';
import { split } from './written.ts';

export interface Solver {
  readonly names: Names;
  readonly typeOf: (span: Span) => Type | undefined;
  /** What going through a value gives out. */
  readonly elementOf: (type: Type | undefined) => Type | undefined;
  /** What a call of a value gives, with no arguments that matter. */
  readonly calledOf: (type: Type | undefined) => Type | undefined;
}

/** Those ways to call a function that a call fits; all where it fits none. What only implements them is none. */
export function fitting(
  all: readonly Declaration[],
  given: readonly ArgumentFact[],
  { names: { rules } }: Solver,
): readonly Declaration[] {
  if (all.length < 2) return all;
  const isOverload = ({ modifiers }: Declaration): boolean =>
    modifiers.some((each) => rules.overloads.includes(each));
  const written = all.some(isOverload) ? all.filter(isOverload) : all;
  const found = written.filter(({ parameters }) => parameters && !misfit(parameters, given));
  return found.length > 0 ? found : written;
}

/** @returns `undefined` where nothing that is passed tells, or some of it is unknown. */
export function solved(
  name: string,
  { parameters = [] }: Declaration,
  { arguments: given }: CallFact,
  solver: Solver,
): Type | undefined {
  if (solver.names.rules.anything.includes(name.slice(name.lastIndexOf('.') + 1))) return undefined;
  const word = new RegExp(`(?<![\\w.])${name}(?![\\w])`, 'u');
  const found: (Type | undefined)[] = [];
  for (const [index, argument] of given.entries()) {
    if (argument.spread) return undefined;
    const parameter = parameterOf(argument, index, parameters);
    if (!parameter?.type || !word.test(parameter.type)) continue;
    const type = solver.typeOf(argument.value);
    found.push(...standsFor(name, parameter.type, isEmpty(type) ? undefined : type, solver));
  }
  return join(found);
}

/** An object without members, which stands for whatever is put into it later. */
const isEmpty = (type: Type | undefined): boolean =>
  type?.kind === 'instance' &&
  type.of.kind === 'interface' &&
  type.of.name === 'object' &&
  ownMembersOf(type.of)?.byName.size === 0;

function parameterOf(
  { keyword }: ArgumentFact,
  index: number,
  parameters: readonly Parameter[],
): Parameter | undefined {
  if (keyword !== undefined) return parameters.find((each) => each.name === keyword);
  const rest = parameters.findIndex(({ kind }) => kind === 'rest');
  return parameters[rest >= 0 && index > rest ? rest : index];
}

/** What a name is where a value of some type is passed for what is written with it. */
function standsFor(
  name: string,
  written: string,
  given: Type | undefined,
  solver: Solver,
): readonly (Type | undefined)[] {
  const { rules } = solver.names;
  if (!given) return [undefined];
  if (given.kind === 'union')
    return given.of.flatMap((each) =>
      each.kind === 'nothing' ? [] : standsFor(name, written, each, solver),
    );
  if (rules.structural && written.endsWith(`=> ${name}`) && written.startsWith('(') && isCalled(given))
    return [solver.calledOf(given)];
  const found = split(written, rules.union, rules).flatMap((part) => {
    if (part === name) return [given];
    const isMany =
      rules.structural && rules.many && withoutModifiers(part, rules.structural) === name + rules.many[0];
    return isMany ? [solver.elementOf(given)] : standsInside(name, part, given, solver);
  });
  return found.length > 0 ? found : [undefined];
}

/** The same where the name is one of the arguments of a type. */
function standsInside(
  name: string,
  written: string,
  given: Type,
  solver: Solver,
): readonly (Type | undefined)[] {
  const { rules } = solver.names;
  const [open, close] = rules.brackets;
  const at = written.indexOf(open);
  if (at < 0 || !written.endsWith(close)) return [];
  const of = written.slice(written.lastIndexOf('.', at) + 1, at);
  const inside = split(written.slice(at + 1, -1), ',', rules);
  if (rules.classOf.includes(of) && inside[0] === name && given.kind === 'class')
    return [{ kind: 'instance', of: given.of, arguments: [] }];
  if (rules.orNothing.includes(of)) return standsFor(name, inside[0]!, given, solver);
  if (isCalled(given))
    return inside.at(-1) === name && rules.functionTypes.includes(of) ? [solver.calledOf(given)] : [];
  const isElement = Object.hasOwn(rules.elements, of) && inside[rules.elements[of]!] === name;
  return isElement ? [solver.elementOf(given)] : [];
}

const isCalled = ({ kind }: Type): boolean => kind === 'callable' || kind === 'class';
