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
        const evidence = {
          range,
          command: {
            title: evidenceLine(region.evidence),
            command: commands.showEvidence,
            arguments: place,
          },
        };
        const reject = {
          range,
          command: { title: 'Reject', command: commands.reject, arguments: place },
        };
        const accept = {
          range,
          command: { title: 'Accept', command: commands.accept, arguments: place },
        };
        return session.shown.revert(snapshot.uri, region, snapshot.text)
          ? [evidence, accept, reject]
          : [evidence, accept];
      });
      return lenses;
    });
  },
};
