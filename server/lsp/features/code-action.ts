// textDocument/codeAction: what could be done here, found without a model. Fixes of findings carry their edit.
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  CodeActionTriggerKind,
  type Command,
  type Diagnostic,
} from 'vscode-languageserver';
import type { Finding } from '../../core/finding.ts';
import type { Span } from '../../core/span.ts';
import type { TaskKind } from '../../core/task.ts';
import type { Offer } from '../../orchestration/workbench.ts';
import type { Client } from '../client.ts';
import { commands, type FixChoice, type Scope } from '../commands.ts';
import { fixChanges, workspaceEdit } from '../edits.ts';
import { findingsAt, source } from '../findings.ts';
import { spanOf } from '../positions.ts';
import { contentModified, type DocumentRequest, onDocumentRequest } from '../request.ts';
import type { Feature } from './feature.ts';

const rewrite = 'refactor.rewrite.vouch';
export const validateKind = 'source.vouch.validate';

const kinds: Readonly<Record<TaskKind, string>> = {
  implement: `${rewrite}.implement`,
  rewrite: `${rewrite}.rewrite`,
  document: `${rewrite}.document`,
  tests: `${rewrite}.tests`,
  plan: `${rewrite}.plan`,
  fix: CodeActionKind.QuickFix,
};

const noModel =
  'no model is set up: name one in the setting "vouch.models", or start a local model server; `vouch doctor` says more';

export const codeAction: Feature = {
  method: 'textDocument/codeAction',
  capabilities: (client) => ({
    codeActionProvider: client.actionLiterals
      ? {
          codeActionKinds: [...new Set([...Object.values(kinds), validateKind])],
          resolveProvider: client.resolvesActions,
        }
      : true,
  }),
  attach(session) {
    onDocumentRequest(session, CodeActionRequest.type, { otherwise: null }, async (request, params) => {
      const { snapshot, text } = request.document;
      const span = spanOf(text, params.range, session.client.encoding);
      const wanted = (kind: string): string | undefined =>
        matchKind(session.client, params.context.only, kind);
      const actions = (
        await Promise.all([
          wanted(CodeActionKind.QuickFix) === undefined ? [] : fixActions(request, params, span),
          offerActions(request, params, span),
          validateAction(snapshot, span, params),
        ])
      ).flat();
      if (request.workbench.documents.get(snapshot.uri)?.version !== snapshot.version)
        throw contentModified();
      return actions.flatMap((action): (CodeAction | Command)[] => {
        const kind = wanted(action.kind!);
        if (kind === undefined) return [];
        if (session.client.actionLiterals) return [{ ...action, kind }];
        const { uri, version } = snapshot;
        return [
          action.command ??
            command(action.title, commands.applyFix, { uri, version, span, title: action.title }),
        ];
      });
    });
  },
};

/**
 * The kind to answer with, if the client wants this one: `only` names kinds with all below them. Clients that cannot
 * resolve compare kinds for equality afterwards, so they get back the very kind that they asked for.
 */
export function matchKind(
  client: Pick<Client, 'resolvesActions'>,
  only: readonly string[] | undefined,
  kind: string,
): string | undefined {
  if (!only || only.length === 0) return kind;
  const asked = only.find((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
  if (asked === undefined) return undefined;
  return client.resolvesActions || asked === '' ? kind : asked;
}

/** Quick fixes of the findings at the place, at once with their edit. */
async function fixActions(
  { session, workbench, run, document }: DocumentRequest,
  { context }: CodeActionParams,
  span: Span,
): Promise<CodeAction[]> {
  const here = await findingsAt(session, workbench, run, document.snapshot.uri, span);
  const actions = here.map(async (finding) => {
    const diagnostic = context.diagnostics.find((one) => isOf(one, finding, document, session.client));
    const certain = finding.fixes.filter((fix) => fix.certain).length === 1;
    return Promise.all(
      finding.fixes.map(
        async (fix): Promise<CodeAction> => ({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
          ...(session.client.preferredActions && certain && fix.certain ? { isPreferred: true } : {}),
          edit: workspaceEdit(session.client, await fixChanges(session, workbench, document, fix.edits)),
        }),
      ),
    );
  });
  return (await Promise.all(actions)).flat();
}

const isOf = (
  diagnostic: Diagnostic,
  finding: Finding,
  { text }: DocumentRequest['document'],
  client: Client,
): boolean =>
  diagnostic.source === source &&
  diagnostic.code === finding.check &&
  diagnostic.message === finding.message &&
  spanOf(text, diagnostic.range, client.encoding).start === finding.span.start;

/** What a model could do here. The client resolves the one that is chosen, or runs its command. */
async function offerActions(
  { session, workbench, run, document }: DocumentRequest,
  { context }: CodeActionParams,
  span: Span,
): Promise<CodeAction[]> {
  const { client } = session;
  const diagnostics = context.diagnostics.map(({ range, message, source, code }) => ({
    span: spanOf(document.text, range, client.encoding),
    message: typeof message === 'string' ? message : message.value,
    ...(source === undefined ? {} : { source }),
    ...(code === undefined ? {} : { code: String(code) }),
  }));
  const modelless = client.disabledActions && session.models.missing(workbench);
  const offers = await workbench.offers(run, document.snapshot.uri, span, diagnostics);
  return offers.map(
    (offer): CodeAction => ({
      title: offer.requirement.title,
      kind: kinds[offer.requirement.kind],
      ...(client.resolvesActions
        ? { data: offer }
        : { command: command(offer.requirement.title, commands[offer.requirement.kind], offer) }),
      ...(modelless ? { disabled: { reason: noModel } } : {}),
    }),
  );
}

/** Only where it is asked for by name: a source action in every menu would be noise. A selection is looked at alone. */
function validateAction(
  { uri, version }: DocumentRequest['document']['snapshot'],
  span: Span,
  { context }: CodeActionParams,
): CodeAction[] {
  const asked = context.only && context.only.length > 0;
  if (!asked || context.triggerKind === CodeActionTriggerKind.Automatic) return [];
  const selected = span.end > span.start;
  const title = selected ? 'Check the selection with all there is' : 'Check this file with all there is';
  const scope = selected ? { uri, version, span } : { uri };
  return [{ title, kind: validateKind, command: command(title, commands.validate, scope) }];
}

const command = (title: string, name: string, argument: Offer | FixChoice | Scope): Command => ({
  title,
  command: name,
  arguments: [argument],
});
