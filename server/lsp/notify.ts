// Sending what nobody answers.
import {
  type Connection,
  type NotificationType,
  type ProgressToken,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver';

/** Sends a notification. One that cannot be sent is dropped: the pipe is closed, and its closing ends the server. */
export const notify = <P>(connection: Connection, type: NotificationType<P>, params: P): void =>
  void orDrop(() => connection.sendNotification(type.method, params));

/** Sends a step of a progress, in the same way. */
export const notifyProgress = (
  connection: Connection,
  token: ProgressToken,
  value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd,
): void => void orDrop(() => connection.sendProgress(WorkDoneProgress.type, token, value));

async function orDrop(send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch {
    // See above: there is nobody left to tell.
  }
}
