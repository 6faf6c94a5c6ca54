// Written types that say what a value has rather than which class it is of: objects, functions, several values in a row,
// and names that stand for such types.
import type { Declaration, Parameter } from '../../core/declarations.ts';
import { setOwnMembers } from '../../core/declared.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import type { StructuralRules, TypeRules } from '../../core/type-rules.ts';
import { memberTexts, splitAt, typeParametersIn, unwrapped, withoutModifiers } from './structure-text.ts';
import { join, nothing, type Type } from './type.ts';
import { utilityType } from './utilities.ts';
import type { Reader } from './written.ts';

type Read = (written: string, reader: Reader, depth: number) => Type | undefined;

/** The readers of declarations that were made from a written type: names in them mean what they mean there. */
const readers = new WeakMap<Declaration, Reader>();

/** How the types of a declaration are read that was made from a written type; `undefined` for any other. */
export const readerOf = (declaration: Declaration): Reader | undefined => readers.get(declaration);

/** What a written type says of the forms that are read here; `none` where it is the name of a class or unknown. */
export function readStructure(
  text: string,
  reader: Reader,
  depth: number,
  read: Read,
): Type | undefined | 'none' {
  const { rules } = reader;
  const { structural } = rules;
  if (!structural) return 'none';
  if (matches(structural.unread, text)) return undefined;
  const again = (written: string): Type | undefined => read(written, reader, depth + 1);
  if (/^[|&]/.test(text)) return again(text.slice(1));
  const modifier = structural.modifiers.find((each) => text.startsWith(`${each} `));
  if (modifier !== undefined) return again(text.slice(modifier.length));
  const call = functionIn(text, structural);
  if (call) return functionType(call, reader);
  const union = splitAt(text, '|');
  if (union.length > 1) return join(union.map(again));
  const both = splitAt(text, '&');
  if (both.length > 1) return intersection(both.map(again), reader);
  const inside = unwrapped(text);
  if (inside !== undefined) return again(inside);
  const literal = matches(structural.literal, text) && rules.literals.find((one) => matches(one.text, text));
  if (literal) return ofBuiltin(literal.type, reader);
  if (text.startsWith(`${structural.typeOf} `))
    return reader.valueNamed?.(text.slice(structural.typeOf.length).trim());
  if (text.startsWith('{') && text.endsWith('}')) return objectType(text.slice(1, -1), reader, structural);
  if (text.startsWith('[') && text.endsWith(']')) return tupleType(text.slice(1, -1), reader, again);
  if (text.endsWith(']')) return rules.many && listType(text, rules.many, reader, again);
  return named(text, reader, structural, depth, read);
}

/** Many of a type; `undefined` for one that is asked of another by its name. */
function listType(
  text: string,
  [mark, type]: readonly [mark: string, type: string],
  reader: Reader,
  again: (written: string) => Type | undefined,
): Type | undefined {
  return text.endsWith(mark) ? ofBuiltin(type, reader, [again(text.slice(0, -mark.length))]) : undefined;
}

function ofBuiltin(name: string, { builtin }: Reader, given: readonly (Type | undefined)[] = []) {
  const of = builtin(name);
  return of && ({ kind: 'instance', of, arguments: given } as const);
}

/** Names of types that are none of classes: parameters, and those that stand for another one. */
function named(
  text: string,
  reader: Reader,
  rules: StructuralRules,
  depth: number,
  read: Read,
): Type | undefined | 'none' {
  const [, name = '', , written = ''] = /^([\w$.]+)\s*(<([\s\S]*)>)?$/.exec(text) ?? [];
  if (name === '') return 'none';
  if (reader.isParameter?.(name)) return reader.bound?.(name);
  const given = splitAt(written, ',');
  const made = utilityType(name, given, rules, reader, (type, by) => read(type, by, depth + 1));
  if (made !== 'none') return made;
  const found = reader.meaning(name) ?? [];
  const [alias, ...more] = found.filter(({ kind }) => kind === 'type');
  const classes = found.filter(isClass);
  // The names of an enumeration are of the type, not of its values.
  if (classes.some(({ kind }) => kind === 'enum')) return undefined;
  if (!alias || more.length > 0 || classes.length > 0 || !reader.within) return 'none';
  const parameters = typeParametersIn(alias.signature, alias.name, rules);
  const body = splitAt(alias.signature.slice(parameters.end), '=');
  if (body.length !== 2 || body[1]!.trim() === '') return 'none';
  const types = given.map((each) => read(each, reader, depth + 1));
  const bound = new Map(parameters.names.map((each, index) => [each, types[index]]));
  return read(body[1]!.trim().replace(/;$/, ''), reader.within(alias, bound), depth + 1);
}

interface FunctionText {
  readonly parameters: string;
  readonly result: string;
  readonly own: readonly string[];
}

/** `<T>(a: A, b?: B) => C` in its parts. */
function functionIn(text: string, rules: StructuralRules): FunctionText | undefined {
  if (!/^[(<]/.test(text) || !text.includes('=>')) return undefined;
  const own = text.startsWith('<') ? typeParametersIn(text, '', rules) : { names: [], end: 0 };
  const rest = text.slice(own.end).trim();
  const [list, ...more] = splitAt(rest, '=>');
  if (list === undefined || more.length === 0) return undefined;
  const inside = unwrapped(list.trim(), true);
  return inside === undefined
    ? undefined
    : { parameters: inside, result: rest.slice(list.length + 2).trim(), own: own.names };
}

function functionType({ parameters, result, own }: FunctionText, reader: Reader): Type {
  const of: Declaration = {
    ...madeAt('', 'function', reader),
    parameters: parametersIn(parameters, reader.rules),
    type: result,
  };
  readers.set(of, hiding(own, reader));
  return { kind: 'callable', of: [of] };
}

const hiding = (own: readonly string[], reader: Reader): Reader =>
  own.length === 0
    ? reader
    : {
        ...reader,
        isParameter: (name) => own.includes(name) || reader.isParameter?.(name) === true,
        bound: (name) => (own.includes(name) ? undefined : reader.bound?.(name)),
      };

const madeAt = (name: string, kind: Declaration['kind'], { from }: Reader): Declaration => ({
  ...{ name, kind, signature: name, modifiers: [], module: from?.module ?? '' },
  ...(from?.place && { place: from.place }),
});

/** Parameters as a list of them is written, without its brackets. */
export function parametersIn(written: string, { receiver }: TypeRules): readonly Parameter[] {
  return splitAt(written, ',').flatMap((each): Parameter[] => {
    const [, rest, name = '', mark, type] =
      /^(\.\.\.)?\s*([\w$]+|\{[\s\S]*?\}|\[[\s\S]*?\])\s*(\?)?\s*(?::([\s\S]*))?$/.exec(
        splitAt(each, '=')[0]!.trim(),
      ) ?? [];
    if (name === '' || name === receiver) return [];
    const optional = mark !== undefined || splitAt(each, '=').length > 1;
    return [
      {
        name,
        kind: rest ? 'rest' : 'positional',
        optional,
        ...(type !== undefined && { type: type.trim() }),
      },
    ];
  });
}

function tupleType(
  inside: string,
  reader: Reader,
  again: (written: string) => Type | undefined,
): Type | undefined {
  const parts = splitAt(inside, ',').filter((part) => part.trim() !== '');
  const types = parts.map((part) =>
    part.trim().startsWith('...')
      ? undefined
      : again(
          part
            .trim()
            .replace(/^\w+\??:|\?$/g, '')
            .trim(),
        ),
  );
  const list = reader.rules.many?.[1];
  const of = list === undefined ? undefined : ofBuiltin(list, reader, [join(types)]);
  return of && { ...of, parts: types };
}

/** A type with the members that are written between the brackets of one. */
function objectType(inside: string, reader: Reader, rules: StructuralRules): Type {
  const of = madeAt('object', 'interface', reader);
  setOwnMembers(of, () => {
    const byName = new Map<string, readonly Declaration[]>();
    let complete = true;
    for (const text of memberTexts(inside)) {
      const member = memberIn(text, reader, rules);
      if (member) byName.set(member.name, [...(byName.get(member.name) ?? []), member]);
      else complete = false;
    }
    return { byName, complete };
  });
  readers.set(of, reader);
  return { kind: 'instance', of, arguments: [] };
}

/** @returns `undefined` for what says that there may be any others. */
function memberIn(text: string, reader: Reader, rules: StructuralRules): Declaration | undefined {
  const [, , quoted, word, mark, rest = ''] =
    /^(?:(["'])(.*?)\1|([\w$]+))\s*(\?)?([\s\S]*)$/.exec(withoutModifiers(text, rules)) ?? [];
  const name = quoted ?? word;
  if (name === undefined) return undefined;
  const after = rest.trim();
  if (after.startsWith(':')) {
    const type = after.slice(1).trim();
    const of = { ...madeAt(name, 'field', reader), type: mark ? `(${type}) | undefined` : type };
    readers.set(of, reader);
    return of;
  }
  if (!/^[(<]/.test(after)) return after === '' ? madeAt(name, 'field', reader) : undefined;
  const own = after.startsWith('<') ? typeParametersIn(after, '', rules) : { names: [], end: 0 };
  const list = after.slice(own.end).trim();
  const [parameters = '', ...result] = splitAt(list, ':');
  const given = unwrapped(parameters.trim(), true);
  if (given === undefined || mark) return madeAt(name, 'field', reader);
  const type = result.length > 0 ? list.slice(parameters.length + 1).trim() : undefined;
  const of: Declaration = {
    ...madeAt(name, 'method', reader),
    parameters: parametersIn(given, reader.rules),
    ...(type !== undefined && { type }),
  };
  readers.set(of, hiding(own.names, reader));
  return of;
}

/** What has all that each of them has. */
function intersection(types: readonly (Type | undefined)[], reader: Reader): Type | undefined {
  const { membersOf } = reader;
  if (!membersOf || types.some((one) => one?.kind !== 'instance')) return undefined;
  const of = madeAt('object', 'interface', reader);
  setOwnMembers(of, () => {
    const byName = new Map<string, readonly Declaration[]>();
    let complete = true;
    for (const one of types) {
      const theirs = one?.kind === 'instance' ? membersOf(one.of) : undefined;
      if (!theirs?.complete) complete = false;
      // Of arguments of types nothing is known any more where they are put together.
      const isGeneric = one?.kind === 'instance' && one.arguments.length > 0;
      for (const [name, list] of theirs?.byName ?? []) {
        const known = byName.get(name);
        byName.set(name, isGeneric || known ? [madeAt(name, 'field', reader)] : list);
      }
    }
    return { byName, complete };
  });
  return { kind: 'instance', of, arguments: [] };
}

/** Without the possibility that there is none. */
export const something = (type: Type | undefined): Type | undefined =>
  type?.kind === 'union' ? join(type.of.filter((one) => one !== nothing && one.kind !== 'nothing')) : type;
