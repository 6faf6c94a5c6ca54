// Functions that undo each other, told by their names: what one makes, the other must take back.
import type { Example } from '../../core/examples/index.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import { shapeOfName, shapeOfType } from './inputs/shape.ts';

/** Beginnings of words: there and back. */
const pairs: readonly (readonly [string, string])[] = [
  ['encode', 'decode'],
  ['encrypt', 'decrypt'],
  ['compress', 'decompress'],
  ['serialize', 'deserialize'],
  ['marshal', 'unmarshal'],
  ['escape', 'unescape'],
  ['pack', 'unpack'],
  ['quote', 'unquote'],
];

/** The same where what comes in between is of another type, so that nothing is lost by rule: `to_roman`, `from_roman`. */
const typedPairs: typeof pairs = [
  ['to', 'from'],
  ['format', 'parse'],
  ['stringify', 'parse'],
  ['dump', 'load'],
];

/** Plain words, which every code for texts can carry. */
const carried = ['"a"', '"abcd"', '"hello"', '"xyzzyx"', '"abcdefghijklm"'];

/**
 * Examples of a pair: `decode_x(encode_x("hello")) == "hello"`, where the file has the other function, both take one text,
 * and the unit is one of them.
 * @param text the file's, before or after a candidate.
 * @returns none where there is no such pair.
 */
export function roundTrips(language: Language, unit: ExecutionUnit, text: string): readonly Example[] {
  const rules = language.execution;
  const required = unit.parameters.filter(({ optional }) => !optional);
  const only = required[0];
  if (!rules?.definition || unit.owner !== undefined || required.length !== 1 || !only) return [];
  const shape = only.type === undefined ? shapeOfName(only.name) : shapeOfType(rules.values, only.type);
  const { definition } = rules;
  const isThere = (other: string): boolean =>
    new RegExp(definition.replace('{name}', other), 'mu').test(text);
  const pair = shape?.kind === 'text' ? pairOf(unit.name, isThere, false) : undefined;
  if (!pair) return [];
  return carried.map((value) => ({
    form: 'equality',
    span: { start: 0, end: 0 },
    code: `${pair.back}(${pair.there}(${value}))`,
    expected: value,
  }));
}

/**
 * The function that undoes what one does, or that it undoes, by their names.
 * @param typed whether what comes in between is of another type.
 */
export function pairOf(
  name: string,
  isThere: (other: string) => boolean,
  typed: boolean,
): { readonly there: string; readonly back: string } | undefined {
  for (const [there, back] of typed ? [...pairs, ...typedPairs] : pairs) {
    const names = partner(name, back, there) ?? partner(name, there, back)?.toReversed();
    if (!names) continue;
    const other = names[0] === name ? names[1]! : names[0]!;
    if (isThere(other)) return { there: names[0]!, back: names[1]! };
  }
  return undefined;
}

/** The other's name before the unit's, where the unit's has the word. */
function partner(name: string, own: string, other: string): readonly string[] | undefined {
  const found = new RegExp(`(^|_|[a-z])(${own})(?=_|[A-Z]|$)`, 'i').exec(name);
  if (!found || (found[1] !== '' && found[1] !== '_' && !/^[A-Z]/.test(found[2]!))) return undefined;
  const start = found.index + found[1]!.length;
  const word = /^[A-Z]/.test(found[2]!) ? other[0]!.toUpperCase() + other.slice(1) : other;
  return [name.slice(0, start) + word + name.slice(start + own.length), name];
}
