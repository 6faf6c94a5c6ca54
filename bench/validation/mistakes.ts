// Mistakes made on purpose in real code, one a time, at places chosen by a fixed rule.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { FileFacts } from '../../server/core/facts.ts';
import type { Language } from '../../server/core/language.ts';
import { applyEdits, type Edit, type Span } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import type { WorkspaceProject } from '../../server/input/workspace/project.ts';
import type { Judge } from './judges.ts';

export type Kind = 'name' | 'member' | 'keyword' | 'argument' | 'fewer' | 'import';

export interface Mutation {
  readonly kind: Kind;
  readonly path: string;
  readonly edit: Edit;
  /** Lines, from 1, on which it may be told: of what is asked for, or of the call up to the end of the mistake. */
  readonly first: number;
  readonly last: number;
}

/** How many of a kind are tried in a repository. */
const perKind = 100;

export const mutated = ({ path, edit }: Mutation): string => applyEdits(readFileSync(path, 'utf8'), [edit]);

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Every n-th place of a kind, over all files but tests' data. */
export function choose(
  all: Syntax,
  project: WorkspaceProject,
  folder: string,
  language: Language,
  judge: Judge | undefined,
): Mutation[] {
  const byKind = new Map<Kind, Mutation[]>();
  for (const path of project.files(folder)) {
    const name = relative(folder, path);
    if (all.languageFor(path)?.id !== language.id || /fixture|example|converter2/.test(name)) continue;
    if (judge && !judge.covers.test(name)) continue;
    const file = all.parse(language.id, readFileSync(path, 'utf8'));
    if (!file) continue;
    for (const [kind, edit, told] of mutationsOf(file)) {
      const list = byKind.get(kind) ?? [];
      const [first, last] = [lineAt(file.text, told.start), lineAt(file.text, edit.span.end)];
      list.push({ kind, path, edit, first, last });
      byKind.set(kind, list);
    }
    file.release();
  }
  return [...byKind.values()].flatMap((list) => {
    const step = Math.max(1, Math.floor(list.length / perKind));
    const chosen = list.filter((_, index) => index % step === 0).slice(0, perKind);
    return chosen.filter((one) => parses(all, one, language));
  });
}

/** Whether a mistake is none of syntax. */
function parses(all: Syntax, mutation: Mutation, { id }: Language): boolean {
  const errors = (text: string): number => {
    const file = all.parse(id, text);
    const count = file?.facts.errors.length ?? 0;
    file?.release();
    return count;
  };
  return errors(mutated(mutation)) <= errors(readFileSync(mutation.path, 'utf8'));
}

/** Shorter words are left as they are. */
const minLength = 4;

function* mutationsOf({ facts, text }: ParsedFile): Generator<[Kind, Edit, Span]> {
  const insert = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });
  const { calls, imports, members, references } = facts satisfies FileFacts;
  const imported = imports.map(({ span }) => span);
  for (const { name, span } of references) {
    if (name.length < minLength || imported.some(({ start, end }) => start <= span.start && span.end <= end))
      continue;
    yield ['name', insert(span.end - 1, 'q'), span];
  }
  for (const { access, nameSpan, name } of members) {
    if ((access === 'read' || access === 'call') && name.length >= minLength)
      yield ['member', insert(nameSpan.end - 1, 'q'), nameSpan];
  }
  for (const { arguments: given, span, nameSpan } of calls) {
    const keyword = given.find((one) => one.keyword !== undefined && one.keyword.length > 2);
    if (keyword) yield ['keyword', insert(keyword.span.start + 2, 'q'), keyword.span];
    if (text[span.end - 1] !== ')' || given.some(({ spread, keyword: by }) => spread || by !== undefined))
      continue;
    const at = given.at(-1)?.span.end ?? span.end - 1;
    yield ['argument', insert(at, given.length > 0 ? ', 17' : '17'), nameSpan];
    const [last, before] = [given.at(-1), given.at(-2)];
    if (!last) continue;
    const start = before?.span.end ?? last.span.start;
    const end = last.span.end + (before ? 0 : /^\s*,?/.exec(text.slice(last.span.end))![0].length);
    // Lines stay where they are.
    const newText = text.slice(start, end).replace(/[^\n]/g, '');
    yield ['fewer', { span: { start, end }, newText }, nameSpan];
  }
  for (const { names, module, moduleSpan, namespace, optional } of imports) {
    if (optional) continue;
    for (const { span, name } of names) {
      if (name.length >= minLength && name !== 'default')
        yield ['import', insert(span.start + name.length - 1, 'q'), span];
    }
    const at = text.indexOf(module, moduleSpan.start);
    const last = /[\p{L}\p{N}_]+$/u.exec(module)?.[0] ?? '';
    if (names.length === 0 && namespace !== undefined && last.length >= minLength && at >= 0)
      yield ['import', insert(at + module.length - 1, 'q'), moduleSpan];
  }
}
