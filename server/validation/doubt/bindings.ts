// What a file binds its names to, as far as that can matter elsewhere in it: which names are in doubt when a place changes.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';

export interface Binding {
  /** What the names are bound by: a change in here, or of a name that stands in here, can change what they are. */
  readonly span: Span;
  /** A member's with a dot before it. */
  readonly names: readonly string[];
  /** The function's body that the names are only known in. */
  readonly within?: Span;
}

/** The bindings of a file, each kind in order; lists of one kind stand at the same place for each file. */
export type Bindings = readonly (readonly Binding[])[];

export interface Source {
  readonly text: string;
  readonly facts: FileFacts;
  readonly rules: TypeRules | undefined;
  /** Bodies of the outermost functions, in order. */
  readonly bodies: readonly Span[];
}

const functions = new Set(['function', 'method', 'constructor']);
const owners = new Set(['class', 'interface', 'enum', 'module']);

export const isOwner = ({ kind }: SymbolFact): boolean => owners.has(kind);

/** Bodies of the outermost functions that have a name, in order. */
export function outermostBodies({ symbols }: FileFacts): readonly Span[] {
  const bodies: Span[] = [];
  let at = 0;
  for (const { kind, body } of symbols) {
    if (!body || !functions.has(kind) || body.start < at) continue;
    bodies.push(body);
    at = body.end;
  }
  return bodies;
}

/** The span, of some that are in order and apart from each other, that an offset is in. */
export function spanAt(spans: readonly Span[], offset: number): Span | undefined {
  const found = spans[firstEndingAfter(spans, offset)];
  return found && found.start <= offset ? found : undefined;
}

/** How many spans of a list, which are in order and apart from each other, end at an offset or before it. */
function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function bindingsOf(source: Source): Bindings {
  const { facts } = source;
  const saying = sayingIn(source);
  const own = facts.symbols.filter(({ kind }) => functions.has(kind));
  return [
    facts.symbols.map((symbol) => ({
      span: saidBy(symbol, saying),
      names: changedWith(symbol, source),
    })),
    own
      .filter((one) => one.body && hasOpenResult({ ...one, body: one.body }, source))
      .map((symbol) => ({
        span: symbol.body!,
        names: namesOf(symbol, facts),
      })),
    own.map((symbol) => ofParameters(symbol, source)),
    ofAssignments(source, saying),
    ofFunctionValues(source),
    facts.imports.map(({ span, names, namespace = '' }) => ({
      span,
      names: [...names.map(({ local }) => local), namespace],
    })),
    facts.topLevel.map(({ name, span }) => ({ span, names: [name] })),
  ];
}

/** Whether a result is not written down and is what the body gives back. */
const hasOpenResult = (
  { returns, body }: { readonly returns?: Span; readonly body: Span },
  { text, rules }: Source,
): boolean => !returns && rules?.returns !== undefined && spanText(text, body).includes(rules.returns);

/** What of a binding says what it binds: not the value behind a written type, nor the body of a function that gives nothing back. */
type Saying = (bound: { readonly span: Span; readonly type?: Span; readonly value?: Span }) => Span;

function sayingIn(source: Source): Saying {
  const { facts, text, rules } = source;
  const bodies = new Map<number, number>();
  for (const one of facts.functions)
    if (text[one.body.start] === '{' && !hasOpenResult(one, source))
      bodies.set(one.span.start, one.body.start);
  const isWritten = (type: Span | undefined): type is Span =>
    type !== undefined && !rules?.inferred.includes(spanText(text, type));
  return ({ span, type, value }) => {
    const end = isWritten(type) ? type.end : value && bodies.get(value.start);
    return end === undefined ? span : { start: span.start, end };
  };
}

/** All that is written of it outside of its body; of what has members, its beginning: they are symbols of their own. */
const saidBy = (symbol: SymbolFact, saying: Saying): Span => {
  const { kind, span, signature, body } = symbol;
  if (functions.has(kind)) return { start: span.start, end: body?.start ?? span.end };
  return owners.has(kind) ? { start: span.start, end: signature.end } : saying(symbol);
};

const members = new Set(['method', 'constructor', 'field']);

/** How a symbol is asked for. */
export function namesOf({ name, kind, container, owner }: SymbolFact, { symbols }: FileFacts): string[] {
  const around = container === undefined ? undefined : symbols[container];
  if (owner === undefined && !members.has(kind) && (!around || !isOwner(around))) return [name];
  return owners.has(kind) ? [name, `.${name}`] : [`.${name}`];
}

/** What is in doubt when a symbol is: what has a member that no text asks for by its name, or is made from its fields, as well. */
function changedWith(symbol: SymbolFact, { facts, rules, bodies }: Source): string[] {
  const { name, kind, container, span } = symbol;
  const names = namesOf(symbol, facts);
  const around = container === undefined ? undefined : facts.symbols[container];
  if (!around) return names;
  const isAsked = kind !== 'constructor' && /^(?!__)[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
  const isField = rules?.fields && !functions.has(kind) && !spanAt(bodies, span.start);
  return isAsked && !isField ? names : [...names, ...namesOf(around, facts)];
}

/** What a function's body is told by its beginning. */
function ofParameters({ span, body, parameters = [], receiver }: SymbolFact, source: Source): Binding {
  const names = parameters.map(({ name }) => name);
  if (receiver) names.push(spanText(source.text, receiver));
  const within = body && spanAt(source.bodies, body.start);
  return { span: { start: span.start, end: body?.start ?? span.end }, names, ...(within && { within }) };
}

function ofAssignments(source: Source, saying: Saying): readonly Binding[] {
  const { facts, rules, text, bodies } = source;
  const shared = rules?.assignsOutward ? namesOutside(source) : new Set();
  return facts.assignments.map((assignment): Binding => {
    const { name, target } = assignment;
    const within = name === undefined || shared.has(name) ? undefined : spanAt(bodies, target.start);
    const names = [name ?? lastName(text, target)];
    return { span: saying(assignment), names, ...(within && { within }) };
  });
}

/** What a target that is no plain name ends in: `.total` of `self.total`. */
const lastName = (text: string, target: Span): string =>
  /\.?[\p{L}\p{N}_$]*$/u.exec(text.slice(Math.max(target.start, target.end - maxName), target.end))![0];

/** Longer names are cut, and found nowhere. */
const maxName = 80;

/** Names that are bound outside of bodies, so that an assignment inside may be to them. */
function namesOutside({ facts, bodies }: Source): ReadonlySet<string | undefined> {
  const isOutside = ({ span }: { readonly span: Span }): boolean => spanAt(bodies, span.start) === undefined;
  return new Set([
    ...facts.topLevel.map(({ name }) => name),
    ...facts.symbols.filter(isOutside).map(({ name }) => name),
    ...facts.assignments.filter(isOutside).map(({ name }) => name),
    ...facts.imports.flatMap(({ names, namespace }) => [...names.map(({ local }) => local), namespace]),
  ]);
}

/** Parameters of a function that stands where a value does: what it is passed to, or set to, can say what they are. */
function ofFunctionValues({ facts, text, bodies }: Source): readonly Binding[] {
  let call = 0;
  const around: Span[] = [];
  return facts.functions.map(({ span, parameters }): Binding => {
    for (; call < facts.calls.length && facts.calls[call]!.span.start <= span.start; call++)
      around.push(facts.calls[call]!.span);
    while (around.length > 0 && around.at(-1)!.end < span.end) around.pop();
    const line = text.lastIndexOf('\n', span.start) + 1;
    const start = Math.min(line, around.at(-1)?.start ?? line);
    const within = spanAt(bodies, span.start);
    const names = spanText(text, parameters).match(parameterNames) ?? [];
    return { span: { start, end: parameters.end }, names, ...(within && { within }) };
  });
}

/** Names at the beginning of a parameter, and of some written types. */
const parameterNames = /(?<=(?:^|[([{,|])[\s.*&]*)[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Where names stand that are being bound: what they are does not depend on that. */
export function boundAt({ facts, text }: Source): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { nameSpan, parameters = [] } of facts.symbols) {
    places.add(nameSpan.start);
    for (const { name, span } of parameters) if (text.startsWith(name, span.start)) places.add(span.start);
  }
  for (const { name, target } of facts.assignments)
    places.add(
      name === undefined ? target.end - lastName(text, target).replace('.', '').length : target.start,
    );
  for (const { parameters } of facts.functions)
    for (const { index } of spanText(text, parameters).matchAll(parameterNames))
      places.add(parameters.start + index);
  return places;
}
