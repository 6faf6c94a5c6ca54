// What is known of generated code, kept over restarts: one small file a piece, named by the file it stands in and its
// digest. The code itself is not kept.
import { mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { severities } from '../../core/finding.ts';
import type { Span } from '../../core/span.ts';
import type { Evidence } from '../../core/task.ts';
import { stateFolder } from '../../input/settings/index.ts';
import { findImprint, type Imprint, imprintOf, sha256 } from './imprint.ts';

export { sha256 } from './imprint.ts';

const checkName = z.templateLiteral([z.string(), '/', z.string()]);
const span = z.object({ start: z.number(), end: z.number() });

const evidenceSchema = z.object({
  verdict: z.enum(['vouched', 'checked', 'doubtful']),
  checks: z.array(
    z.object({
      name: z.string(),
      outcome: z.enum(['passed', 'failed', 'not-run']),
      note: z.optional(z.string()),
      tool: z.optional(z.string()),
    }),
  ),
  findings: z.array(
    z.object({
      check: checkName,
      severity: z.enum(severities),
      path: z.string(),
      span,
      message: z.string(),
    }),
  ),
  model: z.string(),
  usage: z.optional(z.object({ inputTokens: z.number(), outputTokens: z.number() })),
  repairs: z.number(),
  samples: z.optional(z.number()),
  reasons: z.optional(z.array(z.string())),
  milliseconds: z.number(),
});

const recordSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /** When it was checked last, in milliseconds since 1970. */
  at: z.number(),
  imprint: z.object({
    digest: z.string(),
    firstLength: z.number(),
    lines: z.number(),
    // Records of earlier versions have none.
    line: z._default(z.number(), 0),
  }),
  /** The user has looked at it and keeps it. */
  accepted: z.boolean(),
  evidence: evidenceSchema,
});

export type EvidenceRecord = Omit<z.infer<typeof recordSchema>, 'evidence'> & {
  readonly imprint: Imprint;
  readonly evidence: Evidence;
};

/** Records of one file: generated code that was rewritten long ago makes room for the newest. */
const maximumKept = 200;

const folderOf = async (path: string): Promise<string> =>
  join(stateFolder(process.env), 'evidence', sha256(await placeOf(path)).slice(0, 32));

/** One name for a file, by whichever links the editor and git come to it; of a file that is not there yet, its folder's. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const folder = dirname(path);
    return folder === path ? path : join(await placeOf(folder), basename(path));
  }
}

/**
 * Keeps what is known of the code at a place. Code that is a part of its lines is not kept: it cannot be found again.
 * @param accepted whether the user has looked at it: it was not checked then, so that the time of that stays.
 * @throws the file system's error when the state folder cannot be written.
 */
export async function keepEvidence(
  path: string,
  text: string,
  where: Span,
  evidence: Evidence,
  accepted: boolean,
): Promise<void> {
  const imprint = imprintOf(text, where);
  if (!imprint || path === '') return;
  const folder = await folderOf(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const findings = evidence.findings.map(({ fixes: _, related: __, ...finding }) => finding);
  const file = join(folder, `${imprint.digest.slice(0, 32)}.json`);
  const known = accepted ? await readRecord(file) : undefined;
  const record = {
    path,
    at: known?.at ?? Date.now(),
    imprint,
    accepted,
    evidence: { ...evidence, findings },
  };
  await writeFileAtomic(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  await dropOldest(folder);
}

async function dropOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= maximumKept) return;
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      // Another process may have dropped it since the folder was listed.
      at: await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
  const old = aged.sort((a, b) => b.at - a.at).slice(maximumKept);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** Records of code that stands in a text, each with its place. A record that is none is passed over. */
export async function evidenceIn(
  path: string,
  text: string,
): Promise<readonly { readonly span: Span; readonly record: EvidenceRecord }[]> {
  const folder = await folderOf(path);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const records = await Promise.all(names.map((name) => readRecord(join(folder, name))));
  return records.flatMap((record) => {
    const found = record && findImprint(text, record.imprint);
    return record && found ? [{ span: found, record }] : [];
  });
}

async function readRecord(path: string): Promise<EvidenceRecord | undefined> {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.success) return undefined;
    const { evidence, ...record } = parsed.data;
    const findings = evidence.findings.map((finding) => ({ ...finding, fixes: [] }));
    return { ...record, evidence: { ...evidence, findings } as Evidence };
  } catch (error) {
    // Dropped by another process since the folder was listed, or damaged.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
