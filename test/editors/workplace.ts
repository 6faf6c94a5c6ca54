// What every editor in these tests starts in: a project, a home that nobody else uses, `vouch` on the path, and a look at
// which processes are left.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProject } from '../cli/command.ts';

export { buildCommand } from '../cli/command.ts';

/** Milliseconds that a condition has to come true; a busy machine is slow, and what never comes true fails anyway. */
const PATIENCE = 20_000;
/** Milliseconds between two looks. */
const INTERVAL = 20;
/** A port that is reserved for a service which nobody runs. */
const unreachable = 'http://127.0.0.1:9/v1';

/** What a user pastes, to the letter. */
export const configurationOf = (file: string): string =>
  fileURLToPath(new URL(`../../editors/${file}`, import.meta.url));

export interface Workplace {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  read(path: string): string;
  /** Processes started from here that are running, by their command lines. */
  processes(): readonly string[];
}

/**
 * Makes the project and the settings; all of it is removed when the test is over. Completions are the embedded engine's.
 * @param built the folder of the built command.
 * @param baseURL of the model that the settings name.
 */
export function openWorkplace(
  built: string,
  files: Readonly<Record<string, string>>,
  baseURL: string = unreachable,
): Workplace {
  const project = createProject(built, files);
  project.settings({
    models: { default: { baseURL, model: 'test-model' } },
    completion: { engine: 'embedded' },
    // An editor without a user would wait for ever before the question whether programs may start.
    validation: { run: 'never' },
  });
  const home = dirname(project.folder);
  const programs = join(home, 'bin');
  mkdirSync(programs);
  symlinkSync(join(built, 'vouch.js'), join(programs, 'vouch'));
  const environment = {
    PATH: [programs, dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
  };
  return {
    folder: project.folder,
    environment,
    read: project.read,
    processes: () => processesWith(`HOME=${home}`),
  };
}

/** Found by what they were given at their start, which holds for those that left their parent, too. */
function processesWith(variable: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const of = (file: string): string[] => readFileSync(`/proc/${id}/${file}`, 'utf8').split('\0');
        return of('environ').includes(variable) ? [of('cmdline').join(' ').trim()] : [];
      } catch {
        // It ended between the listing and the look, or belongs to somebody else.
        return [];
      }
    });
}

/** Waits until it gives a value that counts. @throws with the last value when it never does. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  counts: (value: T) => boolean = Boolean,
): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const value = await look();
    if (counts(value)) return value;
    if (performance.now() > end) throw new Error(`not seen: ${what}; instead ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

export interface Installed {
  readonly version?: string;
  /** Why the tests cannot be run; empty where they can. */
  readonly reason: string;
}

/** The program's version as it tells it, or why there is none. */
export function versionOf(program: string): Installed {
  if (!existsSync('/proc/self/environ')) return { reason: 'processes are looked up in /proc' };
  const version = /\d+\.\d+(\.\d+)?/.exec(outputOf(program, '--version') ?? '')?.[0];
  return version ? { version, reason: '' } : { reason: `${program} is not installed` };
}

/** What the program writes, or nothing where it is not there or fails. */
export function outputOf(program: string, ...parameters: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, parameters, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
