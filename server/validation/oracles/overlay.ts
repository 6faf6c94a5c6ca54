// The files that a server is shown, in whatever state is asked about; everything else is as it is on disk.
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { editBetween, placesIn } from './positions.ts';

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As the protocol calls the language. */
  readonly languageId: string;
  readonly text: string;
}

export interface ShownFile extends SourceFile {
  readonly uri: string;
  readonly version: number;
}

export interface Overlay {
  /** The one that is asked about. */
  readonly shown: ShownFile | undefined;
  /** That a server means by an address, which each writes in its own way. */
  find(uri: string): ShownFile | undefined;
  /**
   * Opens these files or changes their texts; the first is the one that is asked about. All that were shown before are
   * closed, so that they count as they are on disk.
   */
  show(files: readonly SourceFile[]): Promise<void>;
  /** Tells of a new version of a file that is open, with the same text: it may mean something else now. */
  touch(path: string): Promise<void>;
}

export function createOverlay(connection: MessageConnection, changes: () => boolean): Overlay {
  const open = new Map<string, ShownFile>();
  let asked: string | undefined;
  // Never the same twice: what a server says of a file that was closed is not taken for what it says of this one.
  let lastVersion = 0;
  const tell = (method: string, params: unknown): Promise<void> =>
    connection.sendNotification(`textDocument/${method}`, params);

  // What is open changes at once, what is sent goes in its order: two questions may follow closely.
  const begin = ({ path, languageId, text }: SourceFile): Promise<void> => {
    const shown: ShownFile = {
      path,
      languageId,
      text,
      uri: pathToFileURL(path).href,
      version: ++lastVersion,
    };
    open.set(path, shown);
    const { uri, version } = shown;
    return tell('didOpen', { textDocument: { uri, languageId, version, text } });
  };
  const change = (old: ShownFile, text: string): Promise<void> => {
    const version = ++lastVersion;
    open.set(old.path, { ...old, text, version });
    const { span, newText } = editBetween(old.text, text);
    const places = placesIn(old.text);
    const range = { start: places.positionAt(span.start), end: places.positionAt(span.end) };
    return tell('didChange', {
      textDocument: { uri: old.uri, version },
      contentChanges: [changes() ? { range, text: newText } : { text }],
    });
  };
  const end = ({ path, uri }: ShownFile): Promise<void> => {
    open.delete(path);
    return tell('didClose', { textDocument: { uri } });
  };

  return {
    get shown() {
      return asked === undefined ? undefined : open.get(asked);
    },
    find(uri) {
      for (const shown of open.values()) if (isSame(shown.uri, uri)) return shown;
      return undefined;
    },
    async show(files) {
      const wanted = new Set(files.map(({ path }) => path));
      const left = [...open.values()].filter(({ path }) => !wanted.has(path));
      asked = files[0]?.path;
      const sent: Promise<void>[] = [];
      for (const file of files) {
        const old = open.get(file.path);
        if (old?.languageId === file.languageId) {
          if (old.text !== file.text) sent.push(change(old, file.text));
          continue;
        }
        if (old) sent.push(end(old));
        sent.push(begin(file));
      }
      // New ones first: a server may leave a project of which no file is open.
      for (const old of left) sent.push(end(old));
      await Promise.all(sent);
    },
    async touch(path) {
      const shown = open.get(path);
      if (shown) await change(shown, shown.text);
    },
  };
}

/** Servers write the same path in different ways: escaped or not. */
function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return fileURLToPath(a) === fileURLToPath(b);
  } catch {
    return false; // Not a file's: then it is another one.
  }
}
