// requirements.txt and its kin: a requirement a line, options, and other files that it includes.
import { dirname, resolve } from 'node:path';
import type { Edit } from '../../../../core/span.ts';
import type { Dependency } from '../ecosystem.ts';
import { insertion, lineBefore, requirementFor } from './pyproject.ts';
import { readRequirement } from './requirement.ts';

/** Files that include one another: deeper only in a circle. */
const maxIncludes = 8;

/** @param read gives a file's text. */
export function readRequirementsFile(
  path: string,
  read: (path: string) => string | undefined,
  depth = maxIncludes,
): readonly Dependency[] {
  const lines = (read(path) ?? '').replace(/\\\r?\n/g, ' ').split('\n');
  return lines.flatMap((line): readonly Dependency[] => {
    const bare = line.replace(/(?:^|\s)#.*$/, '').trim();
    const included = /^(?:-r|--requirement|-c|--constraint)(?:\s+|=)(.+)$/.exec(bare)?.[1];
    if (included !== undefined) {
      return depth === 0 ? [] : readRequirementsFile(resolve(dirname(path), included), read, depth - 1);
    }
    const named = /[#&]egg=([\w.-]+)/.exec(line)?.[1];
    if (named !== undefined) return [{ name: named }];
    // Hashes and other options follow the requirement.
    const found = readRequirement(bare.replace(/\s--.*$/, ''));
    return found ? [found] : [];
  });
}

/** In the order of names where the file keeps it, else at its end. */
export function declareInRequirements(source: string, name: string, version?: string): Edit {
  const lines = [...source.matchAll(/^[A-Za-z0-9].*$/gm)];
  const words = lines.map(([line]) => line.toLowerCase());
  const ordered = words.length > 1 && words.every((word, index) => index === 0 || words[index - 1]! <= word);
  const after = ordered ? lines.find(([line]) => line.toLowerCase() > name.toLowerCase()) : undefined;
  const at = after?.index ?? source.length;
  return insertion(at, `${lineBefore(source, at)}${requirementFor(name, version)}\n`);
}
