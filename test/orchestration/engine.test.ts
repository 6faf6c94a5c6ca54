// The embedded engine beside documents and folders: what is read, what follows a change on disk or in the editor, in
// process and, where the build is there, in its worker.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Cancelled, detachedRun } from '../../server/core/run.ts';
import type { Snapshot } from '../../server/core/snapshot.ts';
import { createEmbeddedEngine } from '../../server/development/models/embedded/index.ts';
import { createEngine, type Engine } from '../../server/orchestration/engine.ts';
import { createEngineCache, type EngineCache } from '../../server/orchestration/engine-cache.ts';
import { connect } from '../../server/orchestration/worker-rpc.ts';
import { removeFolder } from '../kit/remove-folder.ts';

const run = detachedRun(() => undefined);
const builtEngine = fileURLToPath(new URL('../../dist/engine-worker.js', import.meta.url));

let folder: string;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-engine-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  removeFolder(folder);
});

const write = async (path: string, text: string): Promise<string> => {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
};

const ways: readonly (readonly [string, boolean, () => Engine])[] = [
  [
    'in process',
    true,
    () => {
      const engine = createEngine({ log: () => undefined });
      closing.push(() => engine.dispose());
      return engine;
    },
  ],
  [
    'in its worker',
    existsSync(builtEngine),
    () => {
      const link = connect<Engine>(new Worker(builtEngine), 'engine', () => undefined);
      closing.push(() => link.close());
      return link.remote;
    },
  ],
];

const documentOf = (text: string, version = 1): Snapshot => ({
  uri: 'file:///open.zig',
  path: join(folder, 'open.zig'),
  languageId: 'zig',
  version,
  text,
});

/** Reading goes on in the background; status says when it is over. */
async function settled(engine: Engine): Promise<void> {
  while (!(await engine.status()).ready) await sleep(5);
}

const suggestions = async (engine: Engine, { uri, version, text }: Snapshot): Promise<string[]> =>
  (await engine.complete(run, { uri, version, offset: text.length, multiline: false, alternatives: 3 })).map(
    (one) => one.text,
  );

const line = 'const config = try loadConfig(allocator, "service.json");\n';
const start = 'const config = try ';
/** What is known after it, to its end. */
const known = 'loadConfig(allocator, "service.json");';
const sourceOf = (count: number): string => `const std = @import("std");\n\n${line.repeat(count)}`;

/** The first answers of a process that has just started may be cut off by the clock: they are asked for again. */
const soon = (ask: () => Promise<string[]>) => expect.poll(async () => (await ask())[0], { timeout: 20_000 });

describe.each(ways)('%s', (_, there, create) => {
  test.skipIf(!there)('it reads the folder, but not what git ignores or privacy excludes', async () => {
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    await write('.gitignore', 'out/\n');
    for (const name of ['a', 'b', 'c']) await write(`src/${name}.zig`, sourceOf(3));
    await write('out/generated.zig', 'const config = try other();\n'.repeat(9));
    await write('secret/key.zig', 'const config = try secret();\n'.repeat(9));
    const engine = create();
    await engine.index([{ path: folder, exclude: ['secret'] }]);
    await settled(engine);
    const status = await engine.status();
    expect(status).toMatchObject({
      files: 4,
      leftOut: { 'ignored by git': 1, 'named by privacy.exclude': 1 },
    });
    const document = documentOf(sourceOf(0) + start);
    await engine.open(document);
    await soon(() => suggestions(engine, document)).toBe(known);
    expect((await suggestions(engine, document)).join()).not.toMatch(/other|secret/);
  });

  test.skipIf(!there)('it follows edits, and refuses to answer for another version', async () => {
    const engine = create();
    const document = documentOf(sourceOf(3));
    await engine.open(document);
    const end = document.text.length;
    await engine.change({ uri: document.uri, version: 2 }, [
      { span: { start: end, end }, newText: 'const config = ' },
      { span: { start: end + 15, end: end + 15 }, newText: 'try ' },
    ]);
    const changed = documentOf(document.text + start, 2);
    await soon(() => suggestions(engine, changed)).toBe(known);
    await expect(suggestions(engine, document)).rejects.toEqual(new Cancelled('document changed'));
    await engine.close(document.uri);
    await expect(suggestions(engine, changed)).rejects.toEqual(new Cancelled('document changed'));
  });

  test.skipIf(!there)('it follows what changes on disk, and forgets folders that were closed', async () => {
    const files = await Promise.all(['a', 'b', 'c'].map((name) => write(`src/${name}.zig`, sourceOf(3))));
    const engine = create();
    await engine.index([{ path: folder, exclude: [] }]);
    await settled(engine);
    await Promise.all(
      files.map((file) => writeFile(file, sourceOf(4).replaceAll('loadConfig', 'parseConfig'))),
    );
    await engine.filesChanged(files);
    await settled(engine);
    const document = documentOf(sourceOf(0) + start);
    await engine.open(document);
    await soon(() => suggestions(engine, document)).toMatch(/^parseConfig/);
    await rm(join(folder, 'src'), { recursive: true });
    await engine.filesChanged([join(folder, 'src')]);
    await settled(engine);
    expect(await engine.status()).toMatchObject({ files: 0, bytes: 0 });
    await write('d.zig', line);
    await engine.filesChanged([join(folder, 'd.zig')]);
    await settled(engine);
    expect((await engine.status()).files).toBe(1);
    await engine.index([]);
    await settled(engine);
    expect((await engine.status()).files).toBe(0);
  });

  test.skipIf(!there)('it answers while it reads', async () => {
    for (let index = 0; index < 60; index++) await write(`src/${index}.zig`, line.repeat(400));
    const engine = create();
    const document = documentOf(sourceOf(3) + start);
    await engine.open(document);
    await soon(() => suggestions(engine, document)).toBe(known);
    await engine.index([{ path: folder, exclude: [] }]);
    await suggestions(engine, document);
    expect((await engine.status()).ready).toBe(false);
    await settled(engine);
    expect((await engine.status()).files).toBe(60);
  });

  test.skipIf(!there)('what nobody wrote is left out, and it says why', async () => {
    await write('src/a.zig', sourceOf(3));
    await write('src/photo.zig', `\u0000\u0001${'\u0000'.repeat(2_000)}`);
    await write('data/all.json', '{"a": [1, 2, 3]}\n'.repeat(3_000_000));
    await write('data/some.json', '{"a": [1, 2, 3]}\n'.repeat(20_000));
    await write('lib/app.min.js', `var a=1;${'b(c);'.repeat(9_000)}`);
    await write('gen/api.pb.go', '// Code generated by protoc-gen-go. DO NOT EDIT.\npackage a\n');
    const engine = create();
    await engine.index([{ path: folder, exclude: [] }]);
    await settled(engine);
    expect(await engine.status()).toMatchObject({
      files: 1,
      leftOut: { binary: 1, 'too large': 2, minified: 1, generated: 1 },
    });
  });

  test.skipIf(!there)('a request that was cancelled before is not answered', async () => {
    const engine = create();
    const document = documentOf(line);
    await engine.open(document);
    const cancelled = detachedRun(() => undefined, AbortSignal.abort(new Cancelled('superseded')));
    const question = { uri: document.uri, version: 1, offset: 0, multiline: false, alternatives: 1 };
    await expect(engine.complete(cancelled, question)).rejects.toEqual(new Cancelled('superseded'));
  });
});

describe('what was learned is kept between two sessions', () => {
  const session = (cache: EngineCache): Engine => {
    const engine = createEngine({ log: () => undefined, cache });
    closing.push(() => engine.dispose());
    return engine;
  };

  test('the next one answers from it at once, and sees what changed since', async () => {
    const cache = createEngineCache(join(folder, 'cache'));
    for (const name of ['a', 'b', 'c']) await write(`project/${name}.zig`, sourceOf(3));
    const folders = [{ path: join(folder, 'project'), exclude: [] }];
    const first = session(cache);
    await first.index(folders);
    await expect.poll(() => cache.read(folders)?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(statSync(join(folder, 'cache')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(folder, 'cache'))) {
      expect(statSync(join(folder, 'cache', file)).mode & 0o777).toBe(0o600);
    }
    await first.dispose();

    await rm(join(folder, 'project/a.zig'));
    await write('project/d.zig', sourceOf(0));
    const second = session(cache);
    const document = documentOf(sourceOf(0) + start);
    await second.open(document);
    await second.index(folders);
    expect((await second.status()).files).toBe(3);
    await soon(() => suggestions(second, document)).toBe(known);
    await settled(second);
    expect((await second.status()).files).toBe(3);
    await write('project/a.zig', sourceOf(1));
    await second.filesChanged([join(folder, 'project/a.zig')]);
    await settled(second);
    expect((await second.status()).files).toBe(4);
  });

  test('a session that ended right after it could answer leaves what the next one answers from, unread', async () => {
    const cache = createEngineCache(join(folder, 'cache'));
    const lines = Array.from({ length: 1_500 }, (_, index) => `const word${index} = read(${index % 7});\n`);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await write(`project/${name}.zig`, sourceOf(3) + lines.join(''));
    }
    const folders = [{ path: join(folder, 'project'), exclude: [] }];
    const first = session({
      read: cache.read,
      write: async (of, bytes) => {
        await cache.write(of, bytes);
        await first.dispose();
      },
    });
    await first.index(folders);
    await expect.poll(() => cache.read(folders)?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    // Nothing is left to be read.
    await rm(join(folder, 'project'), { recursive: true });
    const engine = createEmbeddedEngine();
    // It was kept before there was time to sort it.
    expect(JSON.parse(engine.restore(cache.read(folders)!)!)).toMatchObject({ sorted: false });
    expect(engine.stats()).toMatchObject({ files: 6, waiting: 0 });
    const { path, text } = documentOf(sourceOf(0) + start);
    const asked = { path, text, offset: text.length, patience: 60_000 };
    expect(engine.complete(asked)[0]?.text).toBe(known);
    while (engine.work(100));
    expect(engine.complete(asked)[0]?.text).toBe(known);
  });

  test('much data leaves room for code, in the next session too, and it says how many files it left out', async () => {
    const cache = createEngineCache(join(folder, 'cache'));
    for (let index = 0; index < 18; index++) {
      await write(`project/data/${index}.json`, '[1,2,3,4,5,6,7,8,9,0],\n'.repeat(10_000));
    }
    await write('project/src/a.zig', sourceOf(3));
    const folders = [{ path: join(folder, 'project'), exclude: [] }];
    const reason = 'data, whose share of the index is full';
    const first = session(cache);
    await first.index(folders);
    await settled(first);
    const { files, leftOut } = await first.status();
    expect(leftOut[reason]).toBeGreaterThan(0);
    // The code is there, and so is some of the data.
    expect(files).toBe(19 - leftOut[reason]!);
    expect(files).toBeGreaterThan(1);
    await expect.poll(() => cache.read(folders)?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    await first.dispose();

    const second = session(cache);
    await second.index(folders);
    await settled(second);
    expect(await second.status()).toMatchObject({ files, leftOut: { [reason]: leftOut[reason] } });
    const document = documentOf(sourceOf(0) + start);
    await second.open(document);
    await soon(() => suggestions(second, document)).toMatch(/^loadConfig/);
  });

  test('a damaged file is as none', async () => {
    const cache = createEngineCache(join(folder, 'cache'));
    const folders = [{ path: join(folder, 'project'), exclude: [] }];
    await write('project/a.zig', sourceOf(3));
    await cache.write(folders, new TextEncoder().encode('not what was learned'));
    const engine = session(cache);
    await engine.index(folders);
    await settled(engine);
    expect((await engine.status()).files).toBe(1);
  });
});
