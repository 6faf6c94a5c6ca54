// What type parameters stand for: those of a class by the arguments of a value's type, through what the class extends.
import type { Declaration } from '../../core/declarations.ts';
import { ownMembersOf } from '../../core/declared.ts';
import { isClass, withoutArguments } from '../../core/inheritance.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Names } from './names.ts';
import { typeParametersIn } from './structure-text.ts';
import { join, type Type } from './type.ts';
import { readType, split } from './written.ts';

type Bound = ReadonlyMap<string, Type | undefined>;
type Instance = Extract<Type, { kind: 'instance' }>;

/** How many classes deep inheritance is followed. */
const maxBases = 12;

const known = new WeakMap<Declaration, readonly string[]>();

/** Names of a class's type parameters in order; what its bases are written with where it does not say them itself. */
export function parametersOf(of: Declaration, rules: TypeRules): readonly string[] {
  const before = known.get(of);
  if (before) return before;
  const found = namesIn(of, rules);
  known.set(of, found);
  return found;
}

function namesIn({ name, signature, bases = [], place }: Declaration, rules: TypeRules): readonly string[] {
  if (!place && Object.hasOwn(rules.typeParameters, name)) return rules.typeParameters[name]!;
  if (rules.structural) return typeParametersIn(signature, name, rules.structural).names;
  const [open, close] = rules.brackets;
  const head = signature.split('(', 1)[0]!;
  const from = head.lastIndexOf(` ${name}${open}`) + name.length + open.length + 1;
  if (head.includes(` ${name}${open}`))
    return split(head.slice(from, head.lastIndexOf(close)), ',', rules).map(firstWord);
  const written = bases.filter((base) => base.endsWith(close) && base.includes(open));
  const saying = written.filter((base) =>
    rules.generic.includes(lastName(base.slice(0, base.indexOf(open)))),
  );
  const within = (saying.length > 0 ? saying : written).flatMap((base) =>
    base.slice(base.indexOf(open)).match(/(?<![\w.])_?[A-Z]\w*(?![\w.])/g),
  );
  return [...new Set(within.filter((each) => each !== null))];
}

const firstWord = (text: string): string => /^\W*([\w$]+)/.exec(text)?.[1] ?? text;
const lastName = (text: string): string => text.slice(text.lastIndexOf('.') + 1).trim();

/** What the parameters mean that a member of a value is written with; `undefined` where that is not certain. */
export function boundBy(of: Instance, member: Declaration, names: Names): Bound | undefined {
  const { structural, brackets } = names.rules;
  const isGiven =
    of.arguments.length > 0 || (structural && of.of.bases?.some((base) => base.includes(brackets[0])));
  return !isGiven
    ? undefined
    : find(
        of,
        names,
        ({ of: owner }) => ownMembersOf(owner)?.byName.get(member.name)?.includes(member) === true,
      );
}

/** What the parameters of a class are that a value is one of, by the class's name. */
export function seenAs(
  of: Instance,
  isMeant: (owner: Declaration) => boolean,
  names: Names,
): Instance | undefined {
  let found: Instance | undefined;
  find(of, names, (one) => {
    if (isMeant(one.of)) found = one;
    return found !== undefined;
  });
  return found;
}

/** Whoever takes a tuple for a row of values may find each of them. */
const argumentAt = (of: Instance, index: number, rules: TypeRules): Type | undefined =>
  rules.tuples.includes(of.of.name) ? join(of.arguments) : of.arguments[index];

function find(of: Instance, names: Names, isWanted: (of: Instance) => boolean, depth = 0): Bound | undefined {
  const { rules } = names;
  const parameters = parametersOf(of.of, rules);
  const bound = new Map(parameters.map((name, index) => [name, argumentAt(of, index, rules)] as const));
  if (isWanted(of)) return bound;
  if (depth === maxBases) return undefined;
  for (const base of of.of.bases ?? []) {
    const open = base.indexOf(rules.brackets[0]);
    const classes = names.meaning(withoutArguments(base, rules), of.of)?.filter(isClass);
    const [first, ...more] = classes ?? [];
    if (!first || more.length > 0 || first === of.of) continue;
    const written =
      open < 0 ? [] : split(base.slice(open + 1, base.lastIndexOf(rules.brackets[1])), ',', rules);
    const reader = {
      ...{ rules, builtin: names.builtin },
      meaning: (name: string) => names.meaning(name, of.of),
      bound: (name: string) => bound.get(name),
    };
    const given = written.map((each) => readType(each, reader));
    const inside = find({ kind: 'instance', of: first, arguments: given }, names, isWanted, depth + 1);
    if (inside) return inside;
  }
  return undefined;
}
