// What the index keeps on disk: read again only where something changed, shared by processes, never trusted blindly.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSyntax, type Syntax } from '../../../server/input/syntax/index.ts';
import { createBuilder } from '../../../server/input/workspace/index/builder.ts';
import { createDiskCache } from '../../../server/input/workspace/index/disk-cache.ts';
import { outlinedLanguage } from '../../../server/input/workspace/index/index.ts';
import { createFileReader } from '../../../server/input/workspace/index/read-files.ts';
import { tree, write } from './tree.ts';

const log = (): void => undefined;
let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log });
});

const modules = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`m${at}.py`, `def f${at}(): return g${at}()\n`]),
  );

/** One start of an index: what it knows, and which files it had to read. */
async function startOn(folder: string, cache: string, exclude: string[] = []) {
  const reader = createFileReader(Promise.resolve(syntax));
  const read: string[] = [];
  const builder = createBuilder({
    log,
    languageOf: outlinedLanguage(syntax),
    read: (at, files) => {
      read.push(...files.map(({ path }) => path));
      return reader(at, files);
    },
    lanes: 1,
    tell: log,
    cache: createDiskCache(cache, 'test', log),
  });
  builder.follow([{ path: folder, exclude }]);
  await builder.settled();
  const { files, symbols } = builder.state();
  await builder.stop();
  return { files, symbols, read };
}

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

describe('the cache of the index', () => {
  it('makes a second start read nothing', async () => {
    const folder = tree(modules(5));
    const cache = tree({});
    expect((await startOn(folder, cache)).read).toHaveLength(5);
    expect(await startOn(folder, cache)).toEqual({ files: 5, symbols: 5, read: [] });
  });

  it('is true after files changed, came and went while nobody looked', async () => {
    const folder = tree(modules(5));
    const cache = tree({});
    await startOn(folder, cache);
    write(folder, { 'm0.py': 'def a(): pass\ndef b(): pass\n', 'new.py': 'def c(): pass\n' });
    rmSync(join(folder, 'm1.py'));
    const { read, ...counts } = await startOn(folder, cache);
    expect(counts).toEqual({ files: 5, symbols: 6 });
    expect(read.sort()).toEqual(['m0.py', 'new.py']);
    expect((await startOn(folder, cache)).read).toEqual([]);
  });

  it('knows a file with another time and the same content, and does not read it a third time', async () => {
    const folder = tree(modules(3));
    const cache = tree({});
    await startOn(folder, cache);
    utimesSync(join(folder, 'm0.py'), new Date(), new Date(Date.now() + 5000));
    expect((await startOn(folder, cache)).read).toEqual(['m0.py']);
    expect(await startOn(folder, cache)).toEqual({ files: 3, symbols: 3, read: [] });
  });

  it('is for its owner alone', async () => {
    const cache = tree({});
    await startOn(tree(modules(2)), cache);
    const [manifest] = filesIn(cache, 'manifest.json');
    expect(statSync(manifest!).mode & 0o077).toBe(0);
    expect(statSync(join(manifest!, '..')).mode & 0o077).toBe(0);
    expect(statSync(filesIn(cache, '.segment')[0]!).mode & 0o077).toBe(0);
  });

  it('keeps nothing of a file that is excluded from then on', async () => {
    const folder = tree({ ...modules(30), 'private.py': 'def very_private(): pass\n' });
    const cache = tree({});
    await startOn(folder, cache);
    await startOn(folder, cache, ['private.py']);
    const [manifest] = filesIn(cache, 'manifest.json');
    const named = JSON.parse(readFileSync(manifest!, 'utf8')).segments.map(
      ({ name }: { name: string }) => name,
    );
    const kept = filesIn(cache, '.segment').filter((path) =>
      named.some((name: string) => path.includes(name)),
    );
    expect(kept.map((path) => readFileSync(path, 'latin1')).join('')).not.toContain('very_private');
  });

  it.each([
    ['a segment that is cut', '.segment', (path: string) => truncateSync(path, 100)],
    ['a segment with other bytes', '.segment', (path: string) => writeFileSync(path, Buffer.alloc(2000, 7))],
    ['a segment that is gone', '.segment', (path: string) => rmSync(path)],
    ['a manifest that is cut', 'manifest.json', (path: string) => truncateSync(path, 20)],
    [
      'a manifest of another form',
      'manifest.json',
      (path: string) => writeFileSync(path, '{"segments":[1]}'),
    ],
    ['a manifest with a tail', 'manifest.json', (path: string) => appendFileSync(path, 'x')],
    ['an empty manifest', 'manifest.json', (path: string) => writeFileSync(path, '')],
  ])('reads the sources again for %s', async (_, ending, damage) => {
    const folder = tree(modules(4));
    const cache = tree({});
    await startOn(folder, cache);
    for (const path of filesIn(cache, ending)) damage(path);
    expect(await startOn(folder, cache)).toMatchObject({ files: 4, symbols: 4 });
    expect(await startOn(folder, cache)).toEqual({ files: 4, symbols: 4, read: [] });
  });

  it('removes what nobody names any more, but nothing that is young', async () => {
    const folder = tree(modules(3));
    const cache = tree({});
    await startOn(folder, cache);
    const place = join(filesIn(cache, 'manifest.json')[0]!, '..');
    const before = new Date(Date.now() - 2 * 60 * 60 * 1000);
    write(place, { 'old.segment': 'x', 'young.segment': 'x' });
    utimesSync(join(place, 'old.segment'), before, before);
    write(folder, { 'm9.py': 'def f9(): pass\n' });
    await startOn(folder, cache);
    expect(readdirSync(place)).not.toContain('old.segment');
    expect(readdirSync(place)).toContain('young.segment');
  });

  it('removes the caches of folders that were not opened for long', async () => {
    const cache = tree({ 'forgotten/manifest.json': '{}', 'recent/manifest.json': '{}' });
    const long = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000);
    utimesSync(join(cache, 'forgotten/manifest.json'), long, long);
    await startOn(tree(modules(1)), cache);
    expect(readdirSync(cache)).not.toContain('forgotten');
    expect(readdirSync(cache)).toContain('recent');
  });

  it('does without a place to write to', async () => {
    const folder = tree(modules(2));
    const cache = join(tree({ file: '' }), 'file', 'below');
    expect(await startOn(folder, cache)).toMatchObject({ files: 2, symbols: 2 });
  });

  it('stays sound when several processes write at once and some are killed', {
    timeout: 60_000,
  }, async () => {
    const folder = tree(modules(60));
    const cache = tree({});
    const processes = [0, 1, 2].map(() => indexing(folder, cache, 30));
    // Sources change under them, so that each has something else to say.
    for (let round = 0; round < 12; round++) {
      await sleep(120);
      write(folder, { [`m${round}.py`]: `def f${round}(): pass\ndef h${round}(): pass\n` });
      if (round === 5 || round === 9) processes.pop()!.child.kill('SIGKILL');
    }
    await Promise.all(processes.map(({ ended }) => ended));
    expect(processes[0]!.errors()).toBe('');
    expect(await startOn(folder, cache)).toMatchObject({ files: 60, symbols: 72 });
    expect(await startOn(folder, cache)).toEqual({ files: 60, symbols: 72, read: [] });
  });
});

function indexing(folder: string, cache: string, rounds: number) {
  mkdirSync(cache, { recursive: true });
  const script = fileURLToPath(new URL('./index-process.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [
    '--import',
    'tsx',
    script,
    folder,
    cache,
    String(rounds),
  ]);
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended, errors: () => errors };
}
