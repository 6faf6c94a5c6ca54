// One source of settings on its way to the merge: a value that is not yet trusted, and where its keys stand.
import type { Origin, SettingsProblem } from './problem.ts';

export type KeyPath = readonly (string | number)[];
export type Tree = { readonly [key: string]: unknown };

export interface Layer {
  readonly origin: Origin;
  readonly value: Tree;
  /** The 1-based line of a key; `undefined` for a source without lines. */
  readonly line: (path: KeyPath) => number | undefined;
}

export interface ReadLayer {
  readonly layer: Layer;
  readonly problems: readonly SettingsProblem[];
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; `undefined` where there is none. Only own keys count: `__proto__` is no setting. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** The same value without what stands at the path; list elements after it move up. */
export function withoutPath(value: unknown, path: KeyPath): unknown {
  const [key, ...rest] = path;
  if (key === undefined || valueAt(value, [key]) === undefined) return value;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== key)
      : value.map((item, index) => (index === key ? withoutPath(item, rest) : item));
  }
  return Object.fromEntries(
    Object.entries(value as Tree).flatMap(([name, item]) => {
      if (name !== key) return [[name, item]];
      return rest.length === 0 ? [] : [[name, withoutPath(item, rest)]];
    }),
  );
}

/** The same value with `leaf` at the path; objects on the way are made where they are missing. */
export function withValueAt(value: Tree, [key, ...rest]: readonly string[], leaf: unknown): Tree {
  if (key === undefined) return value;
  const inner = value[key];
  return {
    ...value,
    [key]: rest.length === 0 ? leaf : withValueAt(isTree(inner) ? inner : {}, rest, leaf),
  };
}

/** `models.default.baseURL`, `privacy.exclude[1]`. */
export const dotted = (path: KeyPath): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
