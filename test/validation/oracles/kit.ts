// A project in a temporary folder and a scripted language server that judges it.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../../server/core/language.ts';
import { detachedRun, type Run } from '../../../server/core/run.ts';
import { defaultSettings, type JudgeSettings } from '../../../server/core/settings.ts';
import { createJudges, type JudgesOptions } from '../../../server/validation/oracles/index.ts';
import type { JudgedChange, Judges } from '../../../server/validation/oracles/judge.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/oracles');
export const scriptedServer = join(fixtures, 'server.mjs');

export interface Entry {
  readonly started?: number;
  readonly shown?: string;
  readonly uri?: string;
  readonly closed?: string;
  readonly answer?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
  readonly cancelled?: boolean;
  readonly changes?: readonly { readonly uri: string; readonly type: number }[];
}

export interface Lab extends AsyncDisposable {
  readonly root: string;
  readonly judges: Judges;
  readonly logged: readonly string[];
  path(name: string): string;
  /** What the server wrote down. */
  journal(): Promise<readonly Entry[]>;
  /** Ids of all processes that were started. */
  started(): Promise<readonly number[]>;
}

export interface LabOptions extends Partial<JudgesOptions> {
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: unknown;
  /** Instead of the scripted server. */
  readonly judgesSettings?: Readonly<Record<string, JudgeSettings>>;
}

/** @param mode how the scripted server behaves. */
export async function openLab(mode: string, options: LabOptions = {}): Promise<Lab> {
  const root = await mkdtemp(join(tmpdir(), 'vouch-lab-'));
  const journalPath = join(root, 'journal');
  const { files = {}, settings, judgesSettings, ...given } = options;
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  const logged: string[] = [];
  const scripted: JudgeSettings = {
    command: [process.execPath, scriptedServer, mode, journalPath],
    languages: ['plain'],
    settings,
  };
  const judges = createJudges({
    languages: [],
    log: (level, message) => void logged.push(`${level} ${message}`),
    settingsFor: () => ({
      ...defaultSettings,
      validation: { ...defaultSettings.validation, judges: judgesSettings ?? { scripted } },
    }),
    ...given,
  });
  const journal = async (): Promise<readonly Entry[]> => {
    const text = await readFile(journalPath, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry);
  };
  return {
    root,
    judges,
    logged,
    journal,
    path: (name) => join(root, name),
    started: async () => (await journal()).flatMap(({ started }) => started ?? []),
    async [Symbol.asyncDispose]() {
      await judges.dispose();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export const quietRun = (signal?: AbortSignal): Run => detachedRun(() => undefined, signal);

/** A change of one line of a file into others: `a\n<<old|new>>\nb`. */
export function changeOf(path: string, marked: string, languageId = 'plain'): JudgedChange {
  const { index, 0: whole, 1: old = '', 2: put = '' } = /<<([\s\S]*?)\|([\s\S]*?)>>/.exec(marked)!;
  const [head, tail] = [marked.slice(0, index), marked.slice(index + whole.length)];
  return {
    path,
    languageId,
    before: head + old + tail,
    after: head + put + tail,
    spans: [{ start: head.length, end: head.length + put.length }],
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // No such process: the answer.
  }
}

/** Waits until something is so; the test's own limit of time ends it where it never is. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A language that only judges are known of. */
export const languageWith = (judges: Language['judges']): Language =>
  ({ id: 'plain', aliases: [], extensions: ['.txt'], judges }) as unknown as Language;
