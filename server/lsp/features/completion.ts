// textDocument/completion: candidates as menu items, in the form that this client can show and insert.
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  CompletionRequest,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import { expectInsertions, type Insertion, insertionsOf } from '../candidates.ts';
import type { Client } from '../client.ts';
import { textEdits } from '../edits.ts';
import { evidenceLine } from '../evidence.ts';
import { shorten } from '../notices.ts';
import { offsetAt, rangeOf } from '../positions.ts';
import { onDocumentRequest } from '../request.ts';
import { type OpenDocument, openDocument } from '../session.ts';
import type { Feature } from './feature.ts';

/**
 * Typed characters after which editors ask, besides letters. None of those that end a line (`:`, `{`, `,`): a menu that
 * opens there would take the Enter that follows.
 */
const triggerCharacters = ['.', '=', '@'];
/** Characters of a label: menus of terminal editors are narrow. */
const LABEL = 60;

const nothing: CompletionList = { isIncomplete: false, items: [] };
const askAgain: CompletionList = { isIncomplete: true, items: [] };

export const completion: Feature = {
  method: 'textDocument/completion',
  capabilities: () => ({
    completionProvider: {
      triggerCharacters,
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
  }),
  attach(session) {
    const { client } = session;
    const options = { otherwise: nothing, superseded: askAgain };
    onDocumentRequest(session, CompletionRequest.type, options, async (request, params) => {
      const { workbench, run, document } = request;
      const { uri, languageId } = document.snapshot;
      const offset = offsetAt(document.text, params.position, client.encoding);
      const answer = await workbench.complete(run, {
        uri,
        offset,
        // Several editors call it invoked at the first letter of each word, too.
        invoked:
          (params.context?.triggerKind ?? CompletionTriggerKind.Invoked) === CompletionTriggerKind.Invoked &&
          !session.typing.goesOn(uri),
        multiline: client.multilineCompletion,
      });
      const present = openDocument(workbench, uri);
      if (present?.snapshot.version !== answer.version) return askAgain;
      const insertions = insertionsOf(present, offset, answer.candidates, client.multilineCompletion);
      expectInsertions({ ...request, document: present }, insertions);
      const list = session.shown.completions(languageId, answer.candidates);
      const items = insertions.map((insertion, rank) => item(client, present, offset, insertion, rank, list));
      return { isIncomplete: answer.incomplete, items };
    });
  },
};

function item(
  client: Client,
  { text }: OpenDocument,
  offset: number,
  { index, candidate, text: newText, replace, additional }: Insertion,
  rank: number,
  list: number,
): CompletionItem {
  const lines = newText.split(/\r\n|\r|\n/);
  const several = lines.length > 1;
  // Where it begins with a line break, the first line says nothing.
  const title = (lines.find((line) => line.trim() !== '') ?? newText).trim();
  const range = rangeOf(text, replace, client.encoding);
  const insert = rangeOf(text, { start: replace.start, end: offset }, client.encoding);
  const writer = `vouch, ${candidate.source === 'model' ? candidate.evidence.model : 'embedded'}`;
  return {
    label: several ? `${shorten(title, LABEL - 2)} …` : shorten(title, LABEL),
    kind: several ? CompletionItemKind.Snippet : CompletionItemKind.Text,
    ...(client.labelDetails ? { labelDetails: { description: 'vouch' } } : {}),
    detail: candidate.evidence.checks.length > 0 ? `${evidenceLine(candidate.evidence)} (${writer})` : writer,
    filterText: lines[0] || title,
    // Other servers' items keep their order among themselves; ours keep the order of the answer.
    sortText: String(rank).padStart(4, '0'),
    insertTextFormat: InsertTextFormat.PlainText,
    ...(client.insertsAsIs ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: client.insertReplace ? { newText, insert, replace: range } : { newText, range },
    ...(additional.length > 0 ? { additionalTextEdits: textEdits(text, additional, client.encoding) } : {}),
    data: { list, index },
  };
}
