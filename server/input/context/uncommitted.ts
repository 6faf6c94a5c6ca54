// What was changed since the last commit, in the files that have most to do with the document: what the user is at.
import { dirname } from 'node:path';
import { structuredPatch } from 'diff';
import { detachedRun, type Run } from '../../core/run.ts';
import { overlaps, type Span, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { changedSpans } from '../workspace/changed-spans.ts';
import type { Git } from '../workspace/git.ts';
import { diffTimeoutMs } from '../workspace/limits.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import { dedented, linesAround } from './excerpt.ts';
import { maxChangedFiles, maxExcerpt, maxHunks, uncommittedTrustMs } from './limits.ts';
import type { ContextQuestion, Source } from './source.ts';

/** A file that differs from its last commit. */
export interface Change {
  readonly path: string;
  /** As committed; empty for a file that is new. */
  readonly before: string;
}

export interface Uncommitted {
  /**
   * Changed files around a document that may be shown, the nearest first. Git is asked in the background: whoever cannot
   * wait has the answer with the next key.
   */
  around(project: WorkspaceProject, path: string): Promise<readonly Change[]>;
}

interface Known {
  readonly at: number;
  readonly paths: Promise<readonly string[]>;
}

/** Which files have changed is asked of git at most once in a while: it looks through the whole folder for that. */
export function createUncommitted(git: Git, log: Run['log']): Uncommitted {
  const run = detachedRun(log);
  const known = new Map<string, Known>();
  const changedIn = (folder: string): Promise<readonly string[]> => {
    const before = known.get(folder);
    if (before && run.now() - before.at < uncommittedTrustMs) return before.paths;
    const paths = git
      .changedFiles(run, folder)
      .then((changed) => ('reason' in changed ? [] : [...changed.paths]));
    known.set(folder, { at: run.now(), paths });
    return paths;
  };
  return {
    async around(project, path) {
      const folder = project.folderOf(path);
      if (folder === undefined) return [];
      const nearest = [...(await changedIn(folder))]
        .sort((a, b) => distance(path, a) - distance(path, b))
        .slice(0, maxChangedFiles);
      const changes: Change[] = [];
      for (const each of nearest) {
        // What must not be shown now must not be shown as it was either.
        if (project.text(each) === undefined) continue;
        const baseline = await git.baseline(run, each);
        if (baseline.kind === 'unavailable') continue;
        changes.push({ path: each, before: baseline.kind === 'tracked' ? baseline.text : '' });
      }
      return changes;
    },
  };
}

/** Folders between two files. */
function distance(a: string, b: string): number {
  const from = dirname(a).split(/[\\/]/);
  const to = dirname(b).split(/[\\/]/);
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return from.length + to.length - 2 * shared;
}

export const uncommittedChanges: Source = async (_run, question) => {
  const changes = (await question.uncommitted?.()) ?? [];
  return changes
    .flatMap((change) => piecesOf(change, question))
    .slice(0, maxHunks)
    .map((piece, rank) => ({ ...piece, score: 0.5 - rank * 0.02 }));
};

/** The changed places of a file, each with a line on either side. */
function piecesOf({ path, before }: Change, question: ContextQuestion): Omit<Snippet, 'score'>[] {
  const { project, snapshot, purpose, offset } = question;
  const after = path === snapshot.path ? snapshot.text : project.text(path);
  if (after === undefined) return [];
  const hunks = purpose === 'task' ? hunksOf(before, after) : undefined;
  const pieces: Omit<Snippet, 'score'>[] = [];
  for (const where of changedSpans(before === '' ? undefined : before, after)) {
    // What is being written here is no evidence for itself.
    if (path === snapshot.path && overlaps(where, span(offset, offset))) continue;
    const shown = linesAround(after, where, 1);
    const hunk = hunks?.(where);
    const text = hunk ?? dedented(spanText(after, shown));
    if (text.length > maxExcerpt) continue;
    const reason = hunk ? 'uncommitted change, as a diff' : 'changed since the last commit';
    pieces.push({ path, span: shown, text, reason });
  }
  return pieces;
}

/** The parts of a difference by the lines they end up on: a model at a task should see what went, too. */
function hunksOf(before: string, after: string): ((where: Span) => string | undefined) | undefined {
  if (before === '') return undefined;
  const patch = structuredPatch('', '', before, after, '', '', { context: 1, timeout: diffTimeoutMs });
  return (where) => {
    const line = after.slice(0, where.start).split('\n').length;
    const hunk = patch?.hunks.find(
      ({ newStart, newLines }) => newStart <= line && line <= newStart + newLines,
    );
    return hunk?.lines.filter((each) => !each.startsWith('\\')).join('\n');
  };
}
