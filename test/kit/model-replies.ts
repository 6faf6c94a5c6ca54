// How the scripted model server answers: the OpenAI protocol's JSON and event stream, and everything that is not.
import type { ServerResponse } from 'node:http';

/** What an answer is made of, sent in order: text, milliseconds to wait, or a promise to wait for. */
export type Piece = string | number | Promise<unknown>;

/** A piece that is never over: the server stalls there until the client goes. */
export const stall: Promise<never> = new Promise<never>(() => undefined);

export type Reply =
  /** An answer of a model, streamed or whole as the request asks. */
  | {
      readonly text: string | readonly Piece[];
      readonly finish?: 'stop' | 'length' | 'content_filter';
      /** The connection is destroyed after the pieces, without an end. */
      readonly cut?: true;
      /** Answers with one JSON object although a stream was asked for. */
      readonly ignoresStream?: true;
      /** Sends `data: [DONE]` without a chunk that has a finish reason. */
      readonly withoutFinish?: true;
      /** Text that a thinking model sends first, in `reasoning_content`. Chat only. */
      readonly reasoning?: string;
    }
  /** An error as OpenAI-compatible servers send it. */
  | {
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Any bytes under any content type: an HTML page, garbage JSON, a lie. The status is 200 where none is given. */
  | {
      readonly raw: string | readonly Piece[];
      readonly contentType: string;
      readonly rawStatus?: number;
      readonly cut?: true;
    };

/** What a wrong base URL often answers: a web page with status 200. */
export const htmlPage: Reply = {
  raw: '<!doctype html><html><head><title>Sign in</title></head><body>Welcome</body></html>',
  contentType: 'text/html; charset=utf-8',
};

/** What the server itself reads of a request. */
export interface AskedBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export function sendError(response: ServerResponse, reply: Extract<Reply, { status: number }>): void {
  const { status, message = `status ${status}`, code = null, headers } = reply;
  sendJson(response, status, { error: { message, type: 'error', param: null, code } }, headers);
}

/** Sends the reply to its end, or until the client has gone. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  asked: AskedBody,
  chat: boolean,
): Promise<void> {
  if ('status' in reply) sendError(response, reply);
  else if ('raw' in reply) await sendRaw(response, reply);
  else if (asked.stream !== true || reply.ignoresStream) await sendWhole(response, reply, asked, chat);
  else await sendStream(response, reply, asked, chat);
}

async function sendRaw(response: ServerResponse, reply: Extract<Reply, { raw: unknown }>): Promise<void> {
  response.writeHead(reply.rawStatus ?? 200, { 'content-type': reply.contentType });
  response.flushHeaders();
  const whole = await each(response, reply.raw, (text) => void response.write(text));
  if (!whole) return;
  if (reply.cut) response.destroy();
  else response.end();
}

type TextReply = Extract<Reply, { text: unknown }>;

async function sendWhole(
  response: ServerResponse,
  reply: TextReply,
  { model }: AskedBody,
  chat: boolean,
): Promise<void> {
  const pieces: string[] = [];
  const whole = await each(response, reply.text, (piece) => void pieces.push(piece));
  if (!whole) return;
  if (reply.cut) {
    response.destroy();
    return;
  }
  const content = pieces.join('');
  const choice = chat
    ? { message: { role: 'assistant', content, reasoning_content: reply.reasoning } }
    : { text: content };
  sendJson(response, 200, {
    ...head(model, chat ? 'chat.completion' : 'text_completion'),
    choices: [{ index: 0, ...choice, finish_reason: reply.finish ?? 'stop' }],
    usage: usageOf(content),
  });
}

async function sendStream(
  response: ServerResponse,
  reply: TextReply,
  { model, stream_options }: AskedBody,
  chat: boolean,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const event = (choices: readonly unknown[], more = {}): void => {
    const object = chat ? 'chat.completion.chunk' : 'text_completion';
    response.write(`data: ${JSON.stringify({ ...head(model, object), choices, ...more })}\n\n`);
  };
  const delta = (value: Record<string, string>): void =>
    event([{ index: 0, ...(chat ? { delta: value } : { text: value.content }), finish_reason: null }]);
  if (chat) delta({ role: 'assistant', content: '' });
  if (reply.reasoning !== undefined) delta({ reasoning_content: reply.reasoning });
  let sent = '';
  const whole = await each(response, reply.text, (content) => {
    sent += content;
    delta({ content });
  });
  if (!whole) return;
  if (reply.cut) {
    response.destroy();
    return;
  }
  if (!reply.withoutFinish)
    event([{ index: 0, ...(chat ? { delta: {} } : { text: '' }), finish_reason: reply.finish ?? 'stop' }]);
  if (stream_options?.include_usage) event([], { usage: usageOf(sent) });
  response.end('data: [DONE]\n\n');
}

const head = (model: string, object: string) => ({ id: 'test-1', object, created: 0, model });

/** One token a word, near enough for a test. */
const usageOf = (text: string) => {
  const completion = text.split(/\s+/).filter(Boolean).length;
  return { prompt_tokens: 1, completion_tokens: completion, total_tokens: completion + 1 };
};

/** Goes through the pieces; `false` when the client went before the end. */
async function each(
  response: ServerResponse,
  pieces: string | readonly Piece[],
  write: (text: string) => void,
): Promise<boolean> {
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  for (const piece of typeof pieces === 'string' ? [pieces] : pieces) {
    if (typeof piece === 'string') {
      write(piece);
      // A turn of the event loop, so that the chunks leave as separate writes.
      await new Promise((resolve) => setImmediate(resolve));
    } else if (typeof piece === 'number') {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, piece)), gone]);
    } else {
      await Promise.race([piece, gone]);
    }
    if (response.destroyed) return false;
  }
  return true;
}
