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
  // Tests go to a file of their own.
  const uri = offer.requirement.kind === 'tests' ? undefined : offer.uri;
  using unchanged = whileUnchanged(run, workbench, uri);
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
 * that cannot cancel this is the way to do it.
 */
export function whileUnchanged(
  run: Run,
  { documents }: Workbench,
  uri: string | undefined,
): Run & Disposable {
  const controller = new AbortController();
  const forget = documents.listen((event) => {
    const touched = event.type === 'changed' ? event.snapshot.uri : event.type === 'closed' && event.uri;
    if (touched === uri) controller.abort(new Cancelled('document changed'));
  });
  return { ...limitRun(run, controller.signal), [Symbol.dispose]: forget };
}

export interface Tasks {
  /**
   * Begins to carry the offer out and to send its edit, and returns at once: some clients block until a command is
   * answered. How it went is told in its progress and by messages. The same offer is not begun twice.
   */
  begin(workbench: Workbench, offer: Offer): void;
  /**
   * Begins other work in the same way.
   * @param key names the work: while it goes on, it is not begun again.
   */
  start(title: string, key: string, work: (run: Run) => Promise<void>): void;
}

export function createTasks(session: Session): Tasks {
  const running = new Set<string>();

  async function follow(title: string, work: (run: Run) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    const progress = session.progress.begin(title, undefined, () =>
      controller.abort(new Cancelled('client')),
    );
    const signal = AbortSignal.any([controller.signal, session.ended]);
    try {
      await work(createRun(session, signal, (report) => progress.report(report)));
      progress.end();
    } catch (error) {
      progress.end(tell(session, title, error, true).message);
    }
  }

  const start: Tasks['start'] = (title, key, work) => {
    if (running.has(key)) return;
    running.add(key);
    void follow(title, work).finally(() => running.delete(key));
  };

  return {
    start,
    begin(workbench, offer) {
      const { kind, target, title } = offer.requirement;
      start(title, JSON.stringify([offer.uri, offer.version, kind, target]), async (run) => {
        const changes = await carryOut(session, workbench, run, offer);
        sendChanges(session, workbench, title, changes);
      });
    },
  };
}
