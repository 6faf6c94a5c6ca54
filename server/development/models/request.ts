// A request as the server wants it, and what is learned of a server that does not take all of it.
import type { ModelRequest } from '../../core/model.ts';
import type { HttpFailure } from './failures.ts';
import type { FimMethod } from './fim-methods.ts';
import { fillTemplate, withLead } from './fim-templates.ts';

/** What a server was found not to take. */
export interface Quirks {
  /** Parameters that are left out; `max_tokens` is replaced by the name that newer models want. */
  readonly dropped: Set<string>;
}

/** Parameters that an answer can do without. */
const optional = ['max_tokens', 'max_completion_tokens', 'temperature', 'stop', 'stream_options'] as const;

export type RequestBody = Readonly<Record<string, unknown>>;

/** @param method how to fill in the middle; only read for such a request. */
export function requestBody(
  model: string,
  request: ModelRequest,
  method: FimMethod | undefined,
  { dropped }: Quirks,
): { readonly path: string; readonly body: RequestBody } {
  const stop = [...request.stop, ...(method?.kind === 'template' ? method.template.stop : [])];
  const limit = dropped.has('max_tokens') ? 'max_completion_tokens' : 'max_tokens';
  const shared: Record<string, unknown> = {
    model,
    stream: true,
    stream_options: { include_usage: true },
    [limit]: request.maxTokens,
    temperature: request.temperature,
    ...(stop.length > 0 && { stop }),
  };
  for (const name of dropped) delete shared[name];
  if (request.kind === 'chat')
    return { path: '/chat/completions', body: { ...shared, messages: request.messages } };
  const { prefix, suffix, context } = request;
  if (method?.kind === 'template')
    return { path: '/completions', body: { ...shared, prompt: fillTemplate(method.template, request) } };
  return { path: '/completions', body: { ...shared, prompt: withLead(context, prefix), suffix } };
}

/**
 * Remembers the parameter that a refusal names.
 * @returns whether asking again without it is worth while.
 */
export function learnQuirk(
  { dropped }: Quirks,
  { status, message, param }: HttpFailure,
  sent: RequestBody,
): boolean {
  if (status !== 400 && status !== 422) return false;
  const name = optional.find(
    (one) => one in sent && (param === one || new RegExp(`\\b${one}\\b`).test(message)),
  );
  if (name === undefined) return false;
  dropped.add(name);
  return true;
}

/** Whether the refusal means that this way of filling in the middle does not work there, rather than that the request was bad. */
export function refusesFim({ status, message, param }: HttpFailure, method: FimMethod): boolean {
  // No such path. A model that is not known is a 404 too, but then the message speaks of the model.
  if ((status === 404 || status === 405 || status === 501) && !/model/i.test(message)) return true;
  if (status >= 500 && status !== 501) return false;
  return (
    /not a (text )?completion model|chat model|v1\/completions/i.test(message) ||
    (method.kind === 'suffix' && (param === 'suffix' || /suffix|insert|\bfim\b|infill/i.test(message)))
  );
}
