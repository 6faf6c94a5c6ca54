// What calls call, and what they give.
import type { Declaration } from '../../core/declarations.ts';
import type { CallFact, MemberFact } from '../../core/facts.ts';
import { isClass } from '../../core/inheritance.ts';
import type { Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { awaited, isAwaitable } from './awaited.ts';
import { bareMethods } from './bare.ts';
import type { Names } from './names.ts';
import { isOneOf } from './receiver.ts';
import type { Scopes } from './scopes.ts';
import { join, type Type } from './type.ts';

export interface Calls {
  calleeOf(call: CallFact): Type | undefined;
  ofCall(call: CallFact): Type | undefined;
}

interface CallsOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  readonly memberAt: (span: Span) => MemberFact | undefined;
  readonly typeOf: (span: Span) => Type | undefined;
  /** What the use of a declared name is. */
  readonly declared: (all: readonly Declaration[] | undefined) => Type | undefined;
  /** What a call of one function gives, once it has been waited for. */
  readonly resultOf: (one: Declaration, by: Type | undefined) => Type | undefined;
}

export function createCalls(options: CallsOptions): Calls {
  const { subject, names, scopes, memberAt, typeOf, declared, resultOf } = options;
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
    if (call.receiver) return undefined;
    const callee = calleeOf(call);
    if (callee?.kind === 'class') return { kind: 'instance', of: callee.of, arguments: [] };
    const isBuiltin = scopes.meaningOf(call.name, call.nameSpan.start) === undefined;
    const of = isBuiltin ? names.builtin(call.name) : undefined;
    return of && isClass(of) ? { kind: 'instance', of, arguments: [] } : undefined;
  };

  const ofBase = (call: CallFact): Type | undefined => {
    if (call.arguments.length > 0) return undefined;
    const owner = scopes.around(call.span.start).find((index) => isClass(names.declared.at(index)));
    return owner === undefined ? undefined : { kind: 'base', of: names.declared.at(owner) };
  };

  /** A call of a class, where that makes an instance. */
  const ofClass = (of: Declaration): Type | undefined => {
    if (rules.construction !== undefined) return undefined;
    const isOther = rules.anything.includes(of.name) || rules.openConstructors.includes(of.module);
    return isOther ? undefined : { kind: 'instance', of, arguments: [] };
  };

  /** Where nobody wrote that the result must be waited for, the function's own words say so. */
  const ofFunction = (one: Declaration, by: Type | undefined): Type | undefined => {
    const type = resultOf(one, by);
    return type && one.type === undefined && isAwaitable([one], rules)
      ? { kind: 'awaitable', of: awaited(type, names) }
      : type;
  };

  return {
    calleeOf,
    ofCall(call) {
      if (rules.base !== undefined && call.name === rules.base && !call.receiver) return ofBase(call);
      if (isConstruction(call)) return constructed(call);
      const callee = calleeOf(call);
      if (callee?.kind === 'class') return ofClass(callee.of);
      if (callee?.kind !== 'callable') return undefined;
      const { of, by } = callee;
      if (isAwaitable(of, rules) && rules.receiver === undefined)
        return { kind: 'awaitable', of: join(of.map((one) => resultOf(one, by))) };
      if (of.some((one) => isOneOf(one, rules.otherResult) || rules.constructors.includes(one.name)))
        return undefined;
      return join(of.map((one) => ofFunction(one, by)));
    },
  };
}
