// The queries of a language: which files there are, and their compiled form, made when first asked for.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Grammar, TreeQuery } from './engine.ts';
import { lazy } from './lazy.ts';
import { patternsOf } from './query-patterns.ts';
import { withRoots } from './query-roots.ts';

export type QueryName =
  | 'symbols'
  | 'imports'
  | 'exports'
  | 'calls'
  | 'members'
  | 'assignments'
  | 'comments'
  | 'strings'
  | 'blocks'
  | 'scopes'
  | 'strict';

/**
 * Queries that are run as one, since going through a tree costs as much as what half of them look for on the way: what a
 * file says to others and which names it has; what its code does; and what only a place in it is asked for.
 */
const groups: readonly (readonly QueryName[])[] = [
  ['symbols', 'imports', 'exports', 'comments', 'scopes'],
  ['calls', 'members', 'assignments', 'strings', 'strict'],
  ['blocks'],
];

/** Several queries as one. */
export interface QueryGroup {
  readonly names: readonly QueryName[];
  /** @throws Error when one of them does not fit the grammar. */
  readonly query: () => TreeQuery;
  /** Of each pattern the query that it is from. */
  readonly origins: readonly QueryName[];
}

export interface Queries {
  /** The text of a query with what it inherits; `undefined` where the language's folder has no such file. */
  source(name: QueryName): string | undefined;
  /** The group that a query is run with. */
  groupOf(name: QueryName): QueryGroup;
}

/** @param grammars the folder of all languages. */
export function readQueries(grammars: string, languageId: string, grammar: Grammar): Queries {
  const made = new Map<QueryName, QueryGroup>();
  const sources = new Map<QueryName, string>();
  for (const names of groups) {
    for (const name of names) {
      const source = querySource(grammars, languageId, name);
      if (source !== undefined) sources.set(name, source);
    }
    const group = groupNamed(names, sources, join(grammars, languageId), grammar);
    for (const name of names) made.set(name, group);
  }
  return { source: (name) => sources.get(name), groupOf: (name) => made.get(name)! };
}

function groupNamed(
  names: readonly QueryName[],
  sources: ReadonlyMap<QueryName, string>,
  folder: string,
  grammar: Grammar,
): QueryGroup {
  const query = lazy(() => {
    try {
      return grammar.query(withRoots(names.map((name) => sources.get(name) ?? '').join('\n')));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${names.join('.scm, ')}.scm in ${folder}: ${reason}`, { cause: error });
    }
  });
  const origins = names.flatMap((name) => patternsOf(sources.get(name) ?? '').map(() => name));
  return { names, query, origins };
}

/** The text of a language's query with what it inherits; `undefined` where its folder has no such file. */
export function querySource(grammars: string, languageId: string, name: QueryName): string | undefined {
  const path = join(grammars, languageId, `${name}.scm`);
  return existsSync(path) ? readWithInherited(grammars, path) : undefined;
}

/** A line `; inherits: folder` stands for the file of the same name in that folder. */
const readWithInherited = (grammars: string, path: string): string =>
  readFileSync(path, 'utf8').replace(/^; inherits: (\S+)$/gm, (_, folder: string) =>
    readWithInherited(grammars, join(grammars, folder, basename(path))),
  );
