// What is known of a value without running anything.
import type { Declaration } from '../../core/declarations.ts';

/** Where nothing is certain there is no type at all: `undefined`. */
export type Type =
  | {
      readonly kind: 'instance';
      readonly of: Declaration;
      readonly arguments: readonly (Type | undefined)[];
      /** Where it is several values in a row, what each of them is. */
      readonly parts?: readonly (Type | undefined)[];
    }
  /** The class itself. */
  | { readonly kind: 'class'; readonly of: Declaration }
  /** The instance as its base classes see it. */
  | { readonly kind: 'base'; readonly of: Declaration }
  | { readonly kind: 'module'; readonly of: Declaration }
  /** Functions, several where there are overloads. `by` is what they were asked of. */
  | { readonly kind: 'callable'; readonly of: readonly Declaration[]; readonly by?: Type }
  /** What must be waited for to have it. */
  | { readonly kind: 'awaitable'; readonly of: Type | undefined }
  /** `None`, `null`, `undefined`. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'union'; readonly of: readonly Type[] };

export const nothing: Type = { kind: 'nothing' };

/** A value that has one of the types; unknown as soon as one of them is, or where nothing else than nothing is known. */
export function join(types: readonly (Type | undefined)[]): Type | undefined {
  const found: Type[] = [];
  for (const type of types) {
    if (!type) return undefined;
    for (const each of type.kind === 'union' ? type.of : [type]) {
      if (!found.some((other) => same(other, each))) found.push(each);
    }
  }
  if (found.length === 0) return undefined;
  return found.length === 1 ? found[0] : { kind: 'union', of: found };
}

/** Unions among the types one by one, without nothing. */
export const alternatives = (type: Type): readonly Type[] =>
  (type.kind === 'union' ? type.of : [type]).filter(({ kind }) => kind !== 'nothing');

function same(a: Type, b: Type): boolean {
  if (a.kind === 'nothing') return b.kind === 'nothing';
  if (a.kind === 'instance' && b.kind === 'instance')
    return (
      a.of === b.of && a.parts === b.parts && a.arguments.every((one, index) => one === b.arguments[index])
    );
  if (a.kind === 'class' && b.kind === 'class') return a.of === b.of;
  return a === b;
}
