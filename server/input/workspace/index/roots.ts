// The workspace folders as the builder of an index sees them: what is out of bounds, and what was left out and why.
import { join } from 'node:path';
import { type Bounds, createBounds, isInside } from '../ignore.ts';
import type { LeftOut } from '../walk.ts';

export interface IndexFolder {
  /** Absolute path. */
  readonly path: string;
  /** Globs of `privacy.exclude`. */
  readonly exclude: readonly string[];
}

export interface Root extends IndexFolder {
  readonly bounds: Bounds;
  /** By the walk. */
  readonly left: LeftOut;
  /** Single files, each with its reason. */
  readonly refused: Map<string, string>;
}

export interface Roots {
  all(): readonly Root[];
  /** Whether it is followed still. */
  has(root: Root): boolean;
  /** The innermost one around a path. */
  of(path: string): Root | undefined;
  /** @returns those that were not there before, or whose bounds may be others now. */
  follow(folders: readonly IndexFolder[]): readonly Root[];
  absolute(root: Root, path: string): string;
  leftOut(): Readonly<Record<string, number>>;
}

export function createRoots(): Roots {
  let all: readonly Root[] = [];
  return {
    all: () => all,
    has: (root) => all.includes(root),
    of: (path) => all.find((root) => isInside(root.path, path)),
    follow(folders) {
      const before = all;
      const same = folders.length === before.length;
      all = folders
        .map(({ path, exclude }): Root => {
          const known = before.find((root) => root.path === path && isEqual(root.exclude, exclude));
          // Where folders come and go, files may belong to another one than before.
          return known && same
            ? known
            : { path, exclude, bounds: createBounds(path, exclude), left: new Map(), refused: new Map() };
        })
        .sort((a, b) => b.path.length - a.path.length);
      return all.filter((root) => !before.includes(root));
    },
    absolute: (root, path) => join(root.path, ...path.split('/')),
    leftOut() {
      const counts: Record<string, number> = {};
      const count = (reason: string, by: number): void => {
        counts[reason] = (counts[reason] ?? 0) + by;
      };
      for (const { left, refused } of all) {
        for (const [reason, number] of left) count(reason, number);
        for (const reason of refused.values()) count(reason, 1);
      }
      return counts;
    },
  };
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
