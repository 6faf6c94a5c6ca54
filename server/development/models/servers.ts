// What a server says of itself at GET /v1/models: which models it has, and what kind of server it is.
import * as z from 'zod/mini';
import { readBounded } from './body.ts';
import { parseJson } from './protocol.ts';

/** Servers that list their models are asked for at most this much; the longest public list has some 500 entries. */
const maximumListBytes = 4_000_000;

const modelList = z.object({
  data: z.array(z.object({ id: z.string(), owned_by: z.optional(z.nullable(z.string())) })),
});

export type ServerKind = 'ollama' | 'llama.cpp' | 'vllm' | 'other';

export interface ServerInfo {
  readonly kind: ServerKind;
  readonly models: readonly string[];
  /** Why there is no list: the status of the answer, 200 for one that is not a list. */
  readonly refused?: number;
}

/** `owned_by`, as each kind of server fills it in. */
const owners: Readonly<Record<string, ServerKind>> = {
  library: 'ollama',
  llamacpp: 'llama.cpp',
  vllm: 'vllm',
};

/**
 * Asks for the list of models.
 * @param signal ends the request; its reason is thrown.
 * @returns no models, and `refused`, when the server answers with anything but such a list.
 * @throws TypeError of `fetch` when no server answers.
 */
export async function askServer(
  baseURL: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ServerInfo> {
  const url = `${baseURL.replace(/\/+$/, '')}/models`;
  // A redirect is not followed: it could lead to a host that the user has not named.
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...headers },
    signal,
    redirect: 'manual',
  });
  const text = await readBounded(response, maximumListBytes);
  const refused: ServerInfo = { kind: 'other', models: [], refused: response.status };
  if (!response.ok || text === undefined) return refused;
  const parsed = z.safeParse(modelList, parseJson(text));
  if (!parsed.success) return refused;
  const { data } = parsed.data;
  const kind = data.map(({ owned_by }) => owners[owned_by ?? '']).find((one) => one !== undefined);
  return { kind: kind ?? 'other', models: data.map(({ id }) => id) };
}
