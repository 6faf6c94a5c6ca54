// The sandbox by bubblewrap: namespaces of its own for processes, network and files, in which only what is named appears.
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { constants, release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../core/run.ts';
import { canCover, type LayerTools, layerSteps, layersOf, makeLayers, makeWork } from './layers.ts';
import { descendants, processFact } from './process-tree.ts';
import { type Enclosure, kill, type Started } from './processes.ts';
import { containsPath, findProgram, systemFolders } from './programs.ts';
import type { Command, Contents, Limits, Sandbox } from './sandbox.ts';
import { callFilter } from './system-calls.ts';
import { settingsFolder } from './system-settings.ts';
import { environmentOf, type Kind, openWorkplace, type Place } from './workplace.ts';

/** Where an empty folder appears. */
const emptyRoot = '/workplace';
const temporary = '/tmp';
const home = '/tmp/home';
/** Bytes of memory that may be shared between processes by files. */
const sharedMemory = 256 * 1024 ** 2;
/** Threads that a process may have, on average: the system's limit counts them, too. */
const threadsEach = 8;
/** Milliseconds until the namespace must be gone after its last process was killed. */
const endTime = 2_000;

export interface BubblewrapTools {
  readonly bwrap: string;
  readonly prlimit: string;
  /** Whether this version knows an option; what newer ones can do besides is used where it is there. */
  readonly supports: (option: string) => boolean;
  /** Where a layer can be laid over the project instead of copying it. */
  readonly layers?: LayerTools;
}

export function bubblewrap(tools: BubblewrapTools): Sandbox {
  const layered = kindOf(tools);
  const { layers: _, ...others } = tools;
  const copied = kindOf(others);
  return {
    name: 'bubblewrap',
    isolation: 'closed',
    open: (run: Run, contents: Contents) => {
      const { project, caches = [] } = contents;
      const canLayer = tools.layers && (project === undefined ? caches.length > 0 : canCover(project));
      return openWorkplace(run, contents, canLayer ? layered : copied);
    },
  };
}

function kindOf(tools: BubblewrapTools): Kind {
  return {
    layered: tools.layers !== undefined,
    moved: false,
    rootOf: ({ contents }) => contents.project ?? emptyRoot,
    prepare: async (place) => (tools.layers ? makeLayers(layersOf(place)) : undefined),
    async programOf(place, root, command, limits) {
      const found = await findProgram(command.program, place.contents.project ?? '/');
      if (!found) return undefined;
      const path = [...found.folders, '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
      const inner = [
        ...namespaces(place, root, command, found.needs, await settingsFolder(home), tools),
        '--',
        tools.prlimit,
        ...limitsOf(limits),
        '--',
        found.path,
        ...command.parameters,
      ];
      const bwrap = [tools.bwrap, ...inner];
      const layers = layersOf(place);
      const outer = tools.layers
        ? layerSteps(tools.layers, layers, await makeWork(place, layers), bwrap)
        : bwrap;
      return {
        path: outer[0]!,
        parameters: outer.slice(1),
        environment: environmentOf(command, path, home, temporary),
        folder: '/',
        ...(command.input !== undefined && { input: command.input }),
        hasStatus: true,
        ...(filter && { filter }),
      };
    },
    enclosure,
    outcomeOf({ status, ...outcome }) {
      const { code } = outcome;
      if (outcome.ended !== 'exit') return outcome;
      // Only then did it come as far as starting the program.
      if (!/"exit-code"/.test(status)) throw new Error(`bubblewrap failed: ${outcome.errors.trim()}`);
      const signal = code === undefined ? undefined : signalNames.get(code - 128);
      if (signal === undefined) return outcome;
      const { code: _, ...rest } = outcome;
      return { ...rest, signal };
    },
  };
}

const filter = callFilter();

/** Only this user's processes in this namespace count from that version of Linux on; before, all of the user's. */
function countsByNamespace(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

function limitsOf({ memory, file, processes }: Limits): readonly string[] {
  return [
    `--data=${memory}`,
    `--fsize=${file}`,
    '--core=0',
    ...(countsByNamespace() ? [`--nproc=${processes * threadsEach}`] : []),
  ];
}

/** A program that a signal ended is told of as a shell does: by 128 and the signal's number. */
const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

interface Mount {
  readonly path: string;
  readonly source: string;
  readonly writable?: boolean;
}

/** All that a program sees, and that it ends with the process that started it. */
function namespaces(
  place: Place,
  root: string,
  command: Command,
  needs: readonly string[],
  settings: string,
  tools: BubblewrapTools,
): readonly string[] {
  const { contents } = place;
  const layers = tools.layers ? layersOf(place) : [];
  const ownLayer = layers.find(({ beneath }) => beneath === place.beneath);
  const same = (path: string): Mount => ({ path, source: path });
  const mounts: Mount[] = [
    // What the project has itself is seen there.
    ...[...needs, ...(contents.readable ?? [])].filter((path) => !containsPath(root, path)).map(same),
    ...place.caches.map(({ path, folder }) => ({
      path,
      source: layers.find(({ upper }) => upper === folder)?.merged ?? folder,
      writable: true,
    })),
    { path: temporary, source: place.temporary, writable: true },
    { path: root, source: ownLayer?.merged ?? place.files, writable: true },
    ...place.shared.map((name) => same(join(root, name))),
  ];
  // What lies in another one comes after it, or would be covered by it.
  const depth = ({ path }: Mount): number => path.split('/').filter(Boolean).length;
  mounts.sort((a, b) => depth(a) - depth(b));
  return [
    '--unshare-user',
    ...(tools.supports('--disable-userns') ? ['--disable-userns'] : []),
    '--unshare-all',
    '--uid',
    String(process.getuid?.() ?? 0),
    '--gid',
    String(process.getgid?.() ?? 0),
    '--die-with-parent',
    '--new-session',
    '--cap-drop',
    'ALL',
    '--json-status-fd',
    '3',
    ...(filter ? ['--seccomp', '4'] : []),
    ...systemMounts(),
    ...['--ro-bind', settings, '/etc'],
    ...['--proc', '/proc', ...kernelMounts(), '--dev', '/dev'],
    ...(tools.supports('--size') ? ['--size', String(sharedMemory)] : []),
    ...['--perms', '1777', '--tmpfs', '/dev/shm'],
    // What is needed need not be there; what is to be written must.
    ...mounts.flatMap(({ path, source, writable }) => [writable ? '--bind' : '--ro-bind-try', source, path]),
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    '--chdir',
    join(root, command.folder ?? ''),
  ];
}

/** Parts of /proc by which the kernel is told what to do. Their owner is root, who needs no further right to write them. */
const kernelSettings = ['sys', 'sysrq-trigger', 'fs', 'acpi', 'scsi'];

/** For root only: each of them costs time, and the system keeps them from all others. */
const kernelMounts = once((): readonly string[] =>
  process.getuid?.() === 0
    ? kernelSettings
        .map((name) => join('/proc', name))
        .filter((path) => existsSync(path))
        .flatMap((path) => ['--ro-bind', path, path])
    : [],
);

const systemMounts = once(() => systemFolders.flatMap((path) => readOnly(path)));

/** The same for all programs, so that it is looked up once. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Folders that are links into another one (`/bin`) stay links. */
function readOnly(path: string): readonly string[] {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (!facts) return [];
  return facts.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

/** The first process of the namespace, with which all others of it end; `undefined` before it is there. */
function firstProcess({ status }: Started): number | undefined {
  const pid = /"child-pid":\s*(\d+)/.exec(status())?.[1];
  return pid === undefined ? undefined : Number(pid);
}

const enclosure: Enclosure = {
  members(started) {
    const first = firstProcess(started);
    return first === undefined ? [] : descendants(first);
  },
  async end(started) {
    const first = firstProcess(started);
    const { child } = started;
    const isOver = child.exitCode !== null || child.signalCode !== null;
    // While the outer process waits for the first one, its number cannot mean another process.
    if (!isOver && first !== undefined) kill(first);
    // Without a first one nothing was started yet. What is about to be waits for its parent for ever, so its group ends.
    else if (!isOver && child.pid !== undefined) kill(-child.pid);
    if (!isOver) await new Promise((resolve) => child.once('exit', resolve));
    // It ends at the same time as its parent; the system has it gone only when all of the namespace is.
    for (let waited = 0; first !== undefined && processFact(first) && waited < endTime; waited++)
      await sleep(1);
  },
};
