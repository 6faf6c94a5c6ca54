// Declarations that come with vouch: the standard library and builtins of a language, read a module at a time.
import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { Declaration, Parameter } from '../../../core/declarations.ts';
import { setOwnMembers } from '../../../core/declared.ts';
import { packageFile } from '../../../core/package-files.ts';
import type { TypeRules } from '../../../core/type-rules.ts';
import {
  parameterKinds,
  type ShippedDeclaration,
  type ShippedIndex,
  type ShippedModule,
} from './shipped-format.ts';

export interface ShippedModuleOf extends Omit<ShippedModule, 'names'> {
  readonly names: ReadonlyMap<string, readonly Declaration[]>;
}

export interface Shipped {
  /** `undefined` for a module that the data does not have. */
  module(name: string): ShippedModuleOf | undefined;
  /** Last names of the modules directly below one. */
  below(name: string): readonly string[];
}

/** What a later version than the data's may have changed: members can be more, parameters others. */
interface Reading {
  readonly rules: TypeRules;
  readonly outgrown: boolean;
}

const opened = new Map<string, Shipped | undefined>();

/**
 * The data of a language, opened once in a process.
 * @param outgrown whether it is read for a later version: then no class is known in full, and no parameters are.
 * @returns `undefined` where vouch has none.
 */
export function shippedOf(languageId: string, rules: TypeRules, outgrown: boolean): Shipped | undefined {
  const key = `${languageId} ${outgrown}`;
  if (!opened.has(key)) opened.set(key, open(languageId, { rules, outgrown }));
  return opened.get(key);
}

function open(languageId: string, reading: Reading): Shipped | undefined {
  const path = packageFile(`grammars/${languageId}/declarations/standard.bin`);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const start = 4 + bytes.readUInt32LE(0);
  // Written by the script that this package was built with, as everything under grammars/.
  const index = JSON.parse(bytes.toString('utf8', 4, start)) as ShippedIndex;
  const modules = new Map<string, ShippedModuleOf>();
  return {
    module(name) {
      const known = modules.get(name);
      const place = Object.hasOwn(index, name) ? index[name] : undefined;
      if (known || !place) return known;
      const [offset, length] = place;
      const block = brotliDecompressSync(bytes.subarray(start + offset, start + offset + length));
      const read = JSON.parse(block.toString('utf8')) as ShippedModule;
      const made = { ...read, names: declarations(read.names, name, reading) };
      modules.set(name, made);
      return made;
    },
    below(name) {
      const prefix = `${name}.`;
      return Object.keys(index)
        .filter((each) => each.startsWith(prefix) && !each.includes('.', prefix.length))
        .map((each) => each.slice(prefix.length));
    },
  };
}

const declarations = (
  names: ShippedModule['names'],
  module: string,
  reading: Reading,
): ReadonlyMap<string, readonly Declaration[]> =>
  new Map(
    Object.entries(names).map(([name, list]) => [
      name,
      list.map((one) => declaration(name, one, module, reading)),
    ]),
  );

function declaration(
  name: string,
  [kind, modifiers, parameters, type, bases, members]: ShippedDeclaration,
  module: string,
  reading: Reading,
): Declaration {
  const { rules, outgrown } = reading;
  const made: Declaration = {
    name,
    kind,
    get signature() {
      return signature(name, kind, parameters || bases || [], type || '', rules);
    },
    modifiers: modifiers === '' ? [] : modifiers.split(' '),
    module,
    ...(parameters && !outgrown && { parameters: parameters.map(parameter) }),
    ...(type && { type }),
    ...(bases && { bases }),
  };
  if (members) {
    setOwnMembers(made, () => {
      const byName = declarations(members, module, reading);
      // The root answers for every name, and says so only for that.
      const isRoot = name === rules.rootType;
      return {
        byName,
        complete: isRoot || !(outgrown || rules.dynamicMembers.some((each) => byName.has(each))),
      };
    });
  }
  return made;
}

function parameter(written: string): Parameter {
  const optional = written[1] === '?';
  const rest = written.slice(optional ? 2 : 1);
  const colon = rest.indexOf(':');
  return {
    name: colon < 0 ? rest : rest.slice(0, colon),
    kind: parameterKinds[written[0]!]!,
    optional,
    ...(colon >= 0 && { type: rest.slice(colon + 1) }),
  };
}

const marks: Readonly<Record<string, string>> = { r: '*', s: '**' };

function signature(
  name: string,
  kind: Declaration['kind'],
  parts: readonly string[],
  type: string,
  { signatures }: TypeRules,
): string {
  if (kind === 'class' || kind === 'interface' || kind === 'enum') {
    return signatures.class.replace('{name}', name).replace('{parameters}', parts.join(', '));
  }
  const isCallable = kind === 'function' || kind === 'method' || kind === 'constructor';
  const parameters = parts.map((one) => {
    const optional = one[1] === '?';
    const text = one.slice(optional ? 2 : 1).replace(':', ': ');
    return (marks[one[0]!] ?? '') + text + (optional ? ' = ...' : '');
  });
  return (isCallable ? signatures.function : signatures.value)
    .replace('{name}', name)
    .replace('{parameters}', () => parameters.join(', '))
    .replace('{type}', () => type || 'Any');
}
