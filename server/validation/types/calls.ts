// What calls call, and what they give.
import type { Declaration } from '../../core/declarations.ts';
import type { CallFact, MemberFact } from '../../core/facts.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { awaited, isAwaitable } from './awaited.ts';
import { bareMethods } from './bare.ts';
import { parametersOf } from './generics.ts';
import { calledBy, constructedBy } from './members.ts';
import type { Names } from './names.ts';
import { isOneOf } from './receiver.ts';
import type { Scopes } from './scopes.ts';
import { fitting, type Solver, solved } from './solved.ts';
import { alternatives, join, type Type } from './type.ts';

export interface Calls {
  calleeOf(call: CallFact): Type | undefined;
  ofCall(call: CallFact): Type | undefined;
  /** What a call of a value gives, whatever is passed. */
  calledOf(type: Type | undefined): Type | undefined;
}

interface CallsOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  readonly solver: Solver;
  readonly memberAt: (span: Span) => MemberFact | undefined;
  readonly typeOf: (span: Span) => Type | undefined;
  /** What the use of a declared name is. */
  readonly declared: (all: readonly Declaration[] | undefined) => Type | undefined;
  /** The type arguments that a call writes. */
  readonly writtenArguments: (call: CallFact) => readonly (Type | undefined)[];
  /** What a call of one function gives, once it has been waited for. */
  readonly resultOf: (one: Declaration, by: Type | undefined, call?: CallFact) => Type | undefined;
}

export function createCalls(options: CallsOptions): Calls {
  const { subject, names, scopes, solver, memberAt, typeOf, declared, resultOf } = options;
  const { rules } = names;

  const isConstruction = ({ span }: CallFact): boolean =>
    rules.construction !== undefined && subject.text.startsWith(`${rules.construction} `, span.start);

  const calleeOf = (call: CallFact): Type | undefined => {
    if (!call.receiver && rules.bareMembers && !isConstruction(call))
      return declared(bareMethods(call, subject, names, scopes));
    if (!call.receiver) return typeOf(call.nameSpan);
    const member = memberAt({ start: call.receiver.start, end: call.nameSpan.end });
    return member && typeOf(member.span);
  };

  const constructed = (call: CallFact): Type | undefined => {
    const callee = calleeOf(call);
    const given = options.writtenArguments(call);
    if (callee?.kind === 'class')
      return {
        kind: 'instance',
        of: callee.of,
        arguments: given.length > 0 ? given : argumentsOf(callee.of, call),
      };
    const isBuiltin = !call.receiver && scopes.meaningOf(call.name, call.nameSpan.start) === undefined;
    const of = isBuiltin ? names.builtin(call.name) : undefined;
    if (!of || !isClass(of)) return ofCallee(constructedBy(callee, names), call);
    const made = given.length > 0 ? undefined : ofCallee(constructedBy(callee, names), call);
    return made?.kind === 'instance' && made.of === of ? made : { kind: 'instance', of, arguments: given };
  };

  const ofBase = (call: CallFact): Type | undefined => {
    if (call.arguments.length > 0) return undefined;
    const owner = scopes.around(call.span.start).find((index) => isClass(names.declared.at(index)));
    return owner === undefined ? undefined : { kind: 'base', of: names.declared.at(owner) };
  };

  /** A call of a class, where that makes an instance. */
  const ofClass = (of: Declaration, call?: CallFact): Type | undefined => {
    if (rules.construction !== undefined) return undefined;
    const isOther = rules.anything.includes(of.name) || rules.openConstructors.includes(of.module);
    return isOther ? undefined : { kind: 'instance', of, arguments: call ? argumentsOf(of, call) : [] };
  };

  /** What the type parameters of a class are by what it is constructed from. */
  const argumentsOf = (of: Declaration, call: CallFact): readonly (Type | undefined)[] => {
    const parameters =
      call.arguments.length === 0 || (rules.generic.length === 0 && !rules.structural)
        ? []
        : parametersOf(of, rules);
    if (parameters.length === 0) return [];
    const members = names.membersOf(of);
    for (const name of rules.constructors) {
      const [way, ...more] = fitting(members?.byName.get(name) ?? [], call.arguments, solver);
      const found = way && more.length === 0 ? parameters.map((each) => solved(each, way, call, solver)) : [];
      if (found.some((each) => each)) return found;
    }
    return [];
  };

  /** Where nobody wrote that the result must be waited for, the function's own words say so. */
  const ofFunction = (one: Declaration, by: Type | undefined, call?: CallFact): Type | undefined => {
    const type = resultOf(one, by, call);
    return type && one.type === undefined && isAwaitable([one], rules)
      ? { kind: 'awaitable', of: awaited(type, names) }
      : type;
  };

  const ofCallee = (callee: Type | undefined, call?: CallFact): Type | undefined => {
    if (callee?.kind === 'union') return join(alternatives(callee).map((each) => ofCallee(each, call)));
    if (callee?.kind === 'class') return ofClass(callee.of, call);
    if (callee?.kind === 'instance') return ofCallee(calledBy(callee, names), call);
    if (callee?.kind !== 'callable') return undefined;
    const { by } = callee;
    const of = call ? withoutGuards(fitting(callee.of, call.arguments, solver), call, subject) : callee.of;
    if (isAwaitable(of, rules) && rules.receiver === undefined)
      return { kind: 'awaitable', of: join(of.map((one) => resultOf(one, by, call))) };
    if (of.some((one) => isOneOf(one, rules.otherResult) || rules.constructors.includes(one.name)))
      return undefined;
    return join(of.map((one) => ofFunction(one, by, call)));
  };

  return {
    calleeOf,
    ofCall(call) {
      if (rules.base !== undefined && call.name === rules.base && !call.receiver) return ofBase(call);
      if (isConstruction(call)) return constructed(call);
      return ofCallee(calleeOf(call), call);
    },
    calledOf: (type) => ofCallee(type),
  };
}

/** Without the ways in which a function also tells whether something is of a type, where what is passed tells nothing. */
function withoutGuards(
  all: readonly Declaration[],
  { arguments: given }: CallFact,
  { text, facts, language }: Subject,
): readonly Declaration[] {
  const rules = language.types?.structural;
  if (!rules || all.length < 2) return all;
  const plain = all.filter(
    ({ parameters = [] }) => !parameters.some(({ type }) => matches(rules.guard, type ?? '')),
  );
  const tells = given.some(({ value }) => {
    const isFunction = facts.functions.some(
      ({ span }) => span.start === value.start && span.end === value.end,
    );
    return !isFunction || matches(rules.guarding, spanText(text, value));
  });
  return plain.length > 0 && !tells ? plain : all;
}
