// Layers into the settings in force, with the origin of every value.
import { defaultSettings, type Settings, settingsSchema } from '../../core/settings.ts';
import { dotted, isTree, type Layer, type Tree, valueAt, withValueAt } from './layer.ts';
import type { Origin } from './problem.ts';

/** Dotted key to where its value is from; more than one for lists, which add up. */
export type Origins = Readonly<Record<string, readonly Origin[]>>;

/**
 * Keys whose value is taken or left as a whole, as deep as named. An endpoint is one: were it merged by keys, the
 * user's API key could go to an address that the project chose. A judge is one, too: its command is no list that adds up.
 */
const wholes: readonly (readonly string[])[] = [
  ['models', '*'],
  ['validation', 'judges', '*'],
];

/** @param layers weakest first, each valid by itself. */
export function mergeLayers(layers: readonly Layer[]): { settings: Settings; origins: Origins } {
  let merged: Tree = {};
  const origins = new Map<string, readonly Origin[]>();
  for (const [path] of leaves(defaultSettings, [])) origins.set(dotted(path), [{ kind: 'default' }]);

  for (const { origin, value } of layers) {
    for (const [path, leaf] of leaves(value, [])) {
      const key = dotted(path);
      const before = valueAt(merged, path);
      if (Array.isArray(leaf)) {
        if (leaf.length === 0) continue;
        const old = Array.isArray(before) ? before : [];
        merged = withValueAt(merged, path, [...new Set([...old, ...leaf])]);
        origins.set(key, [...(origins.get(key) ?? []).filter(({ kind }) => kind !== 'default'), origin]);
      } else {
        merged = withValueAt(merged, path, leaf);
        origins.set(key, [origin]);
      }
    }
  }
  return { settings: settingsSchema.parse(merged), origins: Object.fromEntries(origins) };
}

/** Values that are not merged further, with their paths. An object without keys says nothing. */
function* leaves(value: unknown, path: readonly string[]): Generator<readonly [readonly string[], unknown]> {
  if (!isTree(value) || isWhole(path)) {
    yield [path, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
}

const isWhole = (path: readonly string[]): boolean =>
  wholes.some(
    (whole) =>
      whole.length === path.length && whole.every((key, index) => key === '*' || key === path[index]),
  );
