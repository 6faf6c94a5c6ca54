// Which members the value before a place has, where its type is certain and all of them are known.
import type { Subject } from '../check.ts';
import { typesOf } from './index.ts';
import { isValue, membersOfType } from './members.ts';
import { alternatives } from './type.ts';

/** @param at where the member's name begins. @returns `undefined` where it may have others. */
export function membersOfValue(subject: Subject, at: number): readonly string[] | undefined {
  const member = subject.facts.members.find(({ nameSpan }) => nameSpan.start === at);
  const types = member && typesOf(subject);
  const type = types?.strict.typeOf(member!.receiver);
  if (!types || !type) return undefined;
  const names = new Set<string>();
  const all = alternatives(type);
  for (const one of all) {
    const members = membersOfType(one, types.names);
    if (!members?.complete) return undefined;
    for (const [name, declared] of members.byName) if (declared.some(isValue)) names.add(name);
  }
  return all.length === 0 ? undefined : [...names];
}
