// How an endpoint can be asked to fill in the middle, best way first.
import type { EndpointSettings } from '../../core/settings.ts';
import { type FimTemplate, fimTemplateOf } from './fim-templates.ts';
import { isLoopback } from './loopback.ts';
import type { ServerKind } from './servers.ts';

/** `suffix`: the server's own parameter. A template: its raw prompt through the same path. */
export type FimMethod =
  | { readonly kind: 'suffix' }
  | { readonly kind: 'template'; readonly template: FimTemplate };

const bySuffix: FimMethod = { kind: 'suffix' };

/**
 * The ways worth trying. Empty when the endpoint is to be asked by chat.
 * @param server what it was found to be; `undefined` while that is not known.
 */
export function fimMethods(
  endpoint: EndpointSettings,
  model: string | undefined,
  server: ServerKind | undefined,
): readonly FimMethod[] {
  if (endpoint.api === 'chat') return [];
  if (endpoint.template !== undefined) {
    const template: FimTemplate = { family: 'settings', models: /$^/, text: endpoint.template, stop: [] };
    return [{ kind: 'template', template }];
  }
  const known = model === undefined ? undefined : fimTemplateOf(model);
  const byTemplate: readonly FimMethod[] = known ? [{ kind: 'template', template: known }] : [];
  // Ollama wraps a raw prompt in the model's chat template, so only its `suffix` reaches the model as meant; it says
  // so when the model has no template for it.
  if (server === 'ollama') return [bySuffix];
  // llama.cpp takes `suffix` and ignores it, vLLM refuses it: with both, the template is the better way.
  if (server === 'llama.cpp' || server === 'vllm' || isLoopback(endpoint.baseURL))
    return known ? [...byTemplate, bySuffix] : endpoint.api === 'fim' ? [bySuffix] : [];
  return known || endpoint.api === 'fim' ? [bySuffix, ...byTemplate] : [];
}
