// Mistakes made on purpose in real code (`--repos DIR`): a name, a member, a keyword or an import misspelt, an argument too
// many or too few; one a time, at places chosen by a fixed rule. How many the checks find and, with `--judge`, how many the
// language's compiler finds of the same: an error at the mistake's line that is not there without it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import type { FileFacts } from '../../server/core/facts.ts';
import type { Language } from '../../server/core/language.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import { createProject, type WorkspaceProject } from '../../server/input/workspace/project.ts';
import { errorsOf, type Judge, judges } from './judges.ts';
import { check, log, print } from './kit.ts';

type Kind = 'name' | 'member' | 'keyword' | 'argument' | 'fewer' | 'import';

interface Mutation {
  readonly kind: Kind;
  readonly path: string;
  readonly edit: Edit;
  readonly line: number;
}

/** How many of a kind are tried in a repository. */
const perKind = 100;

/** The checks that may speak of it. */
const checks: Readonly<Record<Kind, readonly string[]>> = {
  name: ['names/unresolved'],
  member: ['members/unknown'],
  keyword: ['calls/arguments'],
  argument: ['calls/arguments'],
  fewer: ['calls/arguments'],
  import: ['imports/unknown-export', 'imports/unknown-module', 'imports/unknown-package'],
};

export interface Asked {
  /** Whether compilers are asked as well. */
  readonly judge: boolean;
  readonly findings: boolean;
  /** The only language to ask for; all where absent. */
  readonly language?: string;
}

/** Every repository, in the languages that have scopes. */
export async function measureMutations(
  all: Syntax,
  folder: string,
  { findings, judge: judged, language }: Asked,
): Promise<void> {
  const able = all.languages.filter(({ closed }) => closed !== undefined && closed !== false);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const { id } of able) {
      if (language !== undefined && language !== id) continue;
      const judge = judged ? judges[id] : undefined;
      await measureMutationsOf(all, join(folder, entry.name), id, { findings, judge });
    }
  }
}

interface Options {
  /** Whether each mistake is printed that one side finds and the other does not. */
  readonly findings: boolean;
  readonly judge?: Judge | undefined;
}

export async function measureMutationsOf(
  all: Syntax,
  folder: string,
  languageId: string,
  { findings, judge }: Options,
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
    const mutations = choose(all, project, copy, language, judge);
    if (mutations.length === 0) return;
    const ours = new Set(mutations.filter((one) => isFound(all, project, one, language)));
    const theirs = judge && judgedWrong(judge, copy, mutations);
    report(mutations, ours, theirs, { folder: copy, language, findings });
  } finally {
    rmSync(place, { recursive: true });
  }
}

function report(
  mutations: readonly Mutation[],
  ours: ReadonlySet<Mutation>,
  theirs: ReadonlySet<Mutation> | undefined,
  { folder, language, findings }: { folder: string; language: Language; findings: boolean },
): void {
  for (const kind of Object.keys(checks)) {
    const all = mutations.filter((one) => one.kind === kind);
    const count = (of: (one: Mutation) => boolean | undefined): number => all.filter(of).length;
    if (all.length === 0) continue;
    print({
      bench: 'validation/mutations',
      repository: basename(folder),
      ...{ language: language.id, kind, tried: all.length, found: count((one) => ours.has(one)) },
      ...(theirs && {
        judge: count((one) => theirs.has(one)),
        both: count((one) => theirs.has(one) && ours.has(one)),
      }),
    });
    for (const one of findings ? all : []) {
      if (theirs ? theirs.has(one) === ours.has(one) : ours.has(one)) continue;
      const text = applyEdits(readFileSync(one.path, 'utf8'), [one.edit]);
      print({
        [ours.has(one) ? 'notFoundByJudge' : 'missed']: kind,
        at: `${relative(folder, one.path)}:${one.line}`,
        line: text.split('\n')[one.line - 1]!.trim(),
        edit: text.slice(one.edit.span.start - 12, one.edit.span.start + 6),
      });
    }
  }
}

function isFound(
  all: Syntax,
  project: WorkspaceProject,
  { kind, path, edit, line }: Mutation,
  language: Language,
): boolean {
  const before = readFileSync(path, 'utf8');
  const findings = (source: string): number => {
    const file = all.parse(language.id, source)!;
    const list = check(file, path, language, project, checks[kind]).filter(
      (one) => Math.abs(lineAt(source, one.span.start) - line) <= 1,
    );
    file.release();
    return list.length;
  };
  return findings(applyEdits(before, [edit])) > findings(before);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Mistakes that are in a file at once are so many lines apart, so that none hides another. */
const linesApart = 30;

const isApart = (one: Mutation, other: Mutation): boolean =>
  one.path !== other.path || (one.kind !== 'import' && Math.abs(one.line - other.line) >= linesApart);

/** Which of them the judge finds: many at once, of one unit and one kind. */
function judgedWrong(judge: Judge, folder: string, mutations: readonly Mutation[]): ReadonlySet<Mutation> {
  const found = new Set<Mutation>();
  const units = new Map<string, Mutation[]>();
  for (const one of mutations) {
    // Of some kinds a compiler says nothing any more once it has found others.
    const unit = `${judge.unit(relative(folder, one.path))}\n${one.kind}`;
    units.set(unit, [...(units.get(unit) ?? []), one]);
  }
  const files = [...new Set(mutations.map(({ path }) => relative(folder, path)))];
  for (const unit of units.values()) {
    const own = files.filter((file) => judge.unit(file) === judge.unit(relative(folder, unit[0]!.path)));
    const clean = errorsOf(judge, folder, own);
    for (let left = unit; left.length > 0; ) {
      const round: Mutation[] = [];
      for (const one of left) if (round.every((other) => isApart(one, other))) round.push(one);
      left = left.filter((one) => !round.includes(one));
      const before = new Map(round.map(({ path }) => [path, readFileSync(path, 'utf8')]));
      for (const [path, text] of before) {
        const edits = round.filter((one) => one.path === path).map(({ edit }) => edit);
        writeFileSync(path, applyEdits(text, edits));
      }
      const errors = errorsOf(judge, folder, own);
      for (const [path, text] of before) writeFileSync(path, text);
      const seen = round.filter(({ path, line }) => {
        const at = `${relative(folder, path)}:${line}`;
        return errors.has(at) && !clean.has(at);
      });
      for (const one of seen) found.add(one);
      if (judge.staged && seen.length > 0) left.push(...round.filter((one) => !found.has(one)));
    }
  }
  return found;
}

/** Every n-th place of a kind, over all files but tests' data. */
function choose(
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
    for (const [kind, edit] of mutationsOf(file)) {
      const list = byKind.get(kind) ?? [];
      list.push({ kind, path, edit, line: lineAt(file.text, edit.span.start) });
      byKind.set(kind, list);
    }
    file.release();
  }
  return [...byKind.values()].flatMap((list) => {
    const step = Math.max(1, Math.floor(list.length / perKind));
    return list.filter((_, index) => index % step === 0).slice(0, perKind);
  });
}

/** Shorter words are left as they are. */
const minLength = 4;

function* mutationsOf({ facts, text }: ParsedFile): Generator<[Kind, Edit]> {
  const insert = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });
  const { calls, imports, members, references } = facts satisfies FileFacts;
  const imported = imports.map(({ span }) => span);
  for (const { name, span } of references) {
    if (name.length < minLength || imported.some(({ start, end }) => start <= span.start && span.end <= end))
      continue;
    yield ['name', insert(span.end - 1, 'q')];
  }
  for (const { access, nameSpan, name } of members) {
    if ((access === 'read' || access === 'call') && name.length >= minLength)
      yield ['member', insert(nameSpan.end - 1, 'q')];
  }
  for (const { arguments: given, span } of calls) {
    const keyword = given.find((one) => one.keyword !== undefined && one.keyword.length > 2);
    if (keyword) yield ['keyword', insert(keyword.span.start + 2, 'q')];
    if (text[span.end - 1] !== ')' || given.some(({ spread, keyword: by }) => spread || by !== undefined))
      continue;
    yield ['argument', insert(given.at(-1)?.span.end ?? span.end - 1, given.length > 0 ? ', 17' : '17')];
    const [last, before] = [given.at(-1), given.at(-2)];
    if (last)
      yield [
        'fewer',
        { span: { start: before?.span.end ?? last.span.start, end: last.span.end }, newText: '' },
      ];
  }
  for (const { names, module, moduleSpan, namespace, optional } of imports) {
    if (optional) continue;
    for (const { span, name } of names) {
      if (name.length >= minLength && name !== 'default')
        yield ['import', insert(span.start + name.length - 1, 'q')];
    }
    const at = text.indexOf(module, moduleSpan.start);
    const last = /[\p{L}\p{N}_]+$/u.exec(module)?.[0] ?? '';
    if (names.length === 0 && namespace !== undefined && last.length >= minLength && at >= 0)
      yield ['import', insert(at + module.length - 1, 'q')];
  }
}
