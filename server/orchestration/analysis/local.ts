// The analysis, done where it is created: in the worker's thread, or in process for the command line's tests.
import { basename, relative } from 'node:path';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Span } from '../../core/span.ts';
import type { RequirementFacts, Snippet } from '../../core/task.ts';
import { createUncommitted, type DiagnosticNote, gather } from '../../input/context/index.ts';
import { gatherFacts, requirementsAt } from '../../input/requirement/index.ts';
import { createSyntax } from '../../input/syntax/index.ts';
import { changedSpans } from '../../input/workspace/changed-spans.ts';
import { createGit } from '../../input/workspace/git.ts';
import { createProject, type WorkspaceProject } from '../../input/workspace/project.ts';
import { runChecks } from '../../validation/index.ts';
import { loadTokenCounter, type TokenCounter } from '../budget.ts';
import { completionPrompt } from '../prompts/completion-prompt.ts';
import { plainLanguage } from '../prompts/plain-language.ts';
import { taskPrompt } from '../prompts/task-prompt.ts';
import { createActivity } from './activity.ts';
import type {
  Analysis,
  AnalysisFolder,
  AnalysisOutside,
  At,
  BuiltPrompt,
  CandidateQuestion,
  Judgement,
  PromptQuestion,
  Where,
} from './analysis.ts';
import { createAnalysisDocuments, type Opened } from './documents.ts';
import { checkFile, listFiles, testDestination } from './files.ts';
import { createIndexing } from './indexing.ts';
import { judge, subjectOf } from './judge.ts';
import { createLookUps } from './look-ups.ts';
import { withFiles } from './prompt-files.ts';
import { createRedactor, type PromptTexts, type Sendable } from './redact.ts';
import { secretSearch } from './secret-search.ts';
import { createSharing } from './sharing.ts';

interface InProject {
  readonly opened: Opened;
  readonly project: WorkspaceProject;
}

export function createAnalysis({ log }: { readonly log: Run['log'] }): Analysis {
  const syntax = createSyntax({ log });
  const documents = createAnalysisDocuments(syntax);
  const git = createGit();
  const redactor = createRedactor();
  const activity = createActivity();
  const uncommitted = createUncommitted(git, log);
  let folders: readonly AnalysisFolder[] = [];
  let outside: AnalysisOutside = { exclude: [], redact: true, registries: {} };
  let project: Promise<WorkspaceProject> | undefined;
  let counter: Promise<TokenCounter> | undefined;

  const lookUps = createLookUps(log, () => void project?.then((made) => made.changed([])));

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
      purpose: subject ? 'task' : 'completion',
      recent: activity.places(),
      uncommitted: () => uncommitted.around(found.project, snapshot.path),
      diagnostics: subject ? [...reported, ...findingsNear(run, found, subject)] : reported,
      ...(subject && { subject }),
    });
    if (snapshot.path) activity.viewed(snapshot.path, offset);
    return snippets;
  };

  /** @param folder the workspace folder of the document. */
  const isRedacted = (folder: string | undefined): boolean =>
    (folders.find(({ path }) => path === folder) ?? outside).redact;

  const sendable = async <Texts extends PromptTexts>(
    folder: string | undefined,
    texts: Texts,
  ): Promise<Sendable<Texts>> =>
    isRedacted(folder) ? redactor.prompt(texts) : { texts, words: (text) => text, built: (prompt) => prompt };

  /** What a task asks for beyond its own words; without a parse, nothing. */
  const factsOf = async (run: Run, question: PromptQuestion): Promise<RequirementFacts | undefined> => {
    if (question.kind !== 'task') return undefined;
    const { opened, project: known } = await inProject(run, question);
    const { snapshot, file } = opened;
    return (
      file &&
      gatherFacts(
        run,
        { snapshot, facts: file.facts, project: known, index: sharing.index },
        question.requirement,
      )
    );
  };

  const buildPrompt = async (run: Run, question: PromptQuestion): Promise<BuiltPrompt> => {
    counter ??= loadTokenCounter();
    const counted = await counter;
    const facts = await factsOf(run, question);
    const found = await inProject(run, question);
    const { snapshot, language } = found.opened;
    const folder = found.project.folderOf(snapshot.path);
    const sharedWith = (words: (text: string) => string) => ({
      language: language ?? plainLanguage(snapshot.languageId),
      // Where the workspace lies on this machine is nobody's business.
      shownPath: (path: string) => words(folder === undefined ? basename(path) : relative(folder, path)),
      counter: counted,
      budget: question.budget,
    });
    if (question.kind === 'completion') {
      const { offset, multiline } = question;
      const asked = { snapshot, snippets: await snippetsAt(run, found, offset), offset };
      const { texts, words, built } = await sendable(folder, asked);
      const shared = sharedWith(words);
      return withFiles(built(completionPrompt({ ...shared, ...texts, multiline })), shared.shownPath, texts);
    }
    const { requirement, feedback } = question;
    const snippets = await snippetsAt(run, found, requirement.target.start, requirement.subject);
    const asked = { snapshot, snippets, requirement, ...(facts && { facts }), ...(feedback && { feedback }) };
    const { texts, words, built } = await sendable(folder, asked);
    const shared = sharedWith(words);
    return withFiles(built({ prompt: taskPrompt({ ...shared, ...texts }) }), shared.shownPath, texts);
  };

  const judgeUnopened = async (
    run: Run,
    snapshot: Snapshot,
    question: CandidateQuestion,
  ): Promise<Judgement> => {
    const known = await syntax;
    const language = known.languageFor(snapshot.path, snapshot.languageId);
    if (language) await known.load(language.id);
    const made = await projectFor(language?.id);
    const file = language && known.parse(language.id, snapshot.text);
    try {
      return judge(run, { snapshot, language, file }, made, question);
    } finally {
      file?.release();
    }
  };

  return {
    async configure(newFolders, newOutside) {
      folders = newFolders;
      outside = newOutside;
      lookUps.configure(outside.registries);
      project = undefined;
      if (isIndexed) index();
      await sharing.follow(folders);
    },
    async open(snapshot) {
      documents.open(snapshot);
      if (!isIndexed && snapshot.path) index();
      const language = (await syntax).languageFor(snapshot.path, snapshot.languageId);
      if (language) indexing.prepare(language.id);
      if (snapshot.path) (await project)?.changed([snapshot.path]);
    },
    async change(at, edits) {
      documents.change(at, edits);
      activity.changed(at.uri, documents.pathOf(at.uri), edits);
    },
    async close(uri) {
      documents.close(uri);
      activity.closed(uri);
    },
    async filesChanged(paths) {
      (await project)?.changed(paths);
      sharing.changed(paths);
      await indexing.changed(paths);
    },
    async findings(run, at, where, severities) {
      const spans = await spansOf(run, (await documents.at(run, at)).snapshot, where);
      if (spans?.length === 0) return [];
      const { opened, project: known } = await inProject(run, at);
      const { snapshot, language, file } = opened;
      if (!language || !file) return [];
      const subject = subjectOf(snapshot, language, file, known);
      return runChecks(run, spans ? { ...subject, spans } : subject, severities).findings;
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
      if (question.snapshot) return judgeUnopened(run, question.snapshot, question);
      const { snapshot } = await documents.at(run, question);
      const { folderOf } = await projectFor(undefined);
      // Before anything looks at the answer: it is compared with the text around, in which the secrets stand.
      const text = isRedacted(folderOf(snapshot.path))
        ? await redactor.answer(question.text, snapshot)
        : question.text;
      const { opened, project: known } = await inProject(run, question);
      return judge(run, opened, known, { ...question, text });
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
    grammars: async () => (await syntax).loaded(),
    diskChanges: () => indexing.diskChanges(),
    async indexState() {
      if (!isIndexed) index();
      return indexing.state();
    },
    async dispose() {
      lookUps.dispose();
      documents.dispose();
      await sharing.dispose();
      await indexing.dispose();
    },
  };
}
