// What processes take together of the machine: looked at from outside, since limits of the system hold for one process.
import { lstatSync, readdirSync, readFileSync, type Stats, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from './sandbox.ts';

export interface Resources {
  /** The folders that they write to, on one disk. */
  readonly folders: readonly [string, ...string[]];
  /** Bytes that were free on it when they were started. */
  readonly free: number;
  /** When that was, in milliseconds since 1970, as the file system counts. */
  readonly began: number;
  /** Bytes that would be free by the last look at the folders, had nothing been written to them. */
  expected: number;
}

/** All together may have so many times the memory of one: a test runner and its workers. */
const memoryFactor = 2;
/** All files together may have so many times the size of one. */
const diskFactor = 16;
/**
 * What is gone of the disk and cannot be seen in their folder (files that are open and have no name) may be others' doing,
 * up to so many times as much.
 */
const unseenFactor = 4;
/** Entries of the folder that are looked at: more than a copy of a project may have, and what one program makes. */
const maximumEntries = 200_000;
/** Milliseconds that times of files may be behind the clock. */
const clockSkew = 1_000;
/** Bytes of a block, as `stat` counts them on every system. */
const blockSize = 512;
/** Bytes of a page of memory: right for nearly all machines, and a bound needs no more. */
const pageSize = 4096;

export function resourcesOf(folders: Resources['folders']): Resources {
  const free = freeRoom(folders[0]);
  return { folders, free, began: Date.now() - clockSkew, expected: free };
}

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
  if (overDisk(resources, diskFactor * limits.file)) return true;
  const memory = members.reduce((sum, pid) => sum + residentMemory(pid), 0);
  return memory > memoryFactor * limits.memory;
}

/** The disk belongs to others as well: that room on it is gone is no more than a reason to look whose doing it is. */
function overDisk(resources: Resources, most: number): boolean {
  const { folders, free, began } = resources;
  const left = freeRoom(folders[0]);
  if (resources.expected - left <= most) return false;
  // Whoever it is: a disk that is nearly full is no place to go on.
  if (left < most || free - left > unseenFactor * most) return true;
  const own = bytesSince(folders, began, most);
  resources.expected = left + own;
  return own > most;
}

/**
 * Bytes on disk of files below folders that were written, or made, since a time.
 * @param most how much is enough to know. More than that is said of a folder that cannot be looked into as well.
 */
export function bytesSince(folders: readonly string[], time: number, most: number): number {
  const rest = [...folders];
  const linked = new Set<number>();
  let bytes = 0;
  let count = 0;
  for (let folder = rest.pop(); folder !== undefined && bytes <= most; folder = rest.pop()) {
    const entries = entriesIn(folder);
    if (!entries) return Number.POSITIVE_INFINITY;
    count += entries.length;
    if (count > maximumEntries) return Number.POSITIVE_INFINITY;
    for (const { path, facts } of entries) {
      if (facts.isDirectory()) rest.push(path);
      // The time at which the system took note of a change cannot be set.
      else if (facts.ctimeMs >= time && !linked.has(facts.ino)) bytes += facts.blocks * blockSize;
      if (facts.nlink > 1) linked.add(facts.ino);
    }
  }
  return bytes;
}

interface Entry {
  readonly path: string;
  readonly facts: Stats;
}

/** None where the folder is gone meanwhile; `undefined` where it may not be looked into. */
function entriesIn(folder: string): readonly Entry[] | undefined {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const facts = lstatSync(path, { throwIfNoEntry: false });
      return facts ? [{ path, facts }] : [];
    });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
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
