// Layers over folders that take what programs write, so that nothing is copied: overlays in a namespace of its own.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { containsPath } from './programs.ts';
import type { Place } from './workplace.ts';

/** Programs that lay them. */
export interface LayerTools {
  readonly unshare: string;
  readonly mount: string;
  /** That of POSIX. */
  readonly interpreter: string;
}

export interface Layer {
  /** The folder itself, which stays as it is. */
  readonly beneath: string;
  /** What is written. */
  readonly upper: string;
  /** Where both are seen as one. */
  readonly merged: string;
}

/** Whether all of a folder would be seen: other disks that are mounted in it would not, nor can every name be said. */
export const canCover = (folder: string): boolean => !/[:,\\\s]/.test(folder) && !holdsMounts(folder);

/** The project's layer first, where it is seen through one; then those over caches that are there. */
export function layersOf(place: Place): readonly Layer[] {
  const caches = place.caches.filter(({ path }) => existsSync(path) && canCover(path));
  const layer = (beneath: string, name: string, upper: string): Layer => ({
    beneath,
    upper,
    merged: join(place.folder, `${name}-merged`),
  });
  return [
    ...(place.beneath === undefined ? [] : [layer(place.beneath, 'project', place.files)]),
    ...caches.map(({ path, folder }) => layer(path, basename(folder), folder)),
  ];
}

export async function makeLayers(layers: readonly Layer[]): Promise<void> {
  for (const { upper, merged } of layers) {
    for (const folder of [upper, merged]) await mkdir(folder, { recursive: true });
  }
}

/** Folders for the system's own work on the layers, one each: one that was used without care for the disk is used no more. */
export async function makeWork({ folder }: Place, layers: readonly Layer[]): Promise<readonly string[]> {
  const made = await mkdtemp(join(folder, 'work-'));
  const folders = layers.map((_, index) => join(made, String(index)));
  for (const each of folders) await mkdir(each);
  return folders;
}

/** Options and places up to `--` are laid, then the rest is started. */
const script =
  'mount=$1; shift; while [ "$1" != -- ]; do "$mount" -t overlay overlay -o "$1" "$2" || exit; shift 2; done; shift; exec "$@"';

/** The command that lays the layers and then becomes the given one; they end with it. */
export const layerSteps = (
  tools: LayerTools,
  layers: readonly Layer[],
  work: readonly string[],
  command: readonly string[],
): readonly string[] => [
  ...[
    tools.unshare,
    '--user',
    '--map-root-user',
    '--mount',
    tools.interpreter,
    '-c',
    script,
    'layers',
    tools.mount,
  ],
  // Without waiting for the disk, at the end, to have all that was written anywhere: none of it is kept.
  ...layers.flatMap(({ beneath, upper, merged }, index) => [
    `userxattr,volatile,index=off,lowerdir=${beneath},upperdir=${upper},workdir=${work[index]}`,
    merged,
  ]),
  '--',
  ...command,
];

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
