// Walking a folder: what is yielded, what is left out and why.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDisk } from '../../../server/input/workspace/disk.ts';
import { createBounds } from '../../../server/input/workspace/ignore.ts';
import { readSource } from '../../../server/input/workspace/read.ts';
import { type LeftOut, type WalkOptions, walk } from '../../../server/input/workspace/walk.ts';
import { tree, write } from './tree.ts';

function walked(folder: string, options: Partial<WalkOptions> & { exclude?: string[] } = {}) {
  const leftOut: LeftOut = new Map();
  const { exclude = [], ...rest } = options;
  const bounds = createBounds(folder, exclude);
  const paths = [...walk(folder, { disk: createDisk(), bounds, leftOut, ...rest })];
  return { files: paths.map((path) => relative(folder, path)), leftOut: Object.fromEntries(leftOut) };
}

describe('a walk', () => {
  test('yields files before folders, in the order of names', () => {
    const folder = tree({ 'z.py': '', 'a/b.py': '', 'a/a.py': '', 'b.py': '' });
    expect(walked(folder).files).toEqual(['b.py', 'z.py', 'a/a.py', 'a/b.py']);
  });

  test('leaves out what cannot be read as source, and says why', () => {
    const folder = tree({
      'ok.py': 'x = 1\n',
      'empty.py': '',
      'data.py': new Uint8Array([80, 0, 81]),
      'large.py': 'x'.repeat(3 * 1024 * 1024),
      'picture.png': 'not looked at',
    });
    const { files, leftOut } = walked(folder, { accepts: (path) => path.endsWith('.py') });
    expect(files).toEqual(['empty.py', 'ok.py']);
    expect(leftOut).toEqual({ binary: 1, 'too large': 1, 'unknown language': 1 });
  });

  test('never enters installed packages, whatever their folder is called', () => {
    const folder = tree({
      'a.js': '',
      'node_modules/x/index.js': '',
      'my-environment/pyvenv.cfg': '',
      'my-environment/lib/x.py': '',
      '.git/hooks/pre-commit.py': '',
    });
    expect(walked(folder)).toEqual({ files: ['a.js'], leftOut: { 'installed packages': 3 } });
  });

  test('follows no link, so a loop does not catch it', () => {
    const folder = tree({ 'a/one.py': '' });
    symlinkSync(folder, join(folder, 'a', 'back'));
    symlinkSync('self', join(folder, 'self'));
    expect(walked(folder)).toEqual({ files: ['a/one.py'], leftOut: { 'symbolic link': 2 } });
  });

  test('stops at its limit and counts the rest', () => {
    const folder = tree({ 'a.py': '', 'b.py': '', 'c.py': '' });
    expect(walked(folder, { limit: 2 })).toEqual({
      files: ['a.py', 'b.py'],
      leftOut: { 'over the file limit': 1 },
    });
  });

  test('of a folder that is not there yields nothing', () => {
    expect(walked(join(tree({}), 'gone')).files).toEqual([]);
  });
});

describe('what git ignores', () => {
  const files = {
    '.gitignore': '*.log\n/build/\n!keep.log\ngenerated/*\n!generated/kept.py\n',
    'a.py': '',
    'x.log': '',
    'keep.log': '',
    'build/out.py': '',
    'src/build/in.py': '',
    'generated/gone.py': '',
    'generated/kept.py': '',
    'sub/.gitignore': '!x.log\n*.tmp.py\n',
    'sub/x.log': '',
    'sub/y.log': '',
    'sub/z.tmp.py': '',
    'sub/deep/z.tmp.py': '',
    'secret.py': '',
  };

  test('is what git says, at every level', () => {
    const folder = tree(files);
    execFileSync('git', ['init', '-q'], { cwd: folder });
    write(folder, { '.git/info/exclude': 'secret.py\n' });
    const bounds = createBounds(folder, []);
    for (const path of Object.keys(files)) {
      let ignored = true;
      try {
        execFileSync('git', ['check-ignore', '-q', '--no-index', path], { cwd: folder });
      } catch {
        ignored = false;
      }
      expect([path, bounds.isIgnored(join(folder, path))]).toEqual([path, ignored]);
    }
    expect(walked(folder).leftOut).toMatchObject({ 'ignored by git': 7 });
  });

  test('holds in a folder without a repository, and for the part of a repository that is open', () => {
    const folder = tree({ '.gitignore': 'out/\n', 'out/a.py': '', 'part/out/b.py': '', 'part/c.py': '' });
    expect(walked(folder).files).toEqual(['.gitignore', 'part/c.py']);
    execFileSync('git', ['init', '-q'], { cwd: folder });
    expect(walked(join(folder, 'part')).files).toEqual(['c.py']);
  });

  test('a deeper level may take back a folder that an upper one ignores', () => {
    const folder = tree({
      '.gitignore': 'build/\n',
      'a/.gitignore': '!build/\n',
      'a/build/x.py': '',
      'build/y.py': '',
    });
    expect(createBounds(folder, []).isIgnored(join(folder, 'a/build/x.py'))).toBe(false);
    expect(createBounds(folder, []).isIgnored(join(folder, 'build/y.py'))).toBe(true);
  });

  test('is read again when an ignore file changed', () => {
    const folder = tree({ 'a.py': '' });
    const bounds = createBounds(folder, []);
    expect(bounds.isIgnored(join(folder, 'a.py'))).toBe(false);
    write(folder, { '.gitignore': 'a.py\n' });
    bounds.changed([join(folder, '.gitignore')]);
    expect(bounds.isIgnored(join(folder, 'a.py'))).toBe(true);
  });
});

describe('what privacy.exclude names', () => {
  const isExcluded = (pattern: string, path: string): boolean => {
    const folder = tree({});
    return createBounds(folder, [pattern.replace('{folder}', folder)]).isExcluded(join(folder, path));
  };

  test.each([
    ['*.key', 'deep/in/a.key', true],
    ['secrets', 'secrets/deep/a.py', true],
    ['secrets/', 'a/secrets/b.py', true],
    ['secrets/**', 'secrets/a.py', true],
    ['secrets/**', 'a/secrets/b.py', false],
    ['**/secrets/**', 'a/secrets/b.py', true],
    ['./src/private/*.py', 'src/private/a.py', true],
    ['.env*', '.env.local', true],
    ['{folder}/src/*.py', 'src/a.py', true],
    ['src', 'source/a.py', false],
    ['!a.py', 'b.py', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(isExcluded(pattern, path)).toBe(expected);
  });

  test('cannot be reached through a link or a roundabout path', () => {
    const folder = tree({ 'secrets/key.py': '', 'src/a.py': '' });
    symlinkSync(join(folder, 'secrets'), join(folder, 'src', 'innocent'));
    symlinkSync(join(folder, 'secrets', 'key.py'), join(folder, 'src', 'key.py'));
    const bounds = createBounds(folder, ['secrets/**']);
    expect(bounds.isExcluded(join(folder, 'src/innocent/key.py'))).toBe(true);
    expect(bounds.isExcluded(join(folder, 'src/key.py'))).toBe(true);
    expect(bounds.isExcluded(`${folder}/src/../secrets/key.py`)).toBe(true);
    expect(bounds.isExcluded(join(folder, 'src/a.py'))).toBe(false);
  });

  test('holds in a folder that was opened through a link', () => {
    const folder = tree({ 'real/secrets/key.py': '' });
    mkdirSync(join(folder, 'links'));
    symlinkSync(join(folder, 'real'), join(folder, 'links', 'open'));
    const bounds = createBounds(join(folder, 'links', 'open'), ['secrets/**']);
    expect(bounds.isExcluded(join(folder, 'real/secrets/key.py'))).toBe(true);
    expect(bounds.isExcluded(join(folder, 'links/open/secrets/key.py'))).toBe(true);
  });

  test('is left out of a walk', () => {
    const folder = tree({ 'a.py': '', 'secrets/key.py': '' });
    expect(walked(folder, { exclude: ['secrets'] })).toEqual({
      files: ['a.py'],
      leftOut: { 'named by privacy.exclude': 1 },
    });
  });
});

test.skipIf(process.platform === 'win32')(
  'a pipe is no source and no ignore file, and nobody waits for it',
  () => {
    const folder = tree({ 'a.py': '' });
    for (const name of ['pipe.py', '.gitignore']) execFileSync('mkfifo', [join(folder, name)]);
    expect(readSource(join(folder, 'pipe.py'))).toEqual({ skipped: 'not a file' });
    expect(walked(folder).files).toEqual(['a.py']);
  },
);
