// What names mean within functions that are values: their parameters, and what is declared in the innermost function.
import type { AssignmentFact, FileFacts, FunctionFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
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

/** Parameters of a function that is a value, those in a flat pattern of objects among them. */
function* parametersOf(of: FunctionFact, text: string): Generator<[string, Source]> {
  const { start, end } = of.parameters;
  const whole = text.slice(start, end);
  if (!whole.startsWith('(')) {
    yield [whole, { kind: 'given', of, index: 0, span: of.parameters }];
    return;
  }
  const list = whole.slice(1, -1);
  let at = start + 1;
  for (const [index, part] of splitAt(list, ',').entries()) {
    const from = at + (part.length - part.trimStart().length);
    const span = { start: from, end: at + part.length };
    at += part.length + 1;
    const [, rest, name, pattern, mark, gap = ''] =
      /^\s*(\.\.\.)?(?:([\w$]+)|(\{[^{}]*\}|\[[\s\S]*\]|\{[\s\S]*\}))(\s*\?)?(\s*:\s*)?/.exec(part) ?? [];
    const head = part.trimStart();
    const typeAt =
      gap === ''
        ? undefined
        : from + (rest ?? '').length + (name ?? pattern ?? '').length + (mark ?? '').length + gap.length;
    const typed = typeAt === undefined ? undefined : splitAt(text.slice(typeAt, span.end), '=')[0]!;
    const type =
      typeAt === undefined || typed === undefined ? undefined : { start: typeAt, end: typeAt + typed.length };
    const base = { kind: 'given', of, index, span, ...(type && { type }) } as const;
    if (name !== undefined) {
      const isDefault = gap === '' && splitAt(head, '=').length > 1;
      yield [name, isDefault || rest ? { ...base, member: null } : base];
    } else if (pattern?.startsWith('{')) {
      for (const one of splitAt(pattern.slice(1, -1), ',')) {
        const [, asked, local = asked] = /^\s*([\w$]+)\s*(?::\s*([\w$]+)\s*)?$/.exec(one) ?? [];
        if (asked !== undefined) yield [local!, { ...base, member: asked }];
        else for (const [word] of one.matchAll(/[\w$]+/g)) yield [word, { ...base, member: null }];
      }
    } else for (const [word] of (pattern ?? '').matchAll(/[\w$]+/g)) yield [word, { ...base, member: null }];
  }
}
