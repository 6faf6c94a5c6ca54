// The queries of a language: which files there are, and their compiled form, made when first asked for.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Grammar, TreeQuery } from './engine.ts';
import { withRoots } from './query-roots.ts';

export const queryNames = [
  'symbols',
  'imports',
  'exports',
  'calls',
  'members',
  'assignments',
  'comments',
  'strings',
  'blocks',
  'scopes',
  'strict',
] as const;
export type QueryName = (typeof queryNames)[number];

/** Gives a query of the language, or `undefined` where its folder has no such file. */
export type Queries = (name: QueryName) => TreeQuery | undefined;

/**
 * @param grammars the folder of all languages.
 * @returns a function that throws when the query does not compile, naming the file.
 */
export function readQueries(grammars: string, languageId: string, grammar: Grammar): Queries {
  const compiled = new Map<QueryName, TreeQuery | undefined>();
  return (name) => {
    if (!compiled.has(name)) compiled.set(name, compile(grammars, languageId, name, grammar));
    return compiled.get(name);
  };
}

/** The text of a language's query with what it inherits; `undefined` where its folder has no such file. */
export function querySource(grammars: string, languageId: string, name: QueryName): string | undefined {
  const path = join(grammars, languageId, `${name}.scm`);
  return existsSync(path) ? readWithInherited(grammars, path) : undefined;
}

function compile(
  grammars: string,
  languageId: string,
  name: QueryName,
  grammar: Grammar,
): TreeQuery | undefined {
  const path = join(grammars, languageId, `${name}.scm`);
  if (!existsSync(path)) return undefined;
  try {
    return grammar.query(withRoots(readWithInherited(grammars, path)));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A line `; inherits: folder` stands for the file of the same name in that folder. */
const readWithInherited = (grammars: string, path: string): string =>
  readFileSync(path, 'utf8').replace(/^; inherits: (\S+)$/gm, (_, folder: string) =>
    readWithInherited(grammars, join(grammars, folder, basename(path))),
  );
