// What left the machine last: for each of the last requests to a model whose text was in it and where it went, never the
// text itself. One small file a request, so that several processes write at the same time without a lock.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { type Environment, stateFolder } from './paths.ts';

const schema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  endpoint: z.string(),
  role: z.string(),
  model: z.string(),
  /** Relative to the workspace folder, as the request names them. */
  files: z.array(z.string()),
  /** Of the prompt, as vouch counts them; a model's own count differs by a few per cent. */
  tokens: z.number(),
  /** Kind of secret to the number of times that a placeholder stood for one. */
  redactions: z.record(z.string(), z.number()),
});

export type SentRequest = z.infer<typeof schema>;

/** Requests that are kept: some minutes of completions, or a day of tasks. */
export const maximumKept = 50;

/** Files named of one request: prompts have fewer, and a record must stay small. */
const maximumFiles = 60;

const folderOf = (environment: Environment): string => join(stateFolder(environment), 'sent');

const recordName = /^(\d{13,})-[\da-f]+\.json$/;

/** Names in the order of time. */
async function recordsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => recordName.test(name)).sort();
}

/**
 * Keeps a request, and drops those that are too many. Readable for nobody but the user.
 * @throws the file system's error when the state folder cannot be written.
 */
export async function keepSentRequest(
  request: SentRequest,
  environment: Environment = process.env,
): Promise<void> {
  const folder = folderOf(environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${String(request.at).padStart(13, '0')}-${randomBytes(6).toString('hex')}.json`;
  const record: SentRequest = { ...request, files: request.files.slice(0, maximumFiles) };
  await writeFileAtomic(join(folder, name), `${JSON.stringify(record)}\n`, { mode: 0o600 });
  const names = await recordsIn(folder);
  // Another process may have dropped the same ones already.
  await Promise.all(names.slice(0, -maximumKept).map((old) => rm(join(folder, old), { force: true })));
}

/** The last requests, newest first. A record that is not one is passed over: the folder is the user's to tidy. */
export async function readSentRequests(
  limit: number,
  environment: Environment = process.env,
): Promise<readonly SentRequest[]> {
  const folder = folderOf(environment);
  const names = (await recordsIn(folder)).reverse().slice(0, limit);
  const read = await Promise.all(names.map((name) => readRecord(join(folder, name))));
  return read.filter((one) => one !== undefined);
}

async function readRecord(path: string): Promise<SentRequest | undefined> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    // Dropped by another process since the folder was listed, or damaged.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
