// Retry, time limit and concurrency limit around the real client, against a real HTTP server.
import { describe, expect, test } from 'vitest';
import { type Model, ModelFailure, type ModelRequest } from '../../../server/core/model.ts';
import { Cancelled, detachedRun, type Run } from '../../../server/core/run.ts';
import { createOpenAIModel } from '../../../server/development/models/openai.ts';
import { protectModel } from '../../../server/development/wrappers/index.ts';
import { createGate, withLimit } from '../../../server/development/wrappers/limit.ts';
import { type RetryOptions, withRetry } from '../../../server/development/wrappers/retry.ts';
import { withTimeout } from '../../../server/development/wrappers/timeout.ts';
import { type ModelServer, stall, startModelServer } from '../../kit/model-server.ts';

const run = detachedRun(() => undefined);
const chat: ModelRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 8,
  temperature: 0,
  stop: [],
};
const modelAt = ({ baseURL }: ModelServer) =>
  createOpenAIModel({ baseURL, model: 'test-model', api: 'chat' });

async function answer(model: Model, of: Run = run): Promise<string> {
  let text = '';
  for await (const event of model.stream(of, chat)) if (event.type === 'text') text += event.text;
  return text;
}

const failureOf = (model: Model): Promise<ModelFailure> =>
  answer(model).then(
    (text) => {
      throw new Error(`answered: ${text}`);
    },
    (error: unknown) => {
      if (error instanceof ModelFailure) return error;
      throw error;
    },
  );

describe('retry', () => {
  const quick: RetryOptions = { attempts: 3, firstDelay: 1, longestDelay: 1_000 };

  test('asks again after 429 and 5xx, and delivers the answer once', async () => {
    await using server = await startModelServer();
    server.reply({ status: 429 }, { status: 503 }, { text: ['one', ' two'] });
    expect(await answer(withRetry(modelAt(server), quick))).toBe('one two');
    expect(server.requests).toHaveLength(3);
  });

  test('waits as long as the server asks for', async () => {
    await using server = await startModelServer();
    server.reply({ status: 429, headers: { 'retry-after-ms': '40' } }, { text: 'x' });
    const said: string[] = [];
    const watched: Run = { ...run, log: (_, message) => void said.push(message) };
    expect(await answer(withRetry(modelAt(server), quick), watched)).toBe('x');
    expect(said).toEqual([expect.stringContaining('asking again in 40 ms')]);
  });

  test('does not wait for a server that wants too long', async () => {
    await using server = await startModelServer();
    server.reply({ status: 429, headers: { 'retry-after': '3600' } });
    expect((await failureOf(withRetry(modelAt(server), quick))).message).toMatch(/Try again in 3600 s/);
    expect(server.requests).toHaveLength(1);
  });

  test('gives up after its attempts with the last failure', async () => {
    await using server = await startModelServer();
    server.always({ status: 500, message: 'broken' });
    expect((await failureOf(withRetry(modelAt(server), quick))).kind).toBe('server-error');
    expect(server.requests).toHaveLength(3);
  });

  test('never asks again once text was delivered', async () => {
    await using server = await startModelServer();
    server.reply({ text: ['half'], cut: true }, { text: 'whole' });
    expect((await failureOf(withRetry(modelAt(server), quick))).kind).toBe('cut');
    expect(server.requests).toHaveLength(1);
  });

  test('asks again when the answer was cut before its first text', async () => {
    await using server = await startModelServer();
    server.reply({ text: [], cut: true }, { text: 'whole' });
    expect(await answer(withRetry(modelAt(server), quick))).toBe('whole');
  });

  test.each([401, 404, 400])('does not ask again after %i', async (status) => {
    await using server = await startModelServer();
    server.always({ status });
    await failureOf(withRetry(modelAt(server), quick));
    expect(server.requests).toHaveLength(1);
  });

  test('an abort ends the waiting', async () => {
    await using server = await startModelServer();
    server.always({ status: 503 });
    const controller = new AbortController();
    const slow = withRetry(modelAt(server), { attempts: 2, firstDelay: 3_600_000, longestDelay: 1 });
    const told = new Promise<void>((resolve) => {
      const watched: Run = { ...run, signal: controller.signal, log: () => resolve() };
      answer(slow, watched).then(
        () => undefined,
        (error: unknown) => outcome.push(error),
      );
    });
    const outcome: unknown[] = [];
    await told;
    controller.abort(new Cancelled('superseded'));
    await expect.poll(() => outcome[0]).toBeInstanceOf(Cancelled);
    expect(server.requests).toHaveLength(1);
  });
});

describe('time limit', () => {
  test('a server that never begins', async () => {
    await using server = await startModelServer();
    server.reply({ raw: [stall], contentType: 'text/event-stream' });
    const failure = await failureOf(withTimeout(modelAt(server), { first: 50, between: 60_000 }));
    expect(failure.kind).toBe('stalled');
    expect(failure.message).toMatch(/test-model @ 127.* has not begun to answer/);
    expect((await server.requests[0]!.closed).how).toBe('early');
  });

  test('a server that falls silent half way', async () => {
    await using server = await startModelServer();
    server.reply({ text: ['half', stall] });
    const failure = await failureOf(withTimeout(modelAt(server), { first: 60_000, between: 50 }));
    expect(failure.message).toMatch(/fell silent/);
    expect((await server.requests[0]!.closed).how).toBe('early');
  });

  test('the time that the reader takes does not count', async () => {
    await using server = await startModelServer();
    server.reply({ text: ['one', 'two'] });
    let text = '';
    for await (const event of withTimeout(modelAt(server), { first: 5_000, between: 200 }).stream(
      run,
      chat,
    )) {
      if (event.type !== 'text') continue;
      if (text === '') await new Promise((resolve) => setTimeout(resolve, 250));
      text += event.text;
    }
    expect(text).toBe('onetwo');
  });

  test('a cancelled run is cancelled, not stalled', async () => {
    await using server = await startModelServer();
    server.reply({ text: [stall] });
    const controller = new AbortController();
    const cancelled = answer(withTimeout(modelAt(server)), { ...run, signal: controller.signal });
    await server.request(0);
    controller.abort(new Cancelled('client'));
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('concurrency limit', () => {
  test('lets so many through at once, the others after them', async () => {
    await using server = await startModelServer();
    server.always({ text: [20, 'x'] });
    const limited = withLimit(modelAt(server), createGate(2));
    expect(await Promise.all(Array.from({ length: 7 }, () => answer(limited)))).toEqual(Array(7).fill('x'));
    expect(server.active.most).toBe(2);
  });

  test('a place is given back by a failure, an early return and an abort', async () => {
    await using server = await startModelServer();
    const limited = withLimit(modelAt(server), createGate(1));
    server.reply({ status: 500 }, { text: ['one', stall] }, { text: ['two', stall] }, { text: 'last' });
    await failureOf(limited);
    for await (const event of limited.stream(run, chat)) if (event.type === 'text' && event.text) break;
    const controller = new AbortController();
    const aborted = answer(limited, { ...run, signal: controller.signal });
    await server.request(2);
    controller.abort(new Cancelled('client'));
    await expect(aborted).rejects.toBeInstanceOf(Cancelled);
    expect(await answer(limited)).toBe('last');
  });

  test('waiting for a place can be aborted, and the next in line is not forgotten', async () => {
    await using server = await startModelServer();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    server.reply({ text: ['first', gate] }, { text: 'third' });
    const limited = withLimit(modelAt(server), createGate(1));
    const first = answer(limited);
    await server.request(0);
    const controller = new AbortController();
    const second = answer(limited, { ...run, signal: controller.signal });
    const third = answer(limited);
    controller.abort(new Cancelled('superseded'));
    await expect(second).rejects.toBeInstanceOf(Cancelled);
    open();
    expect(await first).toBe('first');
    expect(await third).toBe('third');
    expect(server.requests).toHaveLength(2);
  });
});

test('all of them together keep the name, and pass on what the model has learned', async () => {
  await using server = await startModelServer({ models: ['starcoder2:3b'] });
  const model = protectModel(createOpenAIModel({ baseURL: server.baseURL, api: 'auto' }), createGate());
  expect(model.api).toBe('chat');
  await model.prepare(run);
  expect(model.api).toBe('fim');
  expect(model.name).toMatch(/^starcoder2:3b @ /);
  server.reply({ text: 'x' });
  expect(await answer(model)).toBe('x');
});
