// What git knows of a file, and which spans of a text differ from it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineStarts } from '../../../server/core/lines.ts';
import { detachedRun } from '../../../server/core/run.ts';
import { spanText } from '../../../server/core/span.ts';
import { changedSpans } from '../../../server/input/workspace/changed-spans.ts';
import { createGit } from '../../../server/input/workspace/git.ts';
import { tree, write } from './tree.ts';

const run = detachedRun(() => undefined);

function git(folder: string, ...parameters: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...parameters], {
    cwd: folder,
  });
}

function repository(files: Record<string, string>): string {
  const folder = tree(files);
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

describe('the baseline of a file', () => {
  test('is its text at HEAD, whatever stands on disk', async () => {
    const folder = repository({ 'a.py': 'one\n', 'sub dir/ü.py': 'zwei\n' });
    write(folder, { 'a.py': 'changed\n' });
    expect(await createGit().baseline(run, join(folder, 'a.py'))).toEqual({ kind: 'tracked', text: 'one\n' });
    expect(await createGit().baseline(run, join(folder, 'sub dir/ü.py'))).toEqual({
      kind: 'tracked',
      text: 'zwei\n',
    });
  });

  test('follows HEAD and the index', async () => {
    const folder = repository({ 'a.py': 'one\n' });
    const store = createGit();
    expect(await store.baseline(run, join(folder, 'b.py'))).toEqual({ kind: 'untracked' });
    write(folder, { 'a.py': 'two\n', 'b.py': 'b\n' });
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'second');
    expect(await store.baseline(run, join(folder, 'a.py'))).toEqual({ kind: 'tracked', text: 'two\n' });
    expect(await store.baseline(run, join(folder, 'b.py'))).toEqual({ kind: 'tracked', text: 'b\n' });
    expect(await store.baseline(run, join(folder, 'a.py'), 'HEAD~1')).toEqual({
      kind: 'tracked',
      text: 'one\n',
    });
  });

  test('of a new file, a file in a new folder, and any file before the first commit is none', async () => {
    const folder = repository({ 'a.py': 'one\n' });
    write(folder, { 'new.py': '' });
    expect(await createGit().baseline(run, join(folder, 'new.py'))).toEqual({ kind: 'untracked' });
    expect(await createGit().baseline(run, join(folder, 'no/such/folder/x.py'))).toEqual({
      kind: 'untracked',
    });
    const empty = tree({ 'a.py': '' });
    git(empty, 'init', '-q');
    expect(await createGit().baseline(run, join(empty, 'a.py'))).toEqual({ kind: 'untracked' });
  });

  test('of a file whose folder is gone is still known', async () => {
    const folder = repository({ 'gone/deep/a.py': 'one\n', 'b.py': '' });
    rmSync(join(folder, 'gone'), { recursive: true });
    expect(await createGit().baseline(run, join(folder, 'gone/deep/a.py'))).toEqual({
      kind: 'tracked',
      text: 'one\n',
    });
  });

  test('cannot be had without a repository or for an unknown revision, and says so', async () => {
    expect(await createGit().baseline(run, join(tree({ 'a.py': '' }), 'a.py'))).toEqual({
      kind: 'unavailable',
      reason: 'the folder is in no git repository',
    });
    const folder = repository({ 'a.py': '' });
    for (const revision of ['nowhere', '--output=x', '-h', '']) {
      expect(await createGit().baseline(run, join(folder, 'a.py'), revision)).toEqual({
        kind: 'unavailable',
        reason: `git knows no commit by the name ${revision}`,
      });
    }
  });

  test('is not waited for once the run has ended', async () => {
    const folder = repository({ 'a.py': '' });
    const ended = detachedRun(() => undefined, AbortSignal.abort(new Error('over')));
    await expect(createGit().baseline(ended, join(folder, 'a.py'))).rejects.toThrow('over');
  });
});

test('changed files are those that differ and those that git does not track, less the ignored', async () => {
  const folder = repository({ 'a.py': '1\n', 'b.py': '1\n', 'sub/c.py': '1\n', '.gitignore': 'out\n' });
  write(folder, { 'a.py': '2\n', 'new ö.py': '', 'out/x.py': '', 'sub/d.py': '' });
  expect(await createGit().changedFiles(run, folder)).toEqual({
    paths: new Set(['a.py', 'new ö.py', 'sub/d.py'].map((name) => join(folder, name))),
  });
  expect(await createGit().changedFiles(run, join(folder, 'sub'))).toEqual({
    paths: new Set([join(folder, 'sub/d.py')]),
  });
  expect(await createGit().changedFiles(run, folder, 'nowhere')).toEqual({
    reason: 'git knows no commit by the name nowhere',
  });
  expect(await createGit().changedFiles(run, tree({}))).toEqual({
    reason: 'the folder is in no git repository',
  });
});

describe('changed spans', () => {
  const changed = (before: string | undefined, after: string): string[] =>
    changedSpans(before, after).map((span) => spanText(after, span));

  test('are whole lines', () => {
    expect(changed('a\nb\nc\n', 'a\nB\nc\n')).toEqual(['B\n']);
    expect(changed('a\nb\nc\n', 'new\na\nb\nc\nend')).toEqual(['new\n', 'end']);
    expect(changed('a', 'a\n')).toEqual(['']);
  });

  test('of a new text are all of it, of the same text none', () => {
    expect(changed(undefined, 'a\nb\n')).toEqual(['a\nb\n']);
    expect(changed('a\n', 'a\n')).toEqual([]);
  });

  test('mark the place where lines were removed by an empty span', () => {
    expect(changedSpans('a\nb\nc\n', 'a\nc\n')).toEqual([{ start: 2, end: 2 }]);
  });

  test('do not count kinds of line breaks', () => {
    expect(changed('a\nb\n', 'a\r\nb\r\n')).toEqual([]);
    expect(changed('a\nb\n', 'a\r\nX\r\n')).toEqual(['X\r\n']);
  });

  test('cover all that lies between when there is no time', () => {
    const before = Array.from({ length: 3000 }, (_, line) => `a${line}`).join('\n');
    const after = Array.from({ length: 3000 }, (_, line) => `b${line}`).join('\n');
    expect(changedSpans(before, after, 0)).toEqual([{ start: 0, end: after.length }]);
  });

  const text = fc
    .array(fc.tuple(fc.constantFrom('', 'a', 'b', 'if (x) {', '}'), fc.constantFrom('\n', '\r\n', '\r')))
    .map((lines) => lines.map(([line, end]) => line + end).join(''));

  test('are in order, apart, on line borders, and all lines outside of them stood in the text before', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = changedSpans(before, after);
        const borders = new Set([...lineStarts(after), after.length]);
        let last = -1;
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(borders.has(start) && borders.has(end)).toBe(true);
          last = end;
        }
        // What is left of the new text is a subsequence of the old one.
        const linesOf = (source: string) => source.split(/\r\n|\r|\n/);
        const starts = lineStarts(after);
        const kept = linesOf(after).filter(
          (_, line) =>
            !spans.some(
              ({ start, end }) =>
                start <= starts[line]! && (starts[line]! < end || starts[line] === after.length),
            ),
        );
        const old = linesOf(before);
        let at = 0;
        for (const line of kept) {
          at = old.indexOf(line, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('are none exactly when the lines are the same', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const same = before.split(/\r\n|\r|\n/).join('\n') === after.split(/\r\n|\r|\n/).join('\n');
        expect(changedSpans(before, after).length === 0).toBe(same);
      }),
    );
  });
});
