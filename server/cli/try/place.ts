// `FILE:LINE[:COLUMN]` as a document and an offset in it.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language } from '../../core/language.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { wrongUsage } from '../failure.ts';
import { fileExists, offsetOf, shownPath } from '../places.ts';

export interface Place {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** Editors do not open more as code either, and a person does not ask about one line of it. */
const maximumBytes = 20_000_000;

/** @throws CommandFailure for a place that is none. */
export async function readPlace(parameter: string): Promise<Place> {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(parameter);
  if (!match)
    throw wrongUsage(`${parameter} is no place; write FILE:LINE or FILE:LINE:COLUMN, as src/main:12:5`);
  const [, file, lineText, columnText] = match;
  const path = resolve(file!);
  if (!fileExists(path)) throw wrongUsage(`no such file: ${shownPath(path)}`);
  const bytes = await readFile(path);
  if (bytes.length > maximumBytes)
    throw wrongUsage(`${shownPath(path)} is too large to be looked at as code`);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const line = Number(lineText);
  const column = columnText === undefined ? undefined : Number(columnText);
  if (line < 1 || column === 0) throw wrongUsage('lines and columns are counted from 1');
  const offset = offsetOf(text, line, column);
  if (offset === undefined) throw wrongUsage(`${shownPath(path)} has no line ${line}`);
  return { path, text, offset };
}

/** The document as an editor would open it. */
export function openedAs({ path, text }: Place, languages: readonly Language[]): Snapshot {
  return { uri: pathToFileURL(path).href, path, languageId: languageOf(path, languages), version: 1, text };
}

/** By the whole name, else by the longest extension that fits (`.d.ts` before `.ts`). */
function languageOf(path: string, languages: readonly Language[]): string {
  const name = basename(path);
  const byName = languages.find(({ filenames }) => filenames.includes(name));
  if (byName) return byName.id;
  const fitting = languages
    .flatMap(({ id, extensions }) => extensions.map((extension) => ({ id, extension })))
    .filter(({ extension }) => name.endsWith(extension))
    .sort((a, b) => b.extension.length - a.extension.length);
  return fitting[0]?.id ?? 'plaintext';
}
