// Declarations in the form in which they come with vouch.
import type { Declaration, Parameter } from '../server/core/declarations.ts';
import { ownMembersOf } from '../server/core/declared.ts';
import {
  parameterKinds,
  type ShippedDeclaration,
} from '../server/input/workspace/declarations/shipped-format.ts';

const letters = Object.fromEntries(Object.entries(parameterKinds).map(([letter, kind]) => [kind, letter]));

export function entries(
  names: ReadonlyMap<string, readonly Declaration[]>,
  membersOf: MembersOf = placed,
): Record<string, readonly ShippedDeclaration[]> {
  const made: Record<string, readonly ShippedDeclaration[]> = {};
  for (const [name, list] of names) {
    const seen = new Set<string>();
    made[name] = list
      .map((one) => entry(one, membersOf))
      .filter((one) => {
        const key = JSON.stringify(one);
        return seen.has(key) ? false : seen.add(key);
      });
  }
  return made;
}

type MembersOf = (owner: Declaration) => ReadonlyMap<string, readonly Declaration[]> | undefined;

const placed: MembersOf = (owner) => {
  const members = ownMembersOf(owner);
  return members && withoutPlaces(members.byName);
};

function entry(declaration: Declaration, membersOf: MembersOf): ShippedDeclaration {
  const members = membersOf(declaration);
  const modifiers = declaration.modifiers.map((each) => each.split('.').at(-1)!).join(' ');
  return [
    declaration.kind,
    modifiers,
    declaration.parameters?.map(parameter) ?? 0,
    (declaration.type && flat(declaration.type)) || 0,
    declaration.bases?.map(flat) ?? 0,
    members ? entries(members, membersOf) : 0,
  ];
}

/** A member by number says nothing of members by name. */
const withoutPlaces = (
  members: ReadonlyMap<string, readonly Declaration[]>,
): ReadonlyMap<string, readonly Declaration[]> =>
  new Map(
    [...members].filter(
      ([, list]) => !list.every(({ signature }) => /^(?:readonly )?\[\w+: number\]/.test(signature)),
    ),
  );

const parameter = ({ name, kind, optional, type }: Parameter): string =>
  `${letters[kind]}${optional ? '?' : ''}${name}${type === undefined ? '' : `:${flat(type)}`}`;

const flat = (written: string): string => written.replace(/#.*$/gm, '').replace(/\s+/g, ' ');
