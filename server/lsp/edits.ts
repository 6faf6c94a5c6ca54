// Edits of ours as edits of the protocol, against the version that they were made for.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ApplyWorkspaceEditRequest, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileEdit } from '../core/finding.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Edit } from '../core/span.ts';
import type { Proposal } from '../core/task.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import type { Client } from './client.ts';
import { type Encoding, rangeOf } from './positions.ts';
import { contentModified } from './request.ts';
import type { OpenDocument, Session } from './session.ts';

/** The edits of one file, ready to be sent. */
export interface FileChange {
  readonly uri: string;
  /** Absent for a file that is not open. */
  readonly version?: number;
  readonly edits: TextEdit[];
  readonly creates?: boolean;
}

export const textEdits = (text: TextDocument, edits: readonly Edit[], encoding: Encoding): TextEdit[] =>
  edits.map(({ span, newText }) => ({ range: rangeOf(text, span, encoding), newText }));

/** In the richest form that the client takes: with versions where it knows them. */
export function workspaceEdit(client: Client, changes: readonly FileChange[]): WorkspaceEdit {
  if (!client.documentChanges) {
    return { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
  }
  return {
    documentChanges: changes.flatMap(({ uri, version, edits, creates }) => [
      ...(creates && client.createsFiles
        ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }]
        : []),
      { textDocument: { uri, version: version ?? null }, edits },
    ]),
  };
}

/**
 * A proposal as changes of files.
 * @throws ResponseError ContentModified when the document has moved on since.
 */
export function proposalChanges(session: Session, workbench: Workbench, proposal: Proposal): FileChange[] {
  const { snapshot, edits, creates } = proposal;
  const present = workbench.documents.all().find((open) => sameDocument(open, snapshot));
  if (present && present.text !== snapshot.text) throw contentModified();
  const uri = present?.uri ?? snapshot.uri;
  const text = TextDocument.create(uri, snapshot.languageId, snapshot.version, snapshot.text);
  return [
    {
      uri,
      ...(present ? { version: present.version } : {}),
      edits: textEdits(text, edits, session.client.encoding),
      creates: creates && !present,
    },
  ];
}

/** Clients escape URIs in their own ways: the path decides where there is one. */
const sameDocument = (one: Snapshot, other: Snapshot): boolean =>
  one.uri === other.uri || (one.path !== '' && one.path === other.path);

/** The changes of a fix; files that are not open are read from disk to find their positions. */
export async function fixChanges(
  session: Session,
  workbench: Workbench,
  document: OpenDocument,
  edits: readonly FileEdit[],
): Promise<FileChange[]> {
  const changes = edits.map(async ({ path, edits }): Promise<FileChange> => {
    const { snapshot, text } = path === document.snapshot.path ? document : await textOf(workbench, path);
    return {
      uri: text.uri,
      ...(snapshot ? { version: snapshot.version } : {}),
      edits: textEdits(text, edits, session.client.encoding),
    };
  });
  return Promise.all(changes);
}

async function textOf(
  workbench: Workbench,
  path: string,
): Promise<{ snapshot?: Snapshot; text: TextDocument }> {
  const snapshot = workbench.documents.all().find((open) => open.path === path);
  const text = snapshot && workbench.documents.text(snapshot.uri);
  if (snapshot && text) return { snapshot, text };
  const uri = pathToFileURL(path).href;
  return { text: TextDocument.create(uri, '', 0, await readFile(path, 'utf8')) };
}

/**
 * Sends changes to the client, after a last look at the versions: some clients apply an edit whatever its version. The
 * answer is not waited for, since some clients give none, and others none before that to their own request; a user whose
 * editor did not make the change is told.
 * @throws ResponseError ContentModified when a document is not at the version that its change was made for.
 */
export function sendChanges(
  session: Session,
  workbench: Workbench,
  label: string,
  changes: readonly FileChange[],
): void {
  const { documents } = workbench;
  if (changes.some(({ uri, version }) => version !== undefined && documents.get(uri)?.version !== version))
    throw contentModified();
  const edit = workspaceEdit(session.client, changes);
  const undone = (reason: string | undefined): void =>
    session.notices.asked('warning', `the editor did not make the change${reason ? `: ${reason}` : ''}`);
  session.connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit }).then(
    (result) => {
      // Some clients answer with nothing at all.
      if (result?.applied === false) undone(result.failureReason);
    },
    (error: unknown) => {
      if (!session.ended.aborted) undone(error instanceof Error ? error.message : String(error));
    },
  );
}
