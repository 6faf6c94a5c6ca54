// Messages that the user must see: said once, not at every keystroke.
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import type { NoticeLevel } from '../orchestration/workbench.ts';
import { notify } from './notify.ts';

/** Milliseconds in which the same background message is not repeated: once a sitting is enough to act on it. */
const QUIET_BACKGROUND = 30 * 60_000;
/** Milliseconds in which the answer to a key the user pressed is not repeated: two sources told of one failure. */
const QUIET_ASKED = 2_000;
/** Messages remembered; beyond that the oldest may be said again. */
const REMEMBERED = 200;
/** Characters of a message: editors show one line, or a small box. */
const LONGEST = 400;

export interface Notices {
  /** Something that came up by itself. */
  background(level: NoticeLevel, message: string): void;
  /** The outcome of what the user just asked for: said again each time that it is asked for. */
  asked(level: NoticeLevel, message: string): void;
}

const types: Readonly<Record<NoticeLevel, MessageType>> = {
  error: MessageType.Error,
  warning: MessageType.Warning,
  info: MessageType.Info,
};

export function createNotices(connection: Connection, now: () => number): Notices {
  const said = new Map<string, number>();
  const say = (level: NoticeLevel, message: string, quiet: number): void => {
    const text = shorten(message.startsWith('vouch') ? message : `vouch: ${message}`, LONGEST);
    const last = said.get(text);
    if (last !== undefined && now() - last < quiet) return;
    said.delete(text);
    said.set(text, now());
    if (said.size > REMEMBERED) said.delete(said.keys().next().value!);
    notify(connection, ShowMessageNotification.type, { type: types[level], message: text });
  };
  return {
    background: (level, message) => say(level, message, QUIET_BACKGROUND),
    asked: (level, message) => say(level, message, QUIET_ASKED),
  };
}

/** The text, cut to at most `length` characters with an ellipsis, never inside of a surrogate pair. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/**
 * Asks the user in the editor.
 * @returns the answer chosen; `undefined` when the question was closed.
 * @throws when the client cannot show questions, or is gone.
 */
export async function askUser(
  connection: Connection,
  message: string,
  answers: readonly string[],
): Promise<string | undefined> {
  const actions = answers.map((title) => ({ title }));
  // Some clients answer with nothing at all, others with null.
  const chosen = await connection.window.showInformationMessage(`vouch: ${message}`, ...actions);
  return chosen?.title;
}
