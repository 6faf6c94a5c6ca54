// The part of a workplace that all kinds of sandboxes share: its folders on disk, its files, and one program after the other.
import { delimiter, join } from 'node:path';
import { type Run, throwIfEnded } from '../../core/run.ts';
import { checkContents, isThere, pathInside, readBelow, throughLinks, writeBelow } from './contents.ts';
import { copyProject } from './copy.ts';
import { type Enclosure, type Ended, type Program, runProgram } from './processes.ts';
import { resourcesOf } from './resources.ts';
import {
  type Command,
  type Contents,
  defaultLimits,
  type Limits,
  type Outcome,
  type Workplace,
} from './sandbox.ts';
import { makeFolder, makeFolders, removeFolder } from './temporary.ts';

/** Where a workplace lies on disk. */
export interface Place {
  readonly folder: string;
  /** What is written to: a copy of the project, an empty folder, or the upper layer over the project. */
  readonly files: string;
  /** The project, where it is seen through what is written. */
  readonly beneath?: string;
  /** Its TMPDIR and, in it, `home`. */
  readonly temporary: string;
  /** Folders of the project that the copy does not have, from its root. */
  readonly shared: readonly string[];
  readonly contents: Contents;
  /** Folders for what is written to caches, empty at first. */
  readonly caches: readonly Cache[];
}

export interface Cache {
  /** Where programs look for it. */
  readonly path: string;
  readonly folder: string;
}

/** What a kind of sandbox adds. */
export interface Kind {
  /** Whether programs see the project itself, with a layer over it that takes what they write. */
  readonly layered: boolean;
  /** Whether the copy is seen under another path than the project. */
  readonly moved: boolean;
  rootOf(place: Place): string;
  /** Called once before the first program. */
  prepare(place: Place): Promise<void>;
  /** `undefined` where there is no such program. */
  programOf(place: Place, root: string, command: Command, limits: Limits): Promise<Program | undefined>;
  readonly enclosure: Enclosure;
  /** @throws Error where it was the sandbox and not the program that failed. */
  outcomeOf(ended: Ended): Outcome;
}

/** @throws Error that says what to do, when it cannot be made; the abort reason when the run ends. */
export async function openWorkplace(run: Run, contents: Contents, kind: Kind): Promise<Workplace> {
  throwIfEnded(run);
  await checkContents(contents);
  const folder = await makeFolder();
  try {
    const place = await makePlace(run, folder, contents, kind);
    await kind.prepare(place);
    const workplace = workplaceAt(place, kind);
    for (const [path, text] of Object.entries(contents.files ?? {})) await workplace.write(path, text);
    return workplace;
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function makePlace(run: Run, folder: string, contents: Contents, kind: Kind): Promise<Place> {
  const { project } = contents;
  const files = join(folder, 'files');
  const temporary = join(folder, 'temporary');
  await makeFolders(files);
  await makeFolders(join(temporary, 'home'));
  const caches = (contents.caches ?? []).map((path, index) => ({
    path,
    folder: join(folder, `cache${index}`),
  }));
  for (const cache of caches) await makeFolders(cache.folder);
  const place = { folder, files, temporary, contents, caches, shared: [] };
  if (project === undefined) return place;
  if (kind.layered) return { ...place, beneath: project };
  const { shared } = await copyProject(run, project, files, kind.moved);
  return { ...place, shared };
}

function workplaceAt(place: Place, kind: Kind): Workplace {
  const root = kind.rootOf(place);
  const { project } = place.contents;
  const inside = (path: string): string =>
    pathInside(path, project === undefined || project === root ? [root] : [root, project]);
  const real = async (name: string): Promise<string> =>
    place.beneath === undefined ? name : throughLinks(place.beneath, name);
  const start = async (run: Run, command: Command): Promise<Outcome> => {
    const limits = { ...defaultLimits, ...command.limits };
    const program = await kind.programOf(place, root, command, limits);
    if (!program) return missing(command.program);
    const written = [place.files, place.temporary, ...place.caches.map((cache) => cache.folder)] as const;
    const ended = await runProgram(run, program, limits, kind.enclosure, resourcesOf(written));
    return kind.outcomeOf(ended);
  };
  const running = new Set<Promise<Outcome>>();
  let last: Promise<unknown> = Promise.resolve();
  let isOpen = true;
  return {
    root,
    async write(path, text) {
      await writeBelow(place.files, await real(inside(path)), text);
    },
    async read(path) {
      const name = inside(path);
      if (place.beneath === undefined) return readBelow(place.files, name);
      // A program may have put something of its own in the place of a link.
      if (await isThere(join(place.files, name))) return readBelow(place.files, name);
      const where = await real(name).catch(() => undefined);
      if (where === undefined) return undefined;
      return readBelow((await isThere(join(place.files, where))) ? place.files : place.beneath, where);
    },
    async execute(run, command) {
      if (!isOpen) throw new Error('This workplace is closed');
      // Two layers over one project with the same files would not see what the other one writes.
      const working = kind.layered ? last.then(() => start(run, command)) : start(run, command);
      last = working.catch(() => undefined);
      running.add(working);
      try {
        return await working;
      } finally {
        running.delete(working);
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return;
      isOpen = false;
      await Promise.allSettled(running);
      await removeFolder(place.folder);
    },
  };
}

const missing = (name: string): Outcome => ({
  ended: 'exit',
  code: 127,
  output: '',
  errors: `${name}: no such program`,
  milliseconds: 0,
});

/** Variables that every program gets, and those of the command. */
export const environmentOf = (
  command: Command,
  path: readonly string[],
  home: string,
  temporary: string,
): Record<string, string> => ({
  PATH: [...new Set(path)].join(delimiter),
  HOME: home,
  TMPDIR: temporary,
  LANG: 'C.UTF-8',
  ...command.environment,
});
