// members/unknown: a member that a module, a class or a value of a certain type does not have.
import type { Declaration, Declarations } from '../../core/declarations.ts';
import type { MemberFact } from '../../core/facts.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import type { Run } from '../../core/run.ts';
import { throwIfEnded } from '../../core/run.ts';
import { spanText } from '../../core/span.ts';
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
    const { name, access, doubtful } = member;
    if (look.isQuiet(member.span.start)) continue;
    if (!rules.fixedMembers && (access === 'write' || access === 'delete')) continue;
    if (rules.silent !== undefined && matches(rules.silent, name)) continue;
    const seen = types.quick.typeOf(member.receiver);
    if (!seen || !isMissing(seen, name, types)) continue;
    look.suspect();
    if (doubtful && !isOnlyOptional(member, subject)) continue;
    if (rules.private !== undefined && matches(rules.private, name) && !isShown(seen, subject, types))
      continue;
    if ((!rules.fixedMembers && written.has(name)) || isMeant(subject, types, member.span)) continue;
    const type = types.strict.typeOf(member.receiver);
    if (type && subject.typedAt === member.nameSpan.end && isBegun(type, name, types)) continue;
    if (type && rules.openMembers && !isSlip(type, member, subject, types)) continue;
    if (!type || !isMissing(type, name, types)) continue;
    // Whoever asks for what may not be there seldom means what nearly is.
    if (isTested(member, subject, types) && !nearMember(type, name, types)?.certain) continue;
    if (!isLeftToOthers(type, member, subject, types)) found.push({ member, type });
  }
  look.end();
  const mixins = mixinsAmong(found, types);
  return found
    .filter(({ type }) => !('of' in type && mixins.has(type.of)))
    .map(({ member, type }) => finding(member, type, subject, types));
}

/** Whether a member is doubtful at most since its object may be absent, where types say which members there are. */
function isOnlyOptional({ receiver, nameSpan, name }: MemberFact, { text, language }: Subject): boolean {
  if (!language.types?.structural || !language.types.fixedMembers) return false;
  const mark = text.slice(receiver.end, nameSpan.start).trim();
  return (
    mark === '?.' &&
    !isNamedIn(text, name) &&
    !text.includes(`typeof ${text.slice(receiver.start, nameSpan.end)}`)
  );
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
    if (type.kind !== 'instance' || !names.isOwn(type.of) || !hasNoBase(type.of, names.rules)) continue;
    if (isSetUp(type.of, names)) continue;
    const known = missing.get(type.of);
    if (known) known.add(member.name);
    else missing.set(type.of, new Set([member.name]));
  }
  return new Set([...missing].filter(([, each]) => each.size >= mixinMembers).map(([owner]) => owner));
}

const hasNoBase = ({ bases = [] }: Declaration, { emptyBase }: TypeRules): boolean =>
  bases.every((base) => emptyBase !== undefined && matches(emptyBase, base));

/** Whether a class, or one that it extends, has a constructor of its own. */
const isSetUp = (owner: Declaration, names: Types['names']): boolean =>
  names.rules.constructors.some((name) =>
    names
      .membersOf(owner)
      ?.byName.get(name)
      ?.some((each) => each.place),
  );

/** Members by which what has them can be called, and has what functions have. */
const signatures = ['(', 'new'];

/** Whether every type that the value can have is without the member. */
function isMissing(type: Type | undefined, name: string, { names }: Types): boolean {
  if (!type) return false;
  const each = alternatives(type);
  return (
    each.length > 0 &&
    each.every((one) => {
      const members = membersOfType(one, names);
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

/** Whether a class may get the member from elsewhere: from classes that extend it, or by name as the program runs. */
function isLeftToOthers(type: Type, member: MemberFact, { facts, text }: Subject, { names }: Types): boolean {
  const { abstractClass, base, closedBase, fixedMembers, openType } = names.rules;
  if (fixedMembers) return false;
  return alternatives(type).some((one) => {
    if (one.kind === 'module') return one.of.place !== undefined && isNamedIn(text, member.name);
    if (one.kind !== 'instance' && one.kind !== 'class' && one.kind !== 'base') return false;
    if (one.kind === 'base' && hasNoBase(one.of, names.rules)) return true;
    const isNear = (): boolean => {
      const there = membersOfType(one, names)?.byName.keys() ?? [];
      return nearest(member.name, there) !== undefined;
    };
    // What is written is the least that a value is: of types that are there to be extended it is mostly more.
    const isOpen = openType !== undefined && matches(openType, `${one.of.module}.${one.of.name}`);
    if (isOpen && one.kind === 'instance' && !isNear()) return true;
    if (!one.of.place) return false;
    // Fields of a class itself may be given to it by whatever takes the class.
    const isClosed = closedBase !== undefined && one.of.bases?.some((base) => matches(closedBase, base));
    if (one.kind === 'class' && member.access === 'read' && !isClosed && !isNear()) return true;
    if (isNamedIn(text, member.name)) return true;
    // What is there to be extended is left alone, but for slips of the hand where the class sets itself up.
    const isSlip = isSetUp(one.of, names) && isNear();
    if (abstractClass !== undefined && matches(abstractClass, one.of.name) && !isSlip) return true;
    const index = names.isOwn(one.of) ? names.indexOf(one.of) : undefined;
    if (index === undefined) return false;
    const source = spanText(text, facts.symbols[index]!.span);
    if (/\bNotImplemented|\babstract/.test(source) && !isSlip) return true;
    const known = names.membersOf(one.of)?.byName;
    if (base !== undefined && hasNoBase(one.of, names.rules) && source.includes(`${base}(`)) return true;
    // What is not set up here, and not like anything that is there, is set up where it is mixed in.
    if (member.access === 'read' && !isSetUp(one.of, names) && !nearest(member.name, known?.keys() ?? []))
      return true;
    // A class of this file that extends it and has the member.
    return facts.symbols.some((symbol, at) => {
      const extends_ = symbol.bases?.some((each) => spanText(text, each).includes(one.of.name));
      return extends_ && names.membersOf(names.declared.at(at))?.byName.has(member.name) !== false;
    });
  });
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

/** A text that has a name in quotes may give it to whatever it likes. */
const isNamedIn = (text: string, name: string): boolean =>
  text.includes(`"${name}"`) || text.includes(`'${name}'`);

function finding(member: MemberFact, type: Type, subject: Subject, types: Types): CheckFinding {
  const { name, nameSpan } = member;
  const each = alternatives(type);
  const available = each
    .map((one) => membersOfType(one, types.names))
    .filter((one): one is Declarations => one !== undefined);
  const meant = wellKnown(each, name, types) ?? undefined;
  const said = `${each.map(describe).join(' and ')} ${each.length === 1 ? 'has' : 'have'} no member \`${name}\``;
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
  if (type.kind === 'module') return `module \`${type.of.module || type.of.name}\``;
  if (type.kind === 'class') return `class \`${type.of.name}\``;
  if (type.kind === 'base') return `what \`${type.of.name}\` extends`;
  return type.kind === 'instance' && isClass(type.of) ? `\`${type.of.name}\`` : 'this';
}
