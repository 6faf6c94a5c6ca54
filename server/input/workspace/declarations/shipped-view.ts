// A module of the standard library, from the data that came with vouch.
import type { Declaration } from '../../../core/declarations.ts';
import { lazyMap } from './lazy-map.ts';
import type { Shipped, ShippedModuleOf } from './shipped.ts';
import { bare, type Finder, type ModuleView, moduleName } from './view.ts';

/**
 * @param outgrown whether it is for a later version, which may have further names.
 * @returns `undefined` for a module that the data does not have.
 */
export function shippedView(
  name: string,
  shipped: Shipped,
  finder: Finder,
  outgrown: boolean,
): ModuleView | undefined {
  const module = shipped.module(name);
  if (!module) return undefined;
  const find = (other: string): ModuleView | undefined => finder.find('', other);

  const handedOn = (local: string, written: string): readonly Declaration[] | undefined => {
    const [from = '', asked] = written.split(' ');
    if (asked === undefined) return [moduleName(local, from, () => find(from))];
    const found = find(from)?.offers.byName.get(asked) ?? find(from)?.meaning(asked);
    if (found) return found;
    return find(`${from}.${asked}`)
      ? [moduleName(local, `${from}.${asked}`, () => find(`${from}.${asked}`))]
      : undefined;
  };
  const wildcards = module.wildcards.map(find);
  const below = shipped.below(name);
  const own = (key: string): readonly Declaration[] | undefined => {
    const declared = module.names.get(key);
    const isModule = below.includes(key) && declared?.every(({ kind, type }) => kind === 'variable' && !type);
    if (declared && !isModule) return declared;
    if (Object.hasOwn(module.exports, key)) return handedOn(key, module.exports[key]!);
    for (const each of wildcards) {
      const found = each?.offers.byName.get(key);
      if (found) return found;
    }
    return below.includes(key)
      ? [moduleName(key, `${name}.${key}`, () => find(`${name}.${key}`))]
      : undefined;
  };
  const keys = new Set([...keysOf(module, wildcards), ...below]);
  return {
    module: name,
    offers: {
      byName: lazyMap(keys, own, (key) => bare(key, name)),
      complete: !outgrown && module.open === 0 && wildcards.every((each) => each?.offers.complete === true),
    },
    meaning: (key) => (Object.hasOwn(module.scope, key) ? handedOn(key, module.scope[key]!) : own(key)),
  };
}

function* keysOf(module: ShippedModuleOf, wildcards: readonly (ModuleView | undefined)[]): Generator<string> {
  yield* module.names.keys();
  yield* Object.keys(module.exports);
  for (const each of wildcards) {
    for (const key of each?.offers.byName.keys() ?? []) if (!key.startsWith('_')) yield key;
  }
}
