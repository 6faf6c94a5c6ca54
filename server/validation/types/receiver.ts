// What the word for the instance means, in languages that have one.
import { isClass, matches } from '../../core/inheritance.ts';
import type { Subject } from '../check.ts';
import { innermostOf } from './locals.ts';
import type { Names } from './names.ts';
import type { Scopes, Source } from './scopes.ts';
import type { Type } from './type.ts';

/** The instance, or the class where a method has none. */
export function receiverAt(
  offset: number,
  { text, facts }: Subject,
  names: Names,
  scopes: Scopes,
): Type | undefined {
  const { rules } = names;
  const [inside] = scopes.around(offset);
  const method = inside === undefined ? undefined : facts.symbols[inside]!;
  const isInClass = inside !== undefined && isClass(names.declared.at(inside));
  const around = isInClass ? inside : method?.container;
  if (!method || around === undefined) return undefined;
  const owner = names.declared.at(around);
  if (owner.kind !== 'class') return undefined;
  // Only an arrow leaves the word as it is around it.
  const from = method.body?.start ?? method.span.start;
  for (let one = innermostOf(facts.functions, offset); one && one.body.start > from; ) {
    if (!text.slice(one.parameters.end, one.body.start).includes('=>')) return undefined;
    one = innermostOf(facts.functions, one.span.start - 1);
  }
  const before = text.slice(method.body?.start ?? method.span.start, offset);
  if (rules.otherReceiver !== undefined && isOther(rules.otherReceiver, before)) return undefined;
  return isOneOf(method, rules.onClass)
    ? { kind: 'class', of: owner }
    : { kind: 'instance', of: owner, arguments: [] };
}

/**
 * Texts that are remembered, over all documents: what stands before a word is mostly what it was a key ago. Each may hold
 * on to the whole text that it is a part of.
 */
const maxRemembered = 1_000;
const remembered = new Map<string, Map<string, boolean>>();

/** Whether the text before the word gives it another meaning: asked for each such word of a method, at each key. */
function isOther(pattern: string, before: string): boolean {
  let known = remembered.get(pattern);
  if (!known || known.size >= maxRemembered) {
    known = new Map();
    remembered.set(pattern, known);
  }
  let other = known.get(before);
  if (other === undefined) {
    other = matches(pattern, before);
    known.set(before, other);
  }
  return other;
}

/** What the word for the base classes' view of the instance means, in languages that do not call it. */
export function baseAt(offset: number, subject: Subject, names: Names, scopes: Scopes): Type | undefined {
  const type = receiverAt(offset, subject, names, scopes);
  return type?.kind === 'instance' ? { kind: 'base', of: type.of } : undefined;
}

/** What a method calls its object, where the name is written beside the parameters. */
export function objectOf(
  { index, span }: Extract<Source, { kind: 'receiver' }>,
  { facts }: Subject,
  names: Names,
  read: (type: string, offset: number) => Type | undefined,
): Type | undefined {
  const { container, owner } = facts.symbols[index]!;
  if (container === undefined) return owner === undefined ? undefined : read(owner, span.start);
  const of = names.declared.at(container);
  return isClass(of) ? { kind: 'instance', of, arguments: [] } : undefined;
}

/** Whether a function's name, or one of its modifiers, is in a list. */
export const isOneOf = (
  { name, modifiers }: { readonly name: string; readonly modifiers: readonly string[] },
  list: readonly string[],
): boolean => list.includes(name) || modifiers.some((each) => list.includes(each));
