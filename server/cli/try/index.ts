// `vouch try`: what an editor would be offered at a place, and what comes of it.
import { dirname } from 'node:path';
import { lineSpanAt } from '../../core/lines.ts';
import { ModelFailure } from '../../core/model.ts';
import { applyEdits, overlaps, span } from '../../core/span.ts';
import type { Proposal } from '../../core/task.ts';
import { findProjectFolder } from '../../input/settings/index.ts';
import type { CompletionQuestion, Offer, OfferDiagnostic } from '../../orchestration/workbench.ts';
import { engineReady } from '../engine-ready.ts';
import { CommandFailure, exitCodes, wrongUsage } from '../failure.ts';
import { createPositions, shownPath } from '../places.ts';
import type { CommandContext } from '../program.ts';
import { type CommandSession, tellProblems, withSession } from '../session.ts';
import { createFile, writeEdits } from '../write.ts';
import { readActionKind } from './actions.ts';
import { openedAs, type Place, readPlace } from './place.ts';
import {
  printCandidates,
  printDiff,
  printEvidence,
  printFindings,
  printOffers,
  printPromptFacts,
  printRequest,
} from './print.ts';

export interface TryOptions {
  readonly action?: string;
  readonly prompt?: true;
  readonly apply?: true;
}

export async function tryPlace(
  context: CommandContext,
  parameter: string,
  options: TryOptions,
): Promise<number> {
  const kind = options.action === undefined ? undefined : readActionKind(options.action);
  if (options.apply && !kind)
    throw wrongUsage('--apply needs --action KIND: it writes what an action proposes');
  if (options.apply && options.prompt)
    throw wrongUsage('--prompt sends nothing, so there is nothing to --apply');
  const place = await readPlace(parameter);

  return withSession(context, [findProjectFolder(dirname(place.path))], async (session) => {
    tellProblems(context, session);
    const { workbench, run } = session;
    const snapshot = openedAs(place, workbench.languages);
    workbench.documents.open(snapshot);
    // An editor is open for longer than this: what it shows and sends is made with all that is known of the project.
    await engineReady(run, workbench);
    const question: CompletionQuestion = {
      uri: snapshot.uri,
      offset: place.offset,
      invoked: true,
      multiline: true,
    };
    if (!kind) {
      if (options.prompt) await showPrompt(context, session, question);
      else await showPlace(context, session, place, question);
      return exitCodes.clean;
    }

    const offers = await offersAt(session, snapshot.uri, place);
    const offer = offers.find(({ requirement }) => requirement.kind === kind);
    if (!offer) {
      const others = offers.map(({ requirement }) => requirement.kind).join(', ');
      throw new CommandFailure(
        `nothing to ${kind === 'tests' ? 'test' : kind} at ${parameter}; offered here: ${others || 'nothing'}`,
        exitCodes.found,
      );
    }
    if (options.prompt) {
      await showPrompt(context, session, offer);
      return exitCodes.clean;
    }
    const proposal = await workbench.propose(run, offer).catch(tellFailure);
    const { terminal } = context;
    terminal.progress('');
    terminal.out(printDiff(proposal, terminal.colors));
    terminal.out(`\n${printEvidence(proposal.evidence, terminal.colors)}`);
    if (options.apply) await apply(context, session, proposal);
    return exitCodes.clean;
  });
}

/** A failure of a model, or a file that may not be sent, is told as it is: its message is for the user. */
function tellFailure(error: unknown): never {
  throw error instanceof ModelFailure ? new CommandFailure(error.message, exitCodes.found) : error;
}

/** The findings on the line, as the offers get them from an editor. */
async function findingsAt({ workbench, run }: CommandSession, uri: string, { text, offset }: Place) {
  const line = lineSpanAt(text, offset);
  const { findings } = await workbench.diagnose(run, uri);
  return findings.filter((finding) => overlaps(finding.span, line));
}

async function offersAt(session: CommandSession, uri: string, place: Place): Promise<readonly Offer[]> {
  const diagnostics: OfferDiagnostic[] = (await findingsAt(session, uri, place)).map((finding) => ({
    span: finding.span,
    message: finding.message,
    source: 'vouch',
    code: finding.check,
  }));
  return session.workbench.offers(session.run, uri, span(place.offset, place.offset), diagnostics);
}

async function showPrompt(
  { terminal }: CommandContext,
  { workbench, run }: CommandSession,
  what: Offer | CompletionQuestion,
): Promise<void> {
  const prompt = await workbench.prompt(run, what).catch(tellFailure);
  terminal.progress('');
  terminal.out(printRequest(prompt, terminal.colors));
  terminal.err(printPromptFacts(prompt, terminal.errColors));
}

async function showPlace(
  { terminal }: CommandContext,
  session: CommandSession,
  place: Place,
  question: CompletionQuestion,
): Promise<void> {
  const { workbench, run } = session;
  const { colors } = terminal;
  const findings = await findingsAt(session, question.uri, place);
  const offers = await offersAt(session, question.uri, place);
  const { candidates } = await workbench.complete(run, question);
  const evidence = workbench
    .regions(question.uri)
    .filter((region) => overlaps(region.span, span(place.offset, place.offset)))
    .map((region) => printEvidence(region.evidence, colors));

  const { line, character } = createPositions(place.text).at(place.offset);
  terminal.progress('');
  terminal.out(colors.bold(`${shownPath(place.path)}:${line + 1}:${character + 1}`));
  const sections: readonly [string, string][] = [
    ['Findings on this line', printFindings(place.text, findings, colors)],
    ['Evidence', evidence.join('\n')],
    ['Actions', printOffers(offers, colors)],
    ['Completions', printCandidates(place.text, candidates, colors)],
  ];
  for (const [title, body] of sections) {
    if (title === 'Evidence' && body === '') continue;
    terminal.out(`\n${colors.bold(title)}\n${body === '' ? colors.dim('  none') : body}`);
  }
}

async function apply(
  { terminal }: CommandContext,
  { workbench }: CommandSession,
  proposal: Proposal,
): Promise<void> {
  const { path, text } = proposal.snapshot;
  const refused = proposal.creates
    ? await createFile(path, applyEdits(text, proposal.edits))
    : await writeEdits(path, text, proposal.edits);
  if (refused !== undefined) {
    throw new CommandFailure(`${shownPath(path)} was not written: ${refused}`, exitCodes.found);
  }
  workbench.written(proposal);
  terminal.out(`\nwritten to ${shownPath(path)}`);
}
