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
  if (shape?.kind !== 'text') return [];
  for (const [there, back] of pairs) {
    const names = partner(unit.name, back, there) ?? partner(unit.name, there, back)?.toReversed();
    if (!names) continue;
    const other = names[0] === unit.name ? names[1]! : names[0]!;
    if (!new RegExp(rules.definition.replace('{name}', other), 'mu').test(text)) continue;
    return carried.map((value) => ({
      form: 'equality',
      span: { start: 0, end: 0 },
      code: `${names[1]}(${names[0]}(${value}))`,
      expected: value,
    }));
  }
  return [];
}

/** The other's name before the unit's, where the unit's has the word. */
function partner(name: string, own: string, other: string): readonly string[] | undefined {
  const found = new RegExp(`(^|_|[a-z])(${own})(?=_|[A-Z]|$)`, 'i').exec(name);
  if (!found || (found[1] !== '' && found[1] !== '_' && !/^[A-Z]/.test(found[2]!))) return undefined;
  const start = found.index + found[1]!.length;
  const word = /^[A-Z]/.test(found[2]!) ? other[0]!.toUpperCase() + other.slice(1) : other;
  return [name.slice(0, start) + word + name.slice(start + own.length), name];
}
