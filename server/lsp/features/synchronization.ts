// textDocument/didOpen, didChange, didSave, didClose: the editor's text becomes snapshots.

import { basename, extname } from 'node:path';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Language } from '../../core/language.ts';
import { pathOf } from '../client.ts';
import { projectFile } from '../configuration.ts';
import { editOf } from '../positions.ts';
import { onNotification } from '../request.ts';
import type { Feature } from './feature.ts';

export const synchronization: Feature = {
  method: 'textDocument/didOpen, didChange, didSave, didClose',
  capabilities: () => ({
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
  }),
  attach(session) {
    const { encoding } = session.client;
    onNotification(session, DidOpenTextDocumentNotification.type, ({ documents, languages }, params) => {
      const { uri, languageId, version, text } = params.textDocument;
      const path = pathOf(uri);
      documents.open({ uri, path, languageId: languageIdOf(languages, path, languageId), version, text });
    });
    onNotification(session, DidChangeTextDocumentNotification.type, ({ documents }, params) => {
      const { uri, version } = params.textDocument;
      session.typing.changed(uri);
      documents.change(
        uri,
        version,
        params.contentChanges.map((change) => (text) => editOf(text, change, encoding)),
      );
    });
    onNotification(session, DidSaveTextDocumentNotification.type, async (workbench, { textDocument }) => {
      workbench.documents.save(textDocument.uri);
      if (basename(pathOf(textDocument.uri)) === projectFile) await session.configuration.apply(workbench);
    });
    onNotification(session, DidCloseTextDocumentNotification.type, ({ documents }, { textDocument }) => {
      session.typing.closed(textDocument.uri);
      documents.close(textDocument.uri);
    });
  },
};

/** The grammar's own id by the client's language id, else by file name; the client's where there is no grammar. */
function languageIdOf(languages: readonly Language[], path: string, languageId: string): string {
  const byId = languages.find(({ id, aliases }) => id === languageId || aliases.includes(languageId));
  if (byId) return byId.id;
  const name = basename(path);
  const byName = languages.find(
    ({ filenames, extensions }) => filenames.includes(name) || extensions.includes(extname(name)),
  );
  return byName?.id ?? languageId;
}
