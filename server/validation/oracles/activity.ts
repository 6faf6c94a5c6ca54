// Whether a server is still at work: between the beginning and the end of what it reports progress of.
import type { MessageConnection } from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import type { ReadySign } from '../../core/judge-rules.ts';
import { JudgeFailure } from './failure.ts';

export interface Activity {
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>;
  /** Resolves when the notification has come. @throws JudgeFailure when it says that not all is well. */
  said(sign: ReadySign): Promise<void>;
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
    said: ({ notification, field, values, unless }) =>
      new Promise((resolve, reject) => {
        connection.onNotification(notification, (params: unknown) => {
          const said = (params ?? {}) as Readonly<Record<string, unknown>>;
          if (!values.includes(said[field])) return;
          if (!unless?.values.includes(said[unless.field])) resolve();
          else reject(new JudgeFailure(`does not see the whole project: ${String(said.message)}`));
        });
      }),
  };
}
