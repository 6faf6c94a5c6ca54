// Packages of compiled classes: what the runtimes' own tools (`jimage`, `javap`) print of each. Several runtimes count
// together, since code is written for either.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type {
  ShippedDeclaration,
  ShippedModule,
} from '../server/input/workspace/declarations/shipped-format.ts';

/** What server and command-line programs use. */
const wanted = /^java\.(?!awt|applet|beans|rmi)/;
const maxOutput = 1 << 29;
/** Names of classes that one command line holds. */
const perCall = 500;

type Members = Record<string, ShippedDeclaration[]>;

interface Class {
  readonly package: string;
  /** From the outermost: `Map`, `Entry`. */
  readonly path: readonly string[];
  kind: 'class' | 'interface' | 'enum';
  bases: string[];
  members: Members;
}

/** @param homes folders of installed runtimes, the newest last. */
export function addClasses(all: Map<string, ShippedModule>, homes: readonly string[]): void {
  const classes = new Map<string, Class>();
  const scopes = new Map<string, Record<string, string>>();
  for (const home of homes) {
    const names = listed(home);
    for (let at = 0; at < names.length; at += perCall) {
      const output = execFileSync(join(home, 'bin/javap'), ['-protected', ...names.slice(at, at + perCall)], {
        maxBuffer: maxOutput,
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString();
      for (const block of output.split(/^Compiled from .*\n/m)) read(block, classes, scopes);
    }
  }
  const ordered = [...classes.values()].sort((a, b) => b.path.length - a.path.length);
  for (const one of ordered) place(one, classes, all, scopes);
}

function listed(home: string): string[] {
  const output = execFileSync(join(home, 'bin/jimage'), ['list', join(home, 'lib/modules')], {
    maxBuffer: maxOutput,
  }).toString();
  return output.split('\n').flatMap((line) => {
    const name = /^\s+(\S+)\.class$/.exec(line)?.[1]?.replaceAll('/', '.');
    return name === undefined || !wanted.test(name) || /\$\d|-/.test(name) ? [] : [name];
  });
}

const header =
  /^((?:[\w-]+ )*)(class|interface) ([\w.$]+)(?:<.*?>)?(?: extends (.*?))?(?: implements (.*?))? \{$/;

function read(block: string, classes: Map<string, Class>, scopes: Map<string, Record<string, string>>): void {
  const [first = '', ...lines] = erased(block).split('\n');
  const [, modifiers = '', kind, name = '', parents = '', interfaces = ''] = header.exec(first.trim()) ?? [];
  if (kind === undefined || !/\bpublic\b|\bprotected\b/.test(modifiers)) return;
  const dot = name.lastIndexOf('.');
  const package_ = name.slice(0, dot);
  const path = name.slice(dot + 1).split('$');
  const scope = scopes.get(package_) ?? {};
  scopes.set(package_, scope);
  const short = (type: string): string => shortened(type, package_, scope);
  const bases = `${parents},${interfaces}`.split(',').filter((each) => each.trim() !== '');
  const known = classes.get(name) ?? {
    ...{ package: package_, path, members: {}, bases: [] },
    kind: bases.some((each) => each.trim() === 'java.lang.Enum') ? 'enum' : (kind as Class['kind']),
  };
  classes.set(name, known);
  known.bases = [...new Set([...known.bases, ...bases.map((each) => short(each.trim()))])];
  for (const line of lines) addMember(known.members, line.trim(), name, short);
}

function addMember(members: Members, line: string, owner: string, short: (type: string) => string): void {
  const words =
    'public|protected|abstract|static|final|synchronized|native|default|transient|volatile|strictfp';
  const [, mods = '', type, name, list] =
    new RegExp(`^((?:(?:${words}) )*)(?:(\\S+) )?([\\w.$]+)(?:\\((.*?)\\))?(?: throws .*)?;$`).exec(line) ??
    [];
  if (name === undefined || (type === undefined && list === undefined)) return;
  const modifiers = mods.trim();
  const isConstructor = name === owner;
  const own = isConstructor
    ? owner.slice(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1)
    : name;
  const types = list === undefined || list === '' ? [] : list.split(/,\s*/);
  const parameters = types.map((each, index) => {
    const isRest = each.endsWith('...');
    return `${isRest ? 'r' : 'p'}${index + 1}:${short(each.replace('...', ''))}`;
  });
  const made: ShippedDeclaration =
    list === undefined
      ? ['field', modifiers, 0, short(type!), 0, 0]
      : [
          isConstructor ? 'constructor' : 'method',
          modifiers,
          parameters,
          isConstructor ? 0 : short(type!),
          0,
          0,
        ];
  const known = Object.hasOwn(members, own) ? members[own]! : [];
  if (!known.some((each) => JSON.stringify(each) === JSON.stringify(made))) members[own] = [...known, made];
}

/** Without type arguments and parameters. */
function erased(text: string): string {
  let plain = text;
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(/<[^<>]*>/g, '');
  }
  return plain.replace(/ {2,}(?=\S+ \w+\()/g, ' ').replace(/\b(static|default|abstract|final) {2,}/g, '$1 ');
}

/** The type's own name, which the package's scope leads to. */
function shortened(type: string, package_: string, scope: Record<string, string>): string {
  const [, from, path = '', mark = ''] = /^((?:[a-z]\w*\.)+)([\w$]+)((?:\[\])*)$/.exec(type) ?? [];
  if (from === undefined) return type;
  const name = path.split('$')[0]!;
  if (from !== `${package_}.`) scope[name] = `${from.slice(0, -1)} ${name}`;
  return path.replaceAll('$', '.') + mark;
}

function place(
  { package: package_, path, kind, bases, members }: Class,
  classes: ReadonlyMap<string, Class>,
  all: Map<string, ShippedModule>,
  scopes: ReadonlyMap<string, Record<string, string>>,
): void {
  const declaration: ShippedDeclaration = [kind, 'public', 0, 0, bases, members];
  const name = path.at(-1)!;
  if (path.length > 1) {
    const around = classes.get(`${package_}.${path.slice(0, -1).join('$')}`);
    if (around) around.members[name] = [...(around.members[name] ?? []), declaration];
    return;
  }
  const module = all.get(package_) ?? {
    ...{ names: {}, exports: {}, wildcards: [] },
    scope: scopes.get(package_) ?? {},
    open: 0,
  };
  all.set(package_, { ...module, names: { ...module.names, [name]: [declaration] } });
}
