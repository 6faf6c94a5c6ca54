// textDocument/inlineCompletion: ghost text, whole blocks included.
import {
  type InlineCompletionList,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
} from 'vscode-languageserver';
import { expectInsertions, insertionsOf } from '../candidates.ts';
import { offsetAt, rangeOf } from '../positions.ts';
import { onDocumentRequest } from '../request.ts';
import { openDocument } from '../session.ts';
import type { Feature } from './feature.ts';

const nothing: InlineCompletionList = { items: [] };

export const inlineCompletion: Feature = {
  method: 'textDocument/inlineCompletion',
  capabilities: () => ({ inlineCompletionProvider: {} }),
  attach(session) {
    const { encoding } = session.client;
    const options = { otherwise: nothing, superseded: nothing };
    onDocumentRequest(session, InlineCompletionRequest.type, options, async (request, params) => {
      const { workbench, run, document } = request;
      const { uri } = document.snapshot;
      const offset = offsetAt(document.text, params.position, encoding);
      const answer = await workbench.complete(run, {
        uri,
        offset,
        invoked: params.context.triggerKind === InlineCompletionTriggerKind.Invoked,
        multiline: true,
      });
      const present = openDocument(workbench, uri);
      if (present?.snapshot.version !== answer.version) return nothing;
      // Ghost text beside an open menu must go on from the entry that is selected there.
      const selected = params.context.selectedCompletionInfo?.text ?? '';
      const insertions = insertionsOf(present, offset, answer.candidates, true).filter(
        // Ghost text can bring no edits elsewhere: a rest to be deleted would be left standing.
        ({ text, candidate, additional }) =>
          additional.length === candidate.additionalEdits.length && text.startsWith(selected),
      );
      expectInsertions({ ...request, document: present }, insertions);
      const items = insertions.map(({ text, replace }) => ({
        insertText: text,
        filterText: text,
        range: rangeOf(present.text, replace, encoding),
      }));
      return { items };
    });
  },
};
