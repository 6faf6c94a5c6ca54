// The queries of a language: which files there are, and their compiled form, made when first asked for.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grammar, TreeQuery } from './engine.ts';

export const queryNames = ['symbols', 'imports', 'calls', 'comments', 'strings', 'blocks', 'scopes'] as const;
export type QueryName = (typeof queryNames)[number];

/** A query of the language, or `undefined` where its folder has no such file. */
export type Queries = (name: QueryName) => TreeQuery | undefined;

/**
 * @param folder the language's folder.
 * @returns a function that throws when the query does not compile, naming the file.
 */
export function readQueries(folder: string, grammar: Grammar): Queries {
  const compiled = new Map<QueryName, TreeQuery | undefined>();
  return (name) => {
    if (!compiled.has(name)) compiled.set(name, compile(join(folder, `${name}.scm`), grammar));
    return compiled.get(name);
  };
}

function compile(path: string, grammar: Grammar): TreeQuery | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return grammar.query(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
