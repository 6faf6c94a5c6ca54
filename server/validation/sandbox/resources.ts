// What processes take together of the machine: looked at from outside, since limits of the system hold for one process.
import { readFileSync, statfsSync } from 'node:fs';
import type { Limits } from './sandbox.ts';

export interface Resources {
  /** The folder that they write to. */
  readonly folder: string;
  /** Bytes that were free on its disk when they were started. */
  readonly free: number;
}

/** All together may have so many times the memory of one: a test runner and its workers. */
const memoryFactor = 2;
/** All files together may have so many times the size of one. */
const diskFactor = 16;
/** Bytes of a page of memory: right for nearly all machines, and a bound needs no more. */
const pageSize = 4096;

export const resourcesOf = (folder: string): Resources => ({ folder, free: freeRoom(folder) });

/** Endless where the folder was taken away in the meantime: nothing can be written to it any more. */
function freeRoom(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Whether processes have more of the machine than all of them together may. */
export function overResources(resources: Resources, limits: Limits, members: readonly number[]): boolean {
  if (members.length > limits.processes) return true;
  if (resources.free - freeRoom(resources.folder) > diskFactor * limits.file) return true;
  const memory = members.reduce((sum, pid) => sum + residentMemory(pid), 0);
  return memory > memoryFactor * limits.memory;
}

/** Bytes in memory; 0 where the process is gone or the system does not tell. */
function residentMemory(pid: number): number {
  const pages = readProcess(pid, 'statm')?.split(' ')[1];
  return pages === undefined ? 0 : Number(pages) * pageSize;
}

/** A file of `/proc`; `undefined` where the process is gone, is another user's, or there is no `/proc`. */
export function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
