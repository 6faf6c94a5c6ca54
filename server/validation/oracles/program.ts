// A program that runs beside vouch: started in a process group of its own, ended with all of it, outliving vouch never.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { watchGroup } from '../sandbox/watcher.ts';
import { errorCharacters } from './limits.ts';

export interface Program {
  readonly input: Writable;
  readonly output: Readable;
  /** The process, for whoever measures; absent when it could not be started. */
  readonly pid?: number;
  /** Why it is gone, in a few words. Resolves when it has ended; never rejects. */
  readonly ended: Promise<string>;
  /** The end of what it wrote on standard error. */
  readonly errors: () => string;
  /** Ends it and everything in its group at once. */
  kill(): void;
}

export interface ProgramOptions {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

const grouped = process.platform !== 'win32';

/** All that run, so that none is left when this process ends by itself. */
const running = new Set<() => void>();
let watching = false;

/** Starts it. What goes wrong, a missing program included, is told by `ended`. */
export function startProgram({ program, parameters, folder, environment }: ProgramOptions): Program {
  const child = spawn(program, [...parameters], {
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: grouped,
    windowsHide: true,
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text.slice(-errorCharacters)).slice(-errorCharacters);
  });
  // A program that closes its input ends soon, and says so by ending.
  child.stdin.on('error', () => undefined);

  const { pid } = child;
  const kill = (): void => killGroup(child);
  const unwatch = pid === undefined ? () => undefined : watchGroup(pid);
  watch(kill);
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string): void => {
      // What it started may still run, and lose the one whom it was started for.
      kill();
      unwatch();
      running.delete(kill);
      resolve(reason);
    };
    child.once('error', ({ message }) => end(`could not be started: ${message}`));
    child.once('exit', (code, signal) => end(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  return {
    input: child.stdin,
    output: child.stdout,
    ...(pid !== undefined && { pid }),
    ended,
    errors: () => errors,
    kill,
  };
}

function watch(kill: () => void): void {
  running.add(kill);
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const one of running) one();
  });
}

function killGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (grouped) process.kill(-pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // Nobody is left in the group: what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
