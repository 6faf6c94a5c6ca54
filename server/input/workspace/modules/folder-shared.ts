// What the files of one folder share where a folder is a package: all that any of them declares at its top level. Read from
// their texts by a quick look, and rather too many names than too few.
import { dirname, join, sep } from 'node:path';
import type { FileFacts, ImportFact } from '../../../core/facts.ts';
import type { SharedNames } from '../../../core/project.ts';
import { rememberByText } from './remember.ts';
import type { Neighbours, ParsedText, Surroundings } from './scheme.ts';

/** Texts of which the declared names are kept: the files of some large packages. */
const maxRemembered = 4000;

interface Declared {
  /** The package that the file says it belongs to. */
  readonly package: string | undefined;
  readonly names: readonly string[];
  /** Whether it tells of files that a tool makes. */
  readonly generates: boolean;
  readonly generated: boolean;
}

const blockComment = /\/\*[\s\S]*?\*\//g;
const packageClause = /^\s*package\s+([\p{L}_][\p{L}\p{N}_]*)/mu;
const single = /^\s*(?:func|type|var|const)\s+([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)/gmu;
/** A group ends with the first bracket that stands at the beginning of a line, or on its own line; else with the text. */
const group = /^(?:type|var|const)\s*\(([^\n]*\)|[\s\S]*?(?:^\)|$(?![\s\S])))/gm;
const inGroup = /(?:^|[(;])\s*([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)/gmu;

const declaredIn = rememberByText(maxRemembered, (text): Declared => {
  const lists = [...text.matchAll(single)].map((match) => match[1]!);
  for (const [whole] of text.matchAll(group)) {
    lists.push(...[...whole.matchAll(inGroup)].map((match) => match[1]!));
  }
  return {
    package: packageClause.exec(text.replace(blockComment, ''))?.[1],
    names: lists.flatMap((list) => list.split(/\s*,\s*/)),
    generates: /^\/\/go:generate\b/m.test(text),
    generated: /^\/\/ Code generated .* DO NOT EDIT\.$/m.test(text),
  };
});

/** @param folderOf the folder of the workspace that a module's name means, if any. */
export function sharedInFolder(
  at: Surroundings,
  file: ParsedText,
  near: Neighbours,
  folderOf: (module: string) => string | undefined,
): SharedNames {
  const names = new Set<string>();
  const addAll = (more: Iterable<string>): void => {
    for (const name of more) names.add(name);
  };
  const own = declaredIn(at.fromPath, file.text);
  const around = declaredAround(at, dirname(at.fromPath), near);
  const fellows = around.all.filter((other) => other.package === own.package);
  for (const fellow of fellows) addAll(fellow.names);
  // What cannot be read, and what a tool has not made yet, may declare anything.
  const unmade =
    [own, ...fellows].some(({ generates }) => generates) && !fellows.some(({ generated }) => generated);
  let whole = around.whole && !unmade && !isUnbuilt(at);

  for (const { module } of file.facts.imports.filter(({ wildcard }) => wildcard)) {
    const folder = folderOf(module);
    const taken = folder === undefined ? undefined : declaredAround(at, folder, near);
    if (!taken?.whole || taken.all.length === 0) whole = false;
    for (const declared of taken?.all ?? []) addAll(declared.names);
  }
  let hidden = false;
  for (const one of file.facts.imports) {
    if (one.namespace === undefined) continue;
    names.add(one.namespace);
    const known = packageName(at, near, one.module, folderOf);
    if (known !== undefined) names.add(known);
    else if (!isWritten(one, file.text) && !isUsed(one.namespace, file.facts)) hidden = true;
  }
  return {
    names,
    look({ name, span }) {
      if (names.has(name)) return 'bound';
      if (!whole) return 'unknown';
      return hidden && /^\s*\./.test(file.text.slice(span.end, span.end + 20)) ? 'unknown' : 'unbound';
    },
  };
}

const isUnbuilt = ({ fromPath, rules }: Surroundings): boolean =>
  fromPath.split(sep).some((part) => rules.unbuilt?.includes(part));

const sourcesIn = ({ disk, rules, fromPath }: Surroundings, folder: string): string[] =>
  [...(disk.entries(folder) ?? [])].flatMap(([name]) =>
    rules.extensions.some((extension) => name.endsWith(extension)) &&
    join(folder, name) !== fromPath &&
    // Those that begin so are left out by the language's own tools.
    !/^[._]/.test(name)
      ? [join(folder, name)]
      : [],
  );

/** What the files of a folder declare; not `whole` where one of them cannot be read. */
function declaredAround(
  at: Surroundings,
  folder: string,
  near: Neighbours,
): { readonly all: readonly Declared[]; readonly whole: boolean } {
  const all: Declared[] = [];
  let whole = true;
  for (const path of sourcesIn(at, folder)) {
    const text = near.text(path);
    if (text === undefined) whole = false;
    else all.push(declaredIn(path, text));
  }
  return { all, whole };
}

/** The name of a package whose files, or whose standing as a standard one, tell it. */
function packageName(
  at: Surroundings,
  near: Neighbours,
  module: string,
  folderOf: (module: string) => string | undefined,
): string | undefined {
  if (at.rules.standard?.includes(module)) return module.split('/').findLast((part) => !/^v\d+$/.test(part));
  const folder = folderOf(module);
  if (folder === undefined) return undefined;
  const clauses = declaredAround(at, folder, near).all.map((declared) => declared.package);
  return clauses.find((name) => name !== undefined && name !== 'main' && !name.endsWith('_test'));
}

/** Whether the import itself says what name it gives, rather than its path. */
const isWritten = ({ span, moduleSpan, namespace }: ImportFact, text: string): boolean =>
  text.slice(span.start, moduleSpan.start).includes(namespace!);

/** An import that is not used is an error, so that a name which is used must be that of the import. */
const isUsed = (name: string, { references }: FileFacts): boolean =>
  references.some((reference) => reference.name === name);
