// The cursors of the data, each with the text that is open there and the names that the parser sees.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { lineSpanAt, lineStarts } from '../../server/core/lines.ts';
import type { CompletionRequest } from '../../server/development/models/embedded/index.ts';
import { createSyntax } from '../../server/input/syntax/create.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { membersAt } from '../../server/orchestration/analysis/members-at.ts';

export interface Cursor {
  readonly repo: string;
  readonly path: string;
  /** From one. */
  readonly line: number;
  readonly col: number;
  readonly kind: 'line' | 'mid';
  readonly target: string;
  readonly same_line_elsewhere: number;
  readonly is_test: boolean;
}

export type Setting = 'prefix' | 'both';

export const readCursors = (data: string): Cursor[] =>
  gunzipSync(readFileSync(join(data, 'completion/lines.jsonl.gz')))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Cursor);

let loading: Promise<Syntax> | undefined;

function parsers(): Promise<Syntax> {
  loading ??= createSyntax({ log: () => undefined });
  return loading;
}

/** The language by the file's name, as the parser has it; the ending where it has none. */
export async function languageOf(path: string): Promise<string> {
  const syntax = await parsers();
  return syntax.languageFor(path)?.id ?? path.slice(path.lastIndexOf('.') + 1);
}

/** The file as it is open: up to the cursor, and with `both` from the end of its line on. */
export function openText(text: string, offset: number, setting: Setting): string {
  return text.slice(0, offset) + (setting === 'both' ? text.slice(lineSpanAt(text, offset).end) : '');
}

/** @throws RangeError where the text is another than the data's. */
export function offsetOf(text: string, { repo, path, line, col, target }: Cursor): number {
  const offset = (lineStarts(text)[line - 1] ?? text.length) + col;
  if (!text.startsWith(target.trim(), offset)) throw new RangeError(`${repo}/${path}:${line} is another`);
  return offset;
}

/** What is asked at an offset: never with more than the setting lets the engine see, for the parser neither. */
export async function questionAt(
  path: string,
  text: string,
  offset: number,
  setting: Setting,
  usable: UsableAt | undefined,
): Promise<CompletionRequest> {
  const open = openText(text, offset, setting);
  const request = { path, text: open, offset, after: setting === 'both' };
  return usable ? { ...request, ...(await usable(path, open, offset)) } : request;
}

/** What can be used at a place, of a text that is open under a path. */
export type UsableAt = (
  path: string,
  text: string,
  offset: number,
) => Promise<Pick<CompletionRequest, 'names' | 'members'>>;

/** Names in scope, by the text alone. */
export const namesAlone: UsableAt = async (path, text, offset) => {
  const syntax = await parsers();
  const language = syntax.languageFor(path)?.id;
  if (!language || !(await syntax.load(language))) return {};
  const parsed = syntax.parse(language, text);
  const names = parsed?.visibleNames(offset);
  parsed?.release();
  return { names };
};

/** The same with members of values, whose types may be declared in other files of the folder. */
export async function usableIn(folder: string): Promise<UsableAt> {
  const syntax = await parsers();
  let opened: { readonly path: string; readonly text: string } | undefined;
  const project = createProject({
    log: () => undefined,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: (path) => (path === opened?.path ? opened.text : undefined),
  });
  return async (path, text, offset) => {
    const language = syntax.languageFor(path);
    if (!language || !(await syntax.load(language.id))) return {};
    opened = { path: join(folder, path), text };
    project.changed([opened.path]);
    await project.prepare(language.id);
    const file = syntax.parse(language.id, text);
    const snapshot = { uri: '', path: opened.path, languageId: language.id, version: 1, text };
    try {
      const names = file?.visibleNames(offset);
      return { names, members: membersAt({ snapshot, language, file }, project, offset) };
    } finally {
      file?.release();
    }
  };
}
