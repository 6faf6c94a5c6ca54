// What an expression is, from facts alone: local, with little regard to order. Everything uncertain is unknown.
import type { Declaration } from '../../core/declarations.ts';
import { isArrayed } from '../../core/declared.ts';
import type { AssignmentFact, CallFact, MemberFact } from '../../core/facts.ts';
import { isClass } from '../../core/inheritance.ts';
import { findByPlace } from '../../core/places.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { groundsOf } from '../memory.ts';
import { awaited, waitedFor } from './awaited.ts';
import { isMethod, mayBeInherited } from './bare.ts';
import { createCalls } from './calls.ts';
import { isNarrowed, isUnseen } from './doubts.ts';
import type { Elsewhere } from './elsewhere.ts';
import { createFields } from './fields.ts';
import { composedType, literalType } from './literals.ts';
import { isCallable, isValue, membersOfType } from './members.ts';
import type { Names } from './names.ts';
import { baseAt, isOneOf, objectOf, receiverAt } from './receiver.ts';
import { placeAmong, resultAt } from './results.ts';
import type { Scopes, Source } from './scopes.ts';
import { inner, keyOf, openingOf } from './text.ts';
import { join, type Type } from './type.ts';
import { createUnwritten, type Unwritten } from './unwritten.ts';
import { argumentIn, readType } from './written.ts';

export interface Inference {
  typeOf(span: Span): Type | undefined;
  /** What a call calls. */
  calleeOf(call: CallFact): Type | undefined;
  /** What functions, variables and fields of the file are without a written type. */
  unwritten: Unwritten;
}

/** How far an expression is followed through others. */
const maxDepth = 12;

/**
 * @param strict whether every name that an answer rests on is looked up in the scopes themselves, and the text around it is
 *   searched for what facts do not tell. Slow: for what would be reported.
 */
export function createInference(
  subject: Subject,
  names: Names,
  scopes: Scopes,
  strict: boolean,
  elsewhere: Elsewhere,
): Inference {
  const { text, facts, visibleNames } = subject;
  const { rules } = names;
  const callAt = findByPlace(facts.calls);
  const memberAt = findByPlace(facts.members);
  const known = new Map<number, Type | undefined>();
  const { restOn } = groundsOf(subject);
  let depth = 0;

  const typeOf = (span: Span): Type | undefined => {
    restOn(span.start);
    const place = inner(text, span, facts.strings);
    const key = keyOf(place);
    if (known.has(key)) return known.get(key);
    if (depth > maxDepth) return undefined;
    // What depends on itself is unknown on the way.
    known.set(key, undefined);
    depth++;
    const type = expression(place);
    depth--;
    known.set(key, type);
    return type;
  };

  const expression = (place: Span): Type | undefined => {
    const call = callAt(place);
    if (call) return calls.ofCall(call);
    const member = memberAt(place);
    if (member) return ofMember(member);
    const waited = waitedFor(text, place, rules);
    if (waited) return awaited(typeOf(waited), names);
    const written = spanText(text, place);
    if (/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(written)) {
      return literal(written, place) ?? ofName(written, place.start);
    }
    return literal(written, place) ?? ofComposed(written, place) ?? ofSubscript(place);
  };

  const literal = (written: string, place: Span): Type | undefined => {
    const type = literalType(subject, rules, written, place);
    if (type === undefined) return undefined;
    if (rules.nothing.includes(type)) return { kind: 'nothing' };
    const of = names.builtin(type);
    return of && { kind: 'instance', of, arguments: [] };
  };
  const ofComposed = (written: string, place: Span): Type | undefined => {
    const type = composedType(subject, rules, written, place);
    return type === undefined ? undefined : readHere(type, place.start);
  };

  const ofName = (name: string, offset: number): Type | undefined => {
    if (name === rules.receiver) return receiverAt(offset, subject, names, scopes);
    if (rules.writtenReceiver !== undefined && rules.self.includes(name)) {
      const own = receiverAt(offset, subject, names, scopes);
      return own?.kind === 'instance' ? { kind: 'class', of: own.of } : undefined;
    }
    if (name === rules.base && rules.receiver !== undefined) return baseAt(offset, subject, names, scopes);
    const meaning = scopes.meaningOf(name, offset);
    if (rules.bareMembers && mayBeInherited({ name, offset, owner: meaning?.owner }, names, scopes))
      return undefined;
    if (strict && !isAsSeen(name, offset, meaning?.sources)) return undefined;
    if (!meaning) {
      return facts.opaque ? undefined : declared(names.unbound(name));
    }
    const { sources, owner } = meaning;
    if (
      strict &&
      isUnseen(name, owner === undefined ? text : spanText(text, facts.symbols[owner]!.span), rules)
    ) {
      return undefined;
    }
    // Called in the body of its class, a method has no receiver yet.
    if (
      !rules.bareMembers &&
      owner !== undefined &&
      isClass(names.declared.at(owner)) &&
      sources.some(({ kind }) => kind === 'symbol')
    )
      return undefined;
    if (sources.every(({ kind }) => kind === 'symbol')) {
      const all = [...new Set(sources.flatMap((source) => names.ofSource(source) ?? []))];
      return declared(rules.bareMembers ? all.filter(isClass) : all);
    }
    const augments = sources.filter((one) => one.kind === 'assigned' && one.assignment.kind === 'augment');
    const typed = sources.filter(
      (one) => one.kind === 'parameter' || (one.kind === 'assigned' && one.assignment.type),
    );
    if (rules.fixedMembers && !rules.openMembers && typed.length > 0) return join(typed.map(ofSource));
    const type = join(sources.filter((one) => !augments.includes(one)).map(ofSource));
    return augments.length === 0 || staysWhatItIs(type) ? type : undefined;
  };

  const staysWhatItIs = (type: Type | undefined): boolean =>
    type?.kind === 'instance' && Object.hasOwn(rules.elements, type.of.name);

  /** Whether the scopes find the same binding as the facts do. */
  const isAsSeen = (name: string, offset: number, sources: readonly Source[] | undefined): boolean => {
    if (subject.earlier) return true;
    const seen = visibleNames(offset).find((binding) => binding.name === name);
    // What a package calls itself is not always told by the import.
    if (!seen) return sources === undefined || sources.every(({ kind }) => kind === 'imported');
    return sources?.some(({ span }) => span.start <= seen.span.start && seen.span.end <= span.end) === true;
  };

  const ofSource = (source: Source): Type | undefined => {
    restOn(source.span.start);
    if (source.kind === 'symbol' || source.kind === 'imported') return declared(names.ofSource(source));
    if (source.kind === 'parameter') return ofParameter(source);
    if (source.kind === 'receiver') return objectOf(source, subject, names, readHere);
    return ofAssignment(source.assignment);
  };

  const ofParameter = ({ index, parameter }: Extract<Source, { kind: 'parameter' }>): Type | undefined => {
    const symbol = facts.symbols[index]!;
    const owner = symbol.container === undefined ? undefined : names.declared.at(symbol.container);
    const isMethod = owner !== undefined && isClass(owner) && rules.receiver === undefined;
    if (isMethod && symbol.parameters?.[0] === parameter && !isOneOf(symbol, rules.onNothing)) {
      return isOneOf(symbol, rules.onClass)
        ? { kind: 'class', of: owner }
        : { kind: 'instance', of: owner, arguments: [] };
    }
    if (parameter.type && /\[\s*\]$/.test(text.slice(parameter.type.end, parameter.span.end)))
      return undefined;
    if (!parameter.type || parameter.kind === 'rest' || parameter.kind === 'keyword-rest') return undefined;
    return writtenHere(parameter.type);
  };

  const writtenHere = (span: Span): Type | undefined => readHere(spanText(text, span), span.start);
  const readHere = (type: string, offset: number): Type | undefined =>
    readType(type, {
      rules,
      meaning: (name) => names.meaningAt(name, offset),
      builtin: names.builtin,
    });

  /** One of the values that a call gives out. */
  const ofResult = (value: Span, index: number | undefined): Type | undefined => {
    const call = callAt(value);
    const callee = call && rules.results && index !== undefined ? calls.calleeOf(call) : undefined;
    if (callee?.kind !== 'callable' || callee.of.length !== 1) return undefined;
    const type = resultAt(callee.of[0]!.type, index!, rules);
    return type === undefined ? undefined : writtenAs(type, callee.of[0]!, callee.by);
  };

  const ofAssignment = ({ kind, span, target, value, type }: AssignmentFact): Type | undefined => {
    if (type) return isArrayed(text, type, target) ? undefined : writtenHere(type);
    if (!value) return undefined;
    if (kind === 'assign') return typeOf(value);
    if (kind === 'with') return ofEntered(value);
    if (kind === 'part') return ofResult(value, placeAmong(text, span, target));
    return kind === 'each' ? part(typeOf(value), rules.elements) : undefined;
  };

  /** What entering a value gives: of a generator that was made a context, what it yields. */
  const ofEntered = (value: Span): Type | undefined => {
    const call = callAt(inner(text, value, facts.strings));
    const callee = call && calls.calleeOf(call);
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

  /** What a call of one function gives, once it has been waited for. */
  const resultOf = (one: Declaration, by: Type | undefined): Type | undefined =>
    one.type === undefined ? unwrittenOf(one)?.resultOf(one, by) : written(one, by);

  const unwrittenOf = (one: Declaration): Unwritten | undefined =>
    names.isOwn(one) ? unwritten : elsewhere(one)?.unwritten;

  const part = (type: Type | undefined, table: Readonly<Record<string, number>>): Type | undefined => {
    if (type?.kind === 'union') return join(type.of.map((each) => part(each, table)));
    if (type?.kind !== 'instance' || !Object.hasOwn(table, type.of.name) || names.isOwn(type.of))
      return undefined;
    const index = table[type.of.name]!;
    return index < 0 ? type : type.arguments[index];
  };

  const ofSubscript = (place: Span): Type | undefined => {
    if (text[place.end - 1] !== ']') return undefined;
    const open = openingOf(text, place, facts.strings);
    if (open === undefined || open <= place.start) return undefined;
    const type = typeOf({ start: place.start, end: open });
    return isSlice(open, place.end) ? type : part(type, rules.items);
  };
  const isSlice = (open: number, end: number): boolean => text.slice(open + 1, end - 1).includes(':');

  /** What the use of a declared name is. */
  const declared = (all: readonly Declaration[] | undefined, by?: Type): Type | undefined => {
    const found = rules.receiver === undefined ? all : all?.filter(isValue);
    const [first] = found ?? [];
    if (!found || !first) return undefined;
    if (found.every(({ kind, parameters }) => isCallable(kind) && parameters)) {
      if (found.some((one) => isOneOf(one, rules.property))) {
        return found.some(({ modifiers }) => modifiers.length > 1) ? undefined : written(first, by);
      }
      if (found.some(({ modifiers }) => modifiers.some((each) => !rules.transparent.includes(each)))) {
        return found.every(({ modifiers }) => modifiers.every(isKept)) ? callable(found, by) : undefined;
      }
      return callable(found, by);
    }
    if (found.length !== 1) return undefined;
    if (first.kind === 'module') return { kind: 'module', of: first };
    if (isClass(first)) return { kind: 'class', of: first };
    if (isCallable(first.kind) || isOneOf(first, rules.property)) return undefined;
    if (first.type !== undefined) return written(first, by);
    // What is read of a class or an instance is a field, which its class knows more of.
    return by === undefined || by.kind === 'module' ? unwrittenOf(first)?.valueOf(first) : undefined;
  };
  const isKept = (each: string): boolean =>
    rules.transparent.includes(each) || rules.otherResult.includes(each);
  const callable = (of: readonly Declaration[], by: Type | undefined): Type => ({
    kind: 'callable',
    of,
    ...(by && { by }),
  });

  /** The written type of a declaration, read where it stands. */
  const written = (declaration: Declaration, by: Type | undefined): Type | undefined =>
    declaration.type === undefined ? undefined : writtenAs(declaration.type, declaration, by);
  const writtenAs = (type: string, from: Declaration, by: Type | undefined): Type | undefined =>
    readType(type, {
      rules,
      meaning: (name) => names.meaning(name, from),
      builtin: names.builtin,
      self: by?.kind === 'class' ? { kind: 'instance', of: by.of, arguments: [] } : by,
    });

  const ofMember = (member: MemberFact): Type | undefined => {
    const receiver = typeOf(member.receiver);
    if (!receiver || receiver.kind === 'nothing') return undefined;
    if (strict && isNarrowed(member, subject, scopes, rules)) return undefined;
    if (receiver.kind === 'union') return undefined;
    const all = membersOfType(receiver, names);
    // Others of the name may take other arguments.
    if (rules.bareMembers && member.access === 'call' && !all?.complete) return undefined;
    const found = rules.bareMembers
      ? all?.byName.get(member.name)?.filter((one) => isMethod(one) === (member.access === 'call'))
      : all?.byName.get(member.name);
    const known = declared(found, receiver) ?? (found && fields.typeOf(receiver, member.name));
    if (known || receiver.kind !== 'instance' || found?.length !== 1) return known;
    return unwrittenOf(found[0]!)?.fieldOf(found[0]!);
  };

  const calls = createCalls({ subject, names, scopes, memberAt, typeOf, declared, resultOf });
  const fields = createFields({ subject, names, scopes, typeOf, writtenHere });
  const unwritten = createUnwritten({ subject, names, scopes, fields, typeOf, ofName });
  return { typeOf, calleeOf: calls.calleeOf, unwritten };
}
