// The best effort where nothing closes a process in: an empty environment, limits, a copy to work in, and a hunt at the end.
import { randomUUID } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allProcesses, processFact } from './process-tree.ts';
import { type Enclosure, kill, type Program, type Started } from './processes.ts';
import { findProgram } from './programs.ts';
import { readProcess } from './resources.ts';
import type { Limits, Sandbox } from './sandbox.ts';
import { environmentOf, type Kind, openWorkplace } from './workplace.ts';

/** The variable by which what descends from a program is known, also when it went away from its group. */
const mark = 'VOUCH_SANDBOX';
const windows = process.env.SystemRoot;
const systemPath =
  windows === undefined
    ? ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin']
    : [join(windows, 'System32'), windows];
/** Rounds of killing until none is left; a process can start another one while it is being looked for. */
const rounds = 50;
/** Rounds in a row that must find none: a process that is just becoming another program shows no environment. */
const cleanRounds = 3;
/** Milliseconds between two rounds. */
const roundTime = 2;

/** @param prlimit where the program that sets limits lies, if the system has it. */
export function restricted(prlimit: string | undefined): Sandbox {
  return {
    name: 'restricted',
    isolation: 'best-effort',
    open: (run, contents) => openWorkplace(run, contents, kindOf(prlimit)),
  };
}

function kindOf(prlimit: string | undefined): Kind {
  return {
    layered: false,
    moved: true,
    rootOf: ({ files }) => files,
    async prepare({ contents, shared, files }) {
      // Packages are too much to copy: here they are the project's own, and can be written.
      for (const name of shared) await symlink(join(contents.project!, name), join(files, name));
    },
    async programOf(place, root, command, limits) {
      const found = await findProgram(command.program, place.contents.project ?? root);
      if (!found) return undefined;
      const path = [...found.folders, ...systemPath];
      const line = [
        ...(prlimit === undefined ? [] : [prlimit, ...limitsOf(limits), '--']),
        found.path,
        ...command.parameters,
      ];
      const program = {
        path: line[0]!,
        parameters: line.slice(1),
        environment: {
          ...environmentOf(command, path, join(place.temporary, 'home'), place.temporary),
          [mark]: randomUUID(),
          // Without it no program of Windows starts.
          ...(windows !== undefined && { SystemRoot: windows }),
        },
        folder: join(root, command.folder ?? ''),
        ...(command.input !== undefined && { input: command.input }),
      };
      earlier.set(program, new Set(allProcesses()));
      return program;
    },
    enclosure,
    outcomeOf: ({ status: _, ...outcome }) => outcome,
  };
}

const limitsOf = ({ memory, file }: Limits): readonly string[] => [
  `--data=${memory}`,
  `--fsize=${file}`,
  '--core=0',
];

/** Processes that were there before a program was started: looking into each of them takes time, and none descends from it. */
const earlier = new WeakMap<Program, ReadonlySet<number>>();

const members = ({ child, program }: Started): readonly number[] => {
  const { pid: first } = child;
  if (first === undefined) return [];
  const before = earlier.get(program);
  const own = new Set([first]);
  const entry = `${mark}=${program.environment[mark]}`;
  const isMarked = (pid: number): boolean => readProcess(pid, 'environ')?.includes(entry) ?? false;
  const running = allProcesses().flatMap((pid) => (before?.has(pid) ? [] : (processFact(pid) ?? [])));
  for (const { pid, parent, group, session } of running) {
    if (own.has(parent) || group === first || session === first || isMarked(pid)) own.add(pid);
  }
  return running.map(({ pid }) => pid).filter((pid) => own.has(pid));
};

const enclosure: Enclosure = {
  members,
  async end(started) {
    const { child } = started;
    if (child.pid === undefined) return;
    if (process.platform === 'win32') child.kill('SIGKILL');
    let clean = 0;
    for (let round = 0; round < rounds && clean < cleanRounds && process.platform !== 'win32'; round++) {
      // The whole group at once, so that it cannot grow meanwhile.
      kill(-child.pid);
      const left = members(started);
      left.forEach(kill);
      clean = left.length === 0 ? clean + 1 : 0;
      if (clean < cleanRounds) await sleep(roundTime);
    }
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
  },
};
