// What names mean within functions that are values: their parameters, and what is declared in the innermost function.
import type { FileFacts, FunctionFact } from '../../core/facts.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { createScopes, type Meaning, type Scopes, type Source } from './scopes.ts';
import { splitAt } from './structure-text.ts';

const made = new WeakMap<FileFacts, Scopes>();

/** The scopes of a text, functions that are values among them where facts tell those. Kept for as long as the facts are. */
export function scopesOf({ facts, text }: Pick<Subject, 'facts' | 'text'>, rules: TypeRules): Scopes {
  const scopes = createScopes(facts, text, rules);
  if (!rules.structural) return scopes;
  const known = made.get(facts);
  if (known) return known;
  const hasNone = facts.functions.length === 0 && !facts.assignments.some(({ declares }) => declares);
  const fresh = hasNone ? scopes : { ...scopes, meaningOf: meanings(facts, text, scopes) };
  made.set(facts, fresh);
  return fresh;
}

/** What has a name of its own in the scope that it stands in. */
const isNamed = new Set(['function', 'class', 'interface', 'enum', 'module', 'type']);

interface Local {
  readonly source: Source;
  /** In which it is seen. */
  readonly scope: Span;
}

/** All that is bound in functions that are values, and what is declared in any function. */
function* localsIn(facts: FileFacts, text: string, scopes: Scopes): Generator<[name: string, Local]> {
  const { functions, assignments, symbols } = facts;
  for (const of of functions) {
    for (const [name, source] of parametersOf(of, text))
      yield [name, { source, scope: { start: of.parameters.start, end: of.span.end } }];
  }
  /** The body of the innermost function around a place. */
  const around = (offset: number): Span | undefined => {
    const value = innermostOf(functions, offset);
    const index = scopes.around(offset).find((each) => symbols[each]!.body);
    const symbol = index === undefined ? undefined : symbols[index]!.body;
    if (!value || !symbol) return value?.body ?? symbol;
    return value.body.start >= symbol.start ? value.body : symbol;
  };
  const assigned = new Set(assignments.map(({ target }) => target.start));
  for (const [index, { name, span, nameSpan, container, kind, owner }] of symbols.entries()) {
    if (!isNamed.has(kind) || owner !== undefined || assigned.has(nameSpan.start)) continue;
    const value = innermostOf(functions, span.start);
    // What stands in a function or class that is further inside is seen in there.
    const outside = container === undefined ? undefined : symbols[container]!.span;
    if (value && (!outside || outside.start < value.body.start))
      yield [name, { source: { kind: 'symbol', index, span: nameSpan }, scope: value.body }];
  }
  for (const assignment of assignments) {
    const { name, target, declares } = assignment;
    const scope = declares && name !== undefined && around(target.start);
    if (scope) yield [name, { source: { kind: 'assigned', assignment, span: target }, scope }];
  }
}

function grouped<Item>(
  all: Iterable<readonly [name: string, item: Item]>,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const [name, item] of all) {
    const list = groups.get(name);
    if (list) list.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

function meanings(facts: FileFacts, text: string, scopes: Scopes): Scopes['meaningOf'] {
  const { assignments, symbols } = facts;
  const locals = grouped(localsIn(facts, text, scopes));
  const others = grouped(
    assignments.flatMap((one) => (one.name === undefined || one.declares ? [] : [[one.name, one] as const])),
  );
  return (name, offset): Meaning | undefined => {
    const meaning = scopes.meaningOf(name, offset);
    const seen = (locals.get(name) ?? []).filter(({ scope }) => scope.start <= offset && offset <= scope.end);
    if (seen.length === 0) return meaning;
    const start = Math.max(...seen.map(({ scope }) => scope.start));
    const owner = meaning?.owner;
    // A function with a name that stands further inside.
    const inner = owner === undefined ? undefined : symbols[owner]!.body?.start;
    if (inner !== undefined && inner > start) return meaning;
    const own = seen.filter(({ scope }) => scope.start === start);
    const { scope } = own[0]!;
    const set = (others.get(name) ?? []).filter(({ target }) => contains(scope, target));
    const sources = [
      ...own.map(({ source }) => source),
      ...set.map((assignment): Source => ({ kind: 'assigned', assignment, span: assignment.target })),
    ];
    return { sources, within: scope };
  };
}

/** @param functions in the order of their starts. */
export function innermostOf(functions: readonly FunctionFact[], offset: number): FunctionFact | undefined {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (functions[middle]!.span.start <= offset) low = middle + 1;
    else high = middle;
  }
  const outer = outerIn(functions);
  for (let at = low - 1; at >= 0; at = outer[at]!) {
    const { body } = functions[at]!;
    if (body.start <= offset && offset <= body.end) return functions[at];
  }
  return undefined;
}

const outers = new WeakMap<readonly FunctionFact[], readonly number[]>();

/** For each function the one before it that may still be open where it ends, `-1` where there is none. */
function outerIn(functions: readonly FunctionFact[]): readonly number[] {
  const known = outers.get(functions);
  if (known) return known;
  const made: number[] = [];
  for (const [index, { span }] of functions.entries()) {
    let at = index - 1;
    // One that ends where it does is open there as well.
    while (at >= 0 && functions[at]!.span.end < span.end) at = made[at]!;
    made.push(at);
  }
  outers.set(functions, made);
  return made;
}

/** The head of a parameter: whether it takes the rest, its name or the pattern in its place, and the colon before its type. */
const parameterHead = /^(\.\.\.)?(?:([\w$]+)|(\{[^{}]*\}|\[[\s\S]*\]|\{[\s\S]*\}))(?:\s*\?)?(\s*:\s*)?/;

/** Parameters of a function that is a value, those in a flat pattern of objects among them. */
function* parametersOf(of: FunctionFact, text: string): Generator<[string, Source]> {
  const whole = spanText(text, of.parameters);
  if (!whole.startsWith('(')) {
    yield [whole, { kind: 'given', of, index: 0, span: of.parameters }];
    return;
  }
  let at = of.parameters.start + 1;
  for (const [index, part] of splitAt(whole.slice(1, -1), ',').entries()) {
    const written = part.trimStart();
    const end = at + part.length;
    const start = end - written.length;
    at = end + 1;
    const [head = '', rest, name, pattern = '', colon] = parameterHead.exec(written) ?? [];
    const from = start + head.length;
    const type = colon && { start: from, end: from + splitAt(written.slice(head.length), '=')[0]!.length };
    const source = { kind: 'given', of, index, span: { start, end }, ...(type && { type }) } as const;
    const isOpen = !colon && (rest !== undefined || splitAt(written, '=').length > 1);
    if (name !== undefined) yield [name, isOpen ? { ...source, member: null } : source];
    for (const [local, member] of namesIn(pattern)) yield [local, { ...source, member }];
  }
}

type Taken = readonly [name: string, member: string | null];

/** Names that a pattern binds, with the members that they are given; `null` where that is not followed. */
function namesIn(pattern: string): readonly Taken[] {
  const words = (written: string): Taken[] => [...written.matchAll(/[\w$]+/g)].map(([word]) => [word, null]);
  if (!pattern.startsWith('{')) return words(pattern);
  return splitAt(pattern.slice(1, -1), ',').flatMap((one): Taken[] => {
    const [, asked, local = asked] = /^\s*([\w$]+)\s*(?::\s*([\w$]+)\s*)?$/.exec(one) ?? [];
    return asked === undefined ? words(one) : [[local!, asked]];
  });
}
