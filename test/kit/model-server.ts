// A real HTTP server on loopback that speaks the OpenAI protocol and answers as the test tells it to, or misbehaves.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AskedBody, type Reply, sendError, sendJson, sendReply } from './model-replies.ts';

export { htmlPage, type Piece, type Reply, stall } from './model-replies.ts';

export type Script = Reply | ((request: RecordedRequest) => Reply);

export interface RecordedRequest {
  readonly method: string;
  /** With the query: `/v1/chat/completions`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body; `undefined` for a GET. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the client under test has sent.
  readonly body: any;
  /** `performance.now()` when it came. */
  readonly at: number;
  /** Resolves when the answer was sent whole (`complete`) or the client closed the socket before that (`early`). */
  readonly closed: Promise<{ readonly how: 'complete' | 'early'; readonly at: number }>;
}

export interface ModelServerOptions {
  /** What `/v1/models` lists; asking for another one is a 404. Default `['test-model']`. */
  readonly models?: readonly string[];
  /** A key that must come as `Authorization: Bearer`; anything else is a 401. Default none. */
  readonly apiKey?: string;
  /** What it does with `suffix` on `/v1/completions`: takes it, or answers 400. Default `takes`. */
  readonly suffix?: 'takes' | 'refuses';
  /** Whether `/v1/completions` exists at all; otherwise it is a 404. Default `true`. */
  readonly completions?: boolean;
  /** Listen here instead of on a free port. */
  readonly port?: number;
}

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseURL: string;
  /** Requests for an answer, in the order they came, answered or not; `/v1/models` is only in `all`. */
  readonly requests: readonly RecordedRequest[];
  /** Every request, to whatever path. */
  readonly all: readonly RecordedRequest[];
  /** How many answers are being sent at this moment, and the most there ever were. */
  readonly active: { readonly now: number; readonly most: number };
  /** Answers for the next requests, one each, in order. */
  reply(...scripts: readonly Script[]): void;
  /** The answer when no other is left. Without one that is a 500 that names the mistake in the test. */
  always(script: Script): void;
  /** Resolves with the request of that index (from 0, `/v1/models` not counted) once it has come. */
  request(index: number): Promise<RecordedRequest>;
  close(): Promise<void>;
}

/**
 * Starts the server. Use it with the real client, one a test:
 *
 *     await using server = await startModelServer();
 *     server.reply({ text: ['return ', 'a + b'] });                    // streamed in two chunks
 *     server.reply({ text: ['ret', stall] });                          // then silence, until the client goes
 *     server.reply({ text: ['ret'], cut: true });                      // the connection is destroyed
 *     server.reply({ text: ['a', promise, 'b'] });                     // goes on when the test resolves it
 *     server.reply({ status: 429, headers: { 'retry-after': '1' } });
 *     server.reply(htmlPage, { raw: '{"choi', contentType: 'application/json' });
 *     server.reply((request) => ({ text: `you sent ${request.body.model}` }));
 *     const settings = { models: { default: { baseURL: server.baseURL, model: 'test-model' } } };
 *     …
 *     expect((await server.request(0)).body.messages).toEqual(…);
 *     expect((await server.requests[0]!.closed).how).toBe('early');    // the abort has reached the socket
 *
 * Chunks are sent as separate writes, which the client usually, not always, sees as separate reads.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['test-model'];
  const scripts: Script[] = [];
  let fallback: Script = { status: 500, message: 'the test has scripted no answer for this request' };
  const all: RecordedRequest[] = [];
  const requests: RecordedRequest[] = [];
  const waiting: { index: number; resolve: (request: RecordedRequest) => void }[] = [];
  const active = { now: 0, most: 0 };

  const scriptFor = (request: RecordedRequest): Reply => {
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`)
      return { status: 401, message: 'Incorrect API key provided.', code: 'invalid_api_key' };
    if (request.path.startsWith('/v1/completions') && options.completions === false)
      return { status: 404, message: 'Not Found' };
    if (!models.includes(request.body?.model))
      return {
        status: 404,
        message: `The model '${request.body?.model}' does not exist`,
        code: 'model_not_found',
      };
    if (request.body?.suffix !== undefined && options.suffix === 'refuses')
      return { status: 400, message: 'suffix is not currently supported', code: 'BadRequestError' };
    const script = scripts.shift() ?? fallback;
    return typeof script === 'function' ? script(request) : script;
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const closed = whenClosed(response);
    const text = await readBody(message);
    const path = message.url ?? '/';
    const method = message.method ?? 'GET';
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const request: RecordedRequest = { method, path, headers: message.headers, body, at, closed };
    all.push(request);
    if (method === 'GET' && path.startsWith('/v1/models'))
      return sendModels(response, models, request, options);
    const chat = path.startsWith('/v1/chat/completions');
    if (!chat && !path.startsWith('/v1/completions'))
      return sendError(response, { status: 404, message: `no such path: ${path}` });
    requests.push(request);
    for (const one of waiting) if (one.index === requests.length - 1) one.resolve(request);
    active.now++;
    active.most = Math.max(active.most, active.now);
    try {
      await sendReply(response, scriptFor(request), body as AskedBody, chat);
    } finally {
      active.now--;
    }
  };

  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendError(response, { status: 500, message: `model server: ${String(error)}` });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    all,
    active,
    reply: (...more) => void scripts.push(...more),
    always: (script) => {
      fallback = script;
    },
    request: (index) =>
      requests[index]
        ? Promise.resolve(requests[index])
        : new Promise((resolve) => waiting.push({ index, resolve })),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function whenClosed(response: ServerResponse): RecordedRequest['closed'] {
  return new Promise((resolve) => {
    response.once('close', () =>
      resolve({ how: response.writableFinished ? 'complete' : 'early', at: performance.now() }),
    );
  });
}

async function readBody(message: IncomingMessage): Promise<string> {
  let text = '';
  message.setEncoding('utf8');
  for await (const part of message) text += part;
  return text;
}

function sendModels(
  response: ServerResponse,
  models: readonly string[],
  { headers }: RecordedRequest,
  { apiKey }: ModelServerOptions,
): void {
  if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`) {
    sendError(response, { status: 401, message: 'Incorrect API key provided.' });
  } else {
    const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'test' }));
    sendJson(response, 200, { object: 'list', data });
  }
}
