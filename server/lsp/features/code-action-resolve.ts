// codeAction/resolve: the action that was chosen is carried out, and its edit handed over.
import { type CodeAction, CodeActionResolveRequest } from 'vscode-languageserver';
import { parseOffer } from '../commands.ts';
import { workspaceEdit } from '../edits.ts';
import { onRequest } from '../request.ts';
import { carryOut } from '../tasks.ts';
import type { Feature } from './feature.ts';

export const codeActionResolve: Feature = {
  method: 'codeAction/resolve',
  attach(session) {
    const options = { progress: ({ title }: CodeAction) => title };
    onRequest(session, CodeActionResolveRequest.type, options, async ({ workbench, run }, action) => {
      // Quick fixes have their edit, and some clients resolve whatever was chosen.
      if (action.edit || action.command) return action;
      const offer = await parseOffer(action.data);
      const changes = await carryOut(session, workbench, run, offer);
      return { ...action, edit: workspaceEdit(session.client, changes) };
    });
  },
};
