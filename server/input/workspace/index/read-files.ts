// Files → segments: read, parsed, and forgotten again. The part of the work that is done on all cores.
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Syntax } from '../../syntax/index.ts';
import { createDisk } from '../disk.ts';
import { createBounds } from '../ignore.ts';
import { createModules } from '../modules.ts';
import { readSource } from '../read.ts';
import { contentHash, extract } from './extract.ts';
import type { FileRecord, FileRequest } from './record.ts';
import { fits, writeSegment } from './write-segment.ts';

/** A file that may have changed. */
export interface FileToRead extends FileRequest {
  /** Of its content when it was last read: where it is the same, nothing else is done. */
  readonly hash?: string;
}

export interface ReadFiles {
  readonly segments: readonly SharedArrayBuffer[];
  /** Those whose content is as it was. */
  readonly unchanged: readonly FileRequest[];
  /** Paths, relative to the folder, of files that are none for the index, each with the reason. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/** Milliseconds of work after which others on the same thread have a turn. */
const stepMs = 8;

/** @param folder the absolute path that those of the files are relative to. */
export type ReadFilesOf = (folder: string, files: readonly FileToRead[]) => Promise<ReadFiles>;

export function createFileReader(syntax: Promise<Syntax>): ReadFilesOf {
  const ambientOf = syntax.then(({ languages }) => {
    const disk = createDisk();
    return createModules({
      languages,
      disk,
      bounds: (path) => createBounds(path, []),
      folder: () => undefined,
      files: () => [],
    }).ambientNames;
  });

  return async (folder, files) => {
    const { languages, load, outline } = await syntax;
    const ambientNames = await ambientOf;
    const byId = new Map(languages.map((language) => [language.id, language]));
    const segments: SharedArrayBuffer[] = [];
    const unchanged: FileRequest[] = [];
    const leftOut: { path: string; reason: string }[] = [];
    let records: FileRecord[] = [];
    let symbols = 0;
    const close = (): void => {
      if (records.length > 0) segments.push(writeSegment(records));
      records = [];
      symbols = 0;
    };

    const readOne = async (file: FileToRead): Promise<void> => {
      const language = byId.get(file.languageId);
      const absolute = join(folder, ...file.path.split('/'));
      const source = readSource(absolute);
      if ('skipped' in source) return void leftOut.push({ path: file.path, reason: source.skipped });
      const { hash: before, ...request } = file;
      if (before !== undefined && contentHash(source.text) === before) return void unchanged.push(request);
      if (!language || !(await load(language.id))) {
        return void leftOut.push({ path: file.path, reason: 'unknown language' });
      }
      const found = isWritten(source.text) ? outline(language.id, source.text) : undefined;
      if (!found) return void leftOut.push({ path: file.path, reason: 'generated or too long to parse' });
      const ambient = ambientNames(language.id, source.text, absolute);
      const record = extract(request, language, source.text, found, ambient);
      if (!fits(records.length, symbols, record)) close();
      records.push(record);
      symbols += record.symbols.length;
    };

    let turn = performance.now();
    for (const file of files) {
      await readOne(file);
      if (performance.now() - turn > stepMs) {
        await nextTurn();
        turn = performance.now();
      }
    }
    close();
    return { segments, unchanged, leftOut };
  };
}

/** Characters a line of a large file may have on average: minified code has thousands, people stay below a hundred. */
const maxMeanLine = 400;
const minJudgedLength = 20_000;

/** Whether people wrote it, by the length of its lines: what a tool has packed is long to parse and nobody's to read. */
function isWritten(text: string): boolean {
  if (text.length < minJudgedLength) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines <= maxMeanLine;
}
