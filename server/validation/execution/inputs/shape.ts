// Shapes of values: what a parameter takes, told by its written type, by values that were seen, or by its name.
import { splitList } from '../../../core/examples/call.ts';
import type { ValueKind, ValueRules } from '../../../core/execution-rules.ts';
import type { Value } from './value.ts';

export type Shape =
  | { readonly kind: 'nothing' | 'boolean' | 'integer' | 'float' | 'text' | 'any' }
  | { readonly kind: 'list' | 'set'; readonly item: Shape }
  | { readonly kind: 'tuple'; readonly items: readonly Shape[] }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'union'; readonly options: readonly Shape[] };

export const anything: Shape = { kind: 'any' };

const deepest = 6;

/** The shape that a written type says; nothing where it names a class of its own. */
export function shapeOfType(rules: ValueRules, written: string, depth = 0): Shape | undefined {
  const type = written.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (type === '' || depth > deepest) return undefined;
  const within = (source: string): Shape | undefined => shapeOfType(rules, source, depth + 1);
  const options = splitOutside(type, rules.union);
  if (options.length > 1) return union(options.map(within));
  if (rules.many !== undefined && type.endsWith(rules.many)) {
    return { kind: 'list', item: within(type.slice(0, -rules.many.length)) ?? anything };
  }
  const opening = type.indexOf(rules.brackets[0]);
  const generic = opening > 0 && type.endsWith(rules.brackets[1]);
  const name = (generic ? type.slice(0, opening) : type).split('.').at(-1)!.trim();
  const parts = generic ? splitList(type.slice(opening + 1, -rules.brackets[1].length)) : [];
  const kind = Object.hasOwn(rules.types, name) ? rules.types[name] : undefined;
  return kind && shapeOfGeneric(kind, parts, within);
}

function shapeOfGeneric(
  kind: ValueKind,
  parts: readonly string[],
  within: (source: string) => Shape | undefined,
): Shape | undefined {
  const part = (at: number, otherwise: Shape): Shape =>
    (parts[at] === undefined ? undefined : within(parts[at])) ?? otherwise;
  switch (kind) {
    case 'list':
    case 'set':
      return { kind, item: part(0, anything) };
    case 'tuple': {
      const item = part(0, anything);
      // Any number of them.
      if (parts.length === 2 && parts[1] === '...') return { kind, items: [item, item, item] };
      return { kind, items: parts.map((_, at) => part(at, anything)) };
    }
    case 'map':
      return { kind, key: part(0, { kind: 'text' }), value: part(1, { kind: 'integer' }) };
    case 'optional':
      return union([...parts.map(within), { kind: 'nothing' }]);
    case 'union':
      return union(parts.map(within));
    default:
      return { kind };
  }
}

function union(options: readonly (Shape | undefined)[]): Shape | undefined {
  const known = options.filter((option) => option !== undefined);
  return known.length > 1 ? { kind: 'union', options: known } : known[0];
}

/** Parts between marks that stand outside of brackets. */
export function splitOutside(source: string, mark: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < source.length; at++) {
    if ('([{<'.includes(source[at]!)) depth++;
    else if (')]}>'.includes(source[at]!)) depth--;
    else if (depth === 0 && source.startsWith(mark, at)) {
      parts.push(source.slice(start, at));
      start = at + mark.length;
    }
  }
  return [...parts, source.slice(start)];
}

/** The shape that all of these values have; nothing of none. */
export function shapeOfValues(values: readonly Value[]): Shape | undefined {
  return values
    .map(shapeOf)
    .reduce<Shape | undefined>((sum, one) => (sum ? joined(sum, one) : one), undefined);
}

function shapeOf(value: Value): Shape {
  switch (value.kind) {
    case 'number':
      return { kind: value.float ? 'float' : 'integer' };
    case 'list':
    case 'set':
      return { kind: value.kind, item: shapeOfValues(value.items) ?? anything };
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(shapeOf) };
    case 'map':
      return {
        kind: 'map',
        key: shapeOfValues(value.entries.map(([key]) => key)) ?? anything,
        value: shapeOfValues(value.entries.map(([, one]) => one)) ?? anything,
      };
    default:
      return { kind: value.kind };
  }
}

function joined(a: Shape, b: Shape): Shape {
  if (a.kind === 'any') return b;
  if (b.kind === 'any') return a;
  if (a.kind === 'union') {
    const at = a.options.findIndex((option) => option.kind === b.kind);
    if (at < 0) return { kind: 'union', options: [...a.options, b] };
    return { kind: 'union', options: a.options.with(at, joined(a.options[at]!, b)) };
  }
  if (a.kind === b.kind) return joinedAlike(a, b);
  const isNumber = (kind: Shape['kind']): boolean => kind === 'integer' || kind === 'float';
  if (isNumber(a.kind) && isNumber(b.kind)) return { kind: 'float' };
  return { kind: 'union', options: [a, b] };
}

/** Of two of one kind. */
function joinedAlike(a: Shape, b: Shape): Shape {
  if ((a.kind === 'list' || a.kind === 'set') && (b.kind === 'list' || b.kind === 'set')) {
    return { kind: a.kind, item: joined(a.item, b.item) };
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    const [long, short] = a.items.length >= b.items.length ? [a, b] : [b, a];
    return {
      kind: 'tuple',
      items: long.items.map((item, at) => (short.items[at] ? joined(item, short.items[at]) : item)),
    };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    return { kind: 'map', key: joined(a.key, b.key), value: joined(a.value, b.value) };
  }
  return a;
}

const text: Shape = { kind: 'text' };
const integer: Shape = { kind: 'integer' };
const integers: Shape = { kind: 'list', item: integer };
const texts: Shape = { kind: 'list', item: text };

/** What parameters of such names usually take, where nothing else is known. */
const byName: readonly (readonly [RegExp, Shape])[] = [
  [/^(?:words|strings|strs|names|lines|tokens|files|texts)$/i, texts],
  [/(?:^|_)(?:grid|matrix|board|rows)$/i, { kind: 'list', item: integers }],
  [/(?:^|_)(?:is|has|should|reverse|strict|ascending|descending|flag|verbose)(?:_|$)/i, { kind: 'boolean' }],
  [/(?:^|_)(?:dict|map|mapping|counts|lookup|table)$/i, { kind: 'map', key: text, value: integer }],
  [
    /(?:^|_)(?:l|l1|l2|lst|lst1|lst2|list|arr|arr1|arr2|array|nums|numbers|values|items|elements|xs|ys|data|seq|sequence|scores|operand|integers|vector|stack|queue)$/i,
    integers,
  ],
  [
    /(?:^|_)(?:s|s1|s2|st|str|string|string1|string2|strng|text|txt|word|sentence|message|msg|line|name|title|prefix|suffix|substring|pattern|char|ch|letter|letters|date|brackets|path|url|key|code|phrase|input)$/i,
    text,
  ],
  [
    /(?:^|_)(?:ratio|rate|price|threshold|probability|weight|temperature|tolerance|epsilon)$/i,
    { kind: 'float' },
  ],
  [
    /(?:^|_)(?:n|m|k|i|j|a|b|c|d|p|q|x|y|z|num|num1|num2|number|count|size|length|index|limit|start|end|base|digits|total|width|height|depth|age|year|month|day|min|max|low|high|value|target)$/i,
    integer,
  ],
];

/** What a parameter's name lets expect. */
export const shapeOfName = (name: string): Shape =>
  byName.find(([pattern]) => pattern.test(name))?.[1] ?? anything;
