// The sandbox by a container engine that the user has set up, in an image that the user names.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Enclosure, Program, Started } from './processes.ts';
import { findProgram } from './programs.ts';
import type { Limits, Sandbox } from './sandbox.ts';
import { environmentOf, type Kind, openWorkplace, type Place } from './workplace.ts';

/**
 * Names the image. It must be there already, since nothing is downloaded, and hold the programs that are to run: what is
 * installed on the machine is not seen in it.
 */
export const imageVariable = 'VOUCH_SANDBOX_IMAGE';

const emptyRoot = '/workplace';
const temporary = '/tmp';
const path = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** What engines answer when they failed themselves. */
const engineFailure = 125;
/** Milliseconds for the engine to say what it has. */
const answerTime = 5_000;
/** Milliseconds until it is asked again to end a container. */
const retryTime = 50;

export interface Engine {
  /** Absolute path of its command, docker's or one that takes the same words. */
  readonly path: string;
  readonly image: string;
}

/**
 * The first engine that answers and has the image.
 * @throws Error that says what is missing.
 */
export async function findEngine(environment = process.env): Promise<Engine> {
  const image = environment[imageVariable];
  if (!image) throw new Error(`no image is named by ${imageVariable}`);
  const reasons: string[] = [];
  for (const name of ['docker', 'podman']) {
    const found = await findProgram(name, '/', environment.PATH);
    if (!found) continue;
    try {
      await ask(found.path, ['image', 'inspect', image]);
      return { path: found.path, image };
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new Error(reasons.join('; ') || 'there is no container engine');
}

const ask = (engine: string, parameters: readonly string[]): Promise<unknown> =>
  promisify(execFile)(engine, parameters, { timeout: answerTime });

export const container = (engine: Engine): Sandbox => ({
  name: 'container',
  isolation: 'closed',
  open: (run, contents) => openWorkplace(run, contents, kindOf(engine)),
});

const kindOf = (engine: Engine): Kind => ({
  layered: false,
  moved: false,
  rootOf: ({ contents }) => contents.project ?? emptyRoot,
  prepare: async () => undefined,
  async programOf(place, root, command, limits): Promise<Program> {
    const environment = environmentOf(command, path, join(temporary, 'home'), temporary);
    const name = `vouch-${randomUUID()}`;
    return {
      container: name,
      path: engine.path,
      parameters: [
        ...['run', '--rm', '--init', '--pull', 'never', '--name', name],
        ...(command.input === undefined ? [] : ['--interactive']),
        ...closed,
        ...limitsOf(limits),
        ...mountsOf(place, root),
        '--workdir',
        join(root, command.folder ?? ''),
        ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        '--entrypoint',
        command.program,
        engine.image,
        ...command.parameters,
      ],
      // The engine's own command finds its daemon by its user's settings; the program in the container sees none of them.
      environment: Object.fromEntries(
        Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      folder: '/',
      ...(command.input !== undefined && { input: command.input }),
    };
  },
  enclosure,
  outcomeOf({ status: _, ...outcome }) {
    if (outcome.code === engineFailure) throw new Error(`the container failed: ${outcome.errors.trim()}`);
    return outcome;
  },
});

const closed = [
  ...['--network', 'none', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ...(process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`] : []),
];

const limitsOf = ({ memory, processes, file }: Limits): readonly string[] => [
  ...['--memory', String(memory), '--memory-swap', String(memory), '--pids-limit', String(processes * 8)],
  ...['--ulimit', `fsize=${file}:${file}`, '--ulimit', 'core=0:0'],
];

function mountsOf(place: Place, root: string): readonly string[] {
  const mount = (source: string, target: string, isReadOnly: boolean): readonly string[] => {
    if (/[,"\n]/.test(source + target))
      throw new Error(`A container cannot be given ${target}, for its name`);
    return ['--mount', `type=bind,source=${source},target=${target}${isReadOnly ? ',readonly' : ''}`];
  };
  return [
    ...mount(place.files, root, false),
    ...mount(place.temporary, temporary, false),
    ...place.caches.flatMap(({ path: cache, folder }) => mount(folder, cache, false)),
    ...place.shared.flatMap((name) => mount(join(place.contents.project!, name), join(root, name), true)),
    ...(place.contents.readable ?? []).flatMap((one) => mount(one, one, true)),
  ];
}

const enclosure: Enclosure = {
  // The engine holds the limits itself.
  members: () => [],
  async end({ child, program }: Started) {
    const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // It may not be there yet. The engine removes it once it is dead, and the command ends with it.
    const until = performance.now() + answerTime;
    while (!isOver() && performance.now() < until) {
      await ask(program.path, ['kill', program.container!]).catch(() => undefined);
      if (!isOver()) await Promise.race([over, sleep(retryTime)]);
    }
    if (isOver()) return;
    child.kill('SIGKILL');
    await over;
  },
};
