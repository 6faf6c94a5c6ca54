// textDocument/codeLens: above code that vouch wrote, what was checked, and a way to take it back.
import { type CodeLens, CodeLensRequest } from 'vscode-languageserver';
import { commands } from '../commands.ts';
import { evidenceLine } from '../evidence.ts';
import { rangeOf } from '../positions.ts';
import { onDocumentRequest } from '../request.ts';
import type { Feature } from './feature.ts';

export const codeLens: Feature = {
  method: 'textDocument/codeLens',
  capabilities: () => ({ codeLensProvider: { resolveProvider: false } }),
  attach(session) {
    onDocumentRequest(session, CodeLensRequest.type, { otherwise: [] }, async (request) => {
      const { snapshot, text } = request.document;
      const lenses = request.workbench.regions(snapshot.uri).flatMap((region): CodeLens[] => {
        const range = rangeOf(text, region.span, session.client.encoding);
        const place = [{ uri: snapshot.uri, version: snapshot.version, span: region.span }];
        const known = [snapshot.uri, region, snapshot.text] as const;
        const lens = (title: string, command: string): CodeLens => ({
          range,
          command: { title, command, arguments: place },
        });
        return [
          lens(evidenceLine(region.evidence), commands.showEvidence),
          lens('Accept', commands.accept),
          // What stood there before, and what was asked for, are known for as long as the server runs.
          ...(session.shown.revert(...known) ? [lens('Reject', commands.reject)] : []),
          ...(session.shown.asked(...known) ? [lens('Try another', commands.tryAnother)] : []),
          lens('Run the tests', commands.runTests),
        ];
      });
      return lenses;
    });
  },
};
