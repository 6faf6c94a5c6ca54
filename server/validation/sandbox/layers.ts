// Layers over folders that take what programs write, so that nothing is copied: overlays in a namespace of its own.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
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
  readonly work: string;
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
    work: join(place.folder, `${name}-work`),
    merged: join(place.folder, `${name}-merged`),
  });
  return [
    ...(place.beneath === undefined ? [] : [layer(place.beneath, 'project', place.files)]),
    ...caches.map(({ path, folder }) => layer(path, basename(folder), folder)),
  ];
}

export async function makeLayers(layers: readonly Layer[]): Promise<void> {
  for (const { upper, work, merged } of layers) {
    for (const folder of [upper, work, merged]) await mkdir(folder, { recursive: true });
  }
}

/** Options and places up to `--` are laid, then the rest is started. */
const script =
  'mount=$1; shift; while [ "$1" != -- ]; do "$mount" -t overlay overlay -o "$1" "$2" || exit; shift 2; done; shift; exec "$@"';

/** The command that lays the layers and then becomes the given one; they end with it. */
export const layerSteps = (
  tools: LayerTools,
  layers: readonly Layer[],
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
  ...layers.flatMap(({ beneath, upper, work, merged }) => [
    `userxattr,index=off,lowerdir=${beneath},upperdir=${upper},workdir=${work}`,
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
