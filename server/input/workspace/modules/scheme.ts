// The shape of a naming scheme for modules, and what schemes share: what they may ask of the workspace, nearest names.
import { distance } from 'fastest-levenshtein';
import type { Binding, FileFacts } from '../../../core/facts.ts';
import type { ModuleRules } from '../../../core/language.ts';
import type { ModuleResolution, SharedNames } from '../../../core/project.ts';
import type { Disk } from '../disk.ts';
import type { Bounds } from '../ignore.ts';
import { maxNearest } from '../limits.ts';

/** The surroundings of the file that asks. */
export interface Surroundings {
  readonly fromPath: string;
  readonly rules: ModuleRules;
  /** The workspace folder around it; its own folder when no workspace folder holds it. */
  readonly folder: string;
  readonly disk: Disk;
  readonly bounds: Bounds;
  /** Text of a manifest or another small file, kept until it changes. */
  readonly read: (path: string) => string | undefined;
  /** Files of the workspace folder, walked when first asked for. */
  readonly files: () => readonly string[];
}

export interface Scheme {
  readonly resolve: (surroundings: Surroundings, module: string) => ModuleResolution;
  /**
   * How the asking file would name the module at `path`; `undefined` when that is not certain.
   * @param style modules as the asking file writes them already.
   */
  readonly nameFor: (
    surroundings: Surroundings,
    path: string,
    style: readonly string[],
  ) => string | undefined;
  /** What other files can import from a file; `undefined`, or no such function, when that cannot be told. */
  readonly exportsOf?: (file: ParsedText) => Exports | undefined;
  /** Names that a file gives to all others without import; rather too many than too few. */
  readonly ambientNames?: (text: string, path: string) => readonly string[];
  /** Members that a text adds to types which all files see; rather too many than too few. */
  readonly addedMembers?: (text: string) => readonly string[];
  /** Files outside of the workspace's own that give names to all of its files: installed declarations. */
  readonly ambientFiles?: (
    folder: string,
    disk: Disk,
    read: (path: string) => string | undefined,
  ) => Iterable<string>;
  /** See `Project`; only where the file lies in a workspace folder. */
  readonly sharedNames?: (at: Surroundings, file: ParsedText, near: Neighbours) => SharedNames;
  /** Names that a text seems to declare at its top level, by a quick look; what is found is verified by its facts. */
  readonly declaredNames?: (text: string) => Iterable<string>;
}

/** Other files of the workspace, open ones as they are in the editor; `undefined` for what may not or cannot be read. */
export interface Neighbours {
  readonly text: (path: string) => string | undefined;
  readonly facts: (path: string) => FileFacts | undefined;
}

export interface ParsedText {
  readonly text: string;
  readonly facts: FileFacts;
}

export interface Exports {
  readonly names: readonly Binding[];
  /** Modules all of whose exports are handed on. */
  readonly handedOn: readonly string[];
}

export const unknown: ModuleResolution = { kind: 'unknown' };
export const external: ModuleResolution = { kind: 'external' };
export const file = (path: string): ModuleResolution => ({ kind: 'file', path });
export const folder = (path: string): ModuleResolution => ({ kind: 'folder', path });

/** The names most like `wanted`, best first: those a slip of the hand or of memory may have meant. */
export function nearest(wanted: string, names: Iterable<string>): string[] {
  const lower = wanted.toLowerCase();
  const rated: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const other = name.toLowerCase();
    const apart = distance(lower, other);
    // A longer name for the same thing: `cart_items` for `items`.
    const alike = Math.min(lower.length, other.length) * 2 >= Math.max(lower.length, other.length);
    const part = alike && (other.includes(lower) || lower.includes(other));
    if (apart <= Math.max(1, Math.floor(wanted.length / 3)) || part) rated.push({ name, distance: apart });
  }
  rated.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return rated.slice(0, maxNearest).map(({ name }) => name);
}

/** Whether the folder holds `stem` with another ending: a compiled, generated or foreign file may stand for the module. */
export function hasOtherEnding(disk: Disk, parent: string, stem: string): boolean {
  for (const name of disk.entries(parent)?.keys() ?? []) if (name.startsWith(`${stem}.`)) return true;
  return false;
}

/** Whether git would ignore a file at a path at which there is none: something makes it, then. */
export const isIgnored = ({ bounds }: Surroundings, path: string): boolean =>
  bounds.judge(path, false) === 'ignored by git' || bounds.judge(path, true) === 'ignored by git';

/** `name` without the longest of the endings that it has; `undefined` when it has none of them. */
export function withoutExtension(name: string, extensions: readonly string[]): string | undefined {
  const found = extensions.filter((extension) => name.endsWith(extension) && name.length > extension.length);
  if (found.length === 0) return undefined;
  return name.slice(0, -Math.max(...found.map(({ length }) => length)));
}
