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
interface FileChange {
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
 * A proposal as an edit.
 * @throws ResponseError ContentModified when the document has moved on since.
 */
export function proposalEdit(session: Session, workbench: Workbench, proposal: Proposal): WorkspaceEdit {
  const { snapshot, edits, creates } = proposal;
  const present = workbench.documents.all().find((open) => sameDocument(open, snapshot));
  if (present && present.text !== snapshot.text) throw contentModified();
  const uri = present?.uri ?? snapshot.uri;
  const text = TextDocument.create(uri, snapshot.languageId, snapshot.version, snapshot.text);
  return workspaceEdit(session.client, [
    {
      uri,
      ...(present ? { version: present.version } : {}),
      edits: textEdits(text, edits, session.client.encoding),
      creates: creates && !present,
    },
  ]);
}

/** Clients escape URIs in their own ways: the path decides where there is one. */
const sameDocument = (one: Snapshot, other: Snapshot): boolean =>
  one.uri === other.uri || (one.path !== '' && one.path === other.path);

/** The edits of a fix; files that are not open are read from disk to find their positions. */
export async function fixEdit(
  session: Session,
  workbench: Workbench,
  document: OpenDocument,
  edits: readonly FileEdit[],
): Promise<WorkspaceEdit> {
  const changes = edits.map(async ({ path, edits }): Promise<FileChange> => {
    const { snapshot, text } = path === document.snapshot.path ? document : await textOf(workbench, path);
    return {
      uri: text.uri,
      ...(snapshot ? { version: snapshot.version } : {}),
      edits: textEdits(text, edits, session.client.encoding),
    };
  });
  return workspaceEdit(session.client, await Promise.all(changes));
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
 * Sends an edit to the client, after a last look at the versions: some clients apply an edit whatever its version.
 * @returns whether the client says that it was applied; never settles with a client that answers no requests.
 */
export async function sendEdit(session: Session, label: string, edit: WorkspaceEdit): Promise<boolean> {
  const result = await session.connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit });
  if (!result.applied) {
    const reason = result.failureReason ? `: ${result.failureReason}` : '';
    session.notices.asked('warning', `the editor did not make the change${reason}`);
  }
  return result.applied;
}
