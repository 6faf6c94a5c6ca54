// What the files of one folder share where a folder is a package: all that any of them declares at its top level. Read from
// their texts by a quick look, and rather too many names than too few.
import { basename, dirname, join, sep } from 'node:path';
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

const packageClause = /^\s*package\s+([\p{L}_][\p{L}\p{N}_]*)/mu;
const single = /^\s*(?:func|type|var|const)\s+([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)/gmu;
/** A group ends with the first bracket that stands at the beginning of a line, or on its own line. */
const group = /^(?:type|var|const)\s*\(([^\n]*\)|[\s\S]*?^\s?\))/gm;
const inGroup = /(?:^|[(;])\s*([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)/gmu;

const declaredIn = rememberByText(maxRemembered, (text): Declared => {
  const lists = [...text.matchAll(single)].map((match) => match[1]!);
  for (const [whole] of text.matchAll(group)) {
    lists.push(...[...whole.matchAll(inGroup)].map((match) => match[1]!));
  }
  return {
    package: packageClause.exec(text)?.[1],
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
  const own = declaredIn(at.fromPath, file.text);
  const names = new Set<string>();
  const around = sourcesIn(at, dirname(at.fromPath)).map((path) => readDeclared(path, near));
  // What cannot be read, and what a tool has not made yet, may declare anything.
  let whole = !around.includes(undefined) && !isUnbuilt(at);
  const fellows = around.filter(
    (other) => other !== undefined && other.package === own.package,
  ) as Declared[];
  for (const { names: theirs } of fellows) for (const name of theirs) names.add(name);
  if ([own, ...fellows].some(({ generates }) => generates) && !fellows.some(({ generated }) => generated)) {
    whole = false;
  }

  const unsure = new Set<ImportFact>();
  for (const one of file.facts.imports) {
    if (one.wildcard) {
      const folder = folderOf(one.module);
      const taken = folder === undefined ? [] : sourcesIn(at, folder).map((path) => readDeclared(path, near));
      if (taken.length === 0 || taken.includes(undefined)) whole = false;
      for (const declared of taken) for (const name of declared?.names ?? []) names.add(name);
    }
    if (one.namespace === undefined) continue;
    names.add(one.namespace);
    const known = packageName(at, near, one.module, folderOf);
    if (known !== undefined) names.add(known);
    else if (!isWritten(one, file.text) && !isUsed(one.namespace, file.facts)) unsure.add(one);
  }
  return {
    names,
    look({ name, span }) {
      if (names.has(name)) return 'bound';
      if (!whole) return 'unknown';
      return unsure.size > 0 && /^\s*\./.test(file.text.slice(span.end, span.end + 20))
        ? 'unknown'
        : 'unbound';
    },
  };
}

const isUnbuilt = ({ fromPath, rules }: Surroundings): boolean =>
  fromPath.split(sep).some((part) => rules.unbuilt?.includes(part));

const sourcesIn = ({ disk, rules, fromPath }: Surroundings, folder: string): string[] =>
  [...(disk.entries(folder) ?? [])].flatMap(([name]) =>
    rules.extensions.some((extension) => name.endsWith(extension)) &&
    name !== basename(fromPath) &&
    // Those that begin so are left out by the language's own tools.
    !/^[._]/.test(name)
      ? [join(folder, name)]
      : [],
  );

function readDeclared(path: string, near: Neighbours): Declared | undefined {
  const text = near.text(path);
  return text === undefined ? undefined : declaredIn(path, text);
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
  const files = sourcesIn(at, folder).map((path) => readDeclared(path, near)?.package);
  return files.find((name) => name !== undefined && name !== 'main' && !name.endsWith('_test'));
}

/** Whether the import itself says what name it gives, rather than its path. */
const isWritten = ({ span, moduleSpan, namespace }: ImportFact, text: string): boolean =>
  text.slice(span.start, moduleSpan.start).includes(namespace!);

/** An import that is not used is an error, so that a name which is used must be that of the import. */
const isUsed = (name: string, { references }: FileFacts): boolean =>
  references.some((reference) => reference.name === name);
