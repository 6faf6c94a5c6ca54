// Mistakes made on purpose in real code (`--repos DIR`): a member misspelt, a keyword misspelt, an argument too many, an
// imported name misspelt; one a time, at places chosen by a fixed rule. How many the checks find, and, where `--judge` names
// a command, how many that judge finds of the same (it is given a folder and reports lines with `path:line`).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import type { FileFacts } from '../../server/core/facts.ts';
import type { Language } from '../../server/core/language.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import { createProject, type WorkspaceProject } from '../../server/input/workspace/project.ts';
import { check, log, print } from './kit.ts';

type Kind = 'member' | 'keyword' | 'argument' | 'import';

interface Mutation {
  readonly kind: Kind;
  readonly path: string;
  readonly edit: Edit;
}

/** How many of a kind are tried in a repository: a judge takes seconds for each. */
const perKind = 40;

const names: Readonly<Record<Kind, string>> = {
  member: 'members/unknown',
  keyword: 'calls/arguments',
  argument: 'calls/arguments',
  import: 'imports/unknown-export',
};

/** Every repository, in the languages whose members and arguments are judged. */
export async function measureMutations(all: Syntax, folder: string, _: boolean): Promise<void> {
  const judged = all.languages.filter(({ types }) => types !== undefined && types.lenientCalls !== true);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const { id } of judged) await measureMutationsOf(all, join(folder, entry.name), id);
  }
}

/** @param judge a command that checks one file, given its path and the folder; its output's lines name what it finds. */
export async function measureMutationsOf(
  all: Syntax,
  folder: string,
  languageId: string,
  judge?: readonly string[],
): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'vouch-bench-'));
  const copy = join(place, basename(folder));
  try {
    cpSync(folder, copy, { recursive: true });
    if (!(await all.load(languageId))) throw new Error(`no grammar for ${languageId}`);
    const language = all.languages.find(({ id }) => id === languageId)!;
    const project = createProject({
      log,
      syntax: all,
      folders: [{ path: copy, exclude: [] }],
      openText: () => undefined,
    });
    await project.prepare(languageId);
    const found = new Map<string, number>();
    const count = (key: string): void => void found.set(key, (found.get(key) ?? 0) + 1);
    for (const mutation of choose(all, project, copy, language)) {
      const before = readFileSync(mutation.path, 'utf8');
      const text = applyEdits(before, [mutation.edit]);
      const ours = isFound(all, project, mutation, before, text, language);
      count(`${mutation.kind} tried`);
      if (ours) count(`${mutation.kind} found`);
      if (!judge) continue;
      const clean = ask(judge, mutation.path, copy);
      writeFileSync(mutation.path, text);
      const theirs = ask(judge, mutation.path, copy) > clean;
      writeFileSync(mutation.path, before);
      if (theirs) count(`${mutation.kind} judge`);
      if (theirs && ours) count(`${mutation.kind} both`);
    }
    print({
      bench: 'validation/mutations',
      repository: basename(folder),
      language: languageId,
      ...Object.fromEntries(found),
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}

function isFound(
  all: Syntax,
  project: WorkspaceProject,
  { kind, path, edit }: Mutation,
  before: string,
  text: string,
  language: Language,
): boolean {
  const findings = (source: string): number => {
    const file = all.parse(language.id, source)!;
    const list = check(file, path, language, project).filter(
      (one) =>
        one.check === names[kind] &&
        one.span.start >= edit.span.start - 200 &&
        one.span.start <= edit.span.end + 200,
    );
    file.release();
    return list.length;
  };
  return findings(text) > findings(before);
}

/** Every n-th place of a kind, over all files but tests' data. */
function choose(all: Syntax, project: WorkspaceProject, folder: string, language: Language): Mutation[] {
  const byKind = new Map<Kind, Mutation[]>();
  for (const path of project.files(folder)) {
    if (
      all.languageFor(path)?.id !== language.id ||
      /fixture|example|converter2/.test(relative(folder, path))
    )
      continue;
    const file = all.parse(language.id, readFileSync(path, 'utf8'));
    if (!file) continue;
    for (const [kind, edit] of mutationsOf(file)) {
      const list = byKind.get(kind) ?? [];
      list.push({ kind, path, edit });
      byKind.set(kind, list);
    }
    file.release();
  }
  return [...byKind.values()].flatMap((list) => {
    const step = Math.max(1, Math.floor(list.length / perKind));
    return list.filter((_, index) => index % step === 0).slice(0, perKind);
  });
}

function* mutationsOf({ facts, text }: ParsedFile): Generator<[Kind, Edit]> {
  const insert = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });
  for (const { access, nameSpan, name } of (facts satisfies FileFacts).members) {
    if ((access === 'read' || access === 'call') && name.length > 3)
      yield ['member', insert(nameSpan.end - 1, 'q')];
  }
  for (const { arguments: given, span } of facts.calls) {
    const keyword = given.find((one) => one.keyword !== undefined && one.keyword.length > 2);
    if (keyword) yield ['keyword', insert(keyword.span.start + 2, 'q')];
    if (text[span.end - 1] !== ')' || given.some(({ spread, keyword: by }) => spread || by !== undefined))
      continue;
    yield ['argument', insert(given.at(-1)?.span.end ?? span.end - 1, given.length > 0 ? ', 17' : '17')];
  }
  for (const { names: imported, optional } of facts.imports) {
    for (const { span, name } of imported) {
      if (!optional && name.length > 3 && name !== 'default')
        yield ['import', insert(span.start + name.length - 1, 'q')];
    }
  }
}

/** How many lines of its output are errors. */
function ask([program = '', ...args]: readonly string[], path: string, folder: string): number {
  let output = '';
  try {
    output = execFileSync(program, [...args, path], {
      cwd: folder,
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  } catch (error) {
    output = String((error as { stdout?: Buffer }).stdout ?? '');
  }
  return output.split('\n').filter((line) => /\berror\b/.test(line)).length;
}
