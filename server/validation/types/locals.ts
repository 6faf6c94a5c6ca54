// What names mean within functions that are values: their parameters, and what is declared in the innermost function.
import type { AssignmentFact, FileFacts, FunctionFact } from '../../core/facts.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { Meaning, Scopes, Source } from './scopes.ts';
import { splitAt } from './structure-text.ts';

const made = new WeakMap<FileFacts, Scopes['meaningOf']>();

/** The same as scopes tell, with functions that are values among the scopes. Kept for as long as the facts are. */
export function meaningsIn(facts: FileFacts, text: string, scopes: Scopes): Scopes['meaningOf'] {
  const known = made.get(facts);
  if (known) return known;
  const fresh =
    facts.functions.length === 0 && !facts.assignments.some(({ declares }) => declares)
      ? scopes.meaningOf
      : meanings(facts, text, scopes);
  made.set(facts, fresh);
  return fresh;
}

interface Local {
  readonly source: Source;
  /** In which it is seen. */
  readonly scope: Span;
}

function meanings(facts: FileFacts, text: string, scopes: Scopes): Scopes['meaningOf'] {
  const { functions, assignments, symbols } = facts;
  const locals = new Map<string, Local[]>();
  const others = new Map<string, AssignmentFact[]>();
  const add = (name: string, local: Local): void => {
    const list = locals.get(name);
    if (list) list.push(local);
    else locals.set(name, [local]);
  };
  /** The body of the innermost function around a place. */
  const around = (offset: number): Span | undefined => {
    const value = innermostOf(functions, offset);
    const index = scopes.around(offset).find((each) => symbols[each]!.body);
    const symbol = index === undefined ? undefined : symbols[index]!.body;
    if (!value || !symbol) return value?.body ?? symbol;
    return value.body.start >= symbol.start ? value.body : symbol;
  };
  for (const of of functions) {
    for (const [name, source] of parametersOf(of, text))
      add(name, { source, scope: { start: of.parameters.start, end: of.span.end } });
  }
  for (const assignment of assignments) {
    const { name, target, declares } = assignment;
    if (name === undefined) continue;
    const scope = declares && around(target.start);
    if (scope) add(name, { source: { kind: 'assigned', assignment, span: target }, scope });
    else if (!declares) {
      const list = others.get(name);
      if (list) list.push(assignment);
      else others.set(name, [assignment]);
    }
  }

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
    const isDefault = !colon && splitAt(written, '=').length > 1;
    if (name !== undefined) yield [name, isDefault || rest ? { ...source, member: null } : source];
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
