// Whether a class may get a member from elsewhere: from classes that extend it, or by name as the program runs.
import type { Declaration } from '../../core/declarations.ts';
import type { MemberFact } from '../../core/facts.ts';
import { isEmptyBase, matches } from '../../core/inheritance.ts';
import { spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import { nearest } from '../fixes/nearest.ts';
import type { Types } from '../types/index.ts';
import { membersOfType } from '../types/members.ts';
import { alternatives, type Type } from '../types/type.ts';

/** A type that a value can have, and the member that it is without. */
interface Asked {
  readonly type: Type;
  readonly member: MemberFact;
  readonly subject: Subject;
  readonly names: Types['names'];
}

type OfClass = Asked & { readonly type: Extract<Type, { kind: 'instance' | 'class' | 'base' }> };

/** Whether one of the types that a value can have may get the member where it is not looked for. */
export function isLeftToOthers(type: Type, member: MemberFact, subject: Subject, { names }: Types): boolean {
  if (names.rules.fixedMembers) return false;
  const isGiven = (): boolean => subject.project.isGivenMember(subject.language.id, member.name);
  return alternatives(type).some((one) => {
    if (one.kind === 'module') return isGiven();
    if (one.kind !== 'instance' && one.kind !== 'class' && one.kind !== 'base') return false;
    if (one.kind === 'base' && hasNoBase(one.of, names)) return true;
    const asked: OfClass = { type: one, member, subject, names };
    if (isThereToBeExtended(asked)) return true;
    if (!one.of.place) return false;
    if (isGivenToClass(asked) || isNamedIn(subject.text, member.name) || isGiven()) return true;
    return isLeftToExtensions(asked, names.isOwn(one.of) ? names.indexOf(one.of) : undefined);
  });
}

/** Whether the workspace adds a member to a type of the language: in a declaration for all files, or on a prototype. */
export function isAddedTo(type: Type, name: string, { project, language }: Subject, types: Types): boolean {
  const { structural, builtinModule } = types.names.rules;
  const isOfLanguage = (one: Type): boolean =>
    (one.kind === 'instance' || one.kind === 'class') && one.of.module === builtinModule;
  return (
    structural !== undefined &&
    alternatives(type).some(isOfLanguage) &&
    project.isGivenMember(language.id, name)
  );
}

/** A text that has a name in quotes may give it to whatever it likes. */
export const isNamedIn = (text: string, name: string): boolean =>
  text.includes(`"${name}"`) || text.includes(`'${name}'`);

export const hasNoBase = (of: Declaration, { rules, meaning }: Types['names']): boolean =>
  (of.bases ?? []).every((base) => isEmptyBase(base, of, rules, meaning));

/** Whether a class, or one that it extends, has a constructor of its own. */
export const isSetUp = (owner: Declaration, names: Types['names']): boolean =>
  names.rules.constructors.some((name) =>
    names
      .membersOf(owner)
      ?.byName.get(name)
      ?.some((each) => each.place),
  );

const isNear = ({ type, member, names }: OfClass): boolean =>
  nearest(member.name, membersOfType(type, names)?.byName.keys() ?? []) !== undefined;

/** What is written is the least that a value is: of types that are there to be extended it is mostly more. */
function isThereToBeExtended(asked: OfClass): boolean {
  const { type, names } = asked;
  const { openType } = names.rules;
  const isOpen = openType !== undefined && matches(openType, `${type.of.module}.${type.of.name}`);
  return isOpen && type.kind === 'instance' && !isNear(asked);
}

/** Fields of a class itself may be given to it by whatever takes the class. */
function isGivenToClass(asked: OfClass): boolean {
  const { type, member, names } = asked;
  const { closedBase } = names.rules;
  if (type.kind !== 'class' || member.access !== 'read') return false;
  const isClosed = closedBase !== undefined && type.of.bases?.some((base) => matches(closedBase, base));
  return !isClosed && !isNear(asked);
}

/** Classes that are there to be extended are left alone, but for slips of the hand where they set themselves up. */
function isLeftToExtensions(asked: OfClass, index: number | undefined): boolean {
  const { type, member, subject, names } = asked;
  const { abstractClass, abstractText, base } = names.rules;
  const { text, facts } = subject;
  const isSlip = isSetUp(type.of, names) && isNear(asked);
  if (abstractClass !== undefined && matches(abstractClass, type.of.name) && !isSlip) return true;
  if (index === undefined) return false;
  const source = spanText(text, facts.symbols[index]!.span);
  if (abstractText !== undefined && matches(abstractText, source) && !isSlip) return true;
  if (base !== undefined && hasNoBase(type.of, names) && source.includes(`${base}(`)) return true;
  // What is not set up here, and not like anything that is there, is set up where it is mixed in.
  if (member.access === 'read' && !isSetUp(type.of, names) && !isNear(asked)) return true;
  return isExtendedWith(asked);
}

/** Whether a class of this file extends it and has the member, or may. */
function isExtendedWith({ type, member, subject: { text, facts }, names }: OfClass): boolean {
  return facts.symbols.some(
    ({ bases = [] }, at) =>
      bases.some((each) => spanText(text, each).includes(type.of.name)) &&
      names.membersOf(names.declared.at(at))?.byName.has(member.name) !== false,
  );
}
