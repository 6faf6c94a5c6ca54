// Small changes to a value that keep its type: near an input that makes sense, others that do are likely.
import { distinct, makeValue, type Pool } from './make.ts';
import type { Random } from './random.ts';
import { type Shape, shapeOfValues } from './shape.ts';
import type { Value } from './value.ts';

export function mutateValue(random: Random, value: Value, pool: Pool, depth = 0): Value {
  switch (value.kind) {
    case 'nothing':
      return value;
    case 'boolean':
      return { ...value, value: !value.value };
    case 'number': {
      const changed = random.pick(numberChanges)(value.value, random);
      const kept = random.below(4) === 0 && pool.integers.length > 0 ? random.pick(pool.integers) : changed;
      // What was not below zero stays so, mostly: much is not defined there.
      const sane = value.value >= 0 && kept < 0 && random.below(3) > 0 ? -kept : kept;
      return { ...value, value: value.float ? Number(sane.toPrecision(12)) : Math.trunc(sane) };
    }
    case 'text':
      return { ...value, value: random.pick(textChanges)(value.value, random, pool) };
    case 'tuple':
      return { ...value, items: changedAt(random, value.items, pool, depth) };
    case 'list':
    case 'set': {
      const items = mutateItems(random, value.items, pool, depth);
      return { ...value, items: value.kind === 'set' ? distinct(items) : items };
    }
    case 'map': {
      if (value.entries.length === 0) return value;
      const at = random.below(value.entries.length);
      const [key, one] = value.entries[at]!;
      if (random.below(4) === 0) return { ...value, entries: value.entries.toSpliced(at, 1) };
      return { ...value, entries: value.entries.with(at, [key, mutateValue(random, one, pool, depth + 1)]) };
    }
  }
}

const numberChanges: readonly ((value: number, random: Random) => number)[] = [
  (value) => value + 1,
  (value) => value - 1,
  (value) => value * 2,
  (value) => value / 2,
  (value) => -value,
  (value, random) => value + 2 + random.below(9),
  (value) => value * 10 + 1,
  () => 0,
];

const at = (text: string, random: Random): number => random.below(text.length + 1);
const textChanges: readonly ((text: string, random: Random, pool: Pool) => string)[] = [
  (text) => text.slice(1),
  (text) => text.slice(0, -1),
  (text) => [...text].reverse().join(''),
  (text) => text + text,
  (text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()),
  (text, random) => {
    const place = at(text, random);
    const characters = [...text, ...'aZ 9'];
    return text.slice(0, place) + random.pick(characters) + text.slice(place);
  },
  (text, random) => {
    const place = at(text, random);
    return text.slice(0, place) + text.slice(place + 1);
  },
  (text, random) => {
    const one = at(text, random);
    return text.slice(one) + text.slice(0, one);
  },
  (text, random, pool) => (pool.texts.length > 0 ? random.pick(pool.texts) : text),
];

function mutateItems(random: Random, items: readonly Value[], pool: Pool, depth: number): readonly Value[] {
  const item: Shape = shapeOfValues(items) ?? { kind: 'integer' };
  const place = random.below(items.length + 1);
  switch (random.below(items.length === 0 ? 1 : 8)) {
    case 0:
      return items.toSpliced(place, 0, makeValue(random, item, pool, depth + 1));
    case 1:
      return items.toSpliced(Math.min(place, items.length - 1), 1);
    case 2:
      return items.toReversed();
    case 3:
      // Twice the same is where many go wrong.
      return items.toSpliced(place, 0, random.pick(items));
    case 4:
      return shuffled(random, items);
    default:
      return changedAt(random, items, pool, depth);
  }
}

function changedAt(random: Random, items: readonly Value[], pool: Pool, depth: number): readonly Value[] {
  if (items.length === 0) return items;
  const place = random.below(items.length);
  return items.with(place, mutateValue(random, items[place]!, pool, depth + 1));
}

function shuffled(random: Random, items: readonly Value[]): Value[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
