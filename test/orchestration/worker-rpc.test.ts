// An interface served by a real thread: values, errors, cancellation, progress, log lines and the thread's end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Cancelled, detachedRun, type Progress, type Run } from '../../server/core/run.ts';
import { connect, type Link } from '../../server/orchestration/worker-rpc.ts';
import type { Echo } from './echo-worker.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-worker-rpc-'));
  await build({
    entryPoints: [fileURLToPath(new URL('./echo-worker.ts', import.meta.url))],
    outfile: join(folder, 'echo-worker.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
});
afterAll(() => rm(folder, { recursive: true }));

const open: Link<Echo>[] = [];
afterEach(async () => {
  for (const link of open.splice(0)) await link.close();
});

function start(): { link: Link<Echo>; lines: string[] } {
  const lines: string[] = [];
  const worker = new Worker(join(folder, 'echo-worker.mjs'));
  const link = connect<Echo>(worker, 'echo', (level, message) => void lines.push(`${level}: ${message}`));
  open.push(link);
  return { link, lines };
}

test('values cross as they are, absent ones too', async () => {
  const { remote } = start().link;
  const value = { list: [1, 'two', undefined, null], map: new Map([['a', new Float64Array([0.5])]]) };
  expect(await remote.same(value)).toEqual(value);
  expect(await remote.same(undefined)).toBeUndefined();
  expect(await remote.nothing()).toBeUndefined();
});

test('progress and log lines come back before the answer', async () => {
  const { link, lines } = start();
  const steps: Progress[] = [];
  const run: Run = { ...detachedRun(() => undefined), report: (progress) => void steps.push(progress) };
  expect(await link.remote.steps(run, 2)).toBe('done');
  expect(steps).toEqual([{ message: 'step 1' }, { message: 'step 2' }]);
  expect(lines).toEqual(['info: 2 steps']);
});

test('errors arrive with their message; a cancellation arrives as one', async () => {
  const { remote } = start().link;
  await expect(remote.refuse('too far')).rejects.toThrow('too far');
  await expect(remote.outdated()).rejects.toEqual(new Cancelled('document changed'));
});

test('a cancelled call rejects with the caller’s reason and is cancelled in the worker', async () => {
  const { remote } = start().link;
  const controller = new AbortController();
  const run: Run = {
    ...detachedRun(() => undefined, controller.signal),
    report: () => controller.abort(new Cancelled('superseded')),
  };
  await expect(remote.untilCancelled(run)).rejects.toEqual(new Cancelled('superseded'));
  expect(await remote.cancellations()).toEqual(['Cancelled: cancelled: client']);
  await expect(remote.untilCancelled(run)).rejects.toEqual(new Cancelled('superseded'));
});

test('when the worker crashes, what is pending rejects, what is asked later too, and one line tells', async () => {
  const { link, lines } = start();
  await expect(link.remote.crash()).rejects.toThrow('the echo worker has ended');
  expect((await link.ended)?.message).toBe('out of order');
  await expect(link.remote.same(1)).rejects.toThrow();
  expect(lines).toEqual(['warning: about to crash', 'error: the echo worker ended: out of order']);
});

test('closing is not a crash', async () => {
  const { link, lines } = start();
  const pending = expect(link.remote.untilCancelled(detachedRun(() => undefined))).rejects.toThrow();
  await link.close();
  await pending;
  expect(await link.ended).toBeUndefined();
  expect(lines).toEqual([]);
});
