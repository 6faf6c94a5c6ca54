// Which index retrieval asks: this machine's own, or that with a team's behind it where the settings name one.
import type { Run } from '../../core/run.ts';
import { createSharedIndex } from '../../input/workspace/external-index/index.ts';
import { type Bounds, createBounds, isInside } from '../../input/workspace/ignore.ts';
import type { Resolve } from '../../input/workspace/index/index.ts';
import type { WorkspaceIndex } from '../../input/workspace/workspace-index.ts';
import type { AnalysisFolder } from './analysis.ts';

export interface Sharing {
  /** What is to be asked now. */
  readonly index: WorkspaceIndex;
  follow(folders: readonly AnalysisFolder[]): Promise<void>;
  /** Files changed on disk, ignore files among them. */
  changed(paths: readonly string[]): void;
  dispose(): Promise<void>;
}

/** @param local the machine's own, which is asked first and stays its maker's. */
export function createSharing(
  log: Run['log'],
  local: WorkspaceIndex,
  resolve: () => Promise<Resolve>,
): Sharing {
  let shared: WorkspaceIndex | undefined;
  let all: readonly { readonly path: string; readonly bounds: Bounds }[] = [];

  const accepts = (path: string): boolean => {
    const folder = all.find((one) => isInside(one.path, path));
    return folder !== undefined && folder.bounds.judge(path, false) === undefined;
  };

  return {
    get index() {
      return shared ?? local;
    },
    async follow(folders) {
      const before = shared;
      const address = folders.find(({ index }) => index)?.index;
      all = [...folders]
        .sort((a, b) => b.path.length - a.path.length)
        .map(({ path, exclude }) => ({ path, bounds: createBounds(path, exclude) }));
      shared = address
        ? createSharedIndex({ address, folders: all.map(({ path }) => path), local, accepts, resolve, log })
        : undefined;
      await before?.dispose();
    },
    changed(paths) {
      for (const { bounds } of all) bounds.changed(paths);
    },
    async dispose() {
      await shared?.dispose();
    },
  };
}
