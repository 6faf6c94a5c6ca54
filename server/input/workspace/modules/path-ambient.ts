// Names that a declaration file gives to every file without import. Read from the text alone, and rather too many than
// too few: they only ever keep vouch from calling a name undefined.
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { Disk } from '../disk.ts';

const declarationFile = /\.d\.(?:ts|mts|cts)$/;
// Such a block stands at the top level, so that the first brace at the beginning of a line closes it.
const globalBlock = /\bdeclare\s+global\s*\{[\s\S]*?(?:^\}|$(?![\s\S]))/gm;
const moduleMark = /^\s*(?:import\b(?!\s*\()|export\b)|\brequire\s*\(|\bmodule\.exports\b|^\s*exports\./m;
const keyword = '(?:var|let|const|function\\s*\\*?|class|interface|type|enum|namespace|module)';
const name = '([\\p{ID_Start}$_][\\p{ID_Continue}$]*)';
const declared = new RegExp(`\\b${keyword}\\s+${name}`, 'gu');
const declaredAtTop = new RegExp(
  `^(?:(?:export|default|declare|abstract|async)\\s+)*${keyword}\\s+${name}`,
  'gmu',
);
/** `const { a, b } = …`, `var a = 1, b = 2`: all words up to the end of the line count. */
const severalAtTop = /^(?:export\s+)?(?:var|let|const)\b(.*[{[,].*)$/gm;
const assignedAtTop = new RegExp(`^${name}\\s*=(?![=>])`, 'gmu');
/** Put on the object of all globals, wherever that is done. */
const setGlobally = new RegExp(`\\b(?:window|globalThis|global|self)\\.${name}\\s*=(?![=>])`, 'gu');
const umd = /^\s*export\s+as\s+namespace\s+([\w$]+)/gm;
const reference = /^\/\/\/\s*<reference\s+types\s*=\s*["']([^"']+)["']/gm;
const openInterface =
  /(?:^|\{)([ \t]*)(?:(?:export|declare)\s+)*interface\s+[^{]*\{(?:(.*)\}[ \t}]*$|([\s\S]*?)^\1\})/gm;
const memberName = /(?:^|[;,{])\s*(?:readonly\s+)?["']?([\w$]+)["']?\??\s*[(:<]/gm;
const word = new RegExp(name, 'gu');

/** Of a script, that is a file without imports and exports, all that it declares; of others, what they say is global. */
export function ambientNames(text: string, path: string): readonly string[] {
  const names = (text.match(globalBlock) ?? []).flatMap((block) => all(declared, block));
  names.push(...all(setGlobally, text));
  if (declarationFile.test(path)) names.push(...all(umd, text));
  if (!moduleMark.test(text)) {
    names.push(...all(declaredAtTop, text), ...all(assignedAtTop, text));
    for (const line of all(severalAtTop, text)) names.push(...all(word, line));
  }
  return names;
}

/**
 * Members that a text adds to interfaces which all files see, those of the language among them. An interface is taken to
 * end on its line, or at the first brace that stands as far in as it does.
 */
export function addedMembers(text: string): readonly string[] {
  const parts = moduleMark.test(text) ? (text.match(globalBlock) ?? []) : [text];
  return parts.flatMap((part) =>
    [...part.matchAll(openInterface)].flatMap(([, , line, block]) => all(memberName, line ?? block!)),
  );
}

/** Single declarations only: of several in one, none is found, and none is then offered for import. */
export const declaredNames = (text: string): readonly string[] => all(declaredAtTop, text);

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
