// A repository's history lived through once more: before each line that a commit added, the engine knows the commit's parent
// and the lines above it, and what it would have shown is compared with what was written.
import { createEmbeddedEngine, type EmbeddedEngine } from '../../server/development/models/embedded/index.ts';
import { languageOf, namesAlone, questionAt } from './cursors.ts';
import { type History, historyOf } from './history.ts';
import { isRight } from './measure.ts';
import { randomNumbers, sourceEnding } from './workspace.ts';

/** A place in a line that a commit added, as the line is about to be written there. */
export interface Written {
  readonly path: string;
  /** All lines above it as the commit left them, what of the line stands before the cursor, and what stands below it. */
  readonly text: string;
  readonly offset: number;
  readonly target: string;
  readonly kind: 'line' | 'mid';
  /** Whether lines were taken away where it was added: then most of it had stood there before. */
  readonly rewritten: boolean;
}

/** Who learns what each commit leaves behind. */
export interface Learner {
  learn(path: string, text: string): unknown;
  forget(path: string): void;
  work(milliseconds: number, all: boolean): boolean;
}

export interface Replayed extends Pick<Written, 'kind' | 'rewritten'> {
  readonly language: string;
  readonly exact: boolean;
  readonly shown?: { readonly right: boolean; readonly standsBelow: boolean };
}

export interface ReplayOptions {
  /** How many of the last commits. */
  readonly commits: number;
  /** Lines asked about in one file of one commit: a large file must not be all that is measured. */
  readonly linesOfFile: number;
}

/** Lines asked about in one file of one commit. */
const linesOfFile = 12;

/** What would have been shown at each place. @param git a repository with history, bare or not. */
export async function replay(git: string, commits: number, patience: number): Promise<Replayed[]> {
  const engine = createEmbeddedEngine();
  const found: Replayed[] = [];
  for (const written of writtenPlaces(git, { commits, linesOfFile }, engine)) {
    found.push(await outcomeOf(engine, written, patience));
  }
  return found;
}

/** Lives through the last commits: each place is to be asked about before the next is taken. */
export function* writtenPlaces(
  git: string,
  { commits, linesOfFile }: ReplayOptions,
  learner: Learner,
): Generator<Written> {
  const history = historyOf(git);
  const { ask } = history;
  const list = ask('log', '--no-merges', '--min-parents=1', '--first-parent', `-${commits}`, '--format=%H')
    .trim()
    .split('\n');
  for (const [path, text] of history.treeAt(`${list.at(-1)!}^`)) learner.learn(path, text);
  while (learner.work(1000, true));
  const random = randomNumbers(3);
  for (const commit of list.reverse()) {
    const changed = namesOf(ask('diff', '--name-only', '-z', '--no-renames', `${commit}^`, commit));
    for (const path of changed.filter((one) => sourceEnding.test(one))) {
      const file = changeOf(history, commit, path);
      if (file) yield* placesIn(path, file, linesOfFile, random);
    }
    for (const path of changed) {
      const text = history.textAt(commit, path);
      if (text === undefined) learner.forget(path);
      else learner.learn(path, text);
    }
    while (learner.work(1000, true));
  }
}

/** Some of the lines that were added to a file. */
function* placesIn(path: string, file: Change, count: number, random: () => number): Generator<Written> {
  const lines = file.hunks.flatMap((hunk) => hunk.lines.map((line) => ({ hunk, line })));
  for (const { hunk, line } of lines.filter(() => random() < count / lines.length)) {
    yield* placesOf(path, file, hunk, line, random);
  }
}

/** A line that is about to be written: at its start and somewhere within. */
function* placesOf(
  path: string,
  { lines, old }: Change,
  { oldStart, oldEnd }: Hunk,
  line: number,
  random: () => number,
): Generator<Written> {
  const written = lines[line]!;
  const above = lines
    .slice(0, line)
    .map((one) => `${one}\n`)
    .join('');
  const below = `\n${old.slice(oldEnd).join('\n')}`;
  const indentation = /^\s*/.exec(written)![0].length;
  for (const [kind, column] of [
    ['line', indentation],
    ['mid', wordStart(written, random)],
  ] as const) {
    const target = written.slice(column).trim();
    if (target === '') continue;
    const before = above + written.slice(0, column);
    yield { path, text: before + below, offset: before.length, target, kind, rewritten: oldEnd > oldStart };
  }
}

async function outcomeOf(engine: EmbeddedEngine, written: Written, patience: number): Promise<Replayed> {
  const { path, text, offset, target, kind, rewritten } = written;
  const question = await questionAt(path, text, offset, 'both', namesAlone);
  const request = { ...question, patience, alternatives: 4 };
  const [best] = engine.complete({ ...request, threshold: 0 }).filter(({ whole }) => whole);
  const shown = engine.complete(request).find(({ tokens }) => tokens > 1);
  const outcome = { language: await languageOf(path), kind, rewritten, exact: best?.text.trim() === target };
  if (!shown) return outcome;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset) + shown.text;
  const below = text
    .slice(offset)
    .split('\n')
    .find((one) => one.trim() !== '');
  const standsBelow = line.trim() === below?.trim();
  return { ...outcome, shown: { right: isRight(shown, target), standsBelow } };
}

interface Change {
  readonly lines: readonly string[];
  /** Lines of the file before; none where it is new. */
  readonly old: readonly string[];
  readonly hunks: readonly Hunk[];
}

/** What a commit made of a file; `undefined` where it is gone or too large to be replayed. */
function changeOf({ ask, textAt }: History, commit: string, path: string): Change | undefined {
  const text = textAt(commit, path);
  if (text === undefined || text.length > maxText) return undefined;
  const hunks = hunksOf(ask('diff', '-U0', '--no-renames', `${commit}^`, commit, '--', path));
  return {
    lines: text.split('\n'),
    old: textAt(`${commit}^`, path)?.split('\n') ?? [],
    hunks,
  };
}

const namesOf = (output: string): string[] => output.split('\0').filter((path) => path !== '');

/** Characters of a file that is replayed. */
const maxText = 256 * 1024;

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
