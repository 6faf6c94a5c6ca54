// Members of a class with those that it inherits.
import type { Declaration, Declarations } from '../../../core/declarations.ts';
import { ownMembersOf } from '../../../core/declared.ts';
import type { TypeRules } from '../../../core/type-rules.ts';

/** How many classes deep inheritance is followed. */
const maxDepth = 30;

/**
 * @param meaning what a base's written name means where the class is declared.
 * @returns `undefined` where nothing is known of the class itself.
 */
export function inheritedMembers(
  owner: Declaration,
  rules: TypeRules,
  meaning: (name: string, from: Declaration) => readonly Declaration[] | undefined,
  depth = 0,
): Declarations | undefined {
  const own = ownMembersOf(owner);
  if (!own || owner.kind === 'module') return own;
  const byName = new Map(own.byName);
  let complete = own.complete && depth < maxDepth;
  const takeFrom = (base: Declaration | undefined): void => {
    const theirs =
      base && depth < maxDepth && base !== owner
        ? inheritedMembers(base, rules, meaning, depth + 1)
        : undefined;
    if (!theirs?.complete) complete = false;
    for (const [name, list] of theirs?.byName ?? []) if (!byName.has(name)) byName.set(name, list);
  };
  for (const base of owner.bases ?? []) {
    if (rules.emptyBase !== undefined && new RegExp(rules.emptyBase, 'u').test(base)) continue;
    const found = meaning(withoutArguments(base, rules), owner);
    const classes = found?.filter(({ kind }) => kind === 'class' || kind === 'interface' || kind === 'enum');
    if (classes?.length !== 1 || found?.length !== 1) {
      complete = false;
      for (const each of classes ?? []) takeFrom(each);
    } else takeFrom(classes[0]);
  }
  if (rules.rootType !== undefined && depth === 0 && owner.name !== rules.rootType) {
    takeFrom(meaning(rules.rootType, owner)?.[0]);
  }
  return { byName, complete };
}

/** `Base[int]` → `Base`. */
export function withoutArguments(written: string, { brackets }: TypeRules): string {
  const at = written.indexOf(brackets[0]);
  return (at < 0 ? written : written.slice(0, at)).trim();
}
