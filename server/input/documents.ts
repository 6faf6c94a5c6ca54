// Open documents as immutable snapshots: the only mutable document state in the process.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Snapshot } from '../core/snapshot.ts';
import type { Edit } from '../core/span.ts';

export type DocumentEvent =
  | { readonly type: 'opened'; readonly snapshot: Snapshot }
  /** `edits` lead from the version before to `snapshot`, each against the text that the one before it left. */
  | { readonly type: 'changed'; readonly snapshot: Snapshot; readonly edits: readonly Edit[] }
  | { readonly type: 'saved'; readonly snapshot: Snapshot }
  | { readonly type: 'closed'; readonly uri: string };

export interface Documents {
  get(uri: string): Snapshot | undefined;
  all(): readonly Snapshot[];
  open(snapshot: Snapshot): void;
  /** The text document behind the snapshot, for converting positions of the present version. */
  text(uri: string): TextDocument | undefined;
  /** `changes` are made one after another, since each refers to the text that the one before it left. */
  change(uri: string, version: number, changes: readonly ((text: TextDocument) => Edit)[]): void;
  save(uri: string): void;
  close(uri: string): void;
  /** @returns a function that ends the listening. */
  listen(listener: (event: DocumentEvent) => void): () => void;
}

/** An empty store. Opening what is open replaces it; changing or closing what is not open does nothing. */
export function createDocuments(): Documents {
  const open = new Map<string, { snapshot: Snapshot; text: TextDocument }>();
  const listeners = new Set<(event: DocumentEvent) => void>();
  const tell = (event: DocumentEvent): void => {
    for (const listener of listeners) listener(event);
  };

  return {
    get: (uri) => open.get(uri)?.snapshot,
    all: () => [...open.values()].map(({ snapshot }) => snapshot),
    text: (uri) => open.get(uri)?.text,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open(snapshot) {
      const text = TextDocument.create(snapshot.uri, snapshot.languageId, snapshot.version, snapshot.text);
      open.set(snapshot.uri, { snapshot, text });
      tell({ type: 'opened', snapshot });
    },
    change(uri, version, changes) {
      const document = open.get(uri);
      if (!document) return;
      const edits: Edit[] = [];
      for (const change of changes) {
        const edit = change(document.text);
        const range = {
          start: document.text.positionAt(edit.span.start),
          end: document.text.positionAt(edit.span.end),
        };
        TextDocument.update(document.text, [{ range, text: edit.newText }], version);
        edits.push(edit);
      }
      document.snapshot = { ...document.snapshot, version, text: document.text.getText() };
      tell({ type: 'changed', snapshot: document.snapshot, edits });
    },
    save(uri) {
      const document = open.get(uri);
      if (document) tell({ type: 'saved', snapshot: document.snapshot });
    },
    close(uri) {
      if (open.delete(uri)) tell({ type: 'closed', uri });
    },
  };
}
