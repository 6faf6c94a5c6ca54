// The questions of `WorkspaceIndex` in SQL, for one folder of a project in a team's index. Paths are relative to the folder, in
// questions and in answers, and what lies outside of it is not spoken of.
import * as z from 'zod/mini';
import type { SymbolKind } from '../../../core/facts.ts';
import { hashOf } from '../index/words.ts';
import type { Checkout } from './address.ts';
import type { Connection } from './connection.ts';
import { maximumRows } from './limits.ts';
import { lexeme, schemaName } from './schema.ts';

const symbolKinds = [
  'function', 'method', 'constructor', 'class', 'interface', 'type', 'enum', 'module', 'variable', 'constant', 'field',
] as const satisfies readonly SymbolKind[]; // biome-ignore format: a table

const symbolRow = z.object({
  path: z.string(),
  hash: z.string(),
  name: z.string(),
  kind: z.enum(symbolKinds),
  first: z.int(),
  last: z.int(),
  signature: z.string(),
  doc: z.string(),
  containers: z.array(z.string()),
});
export type SymbolRow = z.infer<typeof symbolRow>;

const callRow = z.object({ path: z.string(), hash: z.string(), at: z.int(), inside: z.nullable(z.int()) });

export interface CallRow {
  readonly path: string;
  readonly hash: string;
  readonly at: number;
  readonly inside?: SymbolRow;
}

const importRow = z.object({
  path: z.string(),
  hash: z.string(),
  language: z.string(),
  module: z.string(),
  names: z.array(z.string()),
});
export type ImportRow = z.infer<typeof importRow>;

/** Parameters $1 and $2 of every statement are the project and where the folder lies in it. */
const shown = (table: string): string => `substr(${table}.path, length($2) + 1) AS path`;
const inFolder = (table: string): string => `${table}.project = $1 AND starts_with(${table}.path, $2)`;

const columns = `${shown('s')}, f.hash, s.name, s.kind, s.first, s.last, s.signature, s.doc, s.containers`;
const symbols = `${schemaName}.symbol s JOIN ${schemaName}.file f USING (project, path)`;

/** What tests are compared with one another, and code with code. */
const compared = ['function', 'method', 'constructor', 'class', 'interface'];

export function questionsTo({ query }: Connection, { project, within }: Omit<Checkout, 'hasOrigin'>) {
  const symbolsOf = async (rest: string, values: readonly unknown[]): Promise<readonly SymbolRow[]> =>
    z
      .array(symbolRow)
      .parse(
        await query(`SELECT ${columns} FROM ${symbols} WHERE ${inFolder('s')} AND ${rest}`, [
          project,
          within,
          ...values,
        ]),
      );

  return {
    named: (name: string) => symbolsOf(`s.name = $3 ORDER BY s.path, s.number LIMIT ${maximumRows}`, [name]),
    inFile: (path: string) => symbolsOf('s.path = $2 || $3 ORDER BY s.number', [path]),
    async callers(name: string): Promise<readonly CallRow[]> {
      const rows = await query(
        `SELECT ${shown('c')}, f.hash, c.first AS at, c.inside, s.name, s.kind, s.first, s.last, s.signature, s.doc, s.containers
         FROM ${schemaName}.call c JOIN ${schemaName}.file f USING (project, path)
         LEFT JOIN ${schemaName}.symbol s ON s.project = c.project AND s.path = c.path AND s.number = c.inside
         WHERE ${inFolder('c')} AND c.name = $3 ORDER BY c.path, c.first LIMIT ${maximumRows}`,
        [project, within, name],
      );
      return rows.map((row): CallRow => {
        const { path, hash, at, inside } = callRow.parse(row);
        // Without a declaration around it, the columns of one are null.
        return { path, hash, at, ...(inside !== null && { inside: symbolRow.parse(row) }) };
      });
    },
    /** Imports by which a module of one of the names may be meant. */
    async importing(names: readonly string[]): Promise<readonly ImportRow[]> {
      const rows = await query(
        `SELECT ${shown('i')}, f.hash, f.language, i.module, i.names
         FROM ${schemaName}.import i JOIN ${schemaName}.file f USING (project, path)
         WHERE ${inFolder('i')} AND i.keys && $3 ORDER BY i.path LIMIT ${maximumRows}`,
        [project, within, names],
      );
      return z.array(importRow).parse(rows);
    },
    /** Full text: declarations with most of the words, long ones held against them. */
    similar(terms: readonly string[], inTests: boolean, limit: number): Promise<readonly SymbolRow[]> {
      const words = [...new Set(terms.map((term) => lexeme(hashOf(term.toLowerCase(), 'word'))))];
      if (words.length === 0) return Promise.resolve([]);
      const rest = `s.words @@ $3::tsquery AND s.kind = ANY($4) AND (s.test = false OR $5)
        ORDER BY ts_rank(s.words, $3::tsquery, 1) DESC, s.path, s.number LIMIT $6`;
      return symbolsOf(rest, [words.map((word) => `'${word}'`).join(' | '), compared, inTests, limit]);
    },
    testsOf: (name: string) =>
      symbolsOf(
        `s.test AND s.kind IN ('function', 'method') AND s.words @@ $3::tsquery ORDER BY s.path, s.number LIMIT ${maximumRows}`,
        [`'${lexeme(hashOf(name, 'name'))}'`],
      ),
    async counts(): Promise<{ files: number; symbols: number; bytes: number }> {
      const rows = await query(
        `SELECT (SELECT count(*) FROM ${schemaName}.file f WHERE ${inFolder('f')})::int AS files,
                (SELECT count(*) FROM ${schemaName}.symbol s WHERE ${inFolder('s')})::int AS symbols,
                (SELECT coalesce(sum(bytes), 0) FROM ${schemaName}.file f WHERE ${inFolder('f')})::float AS bytes`,
        [project, within],
      );
      return z.object({ files: z.number(), symbols: z.number(), bytes: z.number() }).parse(rows[0]);
    },
  };
}

export type ServerQuestions = ReturnType<typeof questionsTo>;
