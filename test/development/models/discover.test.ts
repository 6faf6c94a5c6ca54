// Model servers found on this machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Cancelled, detachedRun } from '../../../server/core/run.ts';
import {
  createDiscovery,
  endpointOf,
  localServers,
  rankModels,
} from '../../../server/development/models/discover.ts';
import { isLoopback } from '../../../server/development/models/loopback.ts';
import { startModelServer } from '../../kit/model-server.ts';

const run = detachedRun(() => undefined);

test('a server that listens is found with its models, the one for code first', async () => {
  await using server = await startModelServer({
    models: ['nomic-embed-text', 'llama3.2', 'opencoder:8b', 'qwen2.5-coder:7b'],
  });
  const [found, ...more] = await createDiscovery([
    { product: 'nobody', baseURL: 'http://127.0.0.1:9/v1' },
    { product: 'Test', baseURL: server.baseURL },
  ]).find(run);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    product: 'Test',
    models: ['qwen2.5-coder:7b', 'opencoder:8b', 'llama3.2'],
  });
  expect(endpointOf(found!)).toEqual({ baseURL: server.baseURL, model: 'qwen2.5-coder:7b', api: 'auto' });
});

test('a server that has no model for text is not offered', async () => {
  await using server = await startModelServer({ models: ['nomic-embed-text'] });
  expect(await createDiscovery([{ product: 'Test', baseURL: server.baseURL }]).find(run)).toEqual([]);
});

test('something else that listens there is passed over, and is sent nothing but the question', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(302, { location: 'http://elsewhere.invalid/' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const discovery = createDiscovery([{ product: 'web', baseURL: `http://127.0.0.1:${port}/v1` }]);
  expect(await discovery.find(run)).toEqual([]);
  expect(asked).toEqual(['GET /v1/models']);
  await new Promise((resolve) => server.close(resolve));
});

test('a result is kept for a while', async () => {
  await using server = await startModelServer();
  const discovery = createDiscovery([{ product: 'Test', baseURL: server.baseURL }]);
  let now = 0;
  const clocked = { ...run, now: () => now };
  await Promise.all([discovery.find(clocked), discovery.find(clocked)]);
  expect(server.all).toHaveLength(1);
  now = 3_600_000;
  await discovery.find(clocked);
  expect(server.all).toHaveLength(2);
});

test('one caller that gives up does not spoil it for another', async () => {
  await using server = await startModelServer();
  const discovery = createDiscovery([{ product: 'Test', baseURL: server.baseURL }]);
  const controller = new AbortController();
  const first = discovery.find({ ...run, signal: controller.signal });
  const second = discovery.find(run);
  controller.abort(new Cancelled('client'));
  await expect(first).rejects.toBeInstanceOf(Cancelled);
  expect(await second).toHaveLength(1);
});

test('only loopback is ever asked', async () => {
  expect(localServers.filter(({ baseURL }) => !isLoopback(baseURL))).toEqual([]);
  expect(
    [
      'http://localhost.evil.example/v1',
      'http://127.0.0.1.evil.example/v1',
      'http://192.168.0.2:11434/v1',
    ].filter(isLoopback),
  ).toEqual([]);
});

test('models that can fill in the middle come before others for code, those before the rest', () => {
  expect(rankModels(['whisper-1', 'gpt', 'deepcoder:14b', 'starcoder2:3b', 'bge-m3'])).toEqual([
    'starcoder2:3b',
    'deepcoder:14b',
    'gpt',
  ]);
});
