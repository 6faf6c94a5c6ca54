// What the fields of a class in the text under check are, from all that the class assigns to them.
import type { Declaration } from '../../core/declarations.ts';
import { isArrayed, ownMembersOf } from '../../core/declared.ts';
import type { AssignmentFact } from '../../core/facts.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { membersOfType } from './members.ts';
import type { Names } from './names.ts';
import type { Scopes } from './scopes.ts';
import { alternatives, join, type Type } from './type.ts';

export interface Fields {
  typeOf(receiver: Type, name: string): Type | undefined;
}

interface FieldsOptions {
  readonly subject: Subject;
  readonly names: Names;
  readonly scopes: Scopes;
  readonly typeOf: (span: Span) => Type | undefined;
  readonly writtenHere: (span: Span) => Type | undefined;
}

export function createFields({ subject, names, scopes, typeOf, writtenHere }: FieldsOptions): Fields {
  const { text, facts } = subject;
  let byName: Map<string, AssignmentFact[]> | undefined;

  /** Assignments to a name, and to a member of that name of anything. */
  const assignments = (name: string): readonly AssignmentFact[] => {
    byName ??= group(facts.assignments, text);
    return byName.get(name) ?? [];
  };
  const typeGiven = ({ kind, target, value, type }: AssignmentFact): Type | undefined => {
    if (type && !names.rules.inferred.includes(spanText(text, type)))
      return isArrayed(text, type, target) ? undefined : writtenHere(type);
    return kind === 'assign' && value ? typeOf(value) : undefined;
  };
  const isOf = (owner: Declaration, { target, name }: AssignmentFact): boolean => {
    if (name === undefined) return true;
    const [inside] = scopes.around(target.start);
    return inside !== undefined && names.declared.at(inside) === owner;
  };

  /** Whether a class may have something else in its place. */
  const isDescriptor = (type: Type): boolean =>
    alternatives(type).some((one) => {
      const members = membersOfType(one, names);
      return names.rules.descriptors.some((name) => members?.byName.has(name));
    });

  /** Whether it is the class's own. What a method sets is handed to a base's of that name, which may make something else of it. */
  const isSaid = ({ name, type }: AssignmentFact): boolean => name !== undefined || type !== undefined;
  const isInherited = (of: Declaration, name: string): boolean =>
    membersOfType({ kind: 'base', of }, names)?.byName.has(name) === true;

  /** All that a class gives a field; `undefined` where some of that may be another class's, or there is none. */
  const givenIn = (of: Declaration, name: string): Given | undefined => {
    const index = names.isOwn(of) ? names.indexOf(of) : undefined;
    if (index === undefined) return undefined;
    const { span } = facts.symbols[index]!;
    const first = facts.symbols.find(
      (each) => each.container === index && each.name === name && each.value !== undefined && !each.type,
    );
    const all = assignments(name).filter((one) => isOf(of, one));
    // What stands elsewhere may be a field of another class with the same name, or of this one.
    if ((all.length === 0 && !first) || !all.every(({ target }) => contains(span, target))) return undefined;
    const isApart = first && !all.some(({ value }) => value?.start === first.value!.start);
    return isApart ? { all, apart: first.value! } : { all };
  };

  return {
    typeOf(receiver, name) {
      const found = receiver.kind === 'instance' ? givenIn(receiver.of, name) : undefined;
      if (!found || receiver.kind !== 'instance') return undefined;
      const { all, apart } = found;
      if (!apart && !all.some(isSaid) && isInherited(receiver.of, name)) return undefined;
      const typed = all.find(({ type }) => type);
      // Whoever writes to the whole of it may set any field.
      if (!typed && ownMembersOf(receiver.of)?.complete === false) return undefined;
      const type = typed
        ? typeGiven(typed)
        : join([...all.map(typeGiven), ...(apart ? [typeOf(apart)] : [])]);
      return type && alternatives(type).length > 0 && !isDescriptor(type) ? type : undefined;
    },
  };
}

interface Given {
  readonly all: readonly AssignmentFact[];
  /** What it is declared with, where that is none of these. */
  readonly apart?: Span;
}

function group(all: readonly AssignmentFact[], text: string): Map<string, AssignmentFact[]> {
  const groups = new Map<string, AssignmentFact[]>();
  for (const one of all) {
    const name = one.name ?? /[.]\s*([\p{ID_Continue}$]+)$/u.exec(spanText(text, one.target))?.[1];
    if (name === undefined) continue;
    const list = groups.get(name);
    if (list) list.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
