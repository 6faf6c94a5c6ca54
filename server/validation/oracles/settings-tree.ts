// Settings for a server: a tree that it asks for by sections.

export type JsonTree = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is JsonTree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The tree with what the other has put over it, key by key. Something else than a tree adds nothing. */
export function merged(tree: JsonTree, over: unknown): JsonTree {
  if (!isTree(over)) return tree;
  const out: Record<string, unknown> = { ...tree };
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue;
    const old = Object.hasOwn(out, key) ? out[key] : undefined;
    out[key] = isTree(old) && isTree(value) ? merged(old, value) : value;
  }
  return out;
}

/** What stands at a dotted section; the whole for an absent one. `null` where there is nothing, as the protocol wants. */
export function section(tree: JsonTree, name: string | undefined | null): unknown {
  if (!name) return tree;
  let at: unknown = tree;
  for (const key of name.split('.')) {
    if (!isTree(at) || !Object.hasOwn(at, key)) return null;
    at = at[key];
  }
  return at;
}
