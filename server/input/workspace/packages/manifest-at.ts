// A manifest as core/project.ts has it, over a file and the function that knows how to declare in its format.
import type { Manifest } from '../../../core/project.ts';
import type { Edit } from '../../../core/span.ts';
import type { Asking } from './ecosystem.ts';

export const manifestAt = (
  at: Asking,
  path: string,
  declareIn: (path: string, source: string, name: string, version?: string) => Edit | undefined,
): Manifest => ({
  path,
  declare(name, version) {
    const source = at.read(path);
    const edit = source === undefined ? undefined : declareIn(path, source, name, version);
    return edit && { ...edit.span, newText: edit.newText };
  },
});
