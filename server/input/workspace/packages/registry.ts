// Asking a registry whether a package exists: only where the user has named one, only by name, in the background; the answer
// is there the next time someone asks.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import type { Run } from '../../../core/run.ts';
import { isFileSystemError } from '../disk.ts';

export type RegistryAnswer = 'exists' | 'absent';

export interface Registry {
  /** What is known of a name by now. An answer that is not known yet is fetched, and told by `answered` when it comes. */
  ask(ecosystem: string, name: string): RegistryAnswer | undefined;
  /** Waits until nothing is under way, or until the time is over. */
  settled(milliseconds: number): Promise<void>;
  dispose(): void;
}

export interface RegistryOptions {
  readonly log: Run['log'];
  /** Ecosystem to URL, with `{name}` where the package's name goes. Others are not asked. */
  readonly urls: Readonly<Record<string, string>>;
  /** File in which answers are kept; absent to keep them in memory only. */
  readonly cache?: string;
  /** Some answers have come: what was said without them may change. */
  readonly answered: () => void;
}

/** Milliseconds that one request may take: it only runs in the background, but no socket may stay open for ever. */
const requestTimeoutMs = 5000;
/** Requests at a time: a registry is shared by everybody. */
const maxAtOnce = 4;
/** Requests in a row that may fail before no more are made: the machine is offline, or the address is wrong. */
const maxFailures = 3;
/** Names asked for in one session: a generated file may import thousands. */
const maxNames = 500;
/** Milliseconds for which an answer is believed. A package may appear any day, and hardly ever goes. */
const trustMs = { exists: 30 * 24 * 3_600_000, absent: 24 * 3_600_000 } as const;

const cacheFile = z.record(z.string(), z.object({ answer: z.enum(['exists', 'absent']), at: z.number() }));
type Cache = z.infer<typeof cacheFile>;

export function createRegistry({ log, urls, cache, answered }: RegistryOptions): Registry {
  const known = new Map(Object.entries(cache === undefined ? {} : readCache(cache)));
  const waiting: { key: string; url: string }[] = [];
  const asked = new Set<string>();
  const stop = new AbortController();
  let running = 0;
  let failures = 0;
  let idle: (() => void)[] = [];

  const finish = (): void => {
    if (running > 0 || waiting.length > 0) return;
    for (const each of idle) each();
    idle = [];
  };
  const save = (): void => {
    if (cache === undefined) return;
    try {
      mkdirSync(dirname(cache), { recursive: true });
      writeFileAtomic.sync(cache, JSON.stringify(Object.fromEntries(known)));
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      log('warning', `Answers of the package registry cannot be kept: ${error.message}`);
    }
  };
  const fetchOne = async ({ key, url }: { key: string; url: string }): Promise<void> => {
    try {
      const response = await fetch(url, {
        method: 'HEAD',
        // To another address the user has not agreed; a redirect is no answer.
        redirect: 'manual',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(requestTimeoutMs)]),
      });
      failures = 0;
      // Only these two say something about the name; a refusal, or a fault of the server, does not.
      if (response.ok) known.set(key, { answer: 'exists', at: Date.now() });
      else if (response.status === 404) known.set(key, { answer: 'absent', at: Date.now() });
      else log('info', `The package registry answered ${response.status} for ${url}`);
    } catch (error) {
      if (stop.signal.aborted) return;
      failures++;
      const reason = error instanceof Error ? error.message : String(error);
      log('warning', `The package registry could not be asked at ${url}: ${reason}`);
      if (failures >= maxFailures) waiting.length = 0;
    }
  };
  const pump = (): void => {
    while (running < maxAtOnce && waiting.length > 0 && !stop.signal.aborted) {
      running++;
      void fetchOne(waiting.shift()!).then(() => {
        running--;
        pump();
        if (running === 0 && waiting.length === 0 && !stop.signal.aborted) {
          save();
          answered();
        }
        finish();
      });
    }
  };

  return {
    ask(ecosystem, name) {
      const key = `${ecosystem}:${name}`;
      const found = known.get(key);
      if (found && Date.now() - found.at < trustMs[found.answer]) return found.answer;
      const template = urls[ecosystem];
      const given = template !== undefined && failures < maxFailures && asked.size < maxNames;
      if (given && !asked.has(key) && !stop.signal.aborted) {
        asked.add(key);
        waiting.push({ key, url: template.replace('{name}', encodeURIComponent(name)) });
        pump();
      }
      return found?.answer;
    },
    settled(milliseconds) {
      if (running === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((done) => {
        const timer = setTimeout(done, milliseconds);
        idle.push(() => {
          clearTimeout(timer);
          done();
        });
      });
    },
    dispose() {
      stop.abort();
      waiting.length = 0;
      finish();
    },
  };
}

/** A file that is not there, or that another version wrote, is as if there were none. */
function readCache(path: string): Cache {
  try {
    const read = cacheFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : {};
  } catch (error) {
    if (isFileSystemError(error) || error instanceof SyntaxError) return {};
    throw error;
  }
}
