// Values whose type nobody wrote: functions and objects as they stand in an expression, what a cast says, and what the
// parameters of a function are by where it is handed to.
import type { Declaration } from '../../core/declarations.ts';
import { setOwnMembers } from '../../core/declared.ts';
import type { AssignmentFact, CallFact, FunctionFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import { findByPlace } from '../../core/places.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { innermostOf } from './locals.ts';
import { constructedBy } from './members.ts';
import type { Names } from './names.ts';
import { returnedBy } from './returns.ts';
import type { Scopes, Source } from './scopes.ts';
import { parametersIn, something } from './structure.ts';
import { withoutModifiers } from './structure-text.ts';
import { openingOf, outside, partsOf } from './text.ts';
import { alternatives, join, type Type } from './type.ts';

export interface Values {
  /** The type of an expression that is a function, an object, or cast; `none` where it is nothing of these. */
  typeOf(place: Span): Type | undefined | 'none';
  /** What a parameter of a function that is a value is. */
  ofGiven(source: Extract<Source, { kind: 'given' }>): Type | undefined;
  /** What a declaration that was made of an expression is, or gives when it is called. */
  valueOf(declaration: Declaration): Type | undefined;
  /** One of several targets that take a value apart by the names or places of its parts. */
  ofPart(assignment: AssignmentFact & { readonly value: Span }, whole: Type | undefined): Type | undefined;
}

interface ValuesOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  readonly typeOf: (span: Span) => Type | undefined;
  readonly readHere: (type: string, offset: number) => Type | undefined;
  readonly writtenHere: (span: Span) => Type | undefined;
  readonly calleeOf: (call: CallFact) => Type | undefined;
  /** A type as a declaration writes it. */
  readonly writtenAs: (
    type: string,
    from: Declaration,
    by: Type | undefined,
    call?: CallFact,
  ) => Type | undefined;
  readonly memberOf: (receiver: Type, name: string) => Type | undefined;
  readonly elementOf: (type: Type | undefined) => Type | undefined;
}

/** Lists of more are not looked through. */
const maxParts = 20;

/** Longer expressions are not looked through. */
const maxLength = 4_000;

/** What declarations that were made of expressions are: whoever sees one of another file asks here as well. */
const lazy = new WeakMap<Declaration, () => Type | undefined>();

export function createValues(options: ValuesOptions): Values {
  const { subject, names, scopes, typeOf, readHere, writtenHere, calleeOf, writtenAs, memberOf } = options;
  const { text, facts } = subject;
  const { rules } = names;
  const { structural } = rules;
  const functionAt = findByPlace(facts.functions);
  let argumentsAt: Map<number, { readonly call: CallFact; readonly index: number }> | undefined;
  let typedAt: Map<number, Span> | undefined;

  /** Where a function is handed to, by its place. */
  const handedTo = ({
    span,
  }: FunctionFact): { readonly call: CallFact; readonly index: number } | undefined => {
    if (!argumentsAt) {
      argumentsAt = new Map();
      for (const call of facts.calls) {
        if (call.arguments.some(({ spread }) => spread)) continue;
        for (const [index, { value }] of call.arguments.entries())
          argumentsAt.set(value.start, { call, index });
      }
    }
    const found = argumentsAt.get(span.start);
    if (!found) return undefined;
    return found.call.arguments[found.index]!.value.end === span.end ? found : undefined;
  };
  const typeAt = ({ span }: FunctionFact): Span | undefined => {
    typedAt ??= new Map(
      facts.assignments.flatMap(({ value, type }) => (value && type ? [[value.start, type] as const] : [])),
    );
    return typedAt.get(span.start);
  };
  const make = (
    name: string,
    kind: Declaration['kind'],
    at: number,
    more: Partial<Declaration> = {},
  ): Declaration => ({
    ...{ name, kind, signature: name, modifiers: [], module: '' },
    place: { path: subject.path, span: { start: at, end: at } },
    ...more,
  });

  const ofFunction = (of: FunctionFact): Type => {
    const list = spanText(text, of.parameters);
    const declaration = make('function', 'function', of.span.start, {
      parameters: parametersIn(list.startsWith('(') ? list.slice(1, -1) : list, rules),
      modifiers: rules.awaitable.filter((word) => text.startsWith(word, of.span.start)),
    });
    lazy.set(declaration, () => {
      if (of.returns) return writtenHere(of.returns);
      if (text[of.body.start] !== '{') return typeOf(of.body);
      const isOwn = (offset: number): boolean =>
        innermostOf(facts.functions, offset) === of &&
        !scopes.around(offset).some((index) => contains(of.body, facts.symbols[index]!.span));
      const body = { start: of.body.start + 1, end: of.body.end - 1 };
      const all = returnedBy({ body }, text, facts, rules, isOwn);
      return all && join(all.map(typeOf));
    });
    return { kind: 'callable', of: [declaration] };
  };

  /** An object as it is written, where nothing is spread into it and no name is computed. */
  const ofObject = (place: Span): Type | undefined => {
    if (!structural || place.end - place.start > maxLength) return undefined;
    const of = make('object', 'interface', place.start);
    setOwnMembers(of, () => {
      const byName = new Map<string, readonly Declaration[]>();
      let complete = true;
      for (const part of partsOf(text, { start: place.start + 1, end: place.end - 1 }, facts.strings)) {
        const written = withoutModifiers(spanText(text, part), structural);
        const [whole, , quoted, word, after] = /^(?:(["'])(.*?)\1|([\w$]+))\s*(:|\(|<|$)/.exec(written) ?? [];
        const name = quoted ?? word;
        if (whole === undefined || name === undefined) {
          complete = false;
          continue;
        }
        const member = make(name, 'field', part.start);
        if (after === ':')
          lazy.set(member, () => typeOf({ start: part.start + whole.length, end: part.end }));
        else if (after === '') lazy.set(member, () => typeOf(part));
        byName.set(name, [member]);
      }
      return { byName, complete };
    });
    return { kind: 'instance', of, arguments: [] };
  };

  const ofList = (place: Span): Type | undefined => {
    const of = rules.many && names.builtin(rules.many[1]);
    const parts = partsOf(text, { start: place.start + 1, end: place.end - 1 }, facts.strings);
    if (!of || parts.length > maxParts) return of && { kind: 'instance', of, arguments: [] };
    const types = parts.map((part) =>
      text.startsWith('...', part.start)
        ? options.elementOf(typeOf({ start: part.start + 3, end: part.end }))
        : typeOf(part),
    );
    return { kind: 'instance', of, arguments: [join(types)] };
  };

  const ofCast = (place: Span): Type | undefined | 'none' => {
    const written = spanText(text, place);
    if (!structural || written.length > maxLength) return 'none';
    // The grammar takes `!a!.b` for a member of `!a`.
    if (written.endsWith('!') && /^[!~+-]/.test(written)) return undefined;
    if (written.endsWith('!')) return something(typeOf({ start: place.start, end: place.end - 1 }));
    const [at, word] = lastWord(place, text, facts.strings, structural.casts) ?? [];
    if (at === undefined || word === undefined) return 'none';
    if (matches(structural.uncast, text.slice(at, place.end).trim()))
      return typeOf({ start: place.start, end: at });
    return readHere(text.slice(at + word.length, place.end).trim(), at);
  };

  /** The n-th parameter of a function type, as the one who calls it passes it. */
  const parameterOf = (type: Type | undefined, index: number): Type | undefined => {
    const ways = type ? alternatives(type).filter(({ kind }) => kind === 'callable') : [];
    return join(
      ways.map((way) => {
        const [of, ...more] = way.kind === 'callable' ? way.of : [];
        const parameter = of?.parameters?.[index];
        if (!of || more.length > 0 || parameter?.type === undefined || parameter.kind === 'rest')
          return undefined;
        return writtenAs(parameter.type, of, way.kind === 'callable' ? way.by : undefined);
      }),
    );
  };

  /** The functions that a call passes its arguments to. */
  const takenBy = (call: CallFact): Type | undefined => {
    const callee = calleeOf(call);
    if (callee?.kind === 'instance') return constructedBy(callee, names);
    const [way] = callee?.kind === 'class' ? rules.constructors : [];
    const of = callee?.kind === 'class' && way !== undefined && names.membersOf(callee.of)?.byName.get(way);
    return of ? { kind: 'callable', of } : callee;
  };

  const ofContext = (of: FunctionFact, index: number): Type | undefined => {
    const type = typeAt(of);
    if (type) return parameterOf(writtenHere(type), index);
    const handed = handedTo(of);
    const callee = handed && takenBy(handed.call);
    if (!handed || callee?.kind !== 'callable') return undefined;
    const found = callee.of.flatMap((one) => {
      const all = one.parameters ?? [];
      const parameter = all[handed.index] ?? (all.at(-1)?.kind === 'rest' ? undefined : null);
      if (parameter === null) return [];
      if (parameter?.type === undefined || parameter.kind === 'rest') return [undefined];
      return [parameterOf(writtenAs(parameter.type, one, callee.by, handed.call), index)];
    });
    return join(found);
  };

  return {
    typeOf(place) {
      const of = functionAt(place);
      if (of) return ofFunction(of);
      if (
        rules.fixedMembers &&
        text[place.start] === '{' &&
        openingOf(text, place, facts.strings) === place.start
      )
        return ofObject(place);
      if (text[place.start] === '[' && openingOf(text, place, facts.strings) === place.start)
        return ofList(place);
      return ofCast(place);
    },
    ofGiven({ of, index, type, member }) {
      if (member === null) return undefined;
      const whole = type ? writtenHere(type) : ofContext(of, index);
      return whole && member !== undefined ? memberOf(whole, member) : whole;
    },
    valueOf: (declaration) => lazy.get(declaration)?.(),
    ofPart({ span, target }, whole) {
      const before = text.slice(span.start, target.start);
      const type = rules.each.includes(/^\w*/.exec(before)![0]) ? options.elementOf(whole) : whole;
      const opened = before.replace(/[^[{}\]]/g, '');
      if (!type || (opened !== '{' && opened !== '[')) return undefined;
      // What is left over, and what is given where there is nothing.
      if (/\.\.\.\s*$/.test(before) || /^\s*=(?!=)/.test(text.slice(target.end, target.end + 20)))
        return undefined;
      if (opened === '[') {
        const at = before.split(',').length - 1;
        return type.kind === 'instance' ? (type.parts ? type.parts[at] : options.elementOf(type)) : undefined;
      }
      const key = /(?:^|[{,])\s*([\w$]+)\s*:\s*$/.exec(before)?.[1];
      return memberOf(type, key ?? spanText(text, target));
    },
  };
}

/** The last of the words of casts in an expression that is cast as a whole. */
function lastWord(
  place: Span,
  text: string,
  strings: readonly Span[],
  words: readonly string[],
): readonly [number, string] | undefined {
  const written = spanText(text, place);
  if (!matches(`\\s(?:${words.join('|')})\\s`, written)) return undefined;
  let found: readonly [number, string] | undefined;
  for (const at of outside(text, place, strings)) {
    const unit = text[at]!;
    if (/[?&|=+*/%<>-]/.test(unit) && !found) return undefined;
    if (!/\s/.test(text[at - 1] ?? '')) continue;
    const word = words.find((each) => text.startsWith(each, at) && /\s/.test(text[at + each.length] ?? ''));
    if (word !== undefined) found = [at, word];
  }
  return found;
}
