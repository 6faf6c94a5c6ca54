// Model servers on this machine, found by themselves: only loopback is asked, and only for its list of models.
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { EndpointSettings } from '../../core/settings.ts';
import { fimTemplateOf } from './fim-templates.ts';
import { isLoopback } from './loopback.ts';
import { askServer, type ServerKind } from './servers.ts';

export interface LocalServer {
  /** The product that listens there by default. */
  readonly product: string;
  readonly baseURL: string;
}

/** Where local servers listen unless told otherwise, the most common first. */
export const localServers: readonly LocalServer[] = [
  { product: 'Ollama', baseURL: 'http://127.0.0.1:11434/v1' },
  { product: 'LM Studio', baseURL: 'http://127.0.0.1:1234/v1' },
  { product: 'llama.cpp', baseURL: 'http://127.0.0.1:8080/v1' },
  { product: 'vLLM', baseURL: 'http://127.0.0.1:8000/v1' },
  { product: 'Jan', baseURL: 'http://127.0.0.1:1337/v1' },
  { product: 'KoboldCpp', baseURL: 'http://127.0.0.1:5001/v1' },
  { product: 'text-generation-webui', baseURL: 'http://127.0.0.1:5000/v1' },
  { product: 'GPT4All', baseURL: 'http://127.0.0.1:4891/v1' },
];

/** Milliseconds for an answer: a server on this machine that is up lists its models in a few. */
const patience = 500;

/** Milliseconds for which a result is kept, so that a server that is started later is found without a restart. */
const freshness = 30_000;

export interface FoundServer extends LocalServer {
  readonly kind: ServerKind;
  /** Never empty, best for code first. */
  readonly models: readonly string[];
}

export interface Discovery {
  /** Servers that answer with at least one model, in the order of the list. @throws the abort reason of the run. */
  find(run: Run): Promise<readonly FoundServer[]>;
}

/** @param candidates those that are not on loopback are left out. */
export function createDiscovery(candidates: readonly LocalServer[] = localServers): Discovery {
  const local = candidates.filter(({ baseURL }) => isLoopback(baseURL));
  let known: { readonly at: number; readonly servers: Promise<readonly FoundServer[]> } | undefined;
  return {
    async find(run) {
      throwIfEnded(run);
      if (!known || run.now() - known.at >= freshness)
        known = { at: run.now(), servers: lookAtAll(local, run.log) };
      const servers = await known.servers;
      throwIfEnded(run);
      return servers;
    },
  };
}

/** Not bound to a run, since several may wait for it; its own limit keeps it short. */
async function lookAtAll(servers: readonly LocalServer[], log: Run['log']): Promise<readonly FoundServer[]> {
  const found = await Promise.all(servers.map((one) => look(one, log)));
  return found.filter((one) => one !== undefined);
}

async function look(server: LocalServer, log: Run['log']): Promise<FoundServer | undefined> {
  try {
    const { kind, models } = await askServer(server.baseURL, {}, AbortSignal.timeout(patience));
    const usable = rankModels(models);
    return usable.length === 0 ? undefined : { ...server, kind, models: usable };
  } catch (error) {
    log(
      'debug',
      `no model server at ${server.baseURL}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

/** Names of models that do not write text. */
const silent = /embed|rerank|whisper|tts|bge-|minilm|clip|diffusion|guard|moderation/i;

const coder = /code|coder|codestral|devstral|starcoder|mellum/i;

/**
 * Those that can write code, best first: made for code and able to fill in the middle, made for code, any other. Within
 * each the server's own order, which often is the most recently used first.
 */
export function rankModels(models: readonly string[]): readonly string[] {
  const rank = (name: string): number => (coder.test(name) ? (fimTemplateOf(name) ? 0 : 1) : 2);
  return models.filter((name) => !silent.test(name)).sort((a, b) => rank(a) - rank(b));
}

/** What the settings would say of a found server. */
export const endpointOf = ({ baseURL, models }: FoundServer): EndpointSettings => ({
  baseURL,
  model: models[0]!,
  api: 'auto',
});
