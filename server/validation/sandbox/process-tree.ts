// Which processes descend from which, and which of them are still there; from /proc, so on Linux only.
import { readdirSync } from 'node:fs';
import { readProcess } from './resources.ts';

export interface ProcessFact {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Of a running process; `undefined` where it has ended, also where nobody has taken note of that yet. */
export function processFact(pid: number): ProcessFact | undefined {
  // The name of the program stands in brackets and may itself contain some.
  const fields = readProcess(pid, 'stat')?.split(') ').at(-1)?.split(' ');
  if (!fields || /[ZXx]/.test(fields[0]!)) return undefined;
  return { pid, parent: Number(fields[1]), group: Number(fields[2]), session: Number(fields[3]) };
}

/** Numbers of all processes of the machine that can be seen. */
export const allProcesses = (): readonly number[] =>
  namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** A process, its children, their children, and so on. */
export function descendants(pid: number, found: number[] = []): readonly number[] {
  found.push(pid);
  for (const thread of namesIn(`/proc/${pid}/task`)) {
    const children = readProcess(pid, `task/${thread}/children`) ?? '';
    for (const child of children.split(' ').filter(Boolean)) descendants(Number(child), found);
  }
  return found;
}

/** A folder of /proc is gone as soon as its process is. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
