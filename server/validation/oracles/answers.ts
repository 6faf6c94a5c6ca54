// What a server may ask of us, and what it is told: settings and folders. It may not change anything.
import { pathToFileURL } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import type { LogLevel } from '../../core/run.ts';
import { type JsonTree, section } from './settings-tree.ts';

export interface Surroundings {
  readonly root: string;
  readonly settings: JsonTree;
  readonly log: (level: LogLevel, message: string) => void;
}

export interface Asked {
  /** Whether it has said of a method, after the start, that it answers it. */
  registered(method: string): boolean;
  /** Resolves when it says so. */
  registers(method: string): Promise<void>;
}

const configuration = z.object({
  items: z.array(z.object({ section: z.optional(z.nullable(z.string())) })),
});
const registrations = z.object({ registrations: z.array(z.object({ id: z.string(), method: z.string() })) });
// The protocol's own spelling.
const unregistrations = z.object({ unregisterations: z.array(z.object({ id: z.string() })) });
const shown = z.object({ type: z.optional(z.number()), message: z.string() });

/** Ids of registrations that are remembered. */
const maximumRegistrations = 1_000;

export function answerServer(connection: MessageConnection, { root, settings, log }: Surroundings): Asked {
  const methods = new Map<string, string>();
  const waiting: { readonly method: string; readonly resolve: () => void }[] = [];
  const answers: Readonly<Record<string, (params: unknown) => unknown>> = {
    'workspace/configuration': (params) =>
      configuration.parse(params).items.map((item) => section(settings, item.section)),
    'workspace/workspaceFolders': () => [folderOf(root)],
    'workspace/applyEdit': () => ({ applied: false, failureReason: 'a judge changes nothing' }),
    'window/showDocument': () => ({ success: false }),
    'window/showMessageRequest': (params) => {
      tell(log, params);
      return null;
    },
    'window/workDoneProgress/create': () => null,
    'workspace/diagnostic/refresh': () => null,
    'client/registerCapability': (params) => {
      for (const { id, method } of registrations.parse(params).registrations) {
        if (methods.size < maximumRegistrations) methods.set(id, method);
        for (const one of waiting) if (one.method === method) one.resolve();
      }
      return null;
    },
    'client/unregisterCapability': (params) => {
      for (const { id } of unregistrations.parse(params).unregisterations) methods.delete(id);
      return null;
    },
  };
  for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  for (const method of ['window/showMessage', 'window/logMessage']) {
    connection.onNotification(method, (params: unknown) => tell(log, params));
  }
  const registered = (method: string): boolean => [...methods.values()].includes(method);
  return {
    registered,
    registers: (method) =>
      new Promise((resolve) => {
        if (registered(method)) resolve();
        else waiting.push({ method, resolve });
      }),
  };
}

export const folderOf = (root: string): { uri: string; name: string } => ({
  uri: pathToFileURL(root).href,
  name: root,
});

/** Its errors are its own affair: no trouble of the user's. */
function tell(log: Surroundings['log'], params: unknown): void {
  const parsed = shown.safeParse(params);
  if (parsed.success) log(parsed.data.type === 1 ? 'info' : 'debug', parsed.data.message);
}
