// Puts the phases together behind the one façade that the doors see.
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelFailure } from '../core/model.ts';
import { Cancelled, type Run } from '../core/run.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { createDocuments } from '../input/documents.ts';
import { findLanguage, readLanguages } from '../input/syntax/languages.ts';
import { findResources } from '../input/syntax/resources.ts';
import { isInside } from '../input/workspace/ignore.ts';
import { severitiesOf } from '../validation/index.ts';
import type { Analysis, Where } from './analysis/analysis.ts';
import { createAnalysis } from './analysis/local.ts';
import { checkFiles } from './check-files.ts';
import { complete } from './complete.ts';
import { createConsent } from './consent.ts';
import { createEngine, type Engine } from './engine.ts';
import { createKnownCode } from './known-code.ts';
import { createLaterFindings } from './later-findings.ts';
import { createModelCompletions } from './model-completions.ts';
import { propose, type Workshop } from './propose.ts';
import { completionRequest, taskRequest, taskRows } from './requests.ts';
import { createRoles } from './roles/index.ts';
import { type Supervised, supervise } from './supervise.ts';
import { createTrials } from './trials/local.ts';
import type { Trials } from './trials/trials.ts';
import { validate } from './validate.ts';
import type { Folder, Offer, Workbench, WorkbenchEvents } from './workbench.ts';

export async function createWorkbench(events: WorkbenchEvents): Promise<Workbench> {
  const documents = createDocuments();
  const languages = readLanguages(findResources().grammars);
  let folders: readonly Folder[] = [];
  let outside: Settings = defaultSettings;

  const settingsFor = (path: string): Settings => folderOf(folders, path)?.settings ?? outside;

  const configureAnalysis = (analysis: Analysis): Promise<void> =>
    analysis.configure(
      folders.map(({ path, settings }) => ({ path, ...settings.privacy, index: settings.index })),
      { ...outside.privacy, registries: outside.validation.registries },
    );
  // All in one turn: a change that came between two of them would be lost.
  const restore = async (api: Pick<Analysis, 'open'>): Promise<void> => {
    const open = documents.all();
    await Promise.all(open.map((snapshot) => api.open(snapshot)));
    events.findingsChanged(open.map(({ uri }) => uri));
  };
  const lost = (what: string) => () =>
    events.notice('error', `The ${what} keeps ending. Restart the server; the log says what happened.`);

  const superviseAnalysis = (restoreIn: (api: Analysis) => Promise<void>): Supervised<Analysis> =>
    supervise<Analysis>(
      'analysis-worker',
      events.log,
      () => createAnalysis({ log: events.log }),
      restoreIn,
      lost('analysis'),
    );
  const analysis = superviseAnalysis(async (api) => {
    await configureAnalysis(api);
    await restore(api);
  });
  /** One more, for files on disk. */
  const hireAnalysis = async (): Promise<Supervised<Analysis>> => {
    const hired = superviseAnalysis(configureAnalysis);
    await configureAnalysis(hired.api);
    return hired;
  };
  const engine = supervise<Engine>(
    'engine-worker',
    events.log,
    () => createEngine({ log: events.log }),
    async (api) => {
      await api.index(engineFolders(folders));
      await restore(api);
    },
    lost('embedded engine'),
  );
  const trials = supervise<Trials>(
    'trials-worker',
    events.log,
    () => createTrials({ log: events.log }),
    (api) => api.configure(folders, outside),
    lost('part that runs judges, examples and tests'),
  );
  // As the engine's: a thread that nothing is tried in yet need not be there.
  let trying = false;
  const tried = (): Trials => {
    if (!trying) {
      trying = true;
      tell(trials.api.configure(folders, outside));
    }
    return trials.api;
  };
  const consent = createConsent(events);
  // Learning a workspace costs a core for a while: it begins with the first document, not for a check of files.
  let learning = false;
  const learn = (): Engine => {
    if (!learning) {
      learning = true;
      tell(engine.api.index(engineFolders(folders)));
    }
    return engine.api;
  };
  const roles = createRoles(events.log);
  const told = new Map<string, number>();
  const models = createModelCompletions((failure) => noticeOnce(told, failure, events), events.log);

  /** A background message to a worker: nobody waits for it, but its failure is told. */
  const tell = (what: Promise<unknown>): void => {
    what.catch((error: unknown) => {
      if (!(error instanceof Cancelled)) events.log('error', String(error));
    });
  };

  const known = createKnownCode(documents, (uri) => events.findingsChanged([uri]), tell);

  const later = createLaterFindings(analysis.api, () =>
    events.findingsChanged(documents.all().map(({ uri }) => uri)),
  );

  documents.listen((event) => {
    known.follow(event);
    if (event.type === 'opened') {
      tell(analysis.api.open(event.snapshot));
      tell(learn().open(event.snapshot));
    } else if (event.type === 'changed') {
      const at = { uri: event.snapshot.uri, version: event.snapshot.version };
      tell(analysis.api.change(at, event.edits));
      tell(engine.api.change(at, event.edits));
    } else if (event.type === 'closed') {
      models.forget(event.uri);
      tell(analysis.api.close(event.uri));
      tell(engine.api.close(event.uri));
    }
  });

  const workshopFor = ({ path, languageId }: Snapshot): Workshop => {
    const settings = settingsFor(path);
    return {
      analysis: analysis.api,
      trials: tried,
      consent,
      folder: folderOf(folders, path)?.path ?? dirname(path),
      roles: roles.for(settings),
      settings,
      severities: severitiesOf(settings.validation.checks),
      language: findLanguage(languages, path, languageId),
    };
  };

  const snapshotOf = (uri: string, version?: number): Snapshot => {
    const snapshot = documents.get(uri);
    if (!snapshot || (version !== undefined && snapshot.version !== version)) {
      throw new Cancelled('document changed');
    }
    return snapshot;
  };

  const whereOf = (settings: Settings, uri: string): Where =>
    settings.validation.scope === 'generated'
      ? known.regions(uri).map(({ span }) => span)
      : settings.validation.scope;

  let watching = false;
  const follow = async (): Promise<void> => {
    while (watching) {
      try {
        const paths = await analysis.api.diskChanges();
        if (watching && paths.length > 0) workbench.filesChanged(paths);
      } catch (error) {
        // The worker has ended; another one takes its place soon, or none does and there is nothing to follow.
        events.log('debug', `watching files: ${String(error)}`);
        await sleep(watchRetryMs, undefined, { ref: false });
      }
    }
  };

  const workbench: Workbench = {
    documents,
    languages,
    configure(newFolders, newOutside) {
      folders = newFolders;
      outside = newOutside;
      models.clear();
      tell(configureAnalysis(analysis.api));
      if (learning) tell(engine.api.index(engineFolders(folders)));
      if (trying) tell(trials.api.configure(folders, outside));
      events.findingsChanged(documents.all().map(({ uri }) => uri));
    },
    filesChanged(paths) {
      tell(analysis.api.filesChanged(paths));
      if (learning) tell(engine.api.filesChanged(paths));
      if (trying) tell(trials.api.filesChanged(paths));
      events.findingsChanged(documents.all().map(({ uri }) => uri));
    },
    watch() {
      if (watching) return;
      watching = true;
      tell(follow());
    },
    async diagnose(run, uri) {
      const snapshot = snapshotOf(uri);
      const settings = settingsFor(snapshot.path);
      const findings = await analysis.api.findings(
        run,
        { uri, version: snapshot.version },
        whereOf(settings, uri),
        severitiesOf(settings.validation.checks),
      );
      if (Object.keys(outside.validation.registries).length > 0) tell(later.followLookUps());
      tell(later.followIndex());
      return { version: snapshot.version, findings: [...findings, ...known.findings(uri)] };
    },
    async *check(run, paths, since) {
      const files = await analysis.api.list(run, paths, since);
      yield* checkFiles(run, { first: analysis.api, hire: hireAnalysis }, files, (one, path) =>
        one.checkFile(run, path, severitiesOf(settingsFor(path).validation.checks), since),
      );
    },
    async complete(run, question) {
      const snapshot = snapshotOf(question.uri);
      const workshop = { ...workshopFor(snapshot), engine: engine.api, models };
      return complete(run, workshop, snapshot, question);
    },
    async offers(run, uri, span, diagnostics) {
      const { version } = snapshotOf(uri);
      const requirements = await analysis.api.requirements(run, { uri, version }, span, diagnostics);
      return requirements.map((requirement): Offer => ({ uri, version, requirement }));
    },
    async propose(run, { uri, version, requirement, another }) {
      const snapshot = snapshotOf(uri, version);
      await refuseExcluded(run, analysis.api, snapshot);
      const feedback = another === undefined ? undefined : { text: another, problems: unwanted };
      return propose(run, workshopFor(snapshot), snapshot, requirement, feedback);
    },
    async validate(run, uri, span) {
      const snapshot = snapshotOf(uri);
      return validate(run, workshopFor(snapshot), known, snapshot, span);
    },
    async prompt(run, what) {
      const snapshot = snapshotOf(what.uri, 'version' in what ? what.version : undefined);
      const { settings, roles } = workshopFor(snapshot);
      await refuseExcluded(run, analysis.api, snapshot);
      const at = { uri: snapshot.uri, version: snapshot.version, budget: settings.budget.contextTokens };
      if ('requirement' in what) {
        const { requirement } = what;
        const { prompt } = await analysis.api.prompt(run, { ...at, kind: 'task', requirement });
        const model = roles.configured(taskRows[requirement.kind].role);
        return model ? { ...prompt, request: model.preview(taskRequest(prompt, 0)) } : prompt;
      }
      const { offset, multiline, invoked } = what;
      const built = await analysis.api.prompt(run, {
        ...at,
        kind: 'completion',
        offset,
        multiline,
        invoked,
      });
      const model = roles.configured('completion');
      return model
        ? { ...built.prompt, request: model.preview(completionRequest(model, built, multiline)) }
        : built.prompt;
    },
    offered: known.offered,
    written: known.written,
    regions: known.regions,
    accept: known.accept,
    async status() {
      return {
        ...(await workbench.readiness()),
        models: await roles.status(folders[0]?.settings ?? outside),
        grammars: await analysis.api.grammars(),
      };
    },
    async trialTools(folder) {
      const { run: mode } = settingsFor(folder).validation;
      return { ...(await tried().tools(folder)), refusal: await consent.known(folder, mode) };
    },
    async readiness() {
      return { engine: await learn().status(), index: await analysis.api.indexState() };
    },
    async dispose() {
      watching = false;
      models.clear();
      await Promise.all([analysis.dispose(), engine.dispose(), trials.dispose()]);
    },
  };
  return workbench;
}

/** What a model is told of an answer of which the user wants another. */
const unwanted = 'The user does not want this answer. Write one that goes about it in another way.';

/** Milliseconds after which a worker that has ended was started again, if it is. */
const watchRetryMs = 2000;

/** The innermost folder that holds the path. */
function folderOf(folders: readonly Folder[], path: string): Folder | undefined {
  return folders
    .filter((folder) => isInside(folder.path, path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

const engineFolders = (folders: readonly Folder[]) =>
  folders.map(({ path, settings }) => ({ path, exclude: settings.privacy.exclude }));

async function refuseExcluded(run: Run, analysis: Analysis, snapshot: Snapshot): Promise<void> {
  if (await analysis.mayLeave(run, snapshot.path)) return;
  throw new ModelFailure(
    'excluded',
    `${snapshot.path} is named by privacy.exclude, so no model is asked about it. Change that setting to allow it.`,
  );
}

/** Milliseconds before the same trouble with an endpoint is told again: a key every second must not be a message each. */
const noticeInterval = 5 * 60_000;

function noticeOnce(told: Map<string, number>, failure: ModelFailure, events: WorkbenchEvents): void {
  events.log('warning', failure.message);
  // Completion without a model is the embedded engine's; that none is configured is no trouble.
  if (failure.kind === 'not-configured') return;
  const now = performance.now();
  // Not by the message: it may hold a time or a number that is another each time.
  const last = told.get(failure.kind);
  if (last !== undefined && now - last < noticeInterval) return;
  told.set(failure.kind, now);
  events.notice('warning', failure.message);
}
