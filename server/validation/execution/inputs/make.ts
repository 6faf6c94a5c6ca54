// Makes values of a shape, from a pool of what was seen and of values at which functions often differ.
import type { Random } from './random.ts';
import type { Shape } from './shape.ts';
import { float, integer, list, text, type Value } from './value.ts';

/** Parts of values that were seen in examples and tests: they belong to what the function is about. */
export interface Pool {
  readonly integers: readonly number[];
  readonly floats: readonly number[];
  readonly texts: readonly string[];
}

const usualIntegers = [0, 1, 2, 3, -1, 5, 10, 7, 4, 6, 8, 9, 12, 15, 20, 25, 100, -3, 13, 17, 50, 123, 1000];
const usualFloats = [0, 1, 0.5, -1.5, 2.5, 3.14, 10, 1.1, 99.9, -0.25];
const usualTexts = [
  '',
  'a',
  'abc',
  'Hello World',
  'aab',
  'racecar',
  'a b c',
  'ABC',
  '123',
  'a1b2',
  'hello, world',
  'zZ',
  'aeiou',
  'xyzzy',
  '  pad  ',
  '()',
];

/** Sizes of collections, the small ones more often. */
const sizes = [0, 1, 2, 3, 3, 4, 5, 7];

export function makeValue(random: Random, shape: Shape, pool: Pool, depth = 0): Value {
  const within = (inner: Shape): Value => makeValue(random, inner, pool, depth + 1);
  const several = (inner: Shape): Value[] =>
    Array.from({ length: random.pick(depth > 1 ? [1, 2, 3] : sizes) }, () => within(inner));
  switch (shape.kind) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'boolean':
      return { kind: 'boolean', value: random.below(2) === 1 };
    case 'integer':
      return integer(from(random, pool.integers, usualIntegers));
    case 'float':
      return float(from(random, pool.floats, usualFloats));
    case 'text':
      return text(random.below(4) === 0 ? mixedText(random, pool) : from(random, pool.texts, usualTexts));
    case 'list':
      return list(several(shape.item));
    case 'set':
      return { kind: 'set', items: distinct(several(shape.item)) };
    case 'tuple':
      return { kind: 'tuple', items: shape.items.map(within) };
    case 'map':
      return { kind: 'map', entries: distinct(several(shape.key)).map((key) => [key, within(shape.value)]) };
    case 'union':
      return within(random.pick(shape.options));
    case 'any':
      return integer(from(random, pool.integers, usualIntegers));
  }
}

const from = <Item>(random: Random, seen: readonly Item[], usual: readonly Item[]): Item =>
  seen.length > 0 && random.below(2) === 0 ? random.pick(seen) : random.pick(usual);

/** Characters of texts that were seen, in another order and number. */
function mixedText(random: Random, pool: Pool): string {
  const characters = [...new Set(pool.texts.join('') || 'abcAB 12')];
  return Array.from({ length: 1 + random.below(7) }, () => random.pick(characters)).join('');
}

export function distinct(values: readonly Value[]): Value[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}
