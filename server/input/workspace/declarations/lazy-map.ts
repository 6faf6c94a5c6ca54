// A map whose keys are known and whose values are made when they are first asked for: a module hands on what others
// declare, and must not have all of those read for that.

/** @param make `undefined` where there is no value after all; the key is still there. */
export function lazyMap<Value>(
  keys: ReadonlySet<string>,
  make: (key: string) => Value | undefined,
  otherwise: (key: string) => Value,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const busy = new Set<string>();
  const get = (key: string): Value | undefined => {
    if (!keys.has(key)) return undefined;
    const known = values.get(key);
    if (known !== undefined) return known;
    // Two modules that hand on each other's names.
    if (busy.has(key)) return otherwise(key);
    busy.add(key);
    try {
      const value = make(key) ?? otherwise(key);
      values.set(key, value);
      return value;
    } finally {
      busy.delete(key);
    }
  };
  function* entries(): MapIterator<[string, Value]> {
    for (const key of keys) yield [key, get(key)!];
  }
  function* all(): MapIterator<Value> {
    for (const key of keys) yield get(key)!;
  }
  const map: ReadonlyMap<string, Value> = {
    get,
    has: (key) => keys.has(key),
    get size() {
      return keys.size;
    },
    keys: () => keys.values() as MapIterator<string>,
    values: all,
    entries,
    forEach(use) {
      for (const key of keys) use(get(key)!, key, map);
    },
    [Symbol.iterator]: entries,
  };
  return map;
}
