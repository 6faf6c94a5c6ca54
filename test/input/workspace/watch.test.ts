// Watching folders where the client does not: what is told, what is not, and that it ends.
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolderWatcher } from '../../../server/input/workspace/watch.ts';
import { tree, write } from './tree.ts';

/** Watches a folder; `told` resolves once a path was told of that ends so. */
async function watching(path: string, exclude: readonly string[] = []) {
  const seen: string[] = [];
  let heard: () => void = () => undefined;
  const watcher = createFolderWatcher(
    () => undefined,
    (file) => file.endsWith('.py'),
    (paths) => {
      seen.push(...paths);
      heard();
    },
  );
  onTestFinished(() => watcher.dispose());
  await watcher.follow([{ path, exclude }]);
  return {
    seen,
    watcher,
    async told(name: string): Promise<void> {
      while (!seen.includes(join(path, name))) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}

describe('watching a folder', () => {
  it('tells of files that are written, made and removed, at any depth', async () => {
    const path = tree({ 'a/b/c.py': '', 'a/gone.py': '' });
    const { told } = await watching(path);
    write(path, { 'a/b/c.py': 'x = 1\n' });
    await told('a/b/c.py');
    write(path, { 'a/new.py': '' });
    await told('a/new.py');
    rmSync(join(path, 'a/gone.py'));
    await told('a/gone.py');
  });

  it('tells of a folder that comes with its files, and watches it from then on', async () => {
    const path = tree({ 'a.py': '' });
    const other = tree({ 'deep/one.py': '' });
    const { told } = await watching(path);
    renameSync(join(other, 'deep'), join(path, 'deep'));
    await told('deep');
    write(path, { 'deep/two.py': '' });
    await told('deep/two.py');
    mkdirSync(join(path, 'deep/er'));
    await told('deep/er');
    write(path, { 'deep/er/three.py': '' });
    await told('deep/er/three.py');
  });

  it('is silent of what is ignored, excluded, installed or no source', async () => {
    const path = tree({
      '.git/HEAD': '',
      '.gitignore': 'out/\n',
      'out/a.py': '',
      'private/a.py': '',
      'node_modules/a/a.py': '',
      'a.txt': '',
    });
    symlinkSync(path, join(path, 'loop'));
    const { seen, told } = await watching(path, ['private']);
    write(path, {
      'out/a.py': '1',
      'private/a.py': '1',
      'node_modules/a/a.py': '1',
      'a.txt': '1',
      '.git/HEAD': '1',
    });
    write(path, { 'last.py': '' });
    await told('last.py');
    expect(new Set(seen)).toEqual(new Set([join(path, 'last.py')]));
  });

  it('tells of ignore files, since they decide what counts', async () => {
    const path = tree({ '.gitignore': '' });
    const { told } = await watching(path);
    writeFileSync(join(path, '.gitignore'), 'x\n');
    await told('.gitignore');
  });

  it('ends with the folders that are no longer open', async () => {
    const path = tree({ 'a.py': '' });
    const other = tree({ 'b.py': '' });
    const { seen, watcher } = await watching(path);
    await watcher.follow([{ path: other, exclude: [] }]);
    write(path, { 'a.py': '1' });
    write(other, { 'b.py': '1' });
    while (!seen.includes(join(other, 'b.py'))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).not.toContain(join(path, 'a.py'));
  });
});
