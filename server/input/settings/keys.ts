// The keys that the schema knows, and the one that a misspelt key most likely meant.
import { closest, distance } from 'fastest-levenshtein';
import { checkNames, settingsSchema } from '../../core/settings.ts';
import type { KeyPath } from './layer.ts';

interface SchemaNode {
  readonly _zod: {
    readonly def: {
      readonly type: string;
      readonly innerType?: SchemaNode;
      readonly shape?: Readonly<Record<string, SchemaNode>>;
    };
  };
}

/** Wrappers as `default` and `optional` stand around the type that has the keys. */
function unwrap(node: SchemaNode): SchemaNode {
  const inner = node._zod.def.innerType;
  return inner ? unwrap(inner) : node;
}

const shapeOf = (node: SchemaNode): Readonly<Record<string, SchemaNode>> => unwrap(node)._zod.def.shape ?? {};

/** Keys that may stand in the object at `path`; none where there is no such object, or it takes any key. */
export function keysAt(path: KeyPath): readonly string[] {
  let node: SchemaNode | undefined = settingsSchema;
  for (const key of path) node = node && shapeOf(node)[key];
  return node ? Object.keys(shapeOf(node)) : [];
}

function* allPaths(node: SchemaNode, path: readonly string[]): Generator<readonly string[]> {
  for (const [key, inner] of Object.entries(shapeOf(node))) {
    yield [...path, key];
    yield* allPaths(inner, [...path, key]);
  }
}

/** Whether two names are near enough for one to be a slip of the other. */
const near = (a: string, b: string): boolean =>
  distance(a.toLowerCase(), b.toLowerCase()) <= Math.max(2, Math.floor(b.length / 3));

/**
 * What to say of an unknown key: the nearest key beside it, else the same name elsewhere, else what there is.
 */
export function suggestKey(parent: KeyPath, key: string): string {
  const prefix = parent.length === 0 ? '' : `${parent.join('.')}.`;
  const siblings = keysAt(parent);
  const sibling = siblings.length > 0 ? closest(key, [...siblings]) : undefined;
  if (sibling !== undefined && near(key, sibling)) return `did you mean ${prefix}${sibling}?`;

  const elsewhere = [...allPaths(settingsSchema, [])].filter((path) => near(key, path.at(-1)!));
  const best = elsewhere.sort((a, b) => distance(key, a.at(-1)!) - distance(key, b.at(-1)!))[0];
  if (best) return `did you mean ${best.join('.')}?`;
  return siblings.length > 0 ? `known here: ${siblings.join(', ')}` : 'it takes no keys of its own';
}

const families = checkNames.filter((name) => name.endsWith('/*')).map((name) => name.slice(0, -1));
const groups = new Set(checkNames.map((name) => `${name.split('/', 1)[0]}/*`));

/** `group/*` stands for all checks of a group. */
export const isKnownCheck = (name: string): boolean =>
  (checkNames as readonly string[]).includes(name) ||
  groups.has(name) ||
  families.some((family) => name.startsWith(family) && name.length > family.length);

/** What to say of a check name that does not exist. */
export function suggestCheck(name: string): string {
  const best = closest(name, [...checkNames]);
  return near(name, best)
    ? `did you mean validation.checks.${best}?`
    : `known checks: ${checkNames.join(', ')}`;
}
