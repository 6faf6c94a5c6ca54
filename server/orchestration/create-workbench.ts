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
import { checkFiles } from './check-files.ts';
import { complete } from './complete.ts';
import { createConsent } from './consent.ts';
import { createKnownCode } from './known-code.ts';
import { knownTypes, warmJudges } from './known-types.ts';
import { createLaterFindings } from './later-findings.ts';
import { createModelCompletions } from './model-completions.ts';
import { createModelTrust } from './model-trust.ts';
import { propose, type Workshop } from './propose.ts';
import { completionRequest, taskRequest, taskRows } from './requests.ts';
import { createRoles } from './roles/index.ts';
import { unsavedIn } from './unsaved.ts';
import { validate } from './validate.ts';
import type { Folder, Offer, Workbench, WorkbenchEvents } from './workbench.ts';
import { createWorkers } from './workers.ts';

export async function createWorkbench(events: WorkbenchEvents): Promise<Workbench> {
  const documents = createDocuments();
  const languages = readLanguages(findResources().grammars);
  let folders: readonly Folder[] = [];
  let outside: Settings = defaultSettings;

  const settingsFor = (path: string): Settings => folderOf(folders, path)?.settings ?? outside;

  const workers = createWorkers(documents, events);
  const { analysis, tell } = workers;
  const consent = createConsent(events, (folder) => folders.some(({ path }) => path === folder));
  const roles = createRoles(events.log);
  const told = new Map<string, number>();
  const models = createModelCompletions((failure) => noticeOnce(told, failure, events), events.log);
  const trust = createModelTrust();

  const known = createKnownCode(documents, (uri) => events.findingsChanged([uri]), tell);

  const later = createLaterFindings(analysis, () =>
    events.findingsChanged(documents.all().map(({ uri }) => uri)),
  );

  documents.listen((event) => {
    known.follow(event);
    workers.follow(event);
    trust.follow(event);
    if (event.type === 'closed') models.forget(event.uri);
    if (event.type === 'opened') tell(warmJudges(workshopFor(event.snapshot), event.snapshot));
  });

  const workshopFor = ({ path, languageId }: Snapshot): Workshop => {
    const settings = settingsFor(path);
    const folder = folderOf(folders, path)?.path ?? dirname(path);
    return {
      analysis,
      trials: workers.trials,
      consent,
      folder,
      unsaved: (except) => unsavedIn(documents.all(), folder, except),
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
        const paths = await analysis.diskChanges();
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
      workers.configure(folders, outside);
      events.findingsChanged(documents.all().map(({ uri }) => uri));
    },
    filesChanged(paths) {
      workers.filesChanged(paths);
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
      const findings = await analysis.findings(
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
      const files = await analysis.list(run, paths, since);
      yield* checkFiles(run, { first: analysis, hire: workers.hireAnalysis }, files, (one, path) =>
        one.checkFile(run, path, severitiesOf(settingsFor(path).validation.checks), since),
      );
    },
    async complete(run, question) {
      const snapshot = snapshotOf(question.uri);
      const workshop = { ...workshopFor(snapshot), engine: workers.engine(), models, trust };
      return complete(run, workshop, snapshot, question);
    },
    async offers(run, uri, span, diagnostics) {
      const { version } = snapshotOf(uri);
      const requirements = await analysis.requirements(run, { uri, version }, span, diagnostics);
      return requirements.map((requirement): Offer => ({ uri, version, requirement }));
    },
    async propose(run, { uri, version, requirement, another }) {
      const snapshot = snapshotOf(uri, version);
      await refuseExcluded(run, analysis, snapshot);
      const feedback = another === undefined ? undefined : { text: another, problems: unwanted };
      return propose(run, workshopFor(snapshot), snapshot, requirement, feedback);
    },
    async validate(run, uri, span) {
      const snapshot = snapshotOf(uri);
      return validate(run, workshopFor(snapshot), known, snapshot, span);
    },
    async prompt(run, what) {
      const snapshot = snapshotOf(what.uri, 'version' in what ? what.version : undefined);
      const workshop = workshopFor(snapshot);
      const { settings, roles } = workshop;
      await refuseExcluded(run, analysis, snapshot);
      const at = { uri: snapshot.uri, version: snapshot.version, budget: settings.budget.contextTokens };
      if ('requirement' in what) {
        const { requirement } = what;
        const known = await knownTypes({ run, workshop, snapshot, requirement });
        const { prompt } = await analysis.prompt(run, { ...at, kind: 'task', requirement, known });
        const model = roles.configured(taskRows[requirement.kind].role);
        return model ? { ...prompt, request: model.preview(taskRequest(prompt, 0)) } : prompt;
      }
      const { offset, multiline, invoked } = what;
      const built = await analysis.prompt(run, {
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
        grammars: await analysis.grammars(),
      };
    },
    async trialTools(folder) {
      const { run: mode } = settingsFor(folder).validation;
      return { ...(await workers.trials().tools(folder)), refusal: await consent.known(folder, mode) };
    },
    async readiness() {
      return { engine: await workers.engine().status(), index: await analysis.indexState() };
    },
    async dispose() {
      watching = false;
      models.clear();
      await workers.dispose();
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
