// Makes the declarations of a standard library that come with vouch, from stubs: `tsx scripts/declarations.ts LANGUAGE DIR
// [NAMES…]`, where DIR holds one stub file a module (for Python typeshed's `stdlib` folder, Apache-2.0 and MIT; its licence is
// kept beside the data). NAMES are a program and its arguments that print the names which modules really have, given the
// modules: `python3 scripts/python-names.py`. TypeScript's are made from its `lib.es*.d.ts` and `@types/node` of the oldest Node
// that is maintained and of the newest, folders with `:` between, and `node scripts/node-names.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Declaration } from '../server/core/declarations.ts';
import { declaredIn, ownMembersOf } from '../server/core/declared.ts';
import type { Language } from '../server/core/language.ts';
import { contains } from '../server/core/span.ts';
import { createSyntax, type ParsedFile } from '../server/input/syntax/index.ts';
import type {
  ShippedDeclaration,
  ShippedModule,
} from '../server/input/workspace/declarations/shipped-format.ts';
import {
  addSecondNames,
  ambientParts,
  plainModules,
  settleBases,
  withPlainNames,
} from './declarations-ambient.ts';
import { addClasses } from './declarations-classes.ts';
import { entries } from './declarations-entries.ts';
import { addPackages } from './declarations-packages.ts';

const [languageId = '', folder = '', program, ...programArguments] = process.argv.slice(2);
const out = join(import.meta.dirname, '../grammars', languageId, 'declarations');
const log = (_: string, message: string): void => void process.stderr.write(`${message}\n`);
const syntax = await createSyntax({ log });
const language = syntax.languages.find(({ id }) => id === languageId);
if (!language || !(await syntax.load(language.id))) throw new Error('usage: declarations LANGUAGE DIR');

/** Stubs of these say nothing that a program would ask: the interpreter's own tests and tools. */
const leftOut = /^(?:lib2to3|distutils|idlelib|test|ensurepip|_typeshed\.dbapi)\b/;
/** What is declared for all files. */
const globalModule = 'global';

function files(at: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.pyi$|\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

function moduleName(path: string): string {
  const parts = path.replace(/\.pyi$|\.d\.ts$/, '').split(sep);
  return (parts.at(-1) === '__init__' ? parts.slice(0, -1) : parts).join('.');
}

function moduleOf(file: ParsedFile, name: string, isPackage: boolean, of: Language): ShippedModule {
  const { facts, text } = file;
  const { top } = declaredIn({ text, facts, module: name, rules: of.types });
  const exports: Record<string, string> = {};
  const scope: Record<string, string> = {};
  const wildcards: string[] = [];
  for (const one of facts.imports) {
    const module = absolute(one.module, name, isPackage);
    if (one.wildcard) wildcards.push(module);
    if (one.namespace !== undefined) {
      const isAlias = one.namespace !== module.split('.', 1)[0];
      const whole = isAlias ? module : one.namespace;
      (isHandedOn(text, one.span, one.namespace) ? exports : scope)[one.namespace] = whole;
    }
    for (const { name: asked, local, span } of one.names) {
      const written = text.slice(span.start, one.span.end);
      const handedOn = new RegExp(`^${asked}\\s+as\\s+${local}\\b`).test(written) && asked === local;
      (handedOn ? exports : scope)[local] = `${module} ${asked}`;
    }
  }
  // What `__all__` lists is handed on, too.
  const listed = /^__all__\s*\+?=\s*[[(][^\])]*/gm;
  for (const [list] of text.matchAll(listed)) {
    for (const [, each] of list.matchAll(/["'](\w+)["']/g)) {
      if (scope[each!] !== undefined) exports[each!] = scope[each!]!;
    }
  }
  for (const each of Object.keys(exports)) delete scope[each];
  const names = entries(top);
  return { names, exports, scope, wildcards, open: top.has('__getattr__') ? 1 : 0 };
}

/** What a file of ambient declarations gives to all others: names without import, and modules by name. */
function addAmbient(all: Map<string, ShippedModule>, { facts, text }: ParsedFile, of: Language): void {
  const { top, at } = declaredIn({ text, facts, module: globalModule, rules: of.types });
  const quotedModules = new Set<Declaration>();
  const isModule = facts.exports.some(
    (one) => !facts.symbols.some(({ kind, span }) => kind === 'module' && contains(span, one.span)),
  );
  for (const [index, symbol] of facts.symbols.entries()) {
    const { kind, nameSpan, container, span } = symbol;
    const quoted = /^["'](.*)["']$/.exec(text.slice(nameSpan.start, nameSpan.end))?.[1];
    if (kind !== 'module' || container !== undefined || quoted === undefined) continue;
    quotedModules.add(at(index));
    const inner = text.slice(span.start, span.end);
    const whole = /\bexport\s*=\s*(\w+)/.exec(inner)?.[1];
    const inside = facts.exports.filter((one) => contains(span, one.span));
    const wildcards = [...inner.matchAll(/\bexport\s*\*\s*from\s*["']([^"']+)["']/g)].map(
      ([, from]) => from!,
    );
    if (inner.includes('import ') && whole !== undefined) {
      const from = new RegExp(`import\\s+${whole}\\s*=\\s*require\\(["']([^"']+)`).exec(inner)?.[1];
      if (from !== undefined) wildcards.push(from);
    }
    const exports = Object.fromEntries(
      inside.flatMap((one) =>
        one.name !== '*' && one.module ? [[one.name, `${one.module} ${one.local ?? one.name}`]] : [],
      ),
    );
    const scope = Object.fromEntries(
      facts.imports
        .filter((one) => contains(span, one.span))
        .flatMap((one) => [
          ...(one.namespace === undefined ? [] : [[one.namespace, one.module]]),
          ...one.names.map(({ name, local }) => [local, `${one.module} ${name}`]),
        ]),
    );
    const own = ownMembersOf(at(index))?.byName ?? new Map<string, readonly Declaration[]>();
    const namespaces = own.get(whole ?? '')?.filter((one) => one.kind === 'module') ?? [];
    const isWhole = (own.get(whole ?? '') ?? []).every((one) => isKnownWhole(one, namespaces));
    const names = namespaces.reduce(
      (all, one) => ({ ...all, ...entries(ownMembersOf(one)?.byName ?? new Map()) }),
      { ...entries(own), ...membersOfWhole(own.get(whole ?? ''), namespaces) },
    );
    for (const [, list] of inner.matchAll(/\bexport\s*\{([^}]*)\}\s*;/g)) {
      for (const [, local, name = local!] of list!.matchAll(/(\w+)(?:\s+as\s+(\w+))?/g)) {
        if (names[local!]) names[name] = names[local!]!;
        else if (Object.hasOwn(scope, local!)) exports[name] = scope[local!]!;
      }
    }
    merge(all, quoted, {
      names,
      exports,
      scope,
      wildcards: wildcards.filter((one) => one !== quoted),
      open: whole === undefined || wildcards.length > 0 || isWhole ? 0 : 1,
    });
  }
  const plain = new Map(
    [...top]
      .map(([name, list]) => [name, list.filter((one) => !quotedModules.has(one))] as const)
      .filter(([, list]) => list.length > 0),
  );
  if (!isModule)
    merge(all, globalModule, { names: entries(plain), exports: {}, scope: {}, wildcards: [], open: 1 });
}

/** Whether all is seen of what a module is as a whole: a namespace, or something whose type is declared in one and extends none. */
const isKnownWhole = (one: Declaration, namespaces: readonly Declaration[]): boolean =>
  one.kind === 'module' ||
  typeOfWhole(one, namespaces)?.every(({ bases = [] }) => bases.length === 0) === true;

const typeOfWhole = (
  { type }: Declaration,
  namespaces: readonly Declaration[],
): readonly Declaration[] | undefined => {
  const name = type?.split('.').at(-1) ?? '';
  return namespaces.map((one) => ownMembersOf(one)?.byName.get(name)).find((found) => found !== undefined);
};

function membersOfWhole(
  whole: readonly Declaration[] | undefined,
  namespaces: readonly Declaration[],
): ShippedModule['names'] {
  return (whole ?? [])
    .flatMap((one) => typeOfWhole(one, namespaces) ?? [])
    .reduce((all, type) => Object.assign(all, entries(ownMembersOf(type)?.byName ?? new Map())), {});
}

/** Interfaces of one name are one, in however many files they are declared. */
function merge(all: Map<string, ShippedModule>, name: string, more: ShippedModule): void {
  const known = all.get(name);
  if (!known) {
    all.set(name, { ...more, names: merged({}, more.names) });
    return;
  }
  all.set(name, {
    names: merged(known.names, more.names),
    exports: { ...known.exports, ...more.exports },
    scope: { ...known.scope, ...more.scope },
    wildcards: [...new Set([...known.wildcards, ...more.wildcards])],
    open: known.open || more.open,
  });
}

function merged(a: ShippedModule['names'], b: ShippedModule['names']): ShippedModule['names'] {
  const names: Record<string, readonly ShippedDeclaration[]> = { ...a };
  for (const [name, list] of Object.entries(b)) {
    const all = distinct([...(Object.hasOwn(names, name) ? names[name]! : []), ...list]);
    const isOpen = ([kind]: ShippedDeclaration): boolean => kind === 'interface';
    const interfaces = all.filter(isOpen);
    const one = interfaces.reduce<ShippedDeclaration | undefined>(
      (into, [kind, modifiers, parameters, type, bases, members]) => [
        kind,
        modifiers,
        parameters,
        type,
        [...new Set([...((into?.[4] || []) as readonly string[]), ...(bases || [])])],
        concatenated(into?.[5] || {}, members || {}),
      ],
      undefined,
    );
    const namespaces = all.filter(([kind]) => kind === 'module');
    const inside = namespaces.reduce((into, [, , , , , members]) => merged(into, members || {}), {});
    const isValue = all.some(([kind]) => kind === 'variable' || kind === 'class' || kind === 'function');
    names[name] = [
      ...(one ? [one] : []),
      // A namespace of types beside a value says nothing of what the value is.
      ...(namespaces.length === 0 || (isValue && holdsTypesOnly(inside))
        ? []
        : [['module', '', 0, 0, 0, inside] satisfies ShippedDeclaration]),
      ...all.filter((each) => !isOpen(each) && each[0] !== 'module'),
    ];
  }
  return names;
}

const holdsTypesOnly = (names: ShippedModule['names']): boolean =>
  Object.values(names)
    .flat()
    .every(([kind]) => kind === 'interface' || kind === 'type');

function concatenated(a: ShippedModule['names'], b: ShippedModule['names']): ShippedModule['names'] {
  const names: Record<string, readonly ShippedDeclaration[]> = { ...a };
  for (const [name, list] of Object.entries(b))
    names[name] = distinct([...(Object.hasOwn(a, name) ? a[name]! : []), ...list]);
  return names;
}

/** Several versions of a library declare much in the same words. */
const distinct = (list: readonly ShippedDeclaration[]): readonly ShippedDeclaration[] => [
  ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
];

/** `import a as a` hands `a` on. */
const isHandedOn = (text: string, span: { start: number; end: number }, local: string): boolean =>
  new RegExp(`\\b${local}\\s+as\\s+${local}\\b`).test(text.slice(span.start, span.end));

function absolute(module: string, from: string, isPackage: boolean): string {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module)!;
  if (dots === '') return module;
  const parts = from.split('.');
  const base = parts.slice(0, parts.length - dots.length + (isPackage ? 1 : 0));
  return [...base, ...(rest === '' ? [] : [rest])].join('.');
}

interface RuntimeNames {
  readonly names: readonly string[];
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

/** What stubs leave out exists nonetheless: as a name of which no more is known. */
function addRuntimeNames(all: Map<string, ShippedModule>, command: string, args: readonly string[]): void {
  const output = execFileSync(command, [...args, ...all.keys()], { maxBuffer: 1 << 28 });
  // The output of a script of this project.
  const known = JSON.parse(output.toString()) as Readonly<Record<string, RuntimeNames>>;
  for (const [name, module] of all) {
    const runtime = known[name];
    if (!runtime) continue;
    const seen = new Set([...Object.keys(module.names), ...Object.keys(module.exports)]);
    const isHandedOn = module.wildcards.length > 0;
    const names: Record<string, readonly ShippedDeclaration[]> = { ...module.names };
    for (const each of runtime.names) {
      if (!seen.has(each) && !isHandedOn) names[each] = [['variable', '', 0, 0, 0, 0]];
    }
    for (const [owner, members] of Object.entries(runtime.classes)) {
      const [name = '', inner] = owner.split('.');
      const add = (one: ShippedDeclaration): ShippedDeclaration => withMembers(one, members, module, all);
      if (Object.hasOwn(names, name)) {
        names[name] = names[name]!.map((one) =>
          inner === undefined ? add(one) : withInner(one, inner, add),
        );
      }
    }
    all.set(name, { ...module, names });
  }
}

function withMembers(
  [kind, modifiers, parameters, type, bases, members]: ShippedDeclaration,
  runtime: readonly string[],
  module: ShippedModule,
  all: ReadonlyMap<string, ShippedModule>,
): ShippedDeclaration {
  if (!members) return [kind, modifiers, parameters, type, bases, members];
  const inherited = new Set(Object.keys(members));
  for (const base of bases || []) collect(base, module, all, inherited);
  const added = runtime.filter((name) => !inherited.has(name));
  const more = added.map((name): [string, ShippedDeclaration[]] => [name, [['field', '', 0, 0, 0, 0]]]);
  return [kind, modifiers, parameters, type, bases, { ...members, ...Object.fromEntries(more) }];
}

/** A namespace with one of its types changed. */
const withInner = (
  [kind, modifiers, parameters, type, bases, members]: ShippedDeclaration,
  name: string,
  change: (one: ShippedDeclaration) => ShippedDeclaration,
): ShippedDeclaration => [
  kind,
  modifiers,
  parameters,
  type,
  bases,
  members && Object.hasOwn(members, name) ? { ...members, [name]: members[name]!.map(change) } : members,
];

/** Names of the members that a base brings. */
function collect(
  base: string,
  module: ShippedModule,
  all: ReadonlyMap<string, ShippedModule>,
  into: Set<string>,
): void {
  const name = base.replace(/\[.*$/s, '').split('.').at(-1)!;
  const handedOn = (module.scope[name] ?? module.exports[name])?.split(' ');
  const place = Object.hasOwn(module.names, name)
    ? module
    : (all.get(handedOn?.[0] ?? '') ?? all.get('builtins'));
  for (const [, , , , bases, members] of place?.names[handedOn?.[1] ?? name] ?? []) {
    for (const each of Object.keys(members || {})) into.add(each);
    for (const each of bases || []) if (each !== base) collect(each, place!, all, into);
  }
}

function write(all: ReadonlyMap<string, ShippedModule>): void {
  const index: Record<string, [number, number]> = {};
  const blocks: Buffer[] = [];
  let offset = 0;
  for (const [name, module] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const block = brotliCompressSync(JSON.stringify(module), {
      params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
    });
    index[name] = [offset, block.length];
    blocks.push(block);
    offset += block.length;
  }
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'standard.bin'), Buffer.concat([length, head, ...blocks]));
  log('info', `${all.size} modules, ${4 + head.length + offset} bytes`);
}

/** Files of ambient declarations: a module or a global name may be declared in several, and for several versions. */
function addAmbientFiles(all: Map<string, ShippedModule>, of: Language, folders: readonly string[]): void {
  const texts = folders.flatMap(files).map((path) => readFileSync(path, 'utf8'));
  const plain = plainModules(texts);
  for (const part of texts.flatMap(ambientParts)) {
    const file = syntax.parse(of.id, withPlainNames(part, plain));
    if (!file) throw new Error('a file is not parsed');
    addAmbient(all, file, of);
    file.release();
  }
}

const modules = new Map<string, ShippedModule>();
if (language.modules?.scheme === 'folder') addPackages(modules, syntax, language, folder);
else if (language.modules?.scheme === 'class') addClasses(modules, folder.split(':'));
else if (language.modules?.scheme === 'path') addAmbientFiles(modules, language, folder.split(':'));
else
  for (const path of files(folder)) {
    const name = moduleName(relative(folder, path));
    if (leftOut.test(name)) continue;
    const text = readFileSync(path, 'utf8');
    const file = syntax.parse(language.id, text);
    if (!file) throw new Error(`${path} is not parsed`);
    modules.set(name, moduleOf(file, name, /__init__\.\w+$/.test(path), language));
    file.release();
  }
if (program) addRuntimeNames(modules, program, programArguments);
if (language.modules?.scheme === 'path') {
  settleBases(modules);
  addSecondNames(modules);
}
write(modules);
