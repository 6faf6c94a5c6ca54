// completionItem/resolve: the whole text of a completion, and what was checked on it.
import { CompletionResolveRequest } from 'vscode-languageserver';
import { codeBlock, evidenceText } from '../evidence.ts';
import { onRequest } from '../request.ts';
import type { Feature } from './feature.ts';

export const completionResolve: Feature = {
  method: 'completionItem/resolve',
  attach(session) {
    onRequest(session, CompletionResolveRequest.type, {}, async (_request, item) => {
      const { candidateSchema } = await import('../schemas.ts');
      const key = candidateSchema.safeParse(item.data);
      const known = key.success ? session.shown.candidate(key.data) : undefined;
      // An item of a list that was long replaced is inserted just as well without its documentation.
      if (!known) return item;
      const { candidate, languageId } = known;
      const markdown = session.client.markdownCompletion;
      // What goes in, from the typed word on: a candidate may be only the rest of it.
      const text = item.textEdit?.newText ?? candidate.text;
      const preview = markdown ? codeBlock(languageId, text) : text;
      const evidence = evidenceText(candidate.evidence, markdown);
      return { ...item, documentation: { kind: evidence.kind, value: `${preview}\n\n${evidence.value}` } };
    });
  },
};
