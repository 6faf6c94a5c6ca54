// Whether the endpoints that the settings name answer, and know the model that is asked for.
import * as z from 'zod/mini';
import type { EndpointSettings, Settings } from '../../core/settings.ts';
import { describeOrigin, type Origins } from '../../input/settings/index.ts';
import type { Row } from './row.ts';

/** Milliseconds for a server to list its models: local ones may load a model first, yet nobody waits longer. */
const timeout = 5_000;
/** Characters of the list that are read; the longest public list has some 500 entries. */
const maximumListLength = 4_000_000;
/** Names that are shown of a list. */
const maximumNames = 8;

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** A row or two for each role that has an endpoint of its own. */
export async function lookAtEndpoints(settings: Settings, origins: Origins): Promise<Row[]> {
  const named = Object.entries(settings.models).filter(
    (entry): entry is [string, EndpointSettings] => entry[1] !== undefined,
  );
  const rows = await Promise.all(
    named.map(async ([role, endpoint]): Promise<Row[]> => {
      const origin = (origins[`models.${role}`] ?? []).map(describeOrigin).join(', ');
      const title = `${role}: ${endpoint.model ?? 'the first model'} at ${endpoint.baseURL} (${origin})`;
      const key = lookAtKey(endpoint);
      const state = await lookAtServer(endpoint);
      return [{ ...state, text: `${title}: ${state.text}` }, ...key];
    }),
  );
  return rows.flat();
}

function lookAtKey({ apiKeyEnv }: EndpointSettings): Row[] {
  if (apiKeyEnv === undefined || process.env[apiKeyEnv]) return [];
  return [
    {
      state: 'bad',
      text: `the variable ${apiKeyEnv}, which is to hold the API key, is not set`,
      advice: `set ${apiKeyEnv} where your editor is started from, or leave apiKeyEnv out for a server without keys`,
    },
  ];
}

async function lookAtServer({ baseURL, model, apiKeyEnv }: EndpointSettings): Promise<Row> {
  const url = `${baseURL.replace(/\/+$/, '')}/models`;
  const key = apiKeyEnv === undefined ? undefined : process.env[apiKeyEnv];
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { accept: 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      // Not followed: a redirect could take the key to a host that the user has not named.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    text = (await response.text()).slice(0, maximumListLength);
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return {
      state: 'bad',
      text: slow ? `no answer within ${timeout / 1000} s` : `cannot be reached (${reasonOf(error)})`,
      advice: 'start the server, or correct models.….baseURL',
    };
  }
  return judge(response.status, text, model, url);
}

/** `fetch` hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
}

function judge(status: number, text: string, model: string | undefined, url: string): Row {
  if (status === 401 || status === 403) {
    return {
      state: 'bad',
      text: `the server refused the key (${status})`,
      advice: 'name the variable with a valid key in models.….apiKeyEnv',
    };
  }
  const parsed = modelList.safeParse(parseJson(text));
  if (status !== 200 || !parsed.success) {
    return {
      state: 'bad',
      text: `${url} answered ${status} and no list of models`,
      advice: 'the base URL usually ends in /v1; correct models.….baseURL',
    };
  }
  const names = parsed.data.data.map(({ id }) => id);
  if (model !== undefined && !names.includes(model)) {
    return {
      state: 'bad',
      text: `the server answers, but has no ${model}; it has ${someOf(names)}`,
      advice: 'name one of these in models.….model, or have the server get the model',
    };
  }
  return { state: 'good', text: `ready, ${someOf(names)}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer too: judged with the rest of it.
    return undefined;
  }
}

const someOf = (names: readonly string[]): string =>
  names.length === 0
    ? 'no models'
    : names.slice(0, maximumNames).join(', ') +
      (names.length > maximumNames ? ` and ${names.length - maximumNames} more` : '');
