// Types that are made of others by a name that the language gives: some of the members, what a function gives, a table.
import type { Declaration } from '../../core/declarations.ts';
import { setOwnMembers } from '../../core/declared.ts';
import type { StructuralRules } from '../../core/type-rules.ts';
import { splitAt } from './structure-text.ts';
import type { Type } from './type.ts';
import type { Reader } from './written.ts';

type Read = (written: string, reader: Reader) => Type | undefined;

/** @returns `none` where the name makes no type of others. */
export function utilityType(
  name: string,
  given: readonly string[],
  rules: StructuralRules,
  reader: Reader,
  read: Read,
): Type | undefined | 'none' {
  const made = Object.hasOwn(rules.utilities, name) ? rules.utilities[name] : undefined;
  const [first, second] = given;
  // What the file calls so itself is its own.
  if (made === undefined || first === undefined || reader.meaning(name)?.some(({ place }) => place))
    return 'none';
  if (made === 'table')
    return second === undefined ? undefined : table(name, [read(first, reader), read(second, reader)]);
  if (made === 'result') return resultOf(read(first, reader), reader, read);
  const keys = second === undefined ? undefined : namesIn(second);
  return keys && partOf(read(first, reader), (key) => keys.has(key) === (made === 'with'), reader);
}

/** The names of a union of them; `undefined` where any is no literal. */
function namesIn(written: string): ReadonlySet<string> | undefined {
  const all = splitAt(written, '|').map((part) => /^\s*(["'])(.*)\1\s*$/.exec(part)?.[2]);
  return all.every((name) => name !== undefined) ? new Set(all) : undefined;
}

/** What may have any member, each of the same type. */
function table(name: string, types: readonly (Type | undefined)[]): Type {
  const of: Declaration = { name, kind: 'interface', signature: name, modifiers: [], module: '' };
  setOwnMembers(of, () => ({ byName: new Map(), complete: false }));
  return { kind: 'instance', of, arguments: types };
}

/** What a function gives whose result is written. */
function resultOf(type: Type | undefined, { within }: Reader, read: Read): Type | undefined {
  const [of, ...more] = type?.kind === 'callable' ? type.of : [];
  if (!of?.place || of.type === undefined || more.length > 0 || !within) return undefined;
  return read(of.type, within(of, new Map()));
}

/** A type with some of the members of another. */
function partOf(
  type: Type | undefined,
  isTaken: (name: string) => boolean,
  { membersOf, from }: Reader,
): Type | undefined {
  const members = type?.kind === 'instance' ? membersOf?.(type.of) : undefined;
  if (type?.kind !== 'instance' || !members) return undefined;
  const of: Declaration = {
    ...{ name: 'object', kind: 'interface', signature: 'object', modifiers: [], module: from?.module ?? '' },
    ...(from?.place && { place: from.place }),
  };
  setOwnMembers(of, () => ({
    byName: new Map([...members.byName].filter(([name]) => isTaken(name))),
    complete: members.complete,
  }));
  return { kind: 'instance', of, arguments: [] };
}
