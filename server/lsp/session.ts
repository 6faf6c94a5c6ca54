// What all features of one connection share.
import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import type { Client } from './client.ts';
import type { Configuration } from './configuration.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { ModelPresence } from './model-presence.ts';
import type { Notices } from './notices.ts';
import type { ProgressBoard } from './progress.ts';
import type { Shown } from './shown.ts';
import type { Typing } from './typing.ts';

export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  /**
   * Resolves when the workbench exists and has its first settings, the client's own among them unless it takes too long
   * to tell them. Handlers wait for it before anything else, so that
   * messages keep the order in which they came; rejects when the workbench could not be made.
   */
  readonly ready: Promise<Workbench>;
  readonly notices: Notices;
  readonly progress: ProgressBoard;
  readonly log: Run['log'];
  readonly configuration: Configuration;
  readonly trustFolder: (folder: string) => Promise<void>;
  readonly diagnostics: Diagnostics;
  readonly shown: Shown;
  readonly typing: Typing;
  readonly models: ModelPresence;
  /** Ends with the connection; the signal of everything that works on after its request was answered. */
  readonly ended: AbortSignal;
}

/** A document as one request sees it: the snapshot, and the text that converts its positions. */
export interface OpenDocument {
  readonly snapshot: Snapshot;
  readonly text: TextDocument;
}

export function openDocument(workbench: Workbench, uri: string): OpenDocument | undefined {
  const snapshot = workbench.documents.get(uri);
  const text = workbench.documents.text(uri);
  return snapshot && text ? { snapshot, text } : undefined;
}
