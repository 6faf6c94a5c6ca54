// A repository's history lived through once more: before each line that a commit added, the engine knows the commit's parent
// and the lines above it, and what it would have shown is compared with what was written.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedEngine, type EmbeddedEngine } from '../../server/development/models/embedded/index.ts';
import { languageOf, questionAt } from './cursors.ts';
import { isRight } from './measure.ts';
import { randomNumbers, readTree, sourceEnding } from './workspace.ts';

export interface Replayed {
  readonly language: string;
  readonly kind: 'line' | 'mid';
  /** Whether lines were taken away where it was added: then most of it had stood there before. */
  readonly rewritten: boolean;
  readonly exact: boolean;
  readonly shown?: { readonly right: boolean; readonly standsBelow: boolean };
}

/** Lines asked about in one file of one commit: a large file must not be all that is measured. */
const linesOfFile = 12;

/** @param git a repository with history, bare or not. @param commits how many of the last ones. */
export async function replay(git: string, commits: number, patience: number): Promise<Replayed[]> {
  const ask: Ask = (...words) =>
    execFileSync('git', ['-C', git, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const list = ask('log', '--no-merges', '--first-parent', `-${commits}`, '--format=%H').trim().split('\n');
  const engine = createEmbeddedEngine();
  for (const [path, text] of treeOf(git, `${list.at(-1)!}^`)) engine.learn(path, text);
  while (engine.work(1000));
  const random = randomNumbers(3);
  const found: Replayed[] = [];
  for (const commit of list.reverse()) {
    const changed = namesOf(ask('diff', '--name-only', '-z', '--no-renames', `${commit}^`, commit));
    for (const path of changed) {
      const file = changeOf(ask, commit, path);
      if (!file || file.text.length > maxText || !sourceEnding.test(path)) continue;
      const lines = file.hunks.flatMap((hunk) => hunk.lines.map((line) => ({ hunk, line })));
      const language = await languageOf(path);
      for (const { hunk, line } of lines.filter(() => random() < linesOfFile / lines.length)) {
        const rewritten = hunk.oldEnd > hunk.oldStart;
        const below = `\n${file.old.slice(hunk.oldEnd).join('\n')}`;
        const added = { path, language, lines: file.lines, line, below, patience, rewritten };
        found.push(...(await askAboutLine(engine, added, random)));
      }
    }
    for (const path of changed) {
      const file = changeOf(ask, commit, path);
      if (file) engine.learn(path, file.text);
      else engine.forget(path);
    }
    while (engine.work(1000));
  }
  return found;
}

type Ask = (...words: string[]) => string;

interface Change {
  readonly text: string;
  readonly lines: readonly string[];
  /** Lines of the file before; none where it is new. */
  readonly old: readonly string[];
  readonly hunks: readonly Hunk[];
}

/** What a commit made of a file; `undefined` where it is gone. */
function changeOf(ask: Ask, commit: string, path: string): Change | undefined {
  if (ask('ls-tree', commit, '--', path) === '') return undefined;
  const text = ask('show', `${commit}:${path}`);
  const hunks = hunksOf(ask('diff', '-U0', '--no-renames', `${commit}^`, commit, '--', path));
  const isNew = ask('ls-tree', `${commit}^`, '--', path) === '';
  return {
    text,
    lines: text.split('\n'),
    old: isNew ? [] : ask('show', `${commit}^:${path}`).split('\n'),
    hunks,
  };
}

const namesOf = (output: string): string[] => output.split('\0').filter((path) => path !== '');

interface Added {
  readonly path: string;
  readonly language: string;
  readonly lines: readonly string[];
  readonly line: number;
  /** What stands below the line while it is written. */
  readonly below: string;
  readonly patience: number;
  readonly rewritten: boolean;
}

/** A line that is about to be written: asked for at its start and somewhere within. */
async function askAboutLine(engine: EmbeddedEngine, added: Added, random: () => number): Promise<Replayed[]> {
  const { path, language, lines, line, below, patience, rewritten } = added;
  const written = lines[line]!;
  const above = lines
    .slice(0, line)
    .map((one) => `${one}\n`)
    .join('');
  const next = below.split('\n').find((one) => one.trim() !== '');
  const ask = async (kind: Replayed['kind'], column: number): Promise<Replayed | undefined> => {
    const target = written.slice(column).trim();
    if (target === '') return undefined;
    const before = above + written.slice(0, column);
    const question = await questionAt(path, before + below, before.length, 'both', true);
    const request = { ...question, patience, alternatives: 4 };
    const [best] = engine.complete({ ...request, threshold: 0 }).filter(({ whole }) => whole);
    const exact = best?.text.trim() === target;
    const shown = engine.complete(request).find(({ tokens }) => tokens > 1);
    if (!shown) return { language, kind, rewritten, exact };
    const standsBelow = (written.slice(0, column) + shown.text).trim() === next?.trim();
    return { language, kind, rewritten, exact, shown: { right: isRight(shown, target), standsBelow } };
  };
  const indentation = /^\s*/.exec(written)![0].length;
  const asked = [await ask('line', indentation), await ask('mid', wordStart(written, random))];
  return asked.filter((one) => one !== undefined);
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
  /** Lines of the old file that it replaces, from zero. */
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
      oldStart: start,
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
