// Mistakes made on purpose in real code (`--repos DIR`): a name, a member, a keyword or an import misspelt, an argument too
// many or too few; one a time, at places chosen by a fixed rule. How many the checks find and, with `--judge`, how many the
// language's compiler finds of the same: an error at the mistake's line that is not there without it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import type { Language } from '../../server/core/language.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject, type WorkspaceProject } from '../../server/input/workspace/project.ts';
import { judgedWrong } from './judged.ts';
import { type Judge, judges } from './judges.ts';
import { check, log, print } from './kit.ts';
import { choose, type Kind, type Mutation, mutated } from './mistakes.ts';
import { reasonOf } from './reasons.ts';

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
  /** Whether each mistake is printed that one side finds and the other does not. */
  readonly findings: boolean;
  /** The only language to ask for; all where absent. */
  readonly language?: string | undefined;
  /** A file in which the judges' verdicts are kept. */
  readonly verdicts?: string | undefined;
}

/** Every repository, in the languages that have scopes. */
export async function measureMutations(all: Syntax, folder: string, asked: Asked): Promise<void> {
  const able = all.languages.filter(({ closed }) => closed !== undefined && closed !== false);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const { id } of able) {
      if (asked.language !== undefined && asked.language !== id) continue;
      await measureMutationsOf(all, join(folder, entry.name), id, asked);
    }
  }
}

async function measureMutationsOf(
  all: Syntax,
  folder: string,
  languageId: string,
  { findings, judge: judged, verdicts }: Asked,
): Promise<void> {
  const judge: Judge | undefined = judged ? judges[languageId] : undefined;
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
    const theirs = judge && judgedWrong(judge, copy, mutations, verdicts);
    const ours = new Set(mutations.filter((one) => isFound(all, project, one, language)));
    report(mutations, ours, theirs, { all, project, folder: copy, language, findings });
  } finally {
    rmSync(place, { recursive: true });
  }
}

interface Measured {
  readonly all: Syntax;
  readonly project: WorkspaceProject;
  readonly folder: string;
  readonly language: Language;
  readonly findings: boolean;
}

function report(
  mutations: readonly Mutation[],
  ours: ReadonlySet<Mutation>,
  theirs: ReadonlySet<Mutation> | undefined,
  { all: syntax, project, folder, language, findings }: Measured,
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
      const lines = mutated(one).split('\n');
      const isOurs = ours.has(one);
      print({
        [isOurs ? 'notFoundByJudge' : 'missed']: kind,
        ...(!isOurs && { reason: reasonOf(syntax, project, one, language) }),
        at: `${relative(folder, one.path)}:${one.last}`,
        line: lines
          .slice(one.first - 1, one.last)
          .map((line) => line.trim())
          .join(' '),
      });
    }
  }
}

/** Findings without the mistake, by file and kind. */
const clean = new WeakMap<WorkspaceProject, Map<string, readonly number[]>>();

function isFound(all: Syntax, project: WorkspaceProject, mutation: Mutation, language: Language): boolean {
  const { kind, path, first, last } = mutation;
  const lines = (source: string): number[] => {
    const file = all.parse(language.id, source)!;
    const found = check(file, path, language, project, checks[kind]);
    file.release();
    return found.map(({ span }) => source.slice(0, span.start).split('\n').length);
  };
  const known = clean.get(project) ?? new Map<string, readonly number[]>();
  clean.set(project, known);
  const key = `${kind} ${path}`;
  const before = known.get(key) ?? lines(readFileSync(path, 'utf8'));
  known.set(key, before);
  const near = (all: readonly number[]): number => all.filter((line) => first <= line && line <= last).length;
  return near(lines(mutated(mutation))) > near(before);
}
