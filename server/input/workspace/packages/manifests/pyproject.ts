// pyproject.toml and Pipfile: the standard's lists (PEP 621, PEP 735), the tables of tools that have their own, and where a
// new dependency goes.
import type { Edit } from '../../../../core/span.ts';
import type { Dependency } from '../ecosystem.ts';
import { readRequirement } from './requirement.ts';
import { readToml, table, text, texts, under } from './text.ts';

export interface ReadManifest {
  readonly dependencies: readonly Dependency[];
  /** Names of lists that code fills in as the package is built. */
  readonly dynamic: boolean;
  /** The package's own name. */
  readonly name?: string;
  /** Whether it has a list of dependencies at all. */
  readonly lists: boolean;
}

/** `undefined` for a file with syntax errors. */
export function readPyproject(source: string): ReadManifest | undefined {
  const parsed = readToml(source);
  if (!parsed) return undefined;
  const root = parsed.value;
  const project = table(under(root, 'project'));
  const poetry = table(under(root, 'tool', 'poetry'));
  const written = [
    ...texts(project.dependencies),
    ...lists(project['optional-dependencies']),
    ...lists(under(root, 'dependency-groups')),
    ...texts(under(root, 'build-system', 'requires')),
    ...texts(under(root, 'tool', 'uv', 'dev-dependencies')),
    ...lists(under(root, 'tool', 'pdm', 'dev-dependencies')),
    ...Object.values(table(under(root, 'tool', 'hatch', 'envs'))).flatMap((env) => [
      ...texts(table(env).dependencies),
      ...texts(table(env)['extra-dependencies']),
    ]),
  ].flatMap((each) => readRequirement(each) ?? []);
  const tables = [
    poetry.dependencies,
    poetry['dev-dependencies'],
    ...Object.values(table(poetry.group)).map((group) => table(group).dependencies),
    under(root, 'tool', 'pixi', 'dependencies'),
    under(root, 'tool', 'pixi', 'pypi-dependencies'),
  ].flatMap((each) => fromTable(each));
  const name = text(project.name) ?? text(poetry.name);
  return {
    dependencies: [...written, ...tables],
    dynamic: texts(project.dynamic).some((each) => each.endsWith('dependencies')),
    lists:
      project.dependencies !== undefined || poetry.dependencies !== undefined || project.name !== undefined,
    ...(name !== undefined && { name }),
  };
}

/** `undefined` for a file with syntax errors. */
export function readPipfile(source: string): readonly Dependency[] | undefined {
  const parsed = readToml(source);
  return parsed && ['packages', 'dev-packages'].flatMap((key) => fromTable(under(parsed.value, key)));
}

/** Names and versions of `[[package]]`, as uv, poetry and pdm lock them. */
export function readLock(source: string): readonly Dependency[] {
  const packages = under(readToml(source)?.value, 'package');
  return (Array.isArray(packages) ? packages : []).flatMap((each): Dependency[] => {
    const { name, version } = table(each);
    return typeof name === 'string' ? [{ name, ...(typeof version === 'string' && { version }) }] : [];
  });
}

const lists = (value: unknown): string[] => Object.values(table(value)).flatMap(texts);

const fromTable = (value: unknown): Dependency[] =>
  Object.entries(table(value)).map(([name, range]) => {
    const version = text(range) ?? text(table(range).version);
    return { name, ...(version !== undefined && version !== '*' && { version }) };
  });

/** The edit that declares `requirement` (as PEP 508 has it), or `name = range` where the file is a tool's table. */
export function declareInPyproject(source: string, name: string, version?: string): Edit | undefined {
  const array = /^\[project\][^[]*?^dependencies\s*=\s*\[/ms.exec(source);
  if (array) return insertIntoArray(source, array.index + array[0].length, requirementFor(name, version));
  const poetry = /^\[tool\.poetry\.dependencies\][^\n]*\n/m.exec(source);
  if (poetry) {
    const end = endOfTable(source, poetry.index + poetry[0].length);
    return insertion(
      end,
      `${lineBefore(source, end)}${name} = "${version === undefined ? '*' : `^${version}`}"\n`,
    );
  }
  const project = /^\[project\][^\n]*\n/m.exec(source);
  if (!project || /^dependencies\b/m.test(source)) return undefined;
  const end = endOfTable(source, project.index + project[0].length);
  return insertion(end, `${lineBefore(source, end)}dependencies = ["${requirementFor(name, version)}"]\n`);
}

export const requirementFor = (name: string, version?: string): string =>
  version === undefined ? name : `${name}>=${version}`;

/** Puts a string behind the last element of an array that begins before `at`, on a line of its own where those are. */
function insertIntoArray(source: string, at: number, value: string): Edit | undefined {
  const end = endOfArray(source, at);
  if (end === undefined) return undefined;
  const inside = source.slice(at, end);
  const quote = inside.includes("'") && !inside.includes('"') ? "'" : '"';
  const written = `${quote}${value}${quote}`;
  const last = lastElementEnd(source, at, end);
  if (last === undefined) return insertion(at, written);
  const comma = /^\s*,/.exec(source.slice(last, end));
  if (!inside.includes('\n')) {
    return insertion(last, `, ${written}`);
  }
  const indent = /\n([ \t]*)["']/.exec(inside)?.[1] ?? '    ';
  return comma
    ? insertion(last + comma[0].length, `\n${indent}${written},`)
    : insertion(last, `,\n${indent}${written}`);
}

/** The closing bracket; brackets in strings and comments do not count. */
function endOfArray(source: string, at: number): number | undefined {
  for (const found of source.slice(at).matchAll(/"[^"\n]*"|'[^'\n]*'|#[^\n]*|\]/g)) {
    if (found[0] === ']') return at + found.index;
  }
  return undefined;
}

function lastElementEnd(source: string, at: number, end: number): number | undefined {
  let last: number | undefined;
  for (const found of source.slice(at, end).matchAll(/"[^"\n]*"|'[^'\n]*'|#[^\n]*/g)) {
    if (!found[0].startsWith('#')) last = at + found.index + found[0].length;
  }
  return last;
}

/** Behind the last line of a table that says something. */
export function endOfTable(source: string, at: number): number {
  const next = /^\[/m.exec(source.slice(at));
  const end = next ? at + next.index : source.length;
  return (
    at +
    source.slice(at, end).trimEnd().length +
    (source.slice(at, end).trim() === '' ? 0 : lineBreak(source, at, end))
  );
}

const lineBreak = (source: string, at: number, end: number): number =>
  /^\r?\n/.exec(source.slice(at + source.slice(at, end).trimEnd().length))?.[0].length ?? 0;

/** A line break, where the text before an insertion does not end with one. */
export const lineBefore = (source: string, at: number): string =>
  at === 0 || source[at - 1] === '\n' ? '' : '\n';

export const insertion = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });
