// textDocument/diagnostic: findings for clients that pull them; all others get them pushed.

import { createHash } from 'node:crypto';
import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from 'vscode-languageserver';
import { source } from '../findings.ts';
import { contentModified, onDocumentRequest } from '../request.ts';
import { openDocument } from '../session.ts';
import type { Feature } from './feature.ts';

export const diagnostic: Feature = {
  method: 'textDocument/diagnostic',
  capabilities: (client) =>
    client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: source,
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {},
  attach(session) {
    onDocumentRequest(
      session,
      DocumentDiagnosticRequest.type,
      { otherwise: { kind: DocumentDiagnosticReportKind.Full, items: [] } },
      async ({ workbench, run, document }, { previousResultId }): Promise<DocumentDiagnosticReport> => {
        const { uri } = document.snapshot;
        const diagnosis = await session.diagnostics.of(workbench, run, uri);
        const present = openDocument(workbench, uri);
        if (present?.snapshot.version !== diagnosis.version) throw contentModified();
        const items = session.diagnostics.items(present, diagnosis);
        const resultId = createHash('sha1').update(JSON.stringify(items)).digest('base64');
        return resultId === previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    );
  },
};
