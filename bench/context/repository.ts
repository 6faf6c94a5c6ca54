// One repository and a question about a place in it, asked as a completion asks: the file as far as it may be seen, open in
// an editor, and everything else on disk.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lineStarts } from '../../server/core/lines.ts';
import { detachedRun } from '../../server/core/run.ts';
import type { Snippet } from '../../server/core/task.ts';
import { importedDefinitions } from '../../server/input/context/imported-definitions.ts';
import { type ContextQuestion, gather } from '../../server/input/context/index.ts';
import { readNearby } from '../../server/input/context/nearby.ts';
import { createSyntax } from '../../server/input/syntax/create.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createLocalIndex } from '../../server/input/workspace/index/index.ts';
import { createProject, type WorkspaceProject } from '../../server/input/workspace/project.ts';
import type { WorkspaceIndex } from '../../server/input/workspace/workspace-index.ts';
import { fitText, loadTokenCounter } from '../../server/orchestration/budget.ts';
import { chooseSnippets, showSnippets, unseen } from '../../server/orchestration/prompts/snippets.ts';

export interface Candidate {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** A record of the data; lines count from one. */
export interface Case {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly prefix_tail: string;
  readonly n_cand: number;
  readonly cands: readonly Candidate[];
  readonly gold_name: string;
  readonly gold_path: string;
}

export interface Repository {
  readonly folder: string;
  readonly syntax: Syntax;
  readonly project: WorkspaceProject;
  readonly index: WorkspaceIndex;
  /** What the editor shows instead of the disk. */
  readonly open: Map<string, string>;
}

export interface Answer {
  /** Whether the definition stands in the context. */
  readonly stands: boolean;
  readonly tokens: number;
  /** Of the definition among the candidates, from 0. */
  readonly rank: number;
  readonly milliseconds: number;
  /** Of the processor, which other programs do not lengthen. */
  readonly busy: number;
}

const contextTokens = 1024;

const counter = await loadTokenCounter();

const run = detachedRun((level, message) => {
  if (level === 'error') console.error(message);
});

let loading: Promise<Syntax> | undefined;

export const parsers = (): Promise<Syntax> => (loading ??= createSyntax({ log: run.log }));

export async function openRepository(folder: string): Promise<Repository> {
  const syntax = await parsers();
  const open = new Map<string, string>();
  const project = createProject({
    log: run.log,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: (path) => open.get(path),
  });
  const index = createLocalIndex(run.log, syntax, project.resolve);
  index.follow([{ path: folder, exclude: [] }]);
  await index.settled();
  return { folder, syntax, project, open, index };
}

/** @param after whether the text after the line is seen. */
export async function ask(repository: Repository, one: Case, after: boolean): Promise<Answer> {
  const { project, syntax, open, folder, index } = repository;
  const path = join(folder, one.path);
  const whole = readFileSync(path, 'utf8');
  const starts = lineStarts(whole);
  const offset = starts[one.line - 1]!;
  const text = whole.slice(0, offset) + (after ? whole.slice(starts[one.line] ?? whole.length) : '');
  open.clear();
  open.set(path, text);
  project.changed([path]);
  const language = syntax.languageFor(path)!;
  await project.prepare(language.id);
  const file = syntax.parse(language.id, text)!;
  const snapshot = { uri: `file://${path}`, path, languageId: language.id, version: 1, text };
  const question: ContextQuestion = {
    snapshot,
    file: { text, facts: { ...file.facts } },
    language,
    project,
    offset,
    purpose: 'completion',
    index,
  };
  file.release();
  // The key before this one has read the files that are imported.
  await gather({ ...run, now: () => 0 }, question);
  const used = process.cpuUsage();
  const started = performance.now();
  const snippets = await gather(run, question);
  const shown = {
    start: offset - fitText(counter, text.slice(0, offset), contextTokens, 'end').text.length,
    end: offset,
  };
  const shownPath = (each: string): string => relative(folder, each);
  const chosen = chooseSnippets(unseen(snippets, snapshot, shown), counter, contextTokens, shownPath);
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  const gold = { name: one.gold_name, path: join(folder, one.gold_path) };
  return {
    stands: chosen.some((each) => each.path === gold.path && names(each, gold.name)),
    tokens: counter.count(showSnippets(chosen, { language, shownPath })),
    rank: await rankOf(question, gold),
    milliseconds,
    busy: (user + system) / 1000,
  };

  async function rankOf(asked: ContextQuestion, { name, path: from }: typeof gold): Promise<number> {
    const definitions = [...(await importedDefinitions({ ...run, now: () => 0 }, asked, readNearby(asked)))];
    definitions.sort((a, b) => b.score - a.score);
    const among = one.cands.map((each) => ({ name: each.name, path: join(folder, each.path) }));
    const ranked = definitions.flatMap(
      (each) =>
        among.find((candidate) => candidate.path === each.path && declares(each, candidate.name)) ?? [],
    );
    const rank = ranked.findIndex((each) => each.name === name && each.path === from);
    return rank < 0 ? one.cands.length : rank;
  }

  function declares({ path: from, span }: Snippet, name: string): boolean {
    return (
      project
        .facts(from)
        ?.symbols.some((symbol) => symbol.name === name && symbol.span.start === span.start) ?? false
    );
  }
}

/** Whether a reader of the snippet learns of the name: it stands in the code, or as what it is imported as. */
const names = ({ text, reason }: Snippet, name: string): boolean =>
  new RegExp(`(?<![\\p{ID_Continue}$])${name.replace(/\$/g, '\\$')}(?![\\p{ID_Continue}$])`, 'u').test(
    `${reason}\n${text}`,
  );
