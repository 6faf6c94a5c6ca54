// A repository's history lived through once more: before each line that a commit added, the engine knows the commit's parent
// and the lines above it, and what it would have shown is compared with what was written.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedEngine } from '../../server/development/models/embedded/index.ts';
import { languageOf } from './cursors.ts';
import { isRight } from './measure.ts';
import { randomNumbers, readTree } from './workspace.ts';

export interface Replayed {
  readonly language: string;
  readonly kind: 'line' | 'mid';
  readonly exact: boolean;
  readonly shown?: { readonly right: boolean; readonly standsBelow: boolean };
}

/** Lines asked about in one file of one commit: a large file must not be all that is measured. */
const linesOfFile = 12;

/** @param git a repository with history, bare or not. @param commits how many of the last ones. */
export async function replay(git: string, commits: number, patience: number): Promise<Replayed[]> {
  const ask = (...words: string[]): string =>
    execFileSync('git', ['-C', git, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const list = ask('log', '--no-merges', '--first-parent', `-${commits}`, '--format=%H').trim().split('\n');
  const engine = createEmbeddedEngine();
  for (const [path, text] of treeOf(git, `${list.at(-1)!}^`)) engine.learn(path, text);
  while (engine.work(1000));
  const random = randomNumbers(3);
  const found: Replayed[] = [];
  for (const commit of list.reverse()) {
    const changed = ask(
      'diff',
      '--name-only',
      '-z',
      '--diff-filter=AM',
      '--no-renames',
      `${commit}^`,
      commit,
    );
    for (const path of changed.split('\0').filter((one) => one !== '')) {
      const text = ask('show', `${commit}:${path}`);
      const hunks = hunksOf(ask('diff', '-U0', '--no-renames', `${commit}^`, commit, '--', path));
      const added = hunks.flatMap((hunk) => hunk.lines.map((line) => ({ hunk, line })));
      const some = added.filter(() => random() < linesOfFile / added.length);
      const language = await languageOf(path);
      const lines = text.split('\n');
      const old = hunks.some(({ oldStart }) => oldStart > 0)
        ? ask('show', `${commit}^:${path}`).split('\n')
        : [];
      if (text.length > maxText) continue;
      for (const { hunk, line } of some) {
        const written = lines[line]!;
        const indentation = /^\s*/.exec(written)![0].length;
        const above = lines
          .slice(0, line)
          .map((one) => `${one}\n`)
          .join('');
        const below = `\n${old.slice(hunk.oldEnd).join('\n')}`;
        const place = (kind: 'line' | 'mid', column: number): Replayed | undefined => {
          const target = written.slice(column).trim();
          if (target === '') return undefined;
          const before = above + written.slice(0, column);
          const request = { path, text: before + below, offset: before.length, patience, alternatives: 4 };
          const answers = engine.complete({ ...request, threshold: 0 });
          const shown = engine.complete(request).find(({ tokens }) => tokens > 1);
          const next = below
            .split('\n')
            .find((one) => one.trim() !== '')
            ?.trim();
          return {
            language,
            kind,
            exact: answers.find(({ whole }) => whole)?.text.trim() === target,
            ...(shown
              ? {
                  shown: {
                    right: isRight(shown, target),
                    standsBelow: (written.slice(0, column) + shown.text).trim() === next,
                  },
                }
              : {}),
          };
        };
        const asked = [place('line', indentation), place('mid', wordStart(written, random))];
        found.push(...asked.filter((one) => one !== undefined));
      }
    }
    for (const path of ask('diff', '--name-only', '-z', '--no-renames', `${commit}^`, commit).split('\0')) {
      if (path === '') continue;
      if (ask('ls-tree', commit, '--', path) === '') engine.forget(path);
      else engine.learn(path, ask('show', `${commit}:${path}`));
    }
    while (engine.work(1000));
  }
  return found;
}

/** Characters of a file that is replayed. */
const maxText = 256 * 1024;

function treeOf(git: string, commit: string): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-replay-'));
  try {
    const tree = execFileSync('git', ['-C', git, 'archive', commit], { maxBuffer: 1 << 30 });
    execFileSync('tar', ['x', '-C', folder], { input: tree });
    return readTree(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Hunk {
  /** Lines of the old file that it replaces, from zero; -1 where there was no file. */
  readonly oldStart: number;
  readonly oldEnd: number;
  /** Of the new file, from zero. */
  readonly lines: readonly number[];
}

function hunksOf(diff: string): Hunk[] {
  return [...diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((match) => {
    const [oldStart, oldCount, newStart, newCount] = [1, 2, 3, 4].map((at) => Number(match[at] ?? 1));
    // Where nothing is replaced, the number is that of the line before.
    const start = oldCount === 0 ? oldStart! : oldStart! - 1;
    return {
      oldStart: oldStart!,
      oldEnd: start + oldCount!,
      lines: Array.from({ length: newCount! }, (_, at) => newStart! - 1 + at),
    };
  });
}

/** The start of some word or mark within the line, behind its first. */
function wordStart(line: string, random: () => number): number {
  const starts = [...line.matchAll(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu)].map(({ index }) => index).slice(1);
  return starts[Math.floor(random() * starts.length)] ?? line.length;
}
