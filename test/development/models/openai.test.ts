// The client against a real HTTP server: how it asks, how it reads, and that every way to fail says what to do.
import { describe, expect, test } from 'vitest';
import { type Model, type ModelEvent, ModelFailure, type ModelRequest } from '../../../server/core/model.ts';
import { Cancelled, detachedRun, type Run } from '../../../server/core/run.ts';
import type { EndpointSettings } from '../../../server/core/settings.ts';
import { createOpenAIModel } from '../../../server/development/models/openai.ts';
import { htmlPage, type ModelServer, type Script, stall, startModelServer } from '../../kit/model-server.ts';

const run = detachedRun(() => undefined);
const shared = { maxTokens: 64, temperature: 0, stop: [] } as const;
const chat: ModelRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'add two numbers' }],
  ...shared,
};
const fim: ModelRequest = { kind: 'fim', prefix: 'a = ', suffix: '\nb', context: '', ...shared };

const modelAt = (
  server: Pick<ModelServer, 'baseURL'>,
  more: Partial<EndpointSettings> = {},
  environment = {},
) => createOpenAIModel({ baseURL: server.baseURL, model: 'test-model', api: 'auto', ...more }, environment);

/** The whole answer, events with an empty text left out. */
async function answer(model: Model, request: ModelRequest = chat, of: Run = run) {
  let text = '';
  let finish: Extract<ModelEvent, { type: 'finish' }> | undefined;
  for await (const event of model.stream(of, request)) {
    if (event.type === 'text') text += event.text;
    else finish = event;
  }
  return { text, finish };
}

async function failureOf(model: Model, request: ModelRequest = chat): Promise<ModelFailure> {
  const error: unknown = await answer(model, request).then(
    ({ text }) => new Error(`answered: ${text}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelFailure);
  return error as ModelFailure;
}

describe('chat', () => {
  test('streams text and ends with reason and usage', async () => {
    await using server = await startModelServer();
    server.reply({ text: ['return ', 'a + b'] });
    expect(await answer(modelAt(server))).toEqual({
      text: 'return a + b',
      finish: { type: 'finish', reason: 'stop', usage: { inputTokens: 1, outputTokens: 4 } },
    });
    expect((await server.request(0)).body).toEqual({
      model: 'test-model',
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 64,
      temperature: 0,
      messages: [{ role: 'user', content: 'add two numbers' }],
    });
  });

  test('sends the key from the environment, and nothing else about the user', async () => {
    await using server = await startModelServer({ apiKey: 'sk-secret' });
    server.reply({ text: 'x' });
    await answer(modelAt(server, { apiKeyEnv: 'KEY' }, { KEY: 'sk-secret' }));
    const { headers } = await server.request(0);
    expect(headers.authorization).toBe('Bearer sk-secret');
    expect(Object.keys(headers).filter((name) => /^x-|openai/.test(name))).toEqual([]);
  });

  test('sends no authorization where no key is named', async () => {
    await using server = await startModelServer();
    server.reply({ text: 'x' });
    await answer(modelAt(server));
    expect((await server.request(0)).headers.authorization).toBeUndefined();
  });

  test('takes the first model that the server lists where none is named', async () => {
    await using server = await startModelServer({ models: ['first', 'second'] });
    server.reply({ text: 'x' });
    const model = createOpenAIModel({ baseURL: server.baseURL, api: 'auto' });
    await answer(model);
    expect((await server.request(0)).body.model).toBe('first');
    expect(model.name).toBe(`first @ ${new URL(server.baseURL).host}`);
  });

  test.each<[string, Script, string]>([
    ['a whole answer although a stream was asked for', { text: 'whole', ignoresStream: true }, 'whole'],
    ['a stream without a finish reason', { text: ['a', 'b'], withoutFinish: true }, 'ab'],
    ['the thoughts of a model, which are left out', { text: 'answer', reasoning: 'let me see' }, 'answer'],
    [
      'a stream that calls itself JSON',
      {
        raw: 'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n',
        contentType: 'application/json',
      },
      'x',
    ],
    [
      'JSON that calls itself a stream',
      {
        raw: '{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}',
        contentType: 'text/event-stream',
      },
      'x',
    ],
    [
      'an answer in parts',
      {
        raw: '{"choices":[{"message":{"content":[{"type":"thinking"},{"type":"text","text":"x"}]},"finish_reason":"stop"}]}',
        contentType: 'application/json',
      },
      'x',
    ],
  ])('reads %s', async (_, script, text) => {
    await using server = await startModelServer();
    server.reply(script);
    expect((await answer(modelAt(server))).text).toBe(text);
  });

  test('leaves out a parameter that the server does not take, and remembers it', async () => {
    await using server = await startModelServer();
    server.reply(
      { status: 400, message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." },
      { status: 400, message: "Unsupported value: 'temperature' does not support 0 with this model." },
      { text: 'x' },
      { text: 'y' },
    );
    const model = modelAt(server);
    expect((await answer(model)).text).toBe('x');
    expect((await answer(model)).text).toBe('y');
    expect(server.requests).toHaveLength(4);
    for (const { body } of server.requests.slice(2)) {
      expect(body).toMatchObject({ max_completion_tokens: 64 });
      expect(body).not.toHaveProperty('temperature');
    }
  });
});

describe('fill in the middle', () => {
  test('uses the template of a known model, with other files where it was trained to see them', async () => {
    await using server = await startModelServer({ models: ['qwen2.5-coder:7b'] });
    server.reply({ text: '1' }, { text: '2' });
    const model = modelAt(server, { model: 'qwen2.5-coder:7b' });
    expect(model.api).toBe('fim');
    await answer(model, { ...fim, stop: ['\n'] });
    await answer(model, { ...fim, context: '# b.py\nb = 2\n' });
    const [first, second] = server.requests;
    expect(first!.path).toBe('/v1/completions');
    expect(first!.body.prompt).toBe('<|fim_prefix|>a = <|fim_suffix|>\nb<|fim_middle|>');
    expect(first!.body.stop).toEqual(['\n', '<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|im_end|>']);
    expect(second!.body.prompt).toContain('<|file_sep|>context\n# b.py\nb = 2\n');
  });

  test('sends `suffix` where the settings ask for fill-in-the-middle and no template is known', async () => {
    await using server = await startModelServer();
    server.reply({ text: '1' });
    await answer(modelAt(server, { api: 'fim' }), { ...fim, context: '# b.py\nb = 2' });
    expect((await server.request(0)).body).toMatchObject({ prompt: '# b.py\nb = 2\na = ', suffix: '\nb' });
  });

  test('uses the template of the settings before any other', async () => {
    await using server = await startModelServer();
    server.reply({ text: '1' });
    const model = modelAt(server, { template: '<P>{prefix}<S>{suffix}<M>' });
    expect(model.api).toBe('fim');
    await answer(model, { ...fim, prefix: 'a = "$&{suffix}" + ' });
    expect((await server.request(0)).body.prompt).toBe('<P>a = "$&{suffix}" + <S>\nb<M>');
  });

  test('asks by chat when the server refuses `suffix` and no template is known', async () => {
    await using server = await startModelServer({ suffix: 'refuses' });
    server.reply({ text: 'by chat' });
    const model = modelAt(server, { api: 'fim' });
    expect((await failureOf(model, fim)).kind).toBe('no-fim');
    expect(model.api).toBe('chat');
    expect((await answer(model)).text).toBe('by chat');
  });

  test('asks by chat when the server has no /completions', async () => {
    await using server = await startModelServer({ models: ['starcoder2:3b'], completions: false });
    const model = modelAt(server, { model: 'starcoder2:3b' });
    expect(model.api).toBe('fim');
    expect(await failureOf(model, fim)).toMatchObject({ kind: 'no-fim' });
    expect(model.api).toBe('chat');
  });

  test('finds nothing to fill in a good answer', async () => {
    await using server = await startModelServer();
    server.reply({ text: '' });
    expect(await answer(modelAt(server, { api: 'fim' }), fim)).toMatchObject({
      text: '',
      finish: { reason: 'stop' },
    });
  });
});

describe('stopping', () => {
  test('a reader that has enough closes the connection', async () => {
    await using server = await startModelServer();
    server.reply({ text: ['one', stall] });
    for await (const event of modelAt(server).stream(run, chat))
      if (event.type === 'text' && event.text) break;
    expect((await server.requests[0]!.closed).how).toBe('early');
  });

  test.each([
    ['before the first byte', [stall]],
    ['in the middle', ['one', stall]],
  ])('an abort %s reaches the socket and never looks like an answer', async (_, text) => {
    await using server = await startModelServer();
    server.reply({ text });
    const controller = new AbortController();
    const answered = answer(modelAt(server), chat, { ...run, signal: controller.signal });
    const request = await server.request(0);
    controller.abort(new Cancelled('client'));
    await expect(answered).rejects.toBeInstanceOf(Cancelled);
    expect((await request.closed).how).toBe('early');
  });

  test('an abort that came before anything was asked sends nothing', async () => {
    await using server = await startModelServer();
    const signal = AbortSignal.abort(new Cancelled('superseded'));
    await expect(answer(modelAt(server), chat, { ...run, signal })).rejects.toBeInstanceOf(Cancelled);
    expect(server.all).toEqual([]);
  });
});

describe('failures', () => {
  test.each<[string, Script, string, RegExp]>([
    ['a web page', htmlPage, 'bad-answer', /web page/],
    ['an empty answer', { text: '' }, 'empty', /test-model at 127.*empty answer/],
    ['an empty body', { raw: '', contentType: 'text/event-stream' }, 'empty', /nothing at all/],
    ['a stream cut half way', { text: ['one'], cut: true }, 'cut', /broke off half way/],
    [
      'a stream that just ends',
      { raw: 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n', contentType: 'text/event-stream' },
      'cut',
      /broke off/,
    ],
    ['cut JSON', { raw: '{"choi', contentType: 'application/json' }, 'bad-answer', /not the OpenAI protocol/],
    [
      'garbage in a stream',
      { raw: 'data: {nope\n\n', contentType: 'text/event-stream' },
      'bad-answer',
      /not the OpenAI/,
    ],
    [
      'another protocol',
      { raw: '{"hello":1}', contentType: 'application/json' },
      'bad-answer',
      /not the OpenAI/,
    ],
    ['plain text', { raw: 'pong', contentType: 'text/plain' }, 'bad-answer', /not the OpenAI/],
    [
      'no server behind a gateway',
      { status: 502, message: 'Bad Gateway' },
      'server-error',
      /failed \(502\): Bad Gateway/,
    ],
    ['an error inside of a stream', errorInStream(), 'server-error', /failed \(500\): out of memory/],
    ['a rate limit', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited', /Try again in 7 s/],
    [
      'no quota',
      { status: 429, code: 'insufficient_quota', message: 'You exceeded…' },
      'rate-limited',
      /no quota/,
    ],
    [
      'a prompt that is too long',
      { status: 400, code: 'exceed_context_size_error', message: 'request (9 tokens) exceeds (4)' },
      'too-long',
      /Lower budget\.contextTokens/,
    ],
    [
      'a redirect',
      { status: 308, headers: { location: 'http://elsewhere.invalid/v1' } },
      'bad-answer',
      /redirects to http:\/\/elsewhere\.invalid/,
    ],
  ])('%s', async (_, script, kind, message) => {
    await using server = await startModelServer();
    server.reply(script);
    const failure = await failureOf(modelAt(server));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(message);
    expect(server.requests).toHaveLength(1);
  });

  test('a rate limit says when to try again, an empty account never', async () => {
    await using server = await startModelServer();
    server.reply(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 429, code: 'insufficient_quota' },
    );
    expect((await failureOf(modelAt(server))).retryAfter).toBe(7000);
    expect((await failureOf(modelAt(server))).retryAfter).toBeUndefined();
  });

  test('a model that is not known comes with the names that are, nearest first', async () => {
    await using server = await startModelServer({ models: ['llama3', 'qwen2.5-coder:7b', 'mistral'] });
    const { kind, message } = await failureOf(modelAt(server, { model: 'qwen2.5-coder' }));
    expect(kind).toBe('unknown-model');
    expect(message).toMatch(/does not know the model "qwen2\.5-coder"\. It has: qwen2\.5-coder:7b, /);
  });

  test('a missing, an unset and a wrong key are told apart, and none is repeated', async () => {
    await using server = await startModelServer({ apiKey: 'sk-right' });
    expect((await failureOf(modelAt(server))).message).toMatch(/name that in "apiKeyEnv"/);
    expect((await failureOf(modelAt(server, { apiKeyEnv: 'KEY' }))).message).toMatch(/KEY is not set/);
    const wrong = await failureOf(modelAt(server, { apiKeyEnv: 'KEY' }, { KEY: 'sk-wrong' }));
    expect(wrong.message).toMatch(/does not accept the API key in KEY/);
    expect(wrong.message).not.toContain('sk-wrong');
  });

  test('a server that repeats the key does not bring it into a message', async () => {
    await using server = await startModelServer({ apiKey: 'sk-secret' });
    server.reply({ status: 500, message: 'upstream refused sk-secret' });
    const { message } = await failureOf(modelAt(server, { apiKeyEnv: 'KEY' }, { KEY: 'sk-secret' }));
    expect(message).toContain('upstream refused ***');
  });

  test('no server there', async () => {
    const server = await startModelServer();
    await server.close();
    const failure = await failureOf(modelAt(server));
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toMatch(/No server answers at http:\/\/127.*Is it running\?/);
    expect(failure.retryAfter).toBe(0);
  });

  test('a base URL without /v1', async () => {
    await using server = await startModelServer();
    const failure = await failureOf(modelAt({ baseURL: server.baseURL.replace('/v1', '') }));
    expect(failure.message).toMatch(/\(404\).*lack \/v1/);
  });

  test('a server without models', async () => {
    await using server = await startModelServer({ models: [] });
    const failure = await failureOf(createOpenAIModel({ baseURL: server.baseURL, api: 'auto' }));
    expect(failure).toMatchObject({ kind: 'not-configured' });
  });
});

function errorInStream(): Script {
  return {
    raw: 'data: {"error":{"message":"out of memory","code":500}}\n\n',
    contentType: 'text/event-stream',
  };
}
