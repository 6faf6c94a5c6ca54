// Whether a server is still at work: between the beginning and the end of what it reports progress of.
import type { MessageConnection } from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';

export interface Activity {
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>;
  /** Resolves when the notification has come whose field has one of the values. */
  said(notification: string, field: string, values: readonly unknown[]): Promise<void>;
}

const progress = z.object({
  token: z.union([z.string(), z.number()]),
  value: z.object({ kind: z.enum(['begin', 'report', 'end']) }),
});

/** Pieces of work that are remembered at once. */
const maximumTokens = 1_000;

export function watchActivity(connection: MessageConnection): Activity {
  const begun = new Set<string | number>();
  let waiting: (() => void)[] = [];
  // Progress takes its own way through the library; a handler for its method sees all of it.
  connection.onNotification('$/progress', (params: unknown) => {
    const parsed = progress.safeParse(params);
    if (!parsed.success) return;
    const { token, value } = parsed.data;
    if (value.kind === 'begin' && begun.size < maximumTokens) begun.add(token);
    if (value.kind !== 'end') return;
    begun.delete(token);
    if (begun.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  return {
    quiet: () =>
      begun.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    said: (notification, field, values) =>
      new Promise((resolve) => {
        connection.onNotification(notification, (params: unknown) => {
          const value = (params as Record<string, unknown> | null)?.[field];
          if (values.includes(value)) resolve();
        });
      }),
  };
}
