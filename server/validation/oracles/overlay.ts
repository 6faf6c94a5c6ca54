// The one file that a server is shown at a time, in whatever state is asked about; everything else is as it is on disk.
import { pathToFileURL } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { editBetween, placesIn } from './positions.ts';

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As the protocol calls the language. */
  readonly languageId: string;
  readonly text: string;
}

export interface Overlay {
  readonly shown: (SourceFile & { readonly uri: string; readonly version: number }) | undefined;
  /** Opens the file or changes its text. A file that was shown before is closed, so that it counts as it is on disk. */
  show(file: SourceFile): Promise<void>;
  close(): Promise<void>;
}

export function createOverlay(connection: MessageConnection, changes: () => boolean): Overlay {
  let shown: Overlay['shown'];
  // Never the same twice: what a server says of a file that was closed is not taken for what it says of this one.
  let lastVersion = 0;
  const close = async (): Promise<void> => {
    if (!shown) return;
    const { uri } = shown;
    shown = undefined;
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  };

  const change = async (from: string, to: string): Promise<void> => {
    const { uri, version } = shown!;
    const { span, newText } = editBetween(from, to);
    const places = placesIn(from);
    const range = { start: places.positionAt(span.start), end: places.positionAt(span.end) };
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [changes() ? { range, text: newText } : { text: to }],
    });
  };

  return {
    get shown() {
      return shown;
    },
    close,
    async show(file) {
      if (shown?.path === file.path && shown.languageId === file.languageId) {
        const { text } = shown;
        if (text === file.text) return;
        shown = { ...file, uri: shown.uri, version: ++lastVersion };
        await change(text, file.text);
        return;
      }
      const old = shown;
      const uri = pathToFileURL(file.path).href;
      const version = ++lastVersion;
      shown = { ...file, uri, version };
      const opened = { uri, languageId: file.languageId, version, text: file.text };
      // The new one first: a server may leave a project of which no file is open.
      if (old && old.path !== file.path) {
        await connection.sendNotification('textDocument/didOpen', { textDocument: opened });
        await connection.sendNotification('textDocument/didClose', { textDocument: { uri: old.uri } });
      } else {
        if (old)
          await connection.sendNotification('textDocument/didClose', { textDocument: { uri: old.uri } });
        await connection.sendNotification('textDocument/didOpen', { textDocument: opened });
      }
    },
  };
}
