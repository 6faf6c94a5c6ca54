// Fills a team's index from a checkout, and keeps it up to date: only files whose content is another than the server knows
// are parsed and sent, and those that are gone are dropped.
import { relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Run } from '../../../core/run.ts';
import type { Syntax } from '../../syntax/index.ts';
import { createDisk } from '../disk.ts';
import { createBounds } from '../ignore.ts';
import { contentHash, extract } from '../index/extract.ts';
import type { FileRecord } from '../index/record.ts';
import { lastName } from '../index/write-segment.ts';
import { readSource } from '../read.ts';
import { walk } from '../walk.ts';
import { type Checkout, checkoutAt, type IndexAddress } from './address.ts';
import { type Connection, connect } from './connection.ts';
import { batchFiles, fillMs } from './limits.ts';
import { createTables, lexeme, schemaName, tables } from './schema.ts';

export interface Filled {
  readonly project: string;
  /** Files that the index now has of the folder. */
  readonly files: number;
  readonly sent: number;
  readonly dropped: number;
}

const known = z.array(z.object({ path: z.string(), hash: z.string() }));
const locked = z.array(z.object({ locked: z.boolean() }));

/**
 * Of the folder's project, what lies outside of the folder stays as it is.
 * @param exclude globs of `privacy.exclude`; what they name, and what git ignores, is not sent.
 * @param name of a project that has no origin to be named by.
 * @throws Error for the user: no server, no right to write, no name or one too many, or another one is filling the same
 *   project.
 */
export async function fillIndex(
  run: Run,
  address: IndexAddress,
  folder: string,
  exclude: readonly string[],
  syntax: Syntax,
  name?: string,
): Promise<Filled> {
  const checkout = named(await checkoutAt(run, folder), folder, name);
  const connection = await connect(address, fillMs);
  try {
    await connection.query(createTables);
    let filled: Filled | undefined;
    await alone(connection, checkout.project, async () => {
      filled = await update(run, connection, checkout, folder, exclude, syntax);
    });
    return filled!;
  } finally {
    await connection.close();
  }
}

/** Two folders of the same name may have nothing to do with each other: the second would throw out what the first has sent. */
function named(checkout: Checkout, folder: string, name: string | undefined): Checkout {
  const { project, hasOrigin } = checkout;
  if (hasOrigin && name !== undefined) {
    throw new Error(`a name is for what has no origin in git; this project is called ${project}`);
  }
  if (!hasOrigin && name === undefined) {
    throw new Error(
      `${folder} has no remote named origin in git, by which the checkouts of a project are told from others. Name it by --name; those who read it look for the name of their folder, so mostly that is --name ${project}`,
    );
  }
  return name === undefined ? checkout : { ...checkout, project: name };
}

/** Two that fill the same project at once would undo one another's work. The lock goes with the connection. */
async function alone(connection: Connection, project: string, work: () => Promise<void>): Promise<void> {
  await connection.transaction(async (query) => {
    const rows = locked.parse(
      await query('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS locked', [`vouch ${project}`]),
    );
    if (rows[0]?.locked !== true) throw new Error(`another process is filling the index of ${project} now`);
    await work();
  });
}

async function update(
  run: Run,
  connection: Connection,
  { project, within }: Checkout,
  folder: string,
  exclude: readonly string[],
  syntax: Syntax,
): Promise<Filled> {
  const rows = known.parse(
    await connection.query(
      `SELECT path, hash FROM ${schemaName}.file WHERE project = $1 AND starts_with(path, $2)`,
      [project, within],
    ),
  );
  const gone = new Map(rows.map(({ path, hash }) => [path, hash]));
  const options = {
    disk: createDisk(),
    bounds: createBounds(folder, exclude),
    accepts: (path: string) => syntax.languageFor(path) !== undefined,
    probe: false,
  };
  let files = 0;
  let sent = 0;
  let batch: FileRecord[] = [];
  const send = async (): Promise<void> => {
    const records = batch;
    batch = [];
    if (records.length > 0) await connection.transaction((query) => write(query, project, records));
    sent += records.length;
    run.report({ message: `${files} files looked at, ${sent} sent` });
  };
  for (const absolute of walk(folder, options)) {
    run.signal.throwIfAborted();
    const path = within + relative(folder, absolute).split(sep).join('/');
    const read = await recordOf(absolute, path, gone.get(path), syntax);
    if (read === undefined) continue;
    files++;
    gone.delete(path);
    if (read !== 'unchanged' && batch.push(read) >= batchFiles) await send();
    await nextTurn();
  }
  await send();
  await connection.query(`DELETE FROM ${schemaName}.file WHERE project = $1 AND path = ANY($2)`, [
    project,
    [...gone.keys()],
  ]);
  // The planner's statistics are as old as the tables, and these were empty a moment ago.
  if (sent > 0) for (const table of tables) await connection.query(`ANALYZE ${schemaName}.${table}`);
  return { project, files, sent, dropped: gone.size };
}

async function recordOf(
  absolute: string,
  path: string,
  hash: string | undefined,
  syntax: Syntax,
): Promise<FileRecord | 'unchanged' | undefined> {
  const source = readSource(absolute);
  const language = syntax.languageFor(absolute);
  if ('skipped' in source || !language) return undefined;
  if (hash !== undefined && contentHash(source.text) === hash) return 'unchanged';
  if (!(await syntax.load(language.id))) return undefined;
  const outline = syntax.outline(language.id, source.text);
  const request = { path, languageId: language.id, size: source.text.length, modified: 0 };
  return outline && extract(request, language, source.text, outline, []);
}

/** PostgreSQL's texts cannot hold the NUL character. */
const clean = (text: string): string => text.replaceAll('\0', '');

async function write(
  query: Connection['query'],
  project: string,
  records: readonly FileRecord[],
): Promise<void> {
  const json = (rows: readonly unknown[]): string => JSON.stringify(rows);
  await query(`DELETE FROM ${schemaName}.file WHERE project = $1 AND path = ANY($2)`, [
    project,
    records.map(({ path }) => path),
  ]);
  await query(
    `INSERT INTO ${schemaName}.file SELECT $1, * FROM jsonb_to_recordset($2) AS r(path text, language text, hash text, bytes integer)`,
    [
      project,
      json(
        records.map(({ path, languageId, hash, size }) => ({
          path,
          language: languageId,
          hash,
          bytes: size,
        })),
      ),
    ],
  );
  await query(
    `INSERT INTO ${schemaName}.symbol SELECT $1, path, number, name, kind, first, last, signature, doc,
       ARRAY(SELECT jsonb_array_elements_text(containers)), test,
       array_to_tsvector(string_to_array(words, ' '))
     FROM jsonb_to_recordset($2) AS r(path text, number integer, name text, kind text, first integer, last integer,
       signature text, doc text, containers jsonb, test boolean, words text)`,
    [project, json(records.flatMap(symbolRows))],
  );
  await query(
    `INSERT INTO ${schemaName}.call SELECT $1, * FROM jsonb_to_recordset($2) AS r(path text, name text, first integer, inside integer)`,
    [project, json(records.flatMap(callRows))],
  );
  await query(
    `INSERT INTO ${schemaName}.import SELECT $1, path, module, ARRAY(SELECT jsonb_array_elements_text(names)),
       ARRAY(SELECT jsonb_array_elements_text(keys))
     FROM jsonb_to_recordset($2) AS r(path text, module text, names jsonb, keys jsonb)`,
    [project, json(records.flatMap(importRows))],
  );
}

const symbolRows = ({ path, symbols }: FileRecord): readonly unknown[] =>
  symbols.map(({ name, kind, start, end, signature, doc, test, words, container }, number) => ({
    path,
    number,
    name: clean(name),
    kind,
    first: start,
    last: end,
    signature: clean(signature),
    doc: clean(doc),
    containers: containersOf(symbols, container),
    test,
    words: Array.from(words, lexeme).join(' '),
  }));

function containersOf(symbols: FileRecord['symbols'], container: number): string[] {
  const names: string[] = [];
  for (let at = container; at >= 0; at = symbols[at]!.container) names.unshift(clean(symbols[at]!.name));
  return names;
}

const callRows = ({ path, calls, symbols }: FileRecord): readonly unknown[] =>
  calls.map(({ name, start }) => {
    const inside = symbols.findLastIndex((one) => one.start <= start && start < one.end);
    return { path, name: clean(name), first: start, inside: inside < 0 ? null : inside };
  });

const importRows = ({ path, imports }: FileRecord): readonly unknown[] =>
  imports.map(({ module, names }) => ({
    path,
    module: clean(module),
    names: names.map(clean),
    keys: [...new Set([lastName(module), ...names])].map(clean),
  }));
