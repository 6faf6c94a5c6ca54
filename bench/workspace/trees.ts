// Source trees of a given size for benches: real files, in copies whose declared names differ, so that an index has as many
// names as a project of that size would.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { createSyntax } from '../../server/input/syntax/index.ts';
import { createDisk } from '../../server/input/workspace/disk.ts';
import { createBounds } from '../../server/input/workspace/ignore.ts';
import { outlinedLanguage } from '../../server/input/workspace/index/index.ts';
import { readSource } from '../../server/input/workspace/read.ts';
import { walk } from '../../server/input/workspace/walk.ts';

export interface SourceFile {
  /** Relative to the folder of repositories. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Names that it declares, long enough to be no keyword. */
  readonly names: readonly string[];
}

const minNameLength = 6;

/** All files below a folder in languages that have outlines. */
export async function readSources(folder: string): Promise<SourceFile[]> {
  const syntax = await createSyntax({ log: () => undefined });
  const languageOf = outlinedLanguage(syntax);
  const accepts = (path: string): boolean => languageOf(path) !== undefined;
  const files: SourceFile[] = [];
  for (const path of walk(folder, { disk: createDisk(), bounds: createBounds(folder, []), accepts })) {
    const languageId = languageOf(path)!;
    const source = readSource(path);
    if (!('text' in source) || !(await syntax.load(languageId))) continue;
    const symbols = syntax.outline(languageId, source.text)?.symbols ?? [];
    const names = symbols.map(({ name }) => name).filter((name) => name.length >= minNameLength);
    files.push({ path: relative(folder, path), languageId, text: source.text, names: [...new Set(names)] });
  }
  return files;
}

export interface Tree {
  readonly files: readonly { readonly path: string; readonly languageId: string }[];
  readonly bytes: number;
}

/** Writes copies of the files into a folder until they have that many bytes. */
export function writeTree(folder: string, sources: readonly SourceFile[], bytes: number): Tree {
  const files: { path: string; languageId: string }[] = [];
  const declared = new Set(sources.flatMap(({ names }) => names));
  let written = 0;
  for (let copy = 0; written < bytes; copy++) {
    const suffix = copy === 0 ? '' : letters(copy);
    for (const { path, languageId, text } of sources) {
      if (written >= bytes) break;
      const own =
        copy === 0
          ? text
          : text.replace(/[A-Za-z_]\w{5,}/g, (name) => (declared.has(name) ? name + suffix : name));
      const target = join(folder, `part${copy}`, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, own);
      files.push({ path: target, languageId });
      written += Buffer.byteLength(own);
    }
  }
  return { files, bytes: written };
}

/** 1 → B, 26 → BA: no digits, which words of names leave out. */
const letters = (value: number): string =>
  (value >= 26 ? letters(Math.floor(value / 26)) : '') + String.fromCharCode(65 + (value % 26));

/** A file of the tree with one more function than before, for each round another. */
export function changedText(path: string, round: number): { text: string; name: string } {
  const name = `freshly_made${letters(round + 1)}`;
  const before = readFileSync(path, 'utf8');
  return {
    name,
    text: `${before}\n${extname(path) === '.py' ? `def ${name}(a):\n    return a\n` : `function ${name}(a) { return a; }\n`}`,
  };
}
