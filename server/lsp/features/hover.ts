// textDocument/hover: what was checked on the generated code under the cursor.
import { HoverRequest } from 'vscode-languageserver';
import { contains } from '../../core/span.ts';
import { evidenceText } from '../evidence.ts';
import { offsetAt, rangeOf } from '../positions.ts';
import { onDocumentRequest } from '../request.ts';
import type { Feature } from './feature.ts';

export const hover: Feature = {
  method: 'textDocument/hover',
  capabilities: () => ({ hoverProvider: true }),
  attach(session) {
    const { client } = session;
    onDocumentRequest(session, HoverRequest.type, { otherwise: null }, async (request, params) => {
      const { snapshot, text } = request.document;
      const start = offsetAt(text, params.position, client.encoding);
      const region = request.workbench
        .regions(snapshot.uri)
        .find(({ span }) => contains(span, { start, end: start }));
      return region
        ? {
            contents: evidenceText(region.evidence, client.markdownHover),
            range: rangeOf(text, region.span, client.encoding),
          }
        : null;
    });
  },
};
