// Values at which functions go wrong or stand still: empty, single, twice the same, negative, long, large, other letters.
import { makeValue, type Pool } from './make.ts';
import type { Random } from './random.ts';
import type { Shape } from './shape.ts';
import { float, integer, list, text, type Value } from './value.ts';

/** Large ones tell a function that takes too long from one that does not. */
const integers = [
  0, 1, 2, 3, -1, -2, -7, 10, 11, 24, 30, 64, 99, 100, 101, 128, 255, 1000, 4096, 99_999, 1_000_003,
].map(integer);

/** Halves, and what has no exact binary form. */
const floats = [0, 1, -1, 0.5, 1.5, 2.5, -0.5, -2.25, 3.999, 0.1, 0.3, 1e-7, 123_456.789, 1_000_000, 7].map(
  float,
);

const texts = [
  '',
  ' ',
  'a',
  'A',
  'z',
  '1',
  'aa',
  'ab',
  'Ab',
  'é',
  'straße',
  'a b',
  ' a ',
  'a\tb',
  'Hello, World!',
  'ABBA',
  'The quick brown fox',
  'aaaaabbbbbccccc',
  '0123456789',
  '-1',
  '3.14',
  'abecbdaedcbabeacedbaecdbeacdbe',
  'aAbB eE EabBAe AbEaB bEA',
  '()[]{}',
  'zebra Y',
].map(text);

/** Nothing where a shape has no edges of its own. */
export function edgeOf(random: Random, shape: Shape, pool: Pool): Value | undefined {
  switch (shape.kind) {
    case 'integer':
    case 'any':
      return random.pick(integers);
    case 'float':
      return random.pick(floats);
    case 'text':
      return random.pick(texts);
    case 'list':
      return random.pick(lists)(random, () => itemOf(random, shape.item, pool));
    default:
      return undefined;
  }
}

const itemOf = (random: Random, shape: Shape, pool: Pool): Value =>
  (shape.kind !== 'list' && random.below(2) === 0 ? edgeOf(random, shape, pool) : undefined) ??
  makeValue(random, shape, pool, 1);

const several = (count: number, item: () => Value): Value[] => Array.from({ length: count }, item);

const ordered = (items: readonly Value[]): Value[] =>
  items.toSorted((a, b) => (a.kind === 'number' && b.kind === 'number' ? a.value - b.value : 0));

const lists: readonly ((random: Random, item: () => Value) => Value)[] = [
  () => list([]),
  (_, item) => list([item()]),
  (random, item) => list(new Array<Value>(2 + random.below(3)).fill(item())),
  (_, item) => {
    const [one, other] = [item(), item()];
    return list([one, other, one]);
  },
  (random, item) => list(several(2 + random.below(3), item)),
  (_, item) => list(several(20, item)),
  (_, item) => list(ordered(several(6, item))),
  (_, item) => list(ordered(several(6, item)).toReversed()),
  (_, item) => {
    const items = several(5, item);
    return list([...items, ...items]);
  },
  (_, item) =>
    list(
      several(5, item).map((one) => (one.kind === 'number' ? { ...one, value: -Math.abs(one.value) } : one)),
    ),
];
