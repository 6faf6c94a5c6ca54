// From an offer that the user chose to the edit: by resolve, or by a command that works on after its answer.
import { Cancelled, limitRun, type Run } from '../core/run.ts';
import type { Offer, Workbench } from '../orchestration/workbench.ts';
import { type FileChange, proposalChanges, sendChanges } from './edits.ts';
import { evidenceLine } from './evidence.ts';
import { contentModified, createRun, tell } from './request.ts';
import type { Session } from './session.ts';

/**
 * Has the offer carried out.
 * @throws ModelFailure, Cancelled; ResponseError ContentModified when the document is not what the offer was made for.
 */
export async function carryOut(
  session: Session,
  workbench: Workbench,
  run: Run,
  offer: Offer,
): Promise<FileChange[]> {
  if (workbench.documents.get(offer.uri)?.version !== offer.version) throw contentModified();
  using unchanged = whileUnchanged(run, workbench, offer);
  const proposal = await workbench.propose(unchanged, offer);
  unchanged.signal.throwIfAborted();
  const changes = proposalChanges(session, workbench, proposal);
  workbench.offered(proposal.snapshot.uri, proposal.edits, proposal.evidence);
  session.shown.proposal(proposal.snapshot.uri, proposal);
  if (proposal.evidence.verdict === 'doubtful') {
    session.notices.asked('warning', `${offer.requirement.title}: ${evidenceLine(proposal.evidence)}`);
  }
  return changes;
}

/**
 * The same run, ended as soon as the document changes under it: the answer could not be used any more, and for clients
 * that cannot cancel this is the way to do it. Tests go to a file of their own.
 */
function whileUnchanged(run: Run, { documents }: Workbench, { uri, requirement }: Offer): Run & Disposable {
  const controller = new AbortController();
  const forget = documents.listen((event) => {
    const touched = event.type === 'changed' ? event.snapshot.uri : event.type === 'closed' && event.uri;
    if (touched === uri && requirement.kind !== 'tests') controller.abort(new Cancelled('document changed'));
  });
  return { ...limitRun(run, controller.signal), [Symbol.dispose]: forget };
}

export interface Tasks {
  /**
   * Begins to carry the offer out and to send its edit, and returns at once: some clients block until a command is
   * answered. How it went is told in its progress and by messages. The same offer is not begun twice.
   */
  begin(workbench: Workbench, offer: Offer): void;
}

export function createTasks(session: Session): Tasks {
  const running = new Set<string>();

  async function work(workbench: Workbench, offer: Offer, key: string): Promise<void> {
    const { title } = offer.requirement;
    const controller = new AbortController();
    const progress = session.progress.begin(title, undefined, () =>
      controller.abort(new Cancelled('client')),
    );
    const signal = AbortSignal.any([controller.signal, session.ended]);
    try {
      const run = createRun(session, signal, (report) => progress.report(report));
      const changes = await carryOut(session, workbench, run, offer);
      sendChanges(session, workbench, title, changes);
      progress.end();
    } catch (error) {
      progress.end(tell(session, title, error, true).message);
    } finally {
      running.delete(key);
    }
  }

  return {
    begin(workbench, offer) {
      const { kind, target } = offer.requirement;
      const key = JSON.stringify([offer.uri, offer.version, kind, target]);
      if (running.has(key)) return;
      running.add(key);
      void work(workbench, offer, key);
    },
  };
}
