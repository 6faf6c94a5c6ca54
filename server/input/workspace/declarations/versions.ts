// Whether a project asks for a later version of its language than the one whose standard library came with vouch.
import { basename, dirname, join } from 'node:path';
import type { Language } from '../../../core/language.ts';
import type { StandardVersion } from '../../../core/type-rules.ts';
import type { Disk } from '../disk.ts';

export interface VersionsWorld {
  readonly languages: readonly Language[];
  readonly disk: Disk;
  /** The text of a manifest, open text before disk; `undefined` when it cannot be read. */
  readonly read: (path: string) => string | undefined;
  /** The workspace folder that holds a path: beyond it nobody looks. */
  readonly folder: (path: string) => string | undefined;
}

export interface Versions {
  /** Whether the standard library that the file's project uses may have names that are not known here. */
  outgrown(fromPath: string, languageId: string): boolean;
  /** Files have changed: manifests are read again. */
  changed(): void;
}

export function createVersions(world: VersionsWorld): Versions {
  const standards = new Map(world.languages.map(({ id, types }) => [id, types?.standard] as const));
  /** By language and folder. */
  const answers = new Map<string, boolean>();

  const look = (folder: string, top: string, languageId: string, standard: StandardVersion): boolean => {
    const key = `${languageId}\n${folder}`;
    const before = answers.get(key);
    if (before !== undefined) return before;
    const asked = askedIn(folder, standard);
    const parent = dirname(folder);
    const answer =
      asked.length > 0
        ? asked.some((each) => isLater(each, standard.version))
        : folder !== top && parent !== folder && look(parent, top, languageId, standard);
    answers.set(key, answer);
    return answer;
  };
  /** Versions that the manifests of a folder name. */
  const askedIn = (folder: string, { asked }: StandardVersion): string[] =>
    [...(world.disk.entries(folder)?.keys() ?? [])].flatMap((name) =>
      asked
        .filter(({ manifest }) => new RegExp(manifest, 'u').test(name))
        .flatMap(({ text }) =>
          [...(world.read(join(folder, name)) ?? '').matchAll(new RegExp(text, 'gmu'))].map(
            (match) => match[1]!,
          ),
        ),
    );

  return {
    outgrown(fromPath, languageId) {
      const standard = standards.get(languageId);
      if (!standard || fromPath === '' || basename(fromPath) === fromPath) return false;
      const folder = dirname(fromPath);
      return look(folder, world.folder(fromPath) ?? folder, languageId, standard);
    },
    changed: () => answers.clear(),
  };
}

/** As far as `known` is written out: a release that only mends brings no names. What has no number is not released yet. */
function isLater(asked: string, known: string): boolean {
  if (!/^\d/.test(asked)) return true;
  const theirs = asked.split('.').map(Number);
  for (const [index, part] of known.split('.').entries()) {
    const other = theirs[index] ?? 0;
    if (other !== Number(part)) return other > Number(part);
  }
  return false;
}
