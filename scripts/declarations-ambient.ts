// What must be known of files of ambient declarations before they are read as any other: which parts of a module's text are
// for all files, and which modules have two names.
import type {
  ShippedDeclaration,
  ShippedModule,
} from '../server/input/workspace/declarations/shipped-format.ts';

/** Comments and literals, or where what is inside of a module is declared for all files, or a bracket. */
const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\bglobal\s*\{|[{}]/g;

/** A text without its `global { }`, and what stands in those, each a text of its own. */
export function ambientParts(text: string): readonly string[] {
  const inner: string[] = [];
  let rest = '';
  let from = 0;
  let depth = 0;
  let opened: { at: number; depth: number } | undefined;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '}') {
      depth--;
      if (opened?.depth !== depth) continue;
      inner.push(text.slice(opened.at, index));
      from = index + 1;
      opened = undefined;
    } else if (token.endsWith('{') && !/^["'/]/.test(token)) {
      if (token !== '{' && !opened) {
        rest += text.slice(from, index).replace(/\bdeclare\s+$/, '');
        opened = { at: index + token.length, depth };
      }
      depth++;
    }
  }
  return [rest + text.slice(from), ...inner];
}

/** Names of modules that the texts declare without a prefix. */
export const plainModules = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(
    texts.flatMap((text) => [...text.matchAll(/declare module ["']([\w/]+)["']/g)].map(([, name]) => name!)),
  );

/** A text in which each module has one name: that with the prefix only where there is no other. */
export const withPlainNames = (text: string, plain: ReadonlySet<string>): string =>
  text.replace(/(["'])node:([\w/]+)\1/g, (written, quote: string, name: string) =>
    plain.has(name) ? quote + name + quote : written,
  );

/** With and without the prefix they are the same; and what a module is whose whole is imported by a name of the importer's choice. */
export function addSecondNames(all: Map<string, ShippedModule>): void {
  for (const [name, module] of [...all]) {
    if (name === 'global') continue;
    if (module.open === 0 && !Object.hasOwn(module.names, 'default')) {
      all.set(name, { ...module, exports: { ...module.exports, default: name } });
    }
    if (name.startsWith('node:')) continue;
    all.set(`node:${name}`, { names: {}, exports: {}, scope: {}, wildcards: [name], open: 0 });
  }
}

/** Bases of global types as they are found from outside of the namespace or module that they are written in. */
export function settleBases(all: Map<string, ShippedModule>): void {
  const global = all.get('global');
  if (!global) return;
  const names = Object.entries(global.names).map(([name, list]) => [
    name,
    list.map((one) => (one[0] === 'module' ? withQualifiedBases(name, one) : withMembersOfModule(one, all))),
  ]);
  all.set('global', { ...global, names: Object.fromEntries(names) });
}

function withQualifiedBases(
  namespace: string,
  [kind, modifiers, parameters, type, bases, members]: ShippedDeclaration,
): ShippedDeclaration {
  const inside = members || {};
  const qualified = ([...rest]: ShippedDeclaration): ShippedDeclaration => [
    rest[0],
    rest[1],
    rest[2],
    rest[3],
    rest[4] && rest[4].map((base) => (Object.hasOwn(inside, base) ? `${namespace}.${base}` : base)),
    rest[5],
  ];
  const settled = Object.entries(inside).map(([name, list]) => [name, list.map(qualified)]);
  return [kind, modifiers, parameters, type, bases, Object.fromEntries(settled)];
}

/** `Console extends console.Console`, where `console` is a module: it has what that has. */
function withMembersOfModule(
  [kind, modifiers, parameters, type, bases, members]: ShippedDeclaration,
  all: ReadonlyMap<string, ShippedModule>,
): ShippedDeclaration {
  if (!bases) return [kind, modifiers, parameters, type, bases, members];
  const taken = Object.assign({}, members || {});
  const left = bases.filter((base) => {
    const [module = '', name = ''] = base.split('.');
    const theirs = all.get(module)?.names;
    if (!theirs || !Object.hasOwn(theirs, name)) return true;
    for (const [, , , , , more] of theirs[name]!) Object.assign(taken, more || {}, { ...taken });
    return false;
  });
  return [kind, modifiers, parameters, type, left, taken];
}
