// Which model does what: role → endpoint of the settings, else "default", else a server found on loopback.
import { type Model, ModelFailure } from '../../core/model.ts';
import { detachedRun, limitRun, type Run } from '../../core/run.ts';
import { type EndpointSettings, type Role, roles, type Settings } from '../../core/settings.ts';
import { createDiscovery, endpointOf } from '../../development/models/discover.ts';
import { createOpenAIModel, type OpenAIModel } from '../../development/models/openai.ts';
import { protectModel } from '../../development/wrappers/index.ts';
import { createGate, type Gate } from '../../development/wrappers/limit.ts';
import { type Sending, withRecord } from '../../development/wrappers/record.ts';
import { keepSentRequest } from '../../input/settings/index.ts';
import type { ModelStatus } from '../workbench.ts';

/** Models of one set of settings. */
export interface Roles {
  /**
   * The model for a role, with its endpoint asked once what it can.
   * @throws ModelFailure of kind `not-configured` when there is none; of another kind when its server does not answer.
   */
  model(run: Run, role: Role): Promise<Model>;
  /** The model that the settings name for a role, with nothing asked of its endpoint. */
  configured(role: Role): Pick<OpenAIModel, 'api' | 'preview'> | undefined;
}

export interface RoleRegistry {
  for(settings: Settings): Roles;
  /** What each role would use, each endpoint asked now. */
  status(settings: Settings): Promise<readonly ModelStatus[]>;
}

/** Milliseconds that a status waits for one endpoint: it is shown to somebody who looks at it. */
const statusPatience = 5_000;

const noModel =
  'No model is configured and none was found on this machine. Start a local server (for example Ollama, llama.cpp or LM Studio), or set models.default to an OpenAI-compatible endpoint.';

export function createRoles(log: Run['log']): RoleRegistry {
  const discovery = createDiscovery();
  const models = new Map<string, OpenAIModel>();
  const gates = new Map<string, Gate>();

  let keeps = true;
  /** Told once where it cannot be kept: a full or locked disk is no reason not to answer. */
  const keep = (endpoint: string, role: Role, { model, files, tokens, redactions }: Sending): void => {
    const request = {
      at: Date.now(),
      endpoint: withoutCredentials(endpoint),
      role,
      model: model.replace(/ @ [^@]*$/, ''),
      files: [...files],
      tokens,
      redactions,
    };
    keepSentRequest(request).catch((error: unknown) => {
      if (keeps)
        log('warning', `What is sent to models cannot be recorded for \`vouch doctor\`: ${String(error)}`);
      keeps = false;
    });
  };

  const modelAt = (endpoint: EndpointSettings): OpenAIModel => {
    const key = JSON.stringify(endpoint);
    let model = models.get(key);
    if (!model) {
      const gate = gates.get(endpoint.baseURL) ?? createGate();
      gates.set(endpoint.baseURL, gate);
      model = protectModel(createOpenAIModel(endpoint), gate);
      models.set(key, model);
    }
    return model;
  };

  const endpointFor = async (run: Run, settings: Settings, role: Role): Promise<Choice | undefined> => {
    const configured = settings.models[role] ?? settings.models.default;
    if (configured) return { endpoint: configured, origin: 'settings' };
    const [server] = await discovery.find(run);
    return server && { endpoint: endpointOf(server), origin: `${server.product}, found on this machine` };
  };

  return {
    for: (settings) => ({
      async model(run, role) {
        const choice = await endpointFor(run, settings, role);
        if (!choice) throw new ModelFailure('not-configured', noModel);
        const model = modelAt(choice.endpoint);
        await model.prepare(run);
        return withRecord(model, (sending) => keep(choice.endpoint.baseURL, role, sending));
      },
      configured(role) {
        const endpoint = settings.models[role] ?? settings.models.default;
        return endpoint && modelAt(endpoint);
      },
    }),
    async status(settings) {
      const run = detachedRun(log);
      const choices = new Map<string, Choice & { roles: string[] }>();
      for (const role of roles) {
        const choice = await endpointFor(run, settings, role);
        if (!choice) continue;
        const key = JSON.stringify(choice.endpoint);
        const known = choices.get(key);
        if (known) known.roles.push(role);
        else choices.set(key, { ...choice, roles: [role] });
      }
      return Promise.all(
        [...choices.values()].map((choice) => stateOf(run, modelAt(choice.endpoint), choice)),
      );
    },
  };
}

const withoutCredentials = (url: string): string => url.replace(/^(https?:\/\/)[^/@]*@/, '$1');

interface Choice {
  readonly endpoint: EndpointSettings;
  readonly origin: string;
}

async function stateOf(
  run: Run,
  model: OpenAIModel,
  choice: Choice & { readonly roles: readonly string[] },
): Promise<ModelStatus> {
  const base = {
    role: choice.roles.length === roles.length ? 'all roles' : choice.roles.join(', '),
    endpoint: choice.endpoint.baseURL,
    origin: choice.origin,
  };
  using limited = limitRun(run, statusPatience);
  try {
    await model.prepare(limited);
    return { ...base, model: model.name, state: 'ready', message: `completes by ${model.api}` };
  } catch (error) {
    const message =
      error instanceof ModelFailure ? error.message : `no answer within ${statusPatience / 1000} s`;
    return { ...base, model: model.name, state: 'failed', message };
  }
}
