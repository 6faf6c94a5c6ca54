// One program from its start to its end: its output read up to a limit, and everything killed by whichever limit is first.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../core/run.ts';
import { overResources, type Resources } from './resources.ts';
import type { Limits, Outcome } from './sandbox.ts';
import { watchGroup } from './watcher.ts';

export interface Program {
  /** Absolute path. */
  readonly path: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it is started, on the machine. */
  readonly folder: string;
  readonly input?: string;
  /** Whether the file descriptor 3 is open for what an enclosing program says of itself. */
  readonly hasStatus?: boolean;
  /** What can be read from file descriptor 4. */
  readonly filter?: Buffer;
  /** The name of the container that it asks an engine for. */
  readonly container?: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly program: Program;
  /** What was written to file descriptor 3 until now. */
  status(): string;
}

/** What a kind of sandbox knows of the processes that it starts. */
export interface Enclosure {
  /** Process ids of all that was started. */
  members(started: Started): readonly number[];
  /** Kills all that was started. It resolves when nothing of it is left, also where the program ended by itself. */
  end(started: Started): Promise<void>;
}

/** How often what all processes take together is looked at, in milliseconds. */
const watchInterval = 100;
/** Milliseconds for what is left in the pipes after the end; a process that nobody found may hold them open. */
const drainTime = 500;

export interface Ended extends Outcome {
  readonly status: string;
}

/**
 * Runs a program to its end.
 * @throws the abort reason when the run ends; Error when the program cannot be started at all.
 */
export async function runProgram(
  run: Run,
  program: Program,
  limits: Limits,
  enclosure: Enclosure,
  resources: Resources,
): Promise<Ended> {
  run.signal.throwIfAborted();
  const began = performance.now();
  const child = spawn(program.path, program.parameters, {
    cwd: program.folder,
    env: { ...program.environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: [
      program.input === undefined ? 'ignore' : 'pipe',
      'pipe',
      'pipe',
      program.hasStatus ? 'pipe' : 'ignore',
      program.filter ? 'pipe' : 'ignore',
    ],
  });
  // On Windows there are no groups, and where it could not be started there is no process.
  const container =
    program.container === undefined ? undefined : { name: program.container, engine: program.path };
  const unwatch = child.pid === undefined ? () => undefined : watchGroup(child.pid, container);
  let status = '';
  const started: Started = { child, program, status: () => status };
  let ended = 'exit' as Outcome['ended'] | 'cancelled';
  let killing: Promise<void> | undefined;
  const stop = (why: typeof ended): void => {
    if (killing) return;
    ended = why;
    killing = enclosure.end(started);
    // It is awaited below; a failure before that must not count as unhandled.
    killing.catch(() => undefined);
  };

  let left = limits.output;
  const collect = (stream: Readable, chunks: Buffer[]): void => {
    stream.on('data', (chunk: Buffer) => {
      if (left <= 0) return;
      chunks.push(chunk.length > left ? chunk.subarray(0, left) : chunk);
      left -= chunk.length;
      if (left <= 0) stop('output');
    });
    // A pipe that breaks has said all that it will.
    stream.on('error', () => undefined);
  };
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  collect(child.stdout!, output);
  collect(child.stderr!, errors);
  const statusPipe = child.stdio[3] as Readable | null;
  statusPipe?.setEncoding('utf8').on('data', (text: string) => {
    if (status.length < 4096) status += text;
  });
  statusPipe?.on('error', () => undefined);
  // A program need not read what it is given.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(program.input);
  const filterPipe = child.stdio[4] as Writable | null;
  filterPipe?.on('error', () => undefined);
  filterPipe?.end(program.filter);

  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const timer = setTimeout(() => stop('timeout'), limits.milliseconds);
  const watch = setInterval(() => {
    if (overResources(resources, limits, enclosure.members(started))) stop('resources');
  }, watchInterval);
  const cancel = (): void => stop('cancelled');
  run.signal.addEventListener('abort', cancel, { once: true });
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (...how) => resolve(how));
    });
    await (killing ?? enclosure.end(started));
    await Promise.race([closed, sleep(drainTime, undefined, { ref: false })]);
    if (ended === 'cancelled') throw run.signal.reason;
    return {
      ended,
      ...(code !== null && ended === 'exit' && { code }),
      ...(signal !== null && { signal }),
      output: Buffer.concat(output).toString('utf8'),
      errors: Buffer.concat(errors).toString('utf8'),
      milliseconds: performance.now() - began,
      status,
    };
  } finally {
    unwatch();
    clearTimeout(timer);
    clearInterval(watch);
    run.signal.removeEventListener('abort', cancel);
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** Kills a process, or a group by its negative number; it may have ended by itself in the same moment. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this moment, or belongs to nobody that we started.
  }
}
