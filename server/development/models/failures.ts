// What went wrong at an endpoint, as a ModelFailure whose message says what happened, where, and what to do.
import { distance } from 'fastest-levenshtein';
import { ModelFailure, type ModelFailureKind } from '../../core/model.ts';
import type { EndpointSettings } from '../../core/settings.ts';
import type { ServerError } from './protocol.ts';

/** A server's own words are quoted up to this many characters. */
const maximumQuote = 200;

/** Names of models are listed up to this many. */
const maximumNames = 5;

export interface Place {
  readonly endpoint: EndpointSettings;
  /** The key in use, only to keep it out of messages. */
  readonly apiKey: string | undefined;
  /** The model's name as it is shown. */
  readonly model: string;
}

export interface HttpFailure extends ServerError {
  readonly status: number;
  /** Lower-case names. */
  readonly header: (name: string) => string | undefined;
}

const urlOf = ({ endpoint }: Place): string => endpoint.baseURL.replace(/\/+$/, '');

/** The host and port of the endpoint, or the whole setting where it is no URL. */
export const hostOf = (endpoint: EndpointSettings): string =>
  URL.canParse(endpoint.baseURL) ? new URL(endpoint.baseURL).host : endpoint.baseURL;

const failure = (
  kind: ModelFailureKind,
  message: string,
  retryAfter?: number,
  cause?: unknown,
): ModelFailure =>
  new ModelFailure(kind, message, { ...(retryAfter !== undefined && { retryAfter }), cause });

/** Error codes of the operating system and of TLS, found in the chain of causes. */
export function connectionFailure(place: Place, error: unknown): ModelFailure {
  const code = codeOf(error);
  const url = urlOf(place);
  if (code === 'ECONNREFUSED')
    return failure(
      'unreachable',
      `No server answers at ${url}. Is it running? Start it, or correct baseURL.`,
      0,
      error,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return failure(
      'unreachable',
      `The host of ${url} cannot be found. Check baseURL and the network.`,
      code === 'EAI_AGAIN' ? 0 : undefined,
      error,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO|SSL|TLS/.test(code))
    return failure(
      'unreachable',
      `${url} has a certificate or TLS setting that is not accepted (${code}).`,
      undefined,
      error,
    );
  if (code === 'ERR_INVALID_URL')
    return failure('unreachable', `baseURL "${place.endpoint.baseURL}" is not a URL.`, undefined, error);
  return failure(
    'unreachable',
    `The connection to ${url} failed${code === '' ? '' : ` (${code})`}. Is the server running?`,
    0,
    error,
  );
}

/** @param models what the server lists, asked for when the model is not known; empty where it cannot be had. */
export function statusFailure(place: Place, http: HttpFailure, models: readonly string[]): ModelFailure {
  const { status } = http;
  const url = urlOf(place);
  const said = quote(place, http.message);
  if (status >= 300 && status < 400) {
    const to = http.header('location');
    return failure(
      'bad-answer',
      `${url} redirects${to ? ` to ${to.slice(0, maximumQuote)}` : ''}, which is not followed. Correct baseURL.`,
    );
  }
  if (status === 401 || status === 403) return unauthorized(place, status);
  if (isTooLong(http))
    return failure(
      'too-long',
      `The prompt is too long for ${place.model} at ${url}${said}. Lower budget.contextTokens, or start the server with a larger context.`,
    );
  if (isUnknownModel(place, http)) return unknownModel(place, models);
  if (status === 404 || status === 405)
    return failure('bad-answer', `${url} has no such API (${status})${said}. ${hintOfVersion(place)}`);
  if (status === 429) {
    if (/insufficient_quota|billing/.test(`${http.code} ${http.message}`))
      return failure('rate-limited', `The account at ${url} has no quota left (429)${said}.`);
    const wait = retryAfter(http);
    const when = wait === undefined ? 'a moment' : `${Math.ceil(wait / 1000)} s`;
    return failure(
      'rate-limited',
      `${url} has had too many requests (429). Try again in ${when}.`,
      wait ?? 0,
    );
  }
  if (status >= 500)
    return failure(
      'server-error',
      `${url} failed (${status})${said}. See the server's log.`,
      retryAfter(http) ?? 0,
    );
  return failure('bad-answer', `${url} refused the request (${status})${said}.`);
}

function unauthorized({ endpoint, apiKey }: Place, status: number): ModelFailure {
  const { apiKeyEnv } = endpoint;
  const host = hostOf(endpoint);
  if (apiKeyEnv === undefined)
    return failure(
      'unauthorized',
      `${host} wants an API key (${status}). Put it into an environment variable and name that in "apiKeyEnv".`,
    );
  if (apiKey === undefined)
    return failure(
      'unauthorized',
      `${host} wants an API key (${status}), but the environment variable ${apiKeyEnv} is not set where vouch runs.`,
    );
  return failure('unauthorized', `${host} does not accept the API key in ${apiKeyEnv} (${status}).`);
}

function unknownModel({ endpoint, model }: Place, models: readonly string[]): ModelFailure {
  const names = nearest(model, models);
  const more = models.length > names.length ? ', …' : '';
  const has = names.length === 0 ? '' : ` It has: ${names.join(', ')}${more}.`;
  return failure('unknown-model', `${hostOf(endpoint)} does not know the model "${model}".${has}`);
}

const nearest = (wanted: string, names: readonly string[]): readonly string[] =>
  [...names]
    .map((name) => ({
      name,
      far: distance(wanted.toLowerCase(), name.toLowerCase()) / Math.max(name.length, 1),
    }))
    .sort((a, b) => a.far - b.far)
    .slice(0, maximumNames)
    .map(({ name }) => name);

/** The server answers, but not with what the protocol says. */
export function badAnswer(place: Place, what: 'html' | 'empty' | 'unknown' | 'too large'): ModelFailure {
  const url = urlOf(place);
  const messages = {
    html: `${url} answers with a web page, not with a model's answer. ${hintOfVersion(place)}`,
    empty: `${url} answered with nothing at all. See the server's log.`,
    unknown: `${url} answers with something that is not the OpenAI protocol. Check baseURL.`,
    'too large': `The answer of ${url} was too large and was not read to its end.`,
  };
  return failure(what === 'empty' ? 'empty' : 'bad-answer', messages[what]);
}

export const emptyFailure = (place: Place): ModelFailure =>
  failure(
    'empty',
    `${place.model} at ${hostOf(place.endpoint)} gave an empty answer. Try again, or choose another model.`,
  );

export const cutFailure = (place: Place, cause?: unknown): ModelFailure =>
  failure(
    'cut',
    `The answer of ${place.model} at ${hostOf(place.endpoint)} broke off half way. Try again; see the server's log.`,
    0,
    cause,
  );

export const noFimFailure = (place: Place): ModelFailure =>
  failure(
    'no-fim',
    `${place.model} at ${hostOf(place.endpoint)} cannot fill in the middle; it is asked by chat from now on.`,
  );

/** An error inside of a stream or of an answer with status 200: its code is often a status. */
export function saidFailure(place: Place, error: ServerError): ModelFailure {
  const status = Number.parseInt(error.code, 10);
  const known = status >= 400 && status < 600 ? status : 500;
  return statusFailure(place, { ...error, status: known, header: () => undefined }, []);
}

const hintOfVersion = (place: Place): string =>
  /\/v\d+[a-z]*$/.test(urlOf(place)) ? 'Check baseURL.' : 'Does baseURL lack /v1 at its end?';

function isTooLong({ status, code, message }: HttpFailure): boolean {
  if (status !== 400 && status !== 413 && status !== 422 && status !== 500) return false;
  return /context_length|exceed_context|context (length|size|window)|maximum context|too (long|many tokens)|token limit/i.test(
    `${code} ${message}`,
  );
}

function isUnknownModel({ model }: Place, { status, code, message }: HttpFailure): boolean {
  if (status !== 404 && status !== 400) return false;
  if (/model_not_found|model_not_exist|invalid_model/i.test(code)) return true;
  return (
    /model/i.test(message) &&
    (message.includes(model) || /not (found|exist|loaded|known)/i.test(message)) &&
    !/support/i.test(message)
  );
}

/** `Retry-After` in seconds or as a date, in milliseconds from now. */
export function retryAfter({ header }: Pick<HttpFailure, 'header'>): number | undefined {
  const milliseconds = Number(header('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = header('retry-after');
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** A server's words on one line, cut, and without the key that some servers repeat. */
function quote({ apiKey }: Place, words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const safe = apiKey === undefined ? line : line.replaceAll(apiKey, '***');
  return `: ${safe.length > maximumQuote ? `${safe.slice(0, maximumQuote)}…` : safe}`.replace(/[.\s]+$/, '');
}

function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'string' && code !== '') return code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return '';
}
