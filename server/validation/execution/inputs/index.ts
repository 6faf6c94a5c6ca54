// Inputs for a unit: those of its examples and of tests, mutants of them, and others made from types, values and names.

import { callsIn, type ExampleCall, readCall } from '../../../core/examples/call.ts';
import type { Example } from '../../../core/examples/index.ts';
import type { ExecutionUnit, UnitParameter } from '../../../core/execution-unit.ts';
import type { Language } from '../../../core/language.ts';
import { maximumInputs } from '../limits.ts';
import type { Input } from '../observe.ts';
import { edgeOf } from './edges.ts';
import { makeValue, type Pool } from './make.ts';
import { mutateValue } from './mutate.ts';
import { createRandom, type Random } from './random.ts';
import { anything, type Shape, shapeOfName, shapeOfType, shapeOfValues } from './shape.ts';
import { readLiteral, type Value, writeLiteral } from './value.ts';

/** Shares of the inputs: as many of each as there are, the rest for the next. */
const shares = { seen: 0.45, mutants: 0.6, synthesised: 0.75 } as const;

/** Tries to make one more input that is not there yet. */
const patience = 6;

interface Arguments {
  readonly values: readonly Value[];
  readonly receiver?: string;
}

/**
 * Inputs in the language's literals. The same for the same unit, examples and tests, every time.
 * @param testTexts tests in which calls of the unit are looked for: generated ones, and the project's own.
 * @returns the user's own first; empty where the language's values are not known, or a parameter takes what has no literal.
 */
export function inputsFor(
  language: Language,
  unit: ExecutionUnit,
  examples: readonly Example[],
  testTexts: readonly string[],
  most: number = maximumInputs,
): readonly Input[] {
  const rules = language.execution?.values;
  if (!rules) return [];
  const inputs = new Map<string, Input>();
  const add = (made: Arguments, source: Input['source']): boolean => {
    const written = made.values.map((value) => writeLiteral(rules, value));
    if (written.includes(undefined)) return false;
    const key = JSON.stringify([made.receiver, written]);
    if (inputs.has(key)) return false;
    inputs.set(key, {
      ...(made.receiver !== undefined && { receiver: made.receiver }),
      arguments: written as string[],
      source,
    });
    return true;
  };

  const read = (call: ExampleCall): Arguments | undefined => readArguments(language, unit, call);
  const receivers = receiversIn(unit, [...examples.map(({ code }) => code), ...testTexts]);
  const fromExamples = examples
    .flatMap(({ code }) => callsOf(unit, code))
    .flatMap((call) => read(call) ?? [])
    .map((made) => withReceiver(made, receivers[0]));
  const fromTests = testTexts
    .flatMap((text) => callsOf(unit, text))
    .flatMap((call) => read(call) ?? [])
    .map((made) => withReceiver(made, receivers[0]));
  for (const made of fromExamples) add(made, 'example');
  for (const made of byFrequency(fromTests)) {
    if (inputs.size >= most * shares.seen) break;
    add(made, 'test');
  }

  const seen = [...fromExamples, ...fromTests];
  const random = createRandom(`${unit.owner ?? ''}.${unit.name}`);
  const pool = poolOf(seen);
  const shapes = unit.parameters
    .filter(({ kind }) => kind === 'positional' || kind === 'either')
    .map((parameter, at) => shapeOf(language, parameter, seen, at));
  // What the user wrote is changed more often than what a model did.
  const parents = [...fromExamples, ...fromExamples, ...fromTests];
  fill(inputs, parents.length === 0 ? 0 : most * shares.mutants, () =>
    add(mutant(random, random.pick(parents), pool), 'mutant'),
  );
  if (shapes.includes(undefined)) return [...inputs.values()];
  for (const made of small(shapes as Shape[])) {
    if (inputs.size < most) add(withReceiver(made, receivers[0]), 'synthesised');
  }
  const synthesised = (): Arguments =>
    withReceiver(
      { values: (shapes as Shape[]).map((shape) => makeValue(random, shape, pool)) },
      receivers.length > 0 ? random.pick(receivers) : undefined,
    );
  fill(inputs, most * shares.synthesised, () => add(synthesised(), 'synthesised'));
  fill(inputs, most, () => {
    const parent = parents.length > 0 && random.below(3) > 0 ? random.pick(parents) : synthesised();
    return add(atEdge(random, parent, shapes as Shape[], pool), 'synthesised');
  });
  return [...inputs.values()];
}

/** One argument at an edge of what it can be, beside others that make sense. */
function atEdge(random: Random, parent: Arguments, shapes: readonly Shape[], pool: Pool): Arguments {
  const at = random.below(parent.values.length);
  const shape = at < parent.values.length ? shapes[at] : undefined;
  const edge = shape && edgeOf(random, shape, pool);
  return edge ? { ...parent, values: parent.values.with(at, edge) } : parent;
}

function fill(inputs: ReadonlyMap<string, Input>, size: number, add: () => boolean): void {
  for (let missed = 0; inputs.size < size && missed < patience * 10; ) {
    if (!add()) missed++;
  }
}

const withReceiver = (made: Arguments, receiver: string | undefined): Arguments =>
  made.receiver === undefined && receiver !== undefined ? { ...made, receiver } : made;

/** Calls of the unit in a text, also within other calls, and of what a call gives back. */
function callsOf(unit: ExecutionUnit, text: string): ExampleCall[] {
  const { name } = unit;
  const calls: ExampleCall[] = [];
  for (let at = text.indexOf(`${name}(`); at >= 0; at = text.indexOf(`${name}(`, at + 1)) {
    if (/[\p{ID_Continue}$]/u.test(text[at - 1] ?? ' ')) continue;
    const end = text.indexOf('\n', at);
    const call = readCall(text.slice(at, end < 0 ? undefined : end), 0);
    if (call) calls.push(call);
  }
  return calls;
}

/** Expressions that make an instance of the unit's class. */
function receiversIn(unit: ExecutionUnit, texts: readonly string[]): readonly string[] {
  const { owner } = unit;
  if (owner === undefined) return [];
  const found = texts.flatMap((text) =>
    text.split('\n').flatMap((line) =>
      [...callsIn(line)].flatMap((call) => {
        if (call.name === owner) return [line.slice(call.span.start, call.span.end)];
        const before = call.receiver?.startsWith(`${owner}(`) || call.receiver?.startsWith(`new ${owner}(`);
        return before ? [call.receiver!] : [];
      }),
    ),
  );
  return [...new Set(found)];
}

function readArguments(language: Language, unit: ExecutionUnit, call: ExampleCall): Arguments | undefined {
  const rules = language.execution!.values;
  const values: (Value | undefined)[] = [];
  for (const argument of call.arguments) {
    if (argument.spread) return undefined;
    const value = readLiteral(rules, argument.text);
    if (!value) return undefined;
    const at =
      argument.keyword === undefined
        ? values.length
        : unit.parameters.findIndex(({ name }) => name === argument.keyword);
    if (at < 0) return undefined;
    values[at] = value;
  }
  // An argument left out between others has its default, which nobody here knows.
  return values.includes(undefined) || values.length !== Object.keys(values).length
    ? undefined
    : { values: values as Value[] };
}

/** The most frequent first: what several tests ask is likelier to make sense. */
function byFrequency(all: readonly Arguments[]): readonly Arguments[] {
  const counts = new Map<string, { readonly made: Arguments; count: number }>();
  for (const made of all) {
    const key = JSON.stringify(made);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { made, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ made }) => made);
}

function mutant(random: Random, parent: Arguments, pool: Pool): Arguments {
  if (parent.values.length === 0) return parent;
  let { values } = parent;
  for (let changes = 1 + random.below(2); changes > 0; changes--) {
    const at = random.below(values.length);
    values = values.with(at, mutateValue(random, values[at]!, pool));
  }
  return { ...parent, values };
}

/** What a parameter takes: as is written, else as was seen, else as its name lets expect. */
function shapeOf(
  language: Language,
  parameter: UnitParameter,
  seen: readonly Arguments[],
  at: number,
): Shape | undefined {
  const observed = shapeOfValues(seen.flatMap(({ values }) => values[at] ?? []));
  const written =
    parameter.type === undefined ? undefined : shapeOfType(language.execution!.values, parameter.type);
  if (written && !isVague(written)) return written;
  if (observed) return observed;
  if (parameter.type !== undefined && !written) return undefined;
  return written ?? shapeOfName(parameter.name);
}

/** Says nothing of what is inside, so that values seen say more. */
const isVague = (shape: Shape): boolean =>
  shape.kind === 'any' ||
  ((shape.kind === 'list' || shape.kind === 'set') && isVague(shape.item)) ||
  (shape.kind === 'tuple' && (shape.items.length === 0 || shape.items.some(isVague)));

function poolOf(seen: readonly Arguments[]): Pool {
  const pool = { integers: new Set<number>(), floats: new Set<number>(), texts: new Set<string>() };
  const visit = (value: Value): void => {
    if (value.kind === 'number') pool[value.float ? 'floats' : 'integers'].add(value.value);
    else if (value.kind === 'text') pool.texts.add(value.value);
    else if ('items' in value) value.items.forEach(visit);
    else if (value.kind === 'map') for (const entry of value.entries) entry.forEach(visit);
  };
  for (const { values } of seen) values.forEach(visit);
  return { integers: [...pool.integers], floats: [...pool.floats], texts: [...pool.texts] };
}

/** The smallest values of each shape, together: where functions end, and often go wrong. */
function* small(shapes: readonly Shape[]): Generator<Arguments> {
  if (shapes.length === 0) {
    yield { values: [] };
    return;
  }
  for (const size of [0, 1, 2]) yield { values: shapes.map((shape) => smallest(shape, size)) };
}

function smallest(shape: Shape, size: number): Value {
  switch (shape.kind) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'boolean':
      return { kind: 'boolean', value: size > 0 };
    case 'integer':
    case 'any':
      return { kind: 'number', value: size, float: false };
    case 'float':
      return { kind: 'number', value: size, float: true };
    case 'text':
      return { kind: 'text', value: 'ab'.slice(0, size) };
    case 'list':
    case 'set':
      return { kind: shape.kind, items: size === 0 ? [] : [smallest(shape.item, size)] };
    case 'tuple':
      return { kind: 'tuple', items: shape.items.map((item) => smallest(item, size)) };
    case 'map':
      return {
        kind: 'map',
        entries: size === 0 ? [] : [[smallest(shape.key, size), smallest(shape.value, size)]],
      };
    case 'union':
      return smallest(shape.options[size % shape.options.length] ?? anything, size);
  }
}
