// textDocument/inlineCompletion, which the client library of this version knows only as a proposal.
import { InlineCompletionItem, type InlineCompletionItemProvider } from 'vscode';
import type { LanguageClient, Range } from 'vscode-languageclient/node';

/** As the protocol has it. */
interface Answer {
  readonly items: readonly {
    readonly insertText: string;
    readonly filterText?: string;
    readonly range?: Range;
  }[];
}

export const inlineCompletions = (client: LanguageClient): InlineCompletionItemProvider => ({
  async provideInlineCompletionItems(document, position, context, token) {
    const selected = context.selectedCompletionInfo;
    const parameters = {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
      position: client.code2ProtocolConverter.asPosition(position),
      context: {
        // VS Code counts from 0, the protocol from 1.
        triggerKind: context.triggerKind + 1,
        ...(selected && {
          selectedCompletionInfo: {
            text: selected.text,
            range: client.code2ProtocolConverter.asRange(selected.range),
          },
        }),
      },
    };
    const answer = await client.sendRequest<Answer | null>(
      'textDocument/inlineCompletion',
      parameters,
      token,
    );
    return (answer?.items ?? []).map(({ insertText, filterText, range }) => {
      const item = new InlineCompletionItem(
        insertText,
        range && client.protocol2CodeConverter.asRange(range),
      );
      if (filterText !== undefined) item.filterText = filterText;
      return item;
    });
  },
});
