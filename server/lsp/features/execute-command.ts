// workspace/executeCommand: how clients that cannot resolve carry an action out, and what lenses do.
import { ErrorCodes, type ExecuteCommandParams, ExecuteCommandRequest } from 'vscode-languageserver';
import type { Run } from '../../core/run.ts';
import { overlaps } from '../../core/span.ts';
import type { TaskKind } from '../../core/task.ts';
import type { Region } from '../../orchestration/workbench.ts';
import {
  type Command,
  commands,
  isCommand,
  type Place,
  parseFixChoice,
  parseOffer,
  parsePlace,
  parseScope,
  titles,
} from '../commands.ts';
import { fixChanges, sendChanges, textEdits } from '../edits.ts';
import { evidenceMessage, validationLine } from '../evidence.ts';
import { findingsAt } from '../findings.ts';
import { contentModified, type DocumentRequest, onRequest, type Request, refusal } from '../request.ts';
import { openDocument } from '../session.ts';
import { carryOut, createTasks, type Tasks, whileUnchanged } from '../tasks.ts';
import type { Feature } from './feature.ts';

interface Call extends Request {
  readonly tasks: Tasks;
  readonly command: Command;
  readonly argument: unknown;
  /** Whether the client follows the request's own progress, and so can wait for the answer. */
  readonly waits: boolean;
}

type Handler = (call: Call) => Promise<void>;

const task: Handler = async ({ session, workbench, run, tasks, argument, waits }) => {
  const offer = await parseOffer(argument);
  if (workbench.documents.get(offer.uri)?.version !== offer.version) throw contentModified();
  if (!waits) return tasks.begin(workbench, offer);
  const changes = await carryOut(session, workbench, run, offer);
  sendChanges(session, workbench, offer.requirement.title, changes);
};

const applyFix: Handler = async (call) => {
  const choice = await parseFixChoice(call.argument);
  const { session, workbench, run } = at(call, choice);
  const findings = await findingsAt(session, workbench, run, choice.uri, choice.span);
  const fix = findings.flatMap(({ fixes }) => fixes).find(({ title }) => title === choice.title);
  // A key may have come while the findings were looked for: their offsets are not for that text.
  const { document } = at(call, choice);
  if (!fix) throw contentModified();
  const changes = await fixChanges(session, workbench, document, fix.edits);
  sendChanges(session, workbench, fix.title, changes);
};

const validate: Handler = async ({ session, workbench, run, tasks, command, argument, waits }) => {
  const { uri, version, span } = await parseScope(argument);
  const present = workbench.documents.get(uri)?.version;
  if (version !== undefined && present !== version) throw contentModified();
  const look = async (whole: Run): Promise<void> => {
    using unchanged = whileUnchanged(whole, workbench, uri);
    const validation = await workbench.validate(unchanged, uri, span);
    unchanged.signal.throwIfAborted();
    session.diagnostics.changed([uri]);
    session.notices.asked('info', validationLine(validation));
  };
  if (waits) return look(run);
  tasks.start(titles[command], JSON.stringify([uri, present, command, span]), look);
};

const tryAnother: Handler = async (call) => {
  const { session, workbench, run, tasks, waits, document, region } = regionAt(
    call,
    await parsePlace(call.argument),
  );
  const { uri, version, text } = document.snapshot;
  const requirement = session.shown.asked(uri, region, text);
  if (!requirement) throw refusal(ErrorCodes.InvalidParams, 'what was asked for here is not known any more');
  const another = text.slice(requirement.target.start, requirement.target.end);
  const offer = { uri, version, requirement, another };
  if (!waits) return tasks.begin(workbench, offer);
  sendChanges(session, workbench, requirement.title, await carryOut(session, workbench, run, offer));
};

const showEvidence: Handler = async (call) => {
  const { region } = regionAt(call, await parsePlace(call.argument));
  call.session.notices.asked('info', evidenceMessage(region.evidence));
};

const reject: Handler = async (call) => {
  const { session, workbench, document, region } = regionAt(call, await parsePlace(call.argument));
  const { snapshot, text } = document;
  const edit = session.shown.revert(snapshot.uri, region, snapshot.text);
  if (!edit) throw refusal(ErrorCodes.InvalidParams, 'what stood here before is not known any more');
  const edits = textEdits(text, [edit], session.client.encoding);
  const { uri, version } = snapshot;
  sendChanges(session, workbench, 'Reject', [{ uri, version, edits }]);
};

/** The code is the user's own from here on: its lens and hover go, its findings stay. */
const accept: Handler = async (call) => {
  const { document, region } = regionAt(call, await parsePlace(call.argument));
  call.workbench.accept(document.snapshot.uri, region);
};

const trustFolder: Handler = async ({ session, workbench, argument }) => {
  const folders = session.configuration.folders();
  const folder = argument === undefined ? folders[0] : argument;
  if (typeof folder !== 'string' || !folders.includes(folder)) {
    throw refusal(
      ErrorCodes.InvalidParams,
      `name one of the open folders: ${folders.join(', ') || 'none is open'}`,
    );
  }
  await session.trustFolder(folder);
  await session.configuration.apply(workbench);
  session.notices.asked('info', `${folder} is trusted: its .vouch.json counts whole`);
};

const taskNames = ['implement', 'rewrite', 'document', 'tests', 'plan', 'fix'] as const satisfies TaskKind[];

const handlers: Readonly<Record<Command, Handler>> = {
  ...(Object.fromEntries(taskNames.map((kind) => [commands[kind], task])) as Record<
    (typeof commands)[TaskKind],
    Handler
  >),
  [commands.applyFix]: applyFix,
  [commands.validate]: validate,
  [commands.showEvidence]: showEvidence,
  [commands.accept]: accept,
  [commands.reject]: reject,
  [commands.tryAnother]: tryAnother,
  [commands.runTests]: validate,
  [commands.trustFolder]: trustFolder,
};

export const executeCommand: Feature = {
  method: 'workspace/executeCommand',
  capabilities: () => ({
    executeCommandProvider: { commands: Object.values(commands), workDoneProgress: true },
  }),
  attach(session) {
    const tasks = createTasks(session);
    // A progress of our own would be one too many: what goes on after the answer begins its own.
    const progress = ({ command, workDoneToken }: ExecuteCommandParams): string | undefined =>
      workDoneToken !== undefined && isCommand(command) ? titles[command] : undefined;
    onRequest(session, ExecuteCommandRequest.type, { progress }, async (request, params) => {
      if (isCommand(params.command)) {
        const [argument] = params.arguments ?? [];
        const waits = params.workDoneToken !== undefined;
        const { command } = params;
        await handlers[command]({ ...request, tasks, command, argument, waits });
      } else if (params.command.startsWith('vouch.')) {
        throw refusal(ErrorCodes.InvalidParams, `there is no command ${params.command}`);
      }
      // Another server's command: some clients send each to all.
      return null;
    });
  },
};

/** @throws ResponseError ContentModified when the document is not at the version that the place was in. */
function at<C extends Call>(call: C, { uri, version }: Place): C & DocumentRequest {
  const document = openDocument(call.workbench, uri);
  if (document?.snapshot.version !== version) throw contentModified();
  return { ...call, document };
}

function regionAt(call: Call, place: Place): Call & DocumentRequest & { readonly region: Region } {
  const request = at(call, place);
  const region = call.workbench.regions(place.uri).find(({ span }) => overlaps(span, place.span));
  if (!region) throw refusal(ErrorCodes.InvalidParams, 'vouch knows nothing of the code here');
  return { ...request, region };
}
