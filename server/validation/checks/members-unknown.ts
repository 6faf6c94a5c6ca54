// members/unknown: a member that a module, a class or a value of a certain type does not have.
import type { Declarations } from '../../core/declarations.ts';
import type { MemberFact } from '../../core/facts.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import type { Run } from '../../core/run.ts';
import { throwIfEnded } from '../../core/run.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { type Nearest, nearest } from '../fixes/nearest.ts';
import { renameTo } from '../fixes/rename.ts';
import { lookAt } from '../memory.ts';
import { isMeant, isTested } from '../types/doubts.ts';
import { type Types, typesOf } from '../types/index.ts';
import { membersOfType } from '../types/members.ts';
import { isAllShown } from '../types/shown.ts';
import { alternatives, type Type } from '../types/type.ts';
import { hasNoBase, isAddedTo, isLeftToOthers, isNamedIn, isSetUp } from './members-elsewhere.ts';

/** Members that are looked at before the run is asked whether it goes on. */
const between = 500;

export const membersUnknown: Check = {
  name: 'members/unknown',
  severity: 'error',
  summary: 'A member that a module, a class or a value whose type is certain does not have.',
  example: { languageId: 'python', code: 'names = ["b", "a"]\nnames.push("c")\n' },
  judges: ({ types }) => types !== undefined,
  run(run, subject) {
    const types = typesOf(subject);
    return types ? find(run, subject, types) : [];
  },
};

function find(run: Run, subject: Subject, types: Types): CheckFinding[] {
  const { facts } = subject;
  const { rules } = types.names;
  const written = new Set(
    facts.members.filter(({ access }) => access !== 'read' && access !== 'call').map(({ name }) => name),
  );
  const found: Found[] = [];
  const look = lookAt(subject, 'members');
  for (const [index, member] of facts.members.entries()) {
    if (index % between === 0) throwIfEnded(run);
    if (look.isQuiet(member.span) || isNeverTold(member, rules)) continue;
    const seen = types.quick.typeOf(member.receiver);
    if (!seen || !isMissing(seen, member.name, types)) continue;
    look.suspect();
    if (!rules.fixedMembers && written.has(member.name)) continue;
    if (isExcused(member, seen, subject, types)) continue;
    const type = types.strict.typeOf(member.receiver);
    if (type && isTold(member, type, subject, types)) found.push({ member, type });
  }
  look.end();
  const mixins = mixinsAmong(found, types);
  return found
    .filter(({ type }) => !('of' in type && mixins.has(type.of)))
    .map(({ member, type }) => finding(member, type, subject, types));
}

/** Whether a member is given or taken away where that may be done, or is one that any value may have. */
const isNeverTold = ({ name, access }: MemberFact, { fixedMembers, silent }: TypeRules): boolean =>
  (!fixedMembers && (access === 'write' || access === 'delete')) ||
  (silent !== undefined && matches(silent, name));

/** Whether a member may be missing by intent, or be there unseen. */
function isExcused(member: MemberFact, seen: Type, subject: Subject, types: Types): boolean {
  const { rules } = types.names;
  if (member.doubtful && !isOnlyOptional(member, subject)) return true;
  const isPrivate = rules.private !== undefined && matches(rules.private, member.name);
  if (isPrivate && !isShown(seen, subject, types)) return true;
  return isMeant(subject, types, member.span);
}

/** Whether values of a type, which is certain, cannot have a member and nobody counts on that. */
function isTold(member: MemberFact, type: Type, subject: Subject, types: Types): boolean {
  const { name } = member;
  if (!isMissing(type, name, types)) return false;
  if (subject.typedAt === member.nameSpan.end && isBegun(type, name, types)) return false;
  if (types.names.rules.openMembers && !isSlip(type, member, subject, types)) return false;
  // Whoever asks for what may not be there seldom means what nearly is, nor does who has added to the type.
  const mayBeMore = isTested(member, subject, types) || isAddedTo(type, name, subject, types);
  if (mayBeMore && !nearMember(type, name, types)?.certain) return false;
  return !isLeftToOthers(type, member, subject, types);
}

/** Whether a member is doubtful at most since its object may be absent, where types say which members there are. */
function isOnlyOptional({ receiver, nameSpan, name }: MemberFact, { text, language }: Subject): boolean {
  const { structural, fixedMembers } = language.types ?? {};
  if (!structural || !fixedMembers) return false;
  const asked = text.slice(receiver.start, nameSpan.end);
  const isOptional = text.slice(receiver.end, nameSpan.start).trim() === '?.';
  return isOptional && !isNamedIn(text, name) && !text.includes(`${structural.typeOf} ${asked}`);
}

interface Found {
  readonly member: MemberFact;
  readonly type: Type;
}

/** From so many members on that it does not have, a class without a base and a constructor is there to be mixed in. */
const mixinMembers = 2;

function mixinsAmong(found: readonly Found[], { names }: Types): ReadonlySet<unknown> {
  const missing = new Map<unknown, Set<string>>();
  if (names.rules.fixedMembers) return new Set();
  for (const { member, type } of found) {
    if (type.kind !== 'instance' || !names.isOwn(type.of) || !hasNoBase(type.of, names)) continue;
    if (isSetUp(type.of, names)) continue;
    const known = missing.get(type.of);
    if (known) known.add(member.name);
    else missing.set(type.of, new Set([member.name]));
  }
  return new Set([...missing].filter(([, each]) => each.size >= mixinMembers).map(([owner]) => owner));
}

/** Whether every type that the value can have is without the member. */
function isMissing(type: Type | undefined, name: string, { names }: Types): boolean {
  if (!type) return false;
  const each = alternatives(type);
  const signatures = ['(', names.rules.construction ?? '('];
  return (
    each.length > 0 &&
    each.every((one) => {
      const members = membersOfType(one, names);
      // What has a signature for a member has what functions have.
      const isFunction = one.kind === 'class' || signatures.some((each) => members?.byName.has(each));
      if (isFunction && names.rules.classMembers.includes(name)) return false;
      return members?.complete === true && !members.byName.has(name);
    })
  );
}

/** Whether a name is the beginning of a member's. */
const isBegun = (type: Type, name: string, { names }: Types): boolean =>
  alternatives(type).some((one) =>
    [...(membersOfType(one, names)?.byName.keys() ?? [])].some((each) => each.startsWith(name)),
  );

/** The member that a name is nearly that of. */
const nearMember = (type: Type, name: string, { names }: Types): Nearest | undefined =>
  nearest(
    name,
    alternatives(type).flatMap((one) => [...(membersOfType(one, names)?.byName.keys() ?? [])]),
  );

/** Whether a name is nearly that of a member, and nothing in the text declares it; or can only be a constant of an enumeration. */
function isSlip(type: Type, { name, access }: MemberFact, { facts }: Subject, types: Types): boolean {
  const { enumOnly } = types.names.rules;
  if (enumOnly !== undefined && matches(enumOnly, name))
    return alternatives(type).every((one) => one.kind === 'class' && one.of.kind === 'enum');
  const near = nearMember(type, name, types);
  const isNear = access === 'read' ? near !== undefined : near?.certain === true;
  return isNear && !facts.symbols.some((symbol) => symbol.name === name);
}

/** Whether all that makes up a type is sources of the workspace, private members as well; declarations leave them out. */
const isShown = (type: Type, { project }: Subject, { names }: Types): boolean =>
  alternatives(type).every(
    (one) =>
      (one.kind === 'instance' || one.kind === 'class') &&
      one.of.place !== undefined &&
      (names.isOwn(one.of) || project.text(one.of.place.path) !== undefined) &&
      isAllShown(one.of, names),
  );

function finding(member: MemberFact, type: Type, subject: Subject, types: Types): CheckFinding {
  const { name, nameSpan } = member;
  const each = alternatives(type);
  const available = each
    .map((one) => membersOfType(one, types.names))
    .filter((one): one is Declarations => one !== undefined);
  const meant = wellKnown(each, name, types) ?? undefined;
  const owners = [...new Set(each.map(describe))];
  const said = `${owners.join(' and ')} ${owners.length === 1 ? 'has' : 'have'} no member \`${name}\``;
  const visible = available
    .flatMap(({ byName }) => [...byName.keys()])
    .filter((other) => !other.startsWith('_'));
  return renameTo({ path: subject.path, span: nameSpan, name, said, names: visible, meant });
}

function wellKnown(types: readonly Type[], name: string, { names }: Types): string | undefined {
  for (const type of types) {
    const slips = type.kind === 'instance' ? names.rules.slips[type.of.name] : undefined;
    if (slips && Object.hasOwn(slips, name)) return slips[name];
  }
  return undefined;
}

function describe(type: Type): string {
  if (type.kind === 'module') return `module \`${type.of.module.replace(/^\.+(?=\w)/, '') || type.of.name}\``;
  if (type.kind === 'class') return `class \`${type.of.name}\``;
  if (type.kind === 'base') return `what \`${type.of.name}\` extends`;
  return type.kind === 'instance' && isClass(type.of) ? `\`${type.of.name}\`` : 'this';
}
