// Work-done progress: reported on the client's token, or on one of our own that the user can cancel.
import { randomUUID } from 'node:crypto';
import {
  type Connection,
  type ProgressToken,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver';
import type { Progress, Run } from '../core/run.ts';
import type { Client } from './client.ts';
import { notifyProgress } from './notify.ts';

export interface ProgressReporter {
  report(progress: Progress): void;
  /** Says how it ended. Exactly one call counts. */
  end(message?: string): void;
}

export interface ProgressBoard {
  /**
   * Begins a progress at once. The client's answer to a token of ours is not waited for: some clients give none.
   * @param token the client's own, where the request brought one.
   * @param cancel called when the user cancels it.
   */
  begin(title: string, token: ProgressToken | undefined, cancel: () => void): ProgressReporter;
}

const silent: ProgressReporter = { report: () => undefined, end: () => undefined };

export function createProgressBoard(connection: Connection, client: Client, log: Run['log']): ProgressBoard {
  const running = new Map<ProgressToken, () => void>();
  connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) => running.get(token)?.());

  return {
    begin(title, clientToken, cancel) {
      if (clientToken === undefined && !client.serverProgress) return silent;
      const token = clientToken ?? `vouch-${randomUUID()}`;
      if (clientToken === undefined) {
        connection.sendRequest(WorkDoneProgressCreateRequest.type, { token }).catch((error: unknown) => {
          running.delete(token);
          log('debug', `the client made no progress: ${error instanceof Error ? error.message : error}`);
        });
      }
      running.set(token, cancel);
      const send = (value: Parameters<typeof notifyProgress>[2]): void => {
        if (running.has(token)) notifyProgress(connection, token, value);
      };
      send({ kind: 'begin', title, cancellable: true });
      return {
        report: ({ message, percentage }) =>
          send({
            kind: 'report',
            message,
            ...(percentage === undefined ? {} : { percentage: Math.round(percentage) }),
          }),
        end(message) {
          send({ kind: 'end', ...(message === undefined ? {} : { message }) });
          running.delete(token);
        },
      };
    },
  };
}
