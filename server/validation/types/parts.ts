// What values give out: to whoever goes through them, takes them apart, asks for an item or enters them.
import type { Declaration } from '../../core/declarations.ts';
import type { AssignmentFact, CallFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { seenAs } from './generics.ts';
import { membersOfType } from './members.ts';
import type { Names } from './names.ts';
import { isOneOf } from './receiver.ts';
import { placeAmong, resultAt } from './results.ts';
import { inner, openingOf } from './text.ts';
import { alternatives, join, type Type } from './type.ts';
import { argumentIn } from './written.ts';

export interface Parts {
  /** What going through a value gives out. */
  elementOf(type: Type | undefined): Type | undefined;
  /** What a target is given that is not simply assigned to. */
  ofAssigned(assignment: AssignmentFact & { readonly value: Span }): Type | undefined;
  /** The type of an expression that asks for an item. */
  ofSubscript(place: Span): Type | undefined;
}

type Instance = Extract<Type, { kind: 'instance' }>;

interface PartsOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly callAt: (span: Span) => CallFact | undefined;
  readonly calleeOf: (call: CallFact) => Type | undefined;
  readonly typeOf: (span: Span) => Type | undefined;
  readonly memberOf: (receiver: Type, name: string) => Type | undefined;
  /** A type as a declaration writes it. */
  readonly writtenAs: (type: string, from: Declaration, by: Type | undefined) => Type | undefined;
  /** What a call of one function gives, once it has been waited for. */
  readonly resultOf: (one: Declaration, by: Type | undefined) => Type | undefined;
}

export function createParts(options: PartsOptions): Parts {
  const { subject, names, callAt, calleeOf, typeOf, memberOf, writtenAs, resultOf } = options;
  const { text, facts } = subject;
  const { rules } = names;

  const argumentOf = (type: Type | undefined, table: Readonly<Record<string, number>>): Type | undefined => {
    if (type?.kind === 'union') return join(alternatives(type).map((each) => argumentOf(each, table)));
    if (type?.kind !== 'instance') return undefined;
    const isIn = (of: Declaration): boolean => Object.hasOwn(table, of.name) && !names.isOwn(of);
    const isExtended = rules.generic.length > 0 || rules.structural !== undefined;
    const one = isIn(type.of) ? type : isExtended ? seenAs(type, isIn, names) : undefined;
    if (!one) return undefined;
    const index = table[one.of.name]!;
    return index < 0 ? type : one.arguments[index];
  };

  const elementOf = (type: Type | undefined): Type | undefined => {
    const given = argumentOf(type, rules.elements);
    if (given || type?.kind !== 'instance' || rules.iterated.length === 0) return given;
    const members = membersOfType(type, names);
    const found = rules.iterated.map((name) => members?.byName.get(name)).find((each) => each);
    return found?.length === 1 ? resultOf(found[0]!, type) : undefined;
  };

  const isTuple = (type: Type | undefined): type is Instance =>
    type?.kind === 'instance' && rules.tuples.includes(type.of.name);

  /** One of several that a value is taken apart into. */
  const partOf = (type: Type | undefined, index: number | undefined): Type | undefined => {
    return index !== undefined && isTuple(type) ? type.arguments[index] : undefined;
  };

  /** One of the values that a call gives out. */
  const ofResult = (value: Span, index: number): Type | undefined => {
    const call = callAt(value);
    const callee = call && calleeOf(call);
    if (callee?.kind !== 'callable' || callee.of.length !== 1) return undefined;
    const type = resultAt(callee.of[0]!.type, index, rules);
    return type === undefined ? undefined : writtenAs(type, callee.of[0]!, callee.by);
  };

  /** What entering a value gives: of a generator that was made a context, what it yields. */
  const ofEntered = (value: Span): Type | undefined => {
    const call = callAt(inner(text, value, facts.strings));
    const callee = call && calleeOf(call);
    const [first, ...more] = callee?.kind === 'callable' ? callee.of : [];
    if (first && more.length === 0 && isOneOf(first, rules.entering)) {
      const given = argumentIn(first.type, rules);
      return given === undefined
        ? undefined
        : writtenAs(given, first, callee?.kind === 'callable' ? callee.by : undefined);
    }
    const type = typeOf(value);
    if (type?.kind !== 'instance') return undefined;
    const members = membersOfType(type, names);
    const found = rules.entered.map((name) => members?.byName.get(name)).find((each) => each);
    return found?.length === 1 ? resultOf(found[0]!, type) : undefined;
  };

  /** What is asked of a value by a place or a name in brackets, where types say what a value has. */
  const ofIndex = (type: Type | undefined, index: string): Type | undefined => {
    const name = /^(["'])([^"'\\]*)\1$/.exec(index)?.[2];
    const isTable = type?.kind === 'instance' && membersOfType(type, names)?.complete === false;
    if (type && name !== undefined)
      return memberOf(type, name) ?? (isTable ? argumentOf(type, rules.items) : undefined);
    if (type?.kind === 'instance' && type.parts)
      return /^\d+$/.test(index) ? type.parts[Number(index)] : undefined;
    return argumentOf(type, rules.items);
  };

  const isSlice = (open: number, end: number): boolean => text.slice(open + 1, end - 1).includes(':');

  return {
    elementOf,
    ofAssigned({ kind, span, target, value }) {
      if (kind === 'with') return ofEntered(value);
      if (kind === 'each') return elementOf(typeOf(value));
      if (kind !== 'part') return undefined;
      const index = placeAmong(text, span, target);
      if (rules.results) return index === undefined ? undefined : ofResult(value, index);
      if (rules.tuples.length === 0) return undefined;
      const [first = ''] = /^\w*/.exec(text.slice(span.start, target.start)) ?? [];
      const type = typeOf(value);
      return partOf(rules.each.includes(first) ? elementOf(type) : type, index);
    },
    ofSubscript(place) {
      if (text[place.end - 1] !== ']') return undefined;
      const open = openingOf(text, place, facts.strings);
      if (open === undefined || open <= place.start) return undefined;
      const isOptional = rules.structural !== undefined && text.startsWith('?.', open - 2);
      const type = typeOf({ start: place.start, end: isOptional ? open - 2 : open });
      if (rules.structural) return ofIndex(type, text.slice(open + 1, place.end - 1).trim());
      if (isSlice(open, place.end))
        return isTuple(type) ? { ...type, arguments: [join(type.arguments)] } : type;
      const index = text.slice(open + 1, place.end - 1).trim();
      return (/^\d+$/.test(index) && partOf(type, Number(index))) || argumentOf(type, rules.items);
    },
  };
}
