// The analysis, done where it is created: in the worker's thread, or in process for the command line's tests.
import { Cancelled, detachedRun, type Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import {
  type ContextQuestion,
  createUncommitted,
  type DiagnosticNote,
  followAhead,
  gather,
} from '../../input/context/index.ts';
import { requirementsAt, unitsIn } from '../../input/requirement/index.ts';
import { createSyntax } from '../../input/syntax/index.ts';
import { changedSpans } from '../../input/workspace/changed-spans.ts';
import { dependentsOf } from '../../input/workspace/dependents.ts';
import { createGit } from '../../input/workspace/git.ts';
import { createProject, type WorkspaceProject } from '../../input/workspace/project.ts';
import { runChecks } from '../../validation/index.ts';
import { createSuppression } from '../../validation/suppression.ts';
import { createActivity } from './activity.ts';
import type { Analysis, AnalysisFolder, AnalysisOutside, At, Where } from './analysis.ts';
import { createAnalysisDocuments } from './documents.ts';
import { checkFile, listFiles, testDestination } from './files.ts';
import { createIndexing } from './indexing.ts';
import { judge, subjectOf } from './judge.ts';
import { judgeUnopened } from './judge-unopened.ts';
import { createLookUps } from './look-ups.ts';
import { membersAt } from './members-at.ts';
import { createMemories } from './memories.ts';
import { createPromptBuilder, type InProject } from './prompt-builder.ts';
import { createRedactor } from './redact.ts';
import { secretSearch } from './secret-search.ts';
import { createSharing } from './sharing.ts';

export function createAnalysis({ log }: { readonly log: Run['log'] }): Analysis {
  const syntax = createSyntax({ log });
  const documents = createAnalysisDocuments(syntax);
  const git = createGit();
  const redactor = createRedactor();
  const activity = createActivity();
  const memories = createMemories();
  let disposed = false;
  const uncommitted = createUncommitted(git, log);
  let folders: readonly AnalysisFolder[] = [];
  let outside: AnalysisOutside = { exclude: [], redact: true, registries: {} };
  let project: Promise<WorkspaceProject> | undefined;

  /** @param paths of files that are others now; none where what is known of packages is another. */
  const projectChanged = async (paths: readonly string[]): Promise<void> => {
    (await project)?.changed(paths);
    memories.clear();
  };

  const lookUps = createLookUps(log, () => void projectChanged([]));

  const makeProject = async (): Promise<WorkspaceProject> => {
    const secretsIn = await secretSearch(log);
    const made = createProject({
      log,
      syntax: await syntax,
      folders,
      outsideExclude: outside.exclude,
      openText: documents.textOf,
      openFacts: documents.factsOf,
      ...(lookUps.registry && { registry: lookUps.registry }),
      indexed: indexing.names,
    });
    return secretsIn ? { ...made, secretsIn } : made;
  };

  /** The project with the grammars that a document's imports may lead to. */
  const projectFor = async (languageId: string | undefined): Promise<WorkspaceProject> => {
    project ??= makeProject();
    const made = await project;
    if (languageId !== undefined) await made.prepare(languageId);
    return made;
  };

  const indexing = createIndexing(log, async () => (await projectFor(undefined)).resolve);
  // The workspace is indexed from the first document on, not for a check of files.
  let isIndexed = false;
  const index = (): void => {
    isIndexed = true;
    indexing.follow(folders);
  };

  const sharing = createSharing(log, indexing, async () => (await projectFor(undefined)).resolve);

  /** A document and its project, both at hand at once: what follows must not wait, or the document may move on. */
  const inProject = async (run: Run, at: At): Promise<InProject> => {
    const made = await projectFor((await documents.at(run, at)).language?.id);
    return { opened: await documents.at(run, at), project: made };
  };

  const changedIn = async (run: Run, { path, text }: Snapshot): Promise<readonly Span[] | undefined> => {
    if (path === '') return undefined;
    const baseline = await git.baseline(run, path);
    // Without git there is nothing to compare with, and everything is as new as the rest.
    return baseline.kind === 'unavailable'
      ? undefined
      : changedSpans(baseline.kind === 'tracked' ? baseline.text : undefined, text);
  };

  const spansOf = async (run: Run, snapshot: Snapshot, where: Where): Promise<readonly Span[] | undefined> =>
    where === 'changed' ? changedIn(run, snapshot) : where === 'file' ? undefined : where;

  /** What is wrong around the subject of a task; a completion does not wait for checks. */
  const findingsNear = (run: Run, { opened, project: known }: InProject, subject: Span): DiagnosticNote[] => {
    const { snapshot, language, file } = opened;
    if (!language || !file) return [];
    const asked = { ...subjectOf(snapshot, language, file, known), spans: [subject] };
    return runChecks(run, asked, {}).findings.map(({ span, message }) => ({ span, message }));
  };

  const snippetsAt = async (
    run: Run,
    found: InProject,
    offset: number,
    purpose: ContextQuestion['purpose'],
    subject?: Span,
  ): Promise<readonly Snippet[]> => {
    const { snapshot, language, file } = found.opened;
    if (!language || !file) return [];
    const reported = activity.reported(snapshot.uri);
    const snippets = gather(run, {
      snapshot,
      file,
      language,
      project: found.project,
      index: sharing.index,
      offset,
      purpose,
      recent: activity.places(),
      uncommitted: () => uncommitted.around(found.project, snapshot.path),
      diagnostics: subject ? [...reported, ...findingsNear(run, found, subject)] : reported,
      ...(subject && { subject }),
    });
    if (snapshot.path) activity.viewed(snapshot.path, offset);
    return snippets;
  };

  /** Reads what a document imports before anybody asks: a piece at a time, so that nothing waits for it. */
  const readAhead = async (at: At): Promise<void> => {
    const { opened, project: known } = await inProject(detachedRun(log), at);
    const { snapshot, language, file } = opened;
    if (!language || !file) return;
    const steps = followAhead({ path: snapshot.path, facts: file.facts, language, project: known });
    for (const _ of steps) {
      await new Promise((resolve) => setImmediate(resolve));
      if (disposed) return;
    }
  };

  /** @param folder the workspace folder of the document. */
  const isRedacted = (folder: string | undefined): boolean =>
    (folders.find(({ path }) => path === folder) ?? outside).redact;

  const buildPrompt = createPromptBuilder({
    inProject,
    snippetsAt,
    isRedacted,
    redactor,
    index: () => sharing.index,
  });

  return {
    async configure(newFolders, newOutside) {
      folders = newFolders;
      outside = newOutside;
      lookUps.configure(outside.registries);
      project = undefined;
      memories.clear();
      if (isIndexed) index();
      await sharing.follow(folders);
    },
    async open(snapshot) {
      documents.open(snapshot);
      memories.clear();
      if (!isIndexed && snapshot.path) index();
      const language = (await syntax).languageFor(snapshot.path, snapshot.languageId);
      if (language) indexing.prepare(language.id);
      if (snapshot.path) await projectChanged([snapshot.path]);
      readAhead(snapshot).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log('error', `reading ahead: ${String(error)}`);
      });
    },
    async change(at, edits) {
      documents.change(at, edits);
      memories.edited(at.uri);
      activity.changed(at.uri, documents.pathOf(at.uri), edits);
    },
    async close(uri) {
      documents.close(uri);
      memories.clear();
      activity.closed(uri);
    },
    async filesChanged(paths) {
      await projectChanged(paths);
      sharing.changed(paths);
      await indexing.changed(paths);
    },
    async findings(run, at, where, severities) {
      const spans = await spansOf(run, (await documents.at(run, at)).snapshot, where);
      if (spans?.length === 0) return [];
      const { opened, project: known } = await inProject(run, at);
      const { snapshot, language, file } = opened;
      if (!language || !file) return [];
      const typedAt = activity.typedAt(at.uri);
      const subject = {
        ...subjectOf(snapshot, language, file, known),
        ...(spans && { spans }),
        ...(typedAt !== undefined && { typedAt }),
        memory: memories.of(at.uri),
      };
      return runChecks(run, subject, severities).findings;
    },
    async requirements(run, at, span, diagnostics) {
      const { snapshot, language, file } = await documents.at(run, at);
      activity.report(at.uri, span, diagnostics);
      if (snapshot.path) activity.viewed(snapshot.path, span.start);
      return language && file ? requirementsAt(run, { snapshot, file, language, span, diagnostics }) : [];
    },
    async mayLeave(_, path) {
      const { boundsOf } = await projectFor(undefined);
      return path === '' || !boundsOf(path).isExcluded(path);
    },
    prompt: buildPrompt,
    async judge(run, question) {
      if (question.snapshot) return judgeUnopened(run, await syntax, projectFor, question.snapshot, question);
      const { snapshot } = await documents.at(run, question);
      const { folderOf } = await projectFor(undefined);
      // Before anything looks at the answer: it is compared with the text around, in which the secrets stand.
      const text = isRedacted(folderOf(snapshot.path))
        ? await redactor.answer(question.text, snapshot)
        : question.text;
      const { opened, project: known } = await inProject(run, question);
      return judge(run, opened, known, { ...question, text });
    },
    async withoutExcused(run, at, findings) {
      const { snapshot, file } = await documents.at(run, at);
      if (!file) return findings;
      const isExcused = createSuppression(snapshot.text, file.facts);
      return findings.filter(({ check, span }) => !isExcused(check, span));
    },
    async units(run, at, span) {
      const { opened, project: known } = await inProject(run, at);
      const { snapshot, file } = opened;
      if (!file) return [];
      return unitsIn(run, { snapshot, facts: file.facts, project: known, index: sharing.index }, span);
    },
    async dependents(run, at, span) {
      const { snapshot, file } = await documents.at(run, at);
      return file ? dependentsOf(run, sharing.index, snapshot.path, file.facts, span) : [];
    },
    async namesAt(run, at, offset) {
      const { file } = await documents.at(run, at);
      return (file?.visibleNames(offset) ?? []).map(({ name, kind }) => ({ name, kind }));
    },
    async membersAt(run, at, offset) {
      const { opened, project: known } = await inProject(run, at);
      return membersAt(opened, known, offset);
    },
    async testFile(run, at) {
      const { snapshot, language } = await documents.at(run, at);
      const { folderOf } = await projectFor(undefined);
      return testDestination(snapshot, folderOf(snapshot.path), language?.tests, documents.textOf);
    },
    async list(run, paths, since) {
      const tools = { syntax: await syntax, git, project: await projectFor(undefined) };
      return listFiles(run, tools, paths, since);
    },
    async checkFile(run, path, severities, since) {
      const known = await syntax;
      const made = await projectFor(known.languageFor(path)?.id);
      return lookUps.settling(() =>
        checkFile(run, { syntax: known, git, project: made }, path, severities, since),
      );
    },
    answered: lookUps.answered,
    indexed: () => indexing.completed(),
    grammars: async () => (await syntax).loaded(),
    diskChanges: () => indexing.diskChanges(),
    async indexState() {
      if (!isIndexed) index();
      return indexing.state();
    },
    async dispose() {
      disposed = true;
      lookUps.dispose();
      documents.dispose();
      await sharing.dispose();
      await indexing.dispose();
    },
  };
}
