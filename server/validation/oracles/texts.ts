// What stands in braces in the rules of a judge: folders that are known only when it is started.
import type { JsonTree } from './settings-tree.ts';

/** Name in braces to what it stands for; `undefined` where there is no such folder here. */
export type Placeholders = Readonly<Record<string, string | undefined>>;

/**
 * The value with every `{name}` in its texts replaced; `undefined` when one of them has no place. In an object or a list,
 * what is undefined is left out.
 */
export function fill(value: unknown, places: Placeholders): unknown {
  if (typeof value === 'string') return fillText(value, places);
  if (Array.isArray(value)) return value.map((item) => fill(item, places)).filter(isThere);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, fill(item, places)] as const)
      .filter(([, item]) => isThere(item)),
  );
}

const isThere = (value: unknown): boolean => value !== undefined;

export function fillText(text: string, places: Placeholders): string | undefined {
  let missing = false;
  const filled = text.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    if (!Object.hasOwn(places, name)) return whole;
    const place = places[name];
    if (place === undefined) missing = true;
    return place ?? whole;
  });
  return missing ? undefined : filled;
}

export const fillTree = (tree: JsonTree | undefined, places: Placeholders): JsonTree =>
  fill(tree ?? {}, places) as JsonTree;
