// What an expression is, from facts alone: local, with little regard to order. Everything uncertain is unknown.
import type { Declaration } from '../../core/declarations.ts';
import { isArrayed } from '../../core/declared.ts';
import type { AssignmentFact, CallFact, MemberFact } from '../../core/facts.ts';
import { isClass, isTransparent, matches } from '../../core/inheritance.ts';
import { findByPlace } from '../../core/places.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { awaited, waitedFor } from './awaited.ts';
import { isMethod } from './bare.ts';
import { createCalls } from './calls.ts';
import { type Choice, choiceIn } from './choices.ts';
import { isAskedWhat, isNarrowed } from './doubts.ts';
import type { Elsewhere } from './elsewhere.ts';
import { createFields } from './fields.ts';
import { composedType, literalType } from './literals.ts';
import { isCallable, isValue, membersOfType, valuesAmong } from './members.ts';
import { createNamed } from './named.ts';
import type { Names } from './names.ts';
import { createParts } from './parts.ts';
import { createReaders } from './readers.ts';
import type { Scopes } from './scopes.ts';
import { type Solver, solved } from './solved.ts';
import { typeParametersIn } from './structure-text.ts';
import { inner, keyOf } from './text.ts';
import { alternatives, join, type Type } from './type.ts';
import { createUnwritten, type Unwritten } from './unwritten.ts';
import { createValues } from './values.ts';
import { split } from './written.ts';

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
  const { text, facts } = subject;
  const { rules } = names;
  const callAt = findByPlace(facts.calls);
  const memberAt = findByPlace(facts.members);
  const known = new Map<number, Type | undefined>();
  let depth = 0;
  const { readHere, writtenHere, writtenAs, written } = createReaders({
    ...{ subject, names },
    ofName: (name, offset) => ofName(name, offset),
    declared: (all) => declared(all),
    solvedBy: (name, from, call) => {
      const isOwn = rules.structural && from.place ? ownParameters(from).includes(name) : true;
      if (!isOwn || Object.hasOwn(rules.aliases, name)) return undefined;
      const given = writtenArguments(call);
      return given.length > 0 ? given[ownParameters(from).indexOf(name)] : solved(name, from, call, solver);
    },
  });

  /** Names of the type parameters that a function is written with. */
  const ownParameters = ({ signature, name }: Declaration): readonly string[] =>
    rules.structural ? typeParametersIn(signature, name, rules.structural).names : [];

  const typeOf = (span: Span): Type | undefined => {
    const place = inner(text, span, facts.strings);
    const key = keyOf(place);
    if (known.has(key)) return known.get(key);
    if (depth > maxDepth) return undefined;
    // What depends on itself is unknown on the way.
    known.set(key, undefined);
    depth++;
    const seen = expression(place);
    const type = seen && strict && isMore(place, seen) ? undefined : seen;
    depth--;
    known.set(key, type);
    return type;
  };

  /** Whether a name, or a member, may be more than its type says. */
  const isMore = (place: Span, type: Type): boolean =>
    rules.structural !== undefined &&
    /^[\w$.]+$/.test(spanText(text, place)) &&
    isAskedWhat(place, type, subject, scopes, names);

  const expression = (place: Span): Type | undefined => {
    const call = callAt(place);
    if (call) return calls.ofCall(call);
    const member = memberAt(place);
    if (member) return ofMember(member);
    const value = rules.structural ? values.typeOf(place) : 'none';
    if (value !== 'none') return value;
    const choice = choiceIn(subject, place, rules);
    if (choice) return ofChoice(choice);
    const waited = waitedFor(text, place, rules);
    if (waited) return awaited(typeOf(waited), names);
    const written = spanText(text, place);
    if (/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(written)) {
      return literal(written, place) ?? ofName(written, place.start);
    }
    return literal(written, place) ?? ofComposed(written, place) ?? parts.ofSubscript(place);
  };

  const ofChoice = ({ values, instead }: Choice): Type | undefined => {
    const all = values.map(typeOf);
    const [first, last] = all;
    if (!instead || !first || !last) return join(all);
    return join([...alternatives(first), last]);
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

  /** Whether a written type leaves it to the value. */
  const isOpen = (written: string): boolean => rules.inferred.includes(written);

  const ofAssignment = (assignment: AssignmentFact): Type | undefined => {
    const { kind, target, value, type } = assignment;
    if (type && !isOpen(spanText(text, type)))
      return isArrayed(text, type, target) ? undefined : writtenHere(type);
    if (!value) return undefined;
    if (kind === 'part' && rules.structural) return values.ofPart({ ...assignment, value }, typeOf(value));
    return kind === 'assign' ? typeOf(value) : parts.ofAssigned({ ...assignment, value });
  };

  /** What a call of one function gives, once it has been waited for. */
  const resultOf = (one: Declaration, by: Type | undefined, call?: CallFact): Type | undefined =>
    one.type === undefined
      ? (values.valueOf(one) ?? unwrittenOf(one)?.resultOf(one, by))
      : written(one, by, call);

  const unwrittenOf = (one: Declaration): Unwritten | undefined =>
    names.isOwn(one) ? unwritten : elsewhere(one)?.unwritten;

  /** What the use of a declared name is. */
  const declared = (all: readonly Declaration[] | undefined, by?: Type): Type | undefined => {
    const found = rules.receiver === undefined ? all : all && valuesAmong(all);
    const [first, ...more] = found ?? [];
    if (!found || !first) return undefined;
    if (found.every(({ kind, parameters }) => isCallable(kind) && parameters)) return ofFunctions(found, by);
    return more.length > 0 ? undefined : ofOne(first, by);
  };
  const ofOne = (one: Declaration, by: Type | undefined): Type | undefined => {
    if (one.kind === 'module')
      return isShared(one) || isOfTypes(one) ? undefined : { kind: 'module', of: one };
    if (isClass(one)) return { kind: 'class', of: one };
    if (isCallable(one.kind) || isProperty(one)) return undefined;
    if (one.type !== undefined && !isOpen(one.type)) return written(one, by);
    // What is read of a class or an instance is a field, which its class knows more of.
    return by === undefined || by.kind === 'module' ? unwrittenOf(one)?.valueOf(one) : undefined;
  };
  /** Whether other files may declare more of a namespace that stands here, since all of them see it. */
  const isShared = (one: Declaration): boolean =>
    rules.structural !== undefined && names.isOwn(one) && matches(rules.structural.shared, text);
  /** A namespace that only holds types is no value: one of its name is elsewhere. */
  const isOfTypes = (one: Declaration): boolean => {
    const members = rules.structural && one.place === undefined ? names.membersOf(one) : undefined;
    return (
      members !== undefined && members.byName.size > 0 && ![...members.byName.values()].flat().some(isValue)
    );
  };
  const ofFunctions = (found: readonly Declaration[], by: Type | undefined): Type | undefined => {
    if (found.some(isProperty)) {
      const isOther = found.some(({ modifiers }) => modifiers.length > 1);
      return isOther ? undefined : written(found[0]!, by);
    }
    return found.every(({ modifiers }) => modifiers.every(isKept)) ? callable(found, by) : undefined;
  };
  const isProperty = ({ modifiers }: Declaration): boolean =>
    modifiers.some((each) => rules.property.includes(each));
  const isKept = (each: string): boolean => isTransparent(each, rules) || rules.otherResult.includes(each);
  const callable = (of: readonly Declaration[], by: Type | undefined): Type => ({
    kind: 'callable',
    of,
    ...(by && { by }),
  });

  const ofMember = (member: MemberFact): Type | undefined => {
    const receiver = typeOf(member.receiver);
    if (!receiver || receiver.kind === 'nothing') return undefined;
    if (strict && isNarrowed(member, subject, scopes, rules)) return undefined;
    const all = alternatives(receiver);
    // Where types say what a value has, who asks for what only some have has told the others apart.
    const having =
      rules.structural && rules.fixedMembers ? all.filter((one) => mayHave(one, member.name)) : [];
    return join((having.length > 0 ? having : all).map((one) => ofMemberOf(one, member)));
  };
  const mayHave = (type: Type, name: string): boolean => {
    const members = membersOfType(type, names);
    return members?.complete !== true || members.byName.has(name);
  };
  const ofMemberOf = (receiver: Type, member: Pick<MemberFact, 'access' | 'name'>): Type | undefined => {
    const all = membersOfType(receiver, names);
    // Others of the name may take other arguments.
    if (rules.bareMembers && member.access === 'call' && !all?.complete) return undefined;
    const found = rules.bareMembers
      ? all?.byName.get(member.name)?.filter((one) => isMethod(one) === (member.access === 'call'))
      : all?.byName.get(member.name);
    const value = found?.length === 1 ? values.valueOf(found[0]!) : undefined;
    if (value) return value;
    // What stands in a type that is not known is not only what is seen to be put there.
    const isSaid = found?.some(({ type }) => type !== undefined && !isOpen(type)) === true;
    const known =
      declared(found, receiver) ?? (found && !isSaid ? fields.typeOf(receiver, member.name) : undefined);
    if (known || receiver.kind !== 'instance' || found?.length !== 1) return known;
    return unwrittenOf(found[0]!)?.fieldOf(found[0]!);
  };

  const memberOf = (type: Type, name: string): Type | undefined =>
    join(alternatives(type).map((one) => ofMemberOf(one, { name, access: 'read' })));

  const solver: Solver = {
    names,
    typeOf,
    elementOf: (type) => parts.elementOf(type),
    calledOf: (type) => calls.calledOf(type),
  };
  const writtenArguments = ({
    nameSpan,
    span,
    arguments: given,
  }: CallFact): readonly (Type | undefined)[] => {
    const { structural } = rules;
    if (!structural) return [];
    const between = text
      .slice(nameSpan.end, given[0]?.span.start ?? span.end)
      .replace(/^\s*(?:\?\.)?\s*/, '');
    const { end } = between.startsWith('<') ? typeParametersIn(between, '', structural) : { end: 0 };
    return end > 1
      ? split(between.slice(1, end - 1), ',', rules).map((each) => readHere(each, nameSpan.start))
      : [];
  };
  const calls = createCalls({
    ...{ subject, names, scopes, solver, memberAt, typeOf, declared, resultOf, writtenArguments },
  });
  const parts = createParts({
    ...{ subject, names, callAt, typeOf, memberOf, resultOf, writtenAs },
    calleeOf: (call) => calls.calleeOf(call),
  });
  /** Of what says how it is gone through, and is none of the types that are known for what they give out. */
  const ofIterator = (type: Type | undefined): Type | undefined => {
    const found =
      type?.kind === 'instance' ? membersOfType(type, names)?.byName.get(rules.iterator ?? '') : undefined;
    return found?.length === 1 ? parts.elementOf(written(found[0]!, type)) : undefined;
  };
  const values = createValues({
    ...{ subject, names, scopes, typeOf, readHere, writtenHere, writtenAs },
    calleeOf: (call) => calls.calleeOf(call),
    memberOf,
    elementOf: (type) => parts.elementOf(type) ?? ofIterator(type),
  });
  const { ofName } = createNamed({
    ...{ subject, names, scopes, strict, declared, readHere, ofAssignment },
    ofGiven: (source) => values.ofGiven(source),
  });
  const fields = createFields({ subject, names, scopes, typeOf, writtenHere });
  const unwritten = createUnwritten({ subject, names, scopes, fields, typeOf, ofName });
  return { typeOf, calleeOf: calls.calleeOf, unwritten };
}
