// Constructors that are made from the fields of a class.
import type { Declaration, Parameter } from '../../core/declarations.ts';
import { ownMembersOf } from '../../core/declared.ts';
import { isEmptyBase, matches, withoutArguments } from '../../core/inheritance.ts';
import type { FieldRules } from '../../core/type-rules.ts';
import type { Names } from './names.ts';

/** How many classes deep inheritance is followed. */
const maxBases = 20;

/** Parameters of the constructor: `none` where none is made, `undefined` where it is not certain. */
export function fieldParameters(
  of: Declaration,
  names: Names,
  depth = 0,
): readonly Parameter[] | undefined | 'none' {
  const { rules } = names;
  const { fields } = rules;
  if (!fields) return 'none';
  const isMade = (one: string): boolean => fields.made.includes(one);
  const bases = (of.bases ?? []).filter((base) => !isEmptyBase(base, of, rules, names.meaning));
  const own = of.modifiers.some(isMade) || bases.some(isMade);
  if (!own) return inheritsMade(of, names, fields) ? undefined : 'none';
  const [base, ...more] = bases.filter((each) => !isMade(each));
  if (more.length > 0 || depth > maxBases) return undefined;
  const inherited = base === undefined ? [] : inheritedParameters(base, of, names, depth);
  const declared = [...(ownMembersOf(of)?.byName.values() ?? [])].flat();
  if (!inherited || declared.some(({ name }) => rules.constructors.includes(name))) return undefined;
  const byName = new Map(inherited.map((one) => [one.name, one]));
  for (const field of declared) {
    if (field.kind !== 'field' || isOfClass(field, fields)) continue;
    const parameter = fieldParameter(field, fields);
    if (!parameter) return undefined;
    byName.set(parameter.name, parameter);
  }
  return [...byName.values()];
}

/** What a base brings, which must be made in the same way. */
function inheritedParameters(
  base: string,
  of: Declaration,
  names: Names,
  depth: number,
): readonly Parameter[] | undefined {
  const found = names.meaning(withoutArguments(base, names.rules), of);
  const [first, ...more] = found ?? [];
  if (!first || more.length > 0) return undefined;
  const theirs = fieldParameters(first, names, depth + 1);
  return theirs === 'none' ? undefined : theirs;
}

/** Whether a field is the class's own, or none at all: without a type it is a mere value. */
const isOfClass = ({ type, signature }: Declaration, rules: FieldRules): boolean =>
  type === undefined ? !matches(rules.untyped, signature) : matches(rules.own, type);

/** @returns `undefined` where it is not certain that, and how, it is passed. */
function fieldParameter({ name, type, signature }: Declaration, rules: FieldRules): Parameter | undefined {
  if (type === undefined || name.startsWith('_') || matches(rules.unlike, type)) return undefined;
  const value = /[^=!<>]=\s*([^=][\s\S]*)$/.exec(
    signature.slice(signature.indexOf(type) + type.length - 1),
  )?.[1];
  if (value === undefined) return { name, kind: 'either', optional: false, type };
  if (!matches(rules.said, value)) return { name, kind: 'either', optional: true, type };
  if (!value.trimEnd().endsWith(')') || matches(rules.more, value)) return undefined;
  return { name, kind: 'either', optional: matches(rules.optional, value), type };
}

function inheritsMade(of: Declaration, names: Names, fields: FieldRules, depth = 0): boolean {
  const { rules } = names;
  if (depth > maxBases) return true;
  return (of.bases ?? []).some((base) => {
    const found = names.meaning(withoutArguments(base, rules), of);
    return found?.some(
      (one) =>
        one.modifiers.some((each) => fields.made.includes(each)) ||
        one.bases?.some((each) => fields.made.includes(each)) ||
        inheritsMade(one, names, fields, depth + 1),
    );
  });
}
