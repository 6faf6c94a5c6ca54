// Members of a class with those that it inherits.
import type { Declaration, Declarations } from './declarations.ts';
import { ownMembersOf } from './declared.ts';
import type { SymbolFact } from './facts.ts';
import { type Span, spanText } from './span.ts';
import type { TypeRules } from './type-rules.ts';

export interface Heritage {
  /** What a base's written name means where the class is declared. */
  readonly meaning: (name: string, from: Declaration) => readonly Declaration[] | undefined;
  /** Members of a base, inherited ones included; `undefined` where the question goes round in a circle. */
  readonly membersOf: (owner: Declaration) => Declarations | undefined;
}

export const isClass = ({ kind }: Declaration): boolean =>
  kind === 'class' || kind === 'interface' || kind === 'enum';

/** Whether a modifier, decorator or annotation changes nothing of a function's parameters and result, or a class's members. */
export const isTransparent = (modifier: string, { transparent, fixedDeclarations }: TypeRules): boolean =>
  fixedDeclarations === true || transparent.includes(modifier);

/** Whether a base adds no members. What is taken from a module that cannot be seen may have such a name as well. */
export const isEmptyBase = (
  base: string,
  owner: Declaration,
  rules: TypeRules,
  meaning: Heritage['meaning'],
): boolean =>
  rules.emptyBase !== undefined &&
  matches(rules.emptyBase, base) &&
  (base.includes('=') || meaning(withoutArguments(base, rules), owner) !== undefined);

/** @returns `undefined` where nothing is known of the class itself. */
export function inheritedMembers(
  owner: Declaration,
  rules: TypeRules,
  { meaning, membersOf }: Heritage,
): Declarations | undefined {
  const own = ownMembersOf(owner);
  if (!own || owner.kind === 'module') return own;
  const byName = new Map(own.byName);
  let complete = own.complete;
  const merged = mergedWith(owner, rules, meaning);
  for (const each of merged) {
    const theirs = ownMembersOf(each);
    if (!theirs?.complete) complete = false;
    for (const [name, list] of theirs?.byName ?? []) byName.set(name, [...(byName.get(name) ?? []), ...list]);
  }
  const rootClass = rules.rootType === undefined ? undefined : meaning(rules.rootType, owner)?.find(isClass);
  const root = rootClass === owner ? undefined : rootClass && membersOf(rootClass);
  if (rules.rootType !== undefined && !root && rootClass !== owner) complete = false;
  const takeFrom = (theirs: Declarations | undefined): void => {
    if (!theirs?.complete) complete = false;
    for (const [name, list] of theirs?.byName ?? []) {
      const known = byName.get(name);
      // What only the root says is said before it by any other base.
      if (known && rules.bareMembers === true && list !== known)
        byName.set(name, [...new Set([...known, ...list])]);
      else if (!known || (known === root?.byName.get(name) && list !== known)) byName.set(name, list);
    }
  };
  const implied = owner.kind === 'enum' && rules.enumType !== undefined ? [rules.enumType] : [];
  for (const base of [...[owner, ...merged].flatMap(({ bases = [] }) => bases), ...implied]) {
    if (isEmptyBase(base, owner, rules, meaning)) continue;
    const found = meaning(withoutArguments(base, rules), owner);
    const classes = found?.filter(isClass) ?? [];
    if (classes.length !== 1 || (found?.length !== 1 && rules.receiver === undefined)) complete = false;
    for (const each of classes) if (each !== owner) takeFrom(membersOf(each));
  }
  if (root) takeFrom(root);
  return { byName, complete };
}

/** What a class inherits from, as it is written, with the types that are given to it. */
export function basesIn(
  { signature }: SymbolFact,
  bases: readonly Span[],
  text: string,
  rules: TypeRules | undefined,
): readonly string[] {
  const structural = rules?.structural;
  if (!structural) return bases.map((base) => spanText(text, base));
  const head = text.slice(signature.start, signature.end);
  // What a class only promises to have it declares itself.
  const promised = new RegExp(structural.promised, 'u').exec(head)?.index ?? head.length;
  return bases
    .filter(({ start }) => start - signature.start < promised)
    .map(({ start, end }) => {
      const after = text.slice(end, signature.end);
      return text.slice(start, end) + (after.startsWith('<') ? enclosed(after, rules.brackets) : '');
    });
}

/** A text up to where its first bracket is closed. */
function enclosed(text: string, [open, close]: TypeRules['brackets']): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === open) depth++;
    // The head of an arrow closes nothing.
    else if (text[at] === close && text[at - 1] !== '=' && --depth === 0) return text.slice(0, at + 1);
  }
  return '';
}

/** Interfaces and namespaces that share their name with a class or an enumeration, where that makes one of them. */
function mergedWith(
  owner: Declaration,
  { structural }: TypeRules,
  meaning: Heritage['meaning'],
): readonly Declaration[] {
  if (!structural || owner.kind === 'interface' || !owner.place) return [];
  const { path } = owner.place;
  const all = meaning(owner.name, owner) ?? [];
  if (!all.includes(owner)) return [];
  return all.filter(
    (each) =>
      each !== owner && each.place?.path === path && (each.kind === 'interface' || each.kind === 'module'),
  );
}

/** `Base[int]` → `Base`. */
export function withoutArguments(written: string, { brackets, prefix }: TypeRules): string {
  const at = written.indexOf(brackets[0]);
  const name = (at < 0 ? written : written.slice(0, at)).trim();
  return prefix === undefined ? name : name.replace(new RegExp(prefix, 'u'), '');
}

const compiled = new Map<string, RegExp>();

/** Whether a text matches an expression of the rules, which are few and asked again and again. */
export function matches(source: string, text: string): boolean {
  let expression = compiled.get(source);
  if (!expression) {
    expression = new RegExp(source, 'u');
    compiled.set(source, expression);
  }
  return expression.test(text);
}
