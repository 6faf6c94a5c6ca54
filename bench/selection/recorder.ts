// Stands before a real endpoint, hands its requests on, and keeps the answers in a file.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Endpoints } from './editor.ts';

export interface Live {
  /** Base URL of an endpoint that speaks the OpenAI protocol: `http://127.0.0.1:8080/v1`. */
  readonly url: string;
  readonly model: string;
  /** File that answers are added to, one JSON line each. */
  readonly keep: string;
}

export interface Recorder extends AsyncDisposable {
  readonly models: Endpoints;
  begin(task: string): void;
  /** Those of the task that was begun. */
  answers(): readonly string[];
}

export async function startRecorder({ url, model, keep }: Live): Promise<Recorder> {
  let task = '';
  let kept: string[] = [];
  const base = url.replace(/\/$/, '');
  const answerOf = async (body: object): Promise<string> => {
    const response = await fetch(`${base}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: false, stream_options: undefined }),
    });
    const answer = (await response.json()) as { choices?: { message?: { content?: string } }[] };
    const text = answer.choices?.[0]?.message?.content;
    if (text === undefined) throw new Error(`${base} answered ${response.status} without a message`);
    kept.push(text);
    appendFileSync(keep, `${JSON.stringify({ task, model, i: kept.length - 1, answer: text })}\n`);
    return text;
  };
  const server = createServer((request, response) => {
    const reply = async (): Promise<void> => {
      if (request.method === 'GET') {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ object: 'list', data: [{ id: model, object: 'model' }] }));
        return;
      }
      const content = await answerOf((await json(request)) as object);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const chunk = { id: 'recorded', object: 'chat.completion.chunk', created: 0, model };
      const event = (delta: object, finish_reason: string | null): void =>
        void response.write(
          `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
        );
      event({ role: 'assistant', content }, null);
      event({}, 'stop');
      response.end('data: [DONE]\n\n');
    };
    reply().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.writeHead(502).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    models: { default: { baseURL: `http://127.0.0.1:${port}/v1`, model, api: 'chat' } },
    begin(next) {
      task = next;
      kept = [];
    },
    answers: () => kept,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
