// Names that a declaration file gives to every file without import. Read from the text alone, and rather too many than
// too few: they only ever keep vouch from calling a name undefined.
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { z } from 'zod';
import type { Disk } from '../disk.ts';

const declarationFile = /\.d\.(?:ts|mts|cts)$/;
const globalBlock = /\bdeclare\s+global\s*\{/;
const moduleMark = /^\s*(?:import\b(?!\s*\()|export\b)/m;
const declared =
  /\b(?:var|let|const|function\s*\*?|class|interface|type|enum|namespace|module)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;
const declaredAtTop =
  /^(?:declare\s+)?(?:abstract\s+)?(?:var|let|const|function\s*\*?|class|interface|type|enum|namespace|module)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
const umd = /^\s*export\s+as\s+namespace\s+([\w$]+)/gm;
const reference = /^\/\/\/\s*<reference\s+types\s*=\s*["']([^"']+)["']/gm;

export function ambientNames(text: string, path: string): readonly string[] {
  const names: string[] = [];
  const block = globalBlock.exec(text);
  if (block) names.push(...all(declared, text.slice(block.index + block[0].length)));
  if (declarationFile.test(path)) {
    names.push(...all(umd, text));
    if (!moduleMark.test(text)) names.push(...all(declaredAtTop, text));
  }
  return names;
}

/** A file without an import or export may be one that others see into. Checked in its facts then. */
export const mayBeScript = (text: string): boolean => !moduleMark.test(text) && text.trim() !== '';

const typesFolder = join('node_modules', '@types');
const configNames = /^[jt]sconfig(?:\.[\w.-]+)?\.json$/;
const config = z.object({ compilerOptions: z.object({ types: z.array(z.string()) }) });

/** Declaration files of the installed type packages, and of the packages that the compilers' configuration names. */
export function* ambientFiles(
  folder: string,
  disk: Disk,
  read: (path: string) => string | undefined,
): Generator<string> {
  for (const name of disk.entries(join(folder, typesFolder))?.keys() ?? []) {
    yield* declarationsIn(join(folder, typesFolder, name), disk);
  }
  for (const name of new Set(namedTypes(folder, disk, read))) {
    const path = join(folder, 'node_modules', name);
    if (disk.kind(`${path}.d.ts`) === 'file') yield `${path}.d.ts`;
    else yield* declarationsIn(path, disk);
  }
}

/** Packages that the configuration, or a declaration file beside it, names for their types. */
function* namedTypes(
  folder: string,
  disk: Disk,
  read: (path: string) => string | undefined,
): Generator<string> {
  for (const name of disk.entries(folder)?.keys() ?? []) {
    const text = configNames.test(name) || declarationFile.test(name) ? (read(join(folder, name)) ?? '') : '';
    if (declarationFile.test(name)) yield* all(reference, text);
    if (!configNames.test(name)) continue;
    const result = config.safeParse(parse(text, [], { allowTrailingComma: true }));
    if (result.success) yield* result.data.compilerOptions.types;
  }
}

function* declarationsIn(folder: string, disk: Disk): Generator<string> {
  if (disk.kind(folder) !== 'folder') return;
  for (const name of disk.entries(folder)?.keys() ?? []) {
    if (declarationFile.test(name)) yield join(folder, name);
  }
}

const all = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);
