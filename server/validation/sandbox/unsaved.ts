// A sandbox in which projects appear as they are in the editor, and not only as they are on disk.
import { containsPath } from './programs.ts';
import type { Sandbox } from './sandbox.ts';

/** @param unsaved files with absolute paths; those of a project are put over it, where the opener puts no other text. */
export function withUnsaved(
  sandbox: Sandbox,
  unsaved: readonly { readonly path: string; readonly text: string }[],
): Sandbox {
  return {
    name: sandbox.name,
    isolation: sandbox.isolation,
    open(run, contents) {
      const { project, files } = contents;
      if (project === undefined) return sandbox.open(run, contents);
      const inside = unsaved.filter(({ path }) => containsPath(project, path));
      const texts = Object.fromEntries(inside.map(({ path, text }) => [path, text]));
      return sandbox.open(run, { ...contents, files: { ...texts, ...files } });
    },
  };
}
