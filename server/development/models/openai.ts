// The client of OpenAI-compatible servers, and the only importer of `openai`: loaded on first use, since start-up counts.
import type { OpenAI } from 'openai';
import { type Model, ModelFailure, type ModelRequest } from '../../core/model.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { EndpointSettings } from '../../core/settings.ts';
import { readAnswer } from './answer-stream.ts';
import {
  badAnswer,
  connectionFailure,
  type HttpFailure,
  hostOf,
  noFimFailure,
  type Place,
  statusFailure,
} from './failures.ts';
import { type FimMethod, fimMethods } from './fim-methods.ts';
import { readError } from './protocol.ts';
import { learnQuirk, type Quirks, type RequestBody, refusesFim, requestBody } from './request.ts';
import { askServer, type ServerInfo } from './servers.ts';

/** Milliseconds that the list of models may take. */
const listTimeout = 5_000;

/** Milliseconds until the headers of an answer; the wrappers' limits are shorter. */
const headersTimeout = 600_000;

/** More parameters than these can not be refused one after another. */
const maximumRounds = 6;

/** All that is sent of the client's headers: it would also send its version, the machine's kind, and what `OPENAI_CUSTOM_HEADERS` holds. */
const sentHeaders = ['accept', 'authorization', 'content-type'] as const;

export interface OpenAIModel extends Model {
  /**
   * Finds out what is not known yet: the model's name where the settings leave it open, the kind of server, and with it
   * `api`. Asks `GET /models` once; later calls return at once.
   * @throws ModelFailure when no server answers, or when there is no model to ask for; the abort reason.
   */
  prepare(run: Run): Promise<void>;
  /** The request as it would be sent by what is known so far. Sends nothing. */
  preview(request: ModelRequest): { readonly url: string; readonly body: RequestBody };
}

/**
 * A model behind one endpoint. Nothing is sent before the first call. Every call is one HTTP request, without retries
 * (wrappers do that), except where the server refuses a parameter: then the same is asked without it, and that is
 * remembered. `name` and `api` may change as more is learned, so read them when they are needed.
 *
 * Thoughts of a model and other signs of life arrive as events with an empty text.
 * @param environment where `apiKeyEnv` is looked up.
 */
export function createOpenAIModel(
  endpoint: EndpointSettings,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): OpenAIModel {
  const apiKey = (endpoint.apiKeyEnv && environment[endpoint.apiKeyEnv]) || undefined;
  const quirks: Quirks = { dropped: new Set() };
  const refused = new Set<FimMethod['kind']>();
  let server: ServerInfo | undefined;
  let prepared = false;
  let connection: Promise<Connection> | undefined;

  const modelName = (): string | undefined => endpoint.model ?? server?.models[0];
  const place = (): Place => ({ endpoint, apiKey, model: shown(modelName() ?? 'the model') });
  const methods = (): readonly FimMethod[] =>
    fimMethods(endpoint, modelName(), server?.kind).filter(({ kind }) => !refused.has(kind));

  const methodOf = (request: ModelRequest): FimMethod | undefined => {
    if (request.kind === 'chat') return undefined;
    const [method] = methods();
    if (!method) throw noFimFailure(place());
    return method;
  };

  const list = async (run: Run): Promise<ServerInfo> => {
    const signal = AbortSignal.any([run.signal, AbortSignal.timeout(listTimeout)]);
    try {
      return await askServer(endpoint.baseURL, apiKey ? { authorization: `Bearer ${apiKey}` } : {}, signal);
    } catch (error) {
      throwIfEnded(run);
      throw connectionFailure(place(), error);
    }
  };

  const prepare = async (run: Run): Promise<void> => {
    if (prepared) return;
    server = await list(run);
    prepared = modelName() !== undefined;
    if (prepared) return;
    const { refused } = server;
    if (refused !== undefined && refused !== 200)
      throw statusFailure(
        place(),
        { status: refused, message: '', code: '', param: '', header: () => undefined },
        [],
      );
    if (refused === 200) throw badAnswer(place(), 'unknown');
    throw new ModelFailure(
      'not-configured',
      `${hostOf(endpoint)} lists no models. Load one there, or name it in the settings as "model".`,
    );
  };

  /** Asks, and asks again where the server says which part of the request it does not take. */
  const ask = async (run: Run, request: ModelRequest, signal: AbortSignal): Promise<Response> => {
    connection ??= connect(endpoint, apiKey);
    const { post } = await connection;
    for (let round = 1; ; round++) {
      const method = methodOf(request);
      const { path, body } = requestBody(modelName() ?? '', request, method, quirks);
      const answer = await post(path, body, signal, place());
      if (answer.ok) return answer.response;
      if (round < maximumRounds && learnQuirk(quirks, answer.http, body)) continue;
      if (method && refusesFim(answer.http, method)) refused.add(method.kind);
      else throw await explain(run, answer.http);
    }
  };

  /** The failure; for a model that is not known, with the names that the server has. */
  const explain = async (run: Run, http: HttpFailure): Promise<ModelFailure> => {
    const failure = statusFailure(place(), http, []);
    if (failure.kind !== 'unknown-model') return failure;
    // The server may have been restarted with other models: look again next time.
    prepared = false;
    return statusFailure(place(), http, (await list(run)).models);
  };

  return {
    get name() {
      return `${shown(modelName() ?? 'first model')} @ ${hostOf(endpoint)}`;
    },
    get api() {
      return methods().length > 0 ? 'fim' : 'chat';
    },
    prepare,
    preview(request) {
      const { path, body } = requestBody(
        modelName() ?? '',
        request,
        request.kind === 'fim' ? methods()[0] : undefined,
        quirks,
      );
      return { url: `${endpoint.baseURL.replace(/\/+$/, '')}${path}`, body };
    },
    async *stream(run, request) {
      throwIfEnded(run);
      if (request.kind === 'fim' || modelName() === undefined) await prepare(run);
      const ended = new AbortController();
      const signal = AbortSignal.any([run.signal, ended.signal]);
      try {
        const response = await ask(run, request, signal);
        yield* readAnswer(run, place(), response, (await connection!).events, request.kind === 'chat');
      } catch (error) {
        throwIfEnded(run);
        throw error;
      } finally {
        // Reached by a reader that returns early, too: closes the socket, so that the server stops writing.
        ended.abort();
      }
    },
  };
}

/** llama.cpp names a model by the path of its file. */
const shown = (model: string): string => (model.endsWith('.gguf') ? model.split(/[\\/]/).at(-1)! : model);

interface Connection {
  /** @throws ModelFailure when the connection fails; the abort reason of the signal is for the caller to look at. */
  post(
    path: string,
    body: RequestBody,
    signal: AbortSignal,
    place: Place,
  ): Promise<
    { readonly ok: true; readonly response: Response } | { readonly ok: false; readonly http: HttpFailure }
  >;
  /** The JSON values of an event stream. */
  events(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterable<unknown>;
}

/** Loads the library and sets it up so that nothing but the request reaches the endpoint, and nothing standard output. */
async function connect(endpoint: EndpointSettings, apiKey: string | undefined): Promise<Connection> {
  const { APIError, OpenAI } = await import('openai');
  const { Stream } = await import('openai/streaming');
  const client: OpenAI = new OpenAI({
    baseURL: endpoint.baseURL,
    // The client insists on a key; the header made of this one is left out below.
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: headersTimeout,
    logLevel: 'off',
    fetch: (url, init) => {
      const given = new Headers(init?.headers);
      const headers = new Headers();
      for (const name of sentHeaders) {
        const value = given.get(name);
        if (value !== null && (name !== 'authorization' || apiKey !== undefined)) headers.set(name, value);
      }
      // A redirect is not followed: it could lead to a host that the user has not named.
      return fetch(url, { ...init, headers, redirect: 'manual' });
    },
  });
  return {
    async post(path, body, signal, place) {
      try {
        return { ok: true, response: await client.post(path, { body, signal }).asResponse() };
      } catch (error) {
        if (!(error instanceof APIError) || error.status === undefined) throw connectionFailure(place, error);
        const { status, headers } = error;
        const said = readError({ error: error.error }) ?? { message: error.message, code: '', param: '' };
        return { ok: false, http: { ...said, status, header: (name) => headers?.get(name) ?? undefined } };
      }
    },
    events: (bytes) => Stream.fromSSEResponse<unknown>(new Response(bytes), new AbortController(), client),
  };
}
