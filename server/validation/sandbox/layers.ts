// A layer over a project that takes what programs write, so that nothing is copied: an overlay in a namespace of its own.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { containsPath } from './programs.ts';
import type { Place } from './workplace.ts';

export interface Layers {
  readonly unshare: string;
  readonly mount: string;
  readonly shell: string;
  /** Whether all of a folder would be seen: other disks that are mounted in it would not, nor can every name be said. */
  covers(project: string): boolean;
  prepare(place: Place): Promise<void>;
  /** Where the project and what was written over it are seen as one. */
  merged(place: Place): string;
}

export const createLayers = (tools: Pick<Layers, 'unshare' | 'mount' | 'shell'>): Layers => ({
  ...tools,
  covers: (project) => !/[:,\\\s]/.test(project) && !holdsMounts(project),
  async prepare(place) {
    await mkdir(join(place.folder, 'work'));
    await mkdir(join(place.folder, 'merged'));
  },
  merged: (place) => join(place.folder, 'merged'),
});

/** The command that lays the layer and then becomes the given one; the layer ends with it. */
export function layerSteps(layers: Layers, place: Place, command: readonly string[]): readonly string[] {
  const options = `userxattr,index=off,lowerdir=${place.beneath},upperdir=${place.files},workdir=${join(place.folder, 'work')}`;
  return [
    layers.unshare,
    '--user',
    '--map-root-user',
    '--mount',
    layers.shell,
    '-c',
    '"$1" -t overlay overlay -o "$2" "$3" && shift 3 && exec "$@"',
    'layer',
    layers.mount,
    options,
    layers.merged(place),
    ...command,
  ];
}

/** Whether other disks, volumes or bound folders lie in a folder. */
function holdsMounts(folder: string): boolean {
  const points = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? []);
  // Blanks in names are written as octal numbers.
  const named = (point: string): string =>
    point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
  return points.map(named).some((point) => point !== folder && containsPath(folder, point));
}
