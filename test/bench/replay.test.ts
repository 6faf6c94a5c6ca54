// The bench that lives through a repository's commits, on repositories as they come.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writtenPlaces } from '../../bench/completion/replay.ts';

let folder: string;
const git = (...words: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
    encoding: 'utf8',
  });
const commit = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-test-'));
  git('init', '-q');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is learned, and each place as `text$0rest → target`. */
function replayed(): { learned: string[]; places: string[] } {
  const learned: string[] = [];
  const learner = {
    learn: (path: string) => learned.push(path),
    forget: (path: string) => learned.push(`-${path}`),
    work: () => false,
  };
  const places = [...writtenPlaces(folder, { commits: 9, linesOfFile: 9 }, learner)]
    .filter(({ kind }) => kind === 'line')
    .map(({ text, offset, target }) => `${text.slice(0, offset)}$0${text.slice(offset)} → ${target}`);
  return { learned, places };
}

describe('a replay of commits', () => {
  it('asks for each added line as it is about to be written', () => {
    commit({ 'a.py': 'one\nfour\n', 'gone.py': 'x\n' });
    rmSync(join(folder, 'gone.py'));
    commit({ 'a.py': 'one\ntwo\nthree\nfour\n' });
    expect(replayed()).toEqual({
      learned: ['a.py', 'gone.py', 'a.py', '-gone.py'],
      places: ['one\n$0\nfour\n → two', 'one\ntwo\n$0\nfour\n → three'],
    });
  });

  it('goes on where the repository does not hold a file, as partial clones do not hold large ones', () => {
    commit({ 'a.py': 'one\n', 'large.bin': 'data\n' });
    commit({ 'a.py': 'one\ntwo\n' });
    const name = git('rev-parse', 'HEAD:large.bin').trim();
    rmSync(join(folder, '.git', 'objects', name.slice(0, 2), name.slice(2)));
    expect(replayed()).toEqual({ learned: ['a.py', 'a.py'], places: ['one\n$0\n → two'] });
  });
});
