// The fix that writes a package into the project's manifest.
import type { Fix } from '../../core/finding.ts';
import type { Manifest } from '../../core/project.ts';

/**
 * @param version of the installed one, from which the range is made.
 * @returns `undefined` where the manifest does not show where to write it.
 */
export function declarePackage(manifest: Manifest, name: string, version?: string): Fix | undefined {
  const edit = manifest.declare(name, version);
  if (!edit) return undefined;
  const { start, end, newText } = edit;
  const file = manifest.path.split(/[\\/]/).at(-1)!;
  return {
    title: `Declare \`${name}\` in ${file}`,
    // Whether to depend on it at all is for the user to say.
    certain: false,
    edits: [{ path: manifest.path, edits: [{ span: { start, end }, newText }] }],
  };
}
