// Types as they are written → types.
import type { Declaration, Declarations } from '../../core/declarations.ts';
import { isClass, matches } from '../../core/inheritance.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { readStructure } from './structure.ts';
import { join, nothing, type Type } from './type.ts';

export interface Reader {
  readonly rules: TypeRules;
  /** What a name means where the type is written. */
  readonly meaning: (name: string) => readonly Declaration[] | undefined;
  readonly builtin: (name: string) => Declaration | undefined;
  /** What a type parameter stands for. */
  readonly bound?: ((name: string) => Type | undefined) | undefined;
  /** Whether a name is that of a type parameter where the type is written. */
  readonly isParameter?: ((name: string) => boolean) | undefined;
  /** The declaration that the type is written in. */
  readonly from?: Pick<Declaration, 'module' | 'place'> | undefined;
  /** How a type is read that another declaration stands for. */
  readonly within?: ((from: Declaration, bound: ReadonlyMap<string, Type | undefined>) => Reader) | undefined;
  readonly membersOf?: ((owner: Declaration) => Declarations | undefined) | undefined;
  /** The type of a value by its name. */
  readonly valueNamed?: ((name: string) => Type | undefined) | undefined;
  /** What `Self` stands for. */
  readonly self?: Type | undefined;
}

/** How deep arguments of arguments are read. */
const maxDepth = 6;

/** @returns `undefined` where any part of it could be anything. */
export function readType(written: string, reader: Reader, depth = 0): Type | undefined {
  const { rules } = reader;
  const text = withoutPrefix(unquoted(written.trim()), rules);
  if (rules.structural && depth <= maxDepth && written.trim() !== '') {
    const made = readStructure(written.trim(), reader, depth, readType);
    if (made !== 'none') return made;
  }
  // The arrow of a function's type has half a bracket in it.
  if (depth > maxDepth || text === '' || text.includes('=>')) return undefined;
  const again = (part: string): Type | undefined => readType(part, reader, depth + 1);
  const parts = split(text, rules.union, rules);
  if (parts.length > 1) return join(parts.map(again));
  if (rules.nothing.includes(text)) return nothing;
  if (rules.many && text.endsWith(rules.many[0])) {
    const of = reader.builtin(rules.many[1]);
    return of && { kind: 'instance', of, arguments: [again(text.slice(0, -rules.many[0].length))] };
  }
  const named = namedIn(text, rules);
  return named && readNamed(named, reader, again);
}

/** A name with the types that are written behind it. */
interface NamedType {
  readonly name: string;
  /** What stands behind its last dot. */
  readonly last: string;
  readonly given: readonly string[];
  readonly isPlain: boolean;
}

function namedIn(text: string, rules: TypeRules): NamedType | undefined {
  const open = text.indexOf(rules.brackets[0]);
  if (open >= 0 && !text.endsWith(rules.brackets[1])) return undefined;
  const name = open < 0 ? text : text.slice(0, open);
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$.]*$/u.test(name)) return undefined;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const given = open < 0 ? [] : split(text.slice(open + 1, -1), ',', rules);
  const isRow = rules.tuples.includes(last) && given.at(-1) === '...';
  return { name, last, given: isRow ? given.slice(0, -1) : given, isPlain: open < 0 };
}

function readNamed(
  { name, last, given, isPlain }: NamedType,
  reader: Reader,
  again: (part: string) => Type | undefined,
): Type | undefined {
  const { rules } = reader;
  // Names of type parameters are among them: those have no package.
  if (rules.anything.includes(rules.package === undefined ? last : name)) return reader.bound?.(name);
  if (rules.self.includes(last)) return reader.self;
  const found = reader.meaning(name);
  const declared = classAmong(found, rules);
  if (declared) {
    const isOpen = declared.bases?.some(
      (base) => rules.structuralBase !== undefined && matches(rules.structuralBase, base),
    );
    return isOpen ? undefined : { kind: 'instance', of: declared, arguments: given.map(again) };
  }
  const stands = isPlain ? reader.bound?.(name) : undefined;
  if (stands) return stands;
  if (found?.some(isClass)) return undefined;
  const alias = Object.hasOwn(rules.aliases, last) ? rules.aliases[last]! : undefined;
  if (alias === undefined) return ofGeneric(last, () => given.map(again), rules);
  if (rules.nothing.includes(alias)) return nothing;
  const builtin = reader.builtin(alias);
  return builtin && { kind: 'instance', of: builtin, arguments: given.map(again) };
}

/** Of names that say something of the types that are written behind them. */
function ofGeneric(
  name: string,
  given: () => readonly (Type | undefined)[],
  rules: TypeRules,
): Type | undefined {
  if (rules.anyOf.includes(name)) return join(given());
  if (rules.orNothing.includes(name)) return join([given()[0], nothing]);
  return rules.first.includes(name) ? given()[0] : undefined;
}

/** Where types and values are apart, a value of the same name is no other type. */
function classAmong(found: readonly Declaration[] | undefined, rules: TypeRules): Declaration | undefined {
  const classes = found?.filter(isClass) ?? [];
  const isAlone = found?.length === 1 || (rules.receiver !== undefined && classes.length === 1);
  return isAlone ? classes[0] : undefined;
}

/** The type argument of a written type that going through it gives out; `undefined` where it has none. */
export function argumentIn(written: string | undefined, rules: TypeRules): string | undefined {
  const text = written === undefined ? '' : unquoted(written.trim());
  const open = text.indexOf(rules.brackets[0]);
  if (open < 0 || !text.endsWith(rules.brackets[1])) return undefined;
  const last = text.slice(text.lastIndexOf('.', open) + 1, open);
  if (!Object.hasOwn(rules.elements, last)) return undefined;
  return split(text.slice(open + 1, -1), ',', rules)[rules.elements[last]!];
}

const unquoted = (text: string): string =>
  /^(?:"[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1).trim() : text;

const withoutPrefix = (text: string, { prefix }: TypeRules): string =>
  prefix === undefined ? text : text.replace(new RegExp(prefix, 'u'), '');

/** Splits where no bracket is open. */
export function split(text: string, at: string, { brackets }: TypeRules): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text[index]!;
    if (unit === brackets[0] || unit === '(' || unit === '[' || unit === '{') depth++;
    else if (
      (unit === brackets[1] && text[index - 1] !== '=') ||
      unit === ')' ||
      unit === ']' ||
      unit === '}'
    )
      depth--;
    else if (unit === at && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part, index) => part !== '' || index === 0);
}
