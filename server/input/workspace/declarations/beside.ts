// Relative modules of files outside of the workspace.
import { dirname, join } from 'node:path';
import type { Language } from '../../../core/language.ts';
import type { Disk } from '../disk.ts';

/** The file that a relative module means, declarations before sources. */
export function besideFile(
  { modules, extensions }: Language,
  disk: Disk,
  from: string,
  module: string,
): string | undefined {
  if (modules?.scheme !== 'dotted') return undefined;
  const [, dots = '', rest = ''] = /^(\.+)(.*)$/.exec(module)!;
  let base = dirname(from);
  for (let level = 1; level < dots.length; level++) base = dirname(base);
  const stem = rest === '' ? base : join(base, ...rest.split('.'));
  // Declarations before sources.
  const endings = [
    ...new Set([...extensions.filter((one) => !modules.extensions.includes(one)), ...modules.extensions]),
  ];
  const indexes = modules.index.map((name) => name.replace(/\.\w+$/, ''));
  const candidates = endings.flatMap((ending) => [
    ...indexes.map((name) => join(stem, name + ending)),
    ...(rest === '' ? [] : [stem + ending]),
  ]);
  return candidates.find((path) => disk.kind(path) === 'file');
}
