// The threads beside the protocol's: one that parses and checks, one that learns and completes, one that starts programs.
// Each is told the settings, the documents and what changes on disk, and a new one in place of a dead one is told them anew.
import { Cancelled } from '../core/run.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { DocumentEvent, Documents } from '../input/documents.ts';
import type { Analysis } from './analysis/analysis.ts';
import { createAnalysis } from './analysis/local.ts';
import { createEngine, type Engine } from './engine.ts';
import { type Supervised, supervise } from './supervise.ts';
import { createTrials } from './trials/local.ts';
import type { Trials } from './trials/trials.ts';
import type { Folder, WorkbenchEvents } from './workbench.ts';

export interface Workers {
  readonly analysis: Analysis;
  /** Begins to learn the workspace with the first call: it costs a core for a while. */
  engine(): Engine;
  /** Begins with the first call: a thread that nothing is tried in yet need not be there. */
  trials(): Trials;
  /** One more analysis, for files on disk. */
  hireAnalysis(): Promise<Supervised<Analysis>>;
  configure(folders: readonly Folder[], outside: Settings): void;
  follow(event: DocumentEvent): void;
  filesChanged(paths: readonly string[]): void;
  /** A message to a worker that nobody waits for: its failure is told in the log. */
  tell(what: Promise<unknown>): void;
  dispose(): Promise<void>;
}

export function createWorkers(documents: Documents, events: WorkbenchEvents): Workers {
  const { log } = events;
  let folders: readonly Folder[] = [];
  let outside: Settings = defaultSettings;

  const tell = (what: Promise<unknown>): void => {
    what.catch((error: unknown) => {
      if (!(error instanceof Cancelled)) log('error', String(error));
    });
  };
  const configureAnalysis = (api: Analysis): Promise<void> =>
    api.configure(
      folders.map(({ path, settings }) => ({ path, ...settings.privacy, index: settings.index })),
      { ...outside.privacy, registries: outside.validation.registries },
    );
  const learnt = (api: Engine): Promise<unknown> =>
    api.index(folders.map(({ path, settings }) => ({ path, exclude: settings.privacy.exclude })));
  const configureTrials = (api: Trials): Promise<void> => api.configure(folders, outside);
  // All in one turn: a change that came between two of them would be lost.
  const restore = async (api: Pick<Analysis, 'open'>): Promise<void> => {
    const open = documents.all();
    await Promise.all(open.map((snapshot) => api.open(snapshot)));
    events.findingsChanged(open.map(({ uri }) => uri));
  };
  const lost = (what: string) => () =>
    events.notice('error', `The ${what} keeps ending. Restart the server; the log says what happened.`);

  const superviseAnalysis = (restoreIn: (api: Analysis) => Promise<void>): Supervised<Analysis> =>
    supervise<Analysis>('analysis-worker', log, () => createAnalysis({ log }), restoreIn, lost('analysis'));
  const analysis = superviseAnalysis(async (api) => {
    await configureAnalysis(api);
    await restore(api);
  });
  const engine = supervise<Engine>(
    'engine-worker',
    log,
    () => createEngine({ log }),
    async (api) => {
      await learnt(api);
      await restore(api);
    },
    lost('embedded engine'),
  );
  const trials = supervise<Trials>(
    'trials-worker',
    log,
    () => createTrials({ log }),
    configureTrials,
    lost('part that runs judges, examples and tests'),
  );
  let learning = false;
  let trying = false;
  const learn = (): Engine => {
    if (!learning) {
      learning = true;
      tell(learnt(engine.api));
    }
    return engine.api;
  };

  return {
    analysis: analysis.api,
    engine: learn,
    trials() {
      if (!trying) {
        trying = true;
        tell(configureTrials(trials.api));
      }
      return trials.api;
    },
    async hireAnalysis() {
      const hired = superviseAnalysis(configureAnalysis);
      await configureAnalysis(hired.api);
      return hired;
    },
    configure(newFolders, newOutside) {
      folders = newFolders;
      outside = newOutside;
      tell(configureAnalysis(analysis.api));
      if (learning) tell(learnt(engine.api));
      if (trying) tell(configureTrials(trials.api));
    },
    follow(event) {
      if (event.type === 'opened') {
        tell(analysis.api.open(event.snapshot));
        tell(learn().open(event.snapshot));
      } else if (event.type === 'changed') {
        const at = { uri: event.snapshot.uri, version: event.snapshot.version };
        tell(analysis.api.change(at, event.edits));
        tell(engine.api.change(at, event.edits));
      } else if (event.type === 'closed') {
        tell(analysis.api.close(event.uri));
        tell(engine.api.close(event.uri));
      }
    },
    filesChanged(paths) {
      tell(analysis.api.filesChanged(paths));
      if (learning) tell(engine.api.filesChanged(paths));
      if (trying) tell(trials.api.filesChanged(paths));
    },
    tell,
    async dispose() {
      await Promise.all([analysis.dispose(), engine.dispose(), trials.dispose()]);
    },
  };
}
