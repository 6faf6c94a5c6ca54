// Prompts out of what a document, its project and a task say: gathered, searched for secrets, cut to the budget.
import { basename, relative } from 'node:path';
import type { Run } from '../../core/run.ts';
import type { Span } from '../../core/span.ts';
import type { RequirementFacts, Snippet } from '../../core/task.ts';
import type { ContextQuestion } from '../../input/context/index.ts';
import { gatherFacts } from '../../input/requirement/index.ts';
import type { WorkspaceProject } from '../../input/workspace/project.ts';
import type { WorkspaceIndex } from '../../input/workspace/workspace-index.ts';
import { loadTokenCounter, type TokenCounter } from '../budget.ts';
import { completionPrompt } from '../prompts/completion-prompt.ts';
import { plainLanguage } from '../prompts/plain-language.ts';
import { taskPrompt } from '../prompts/task-prompt.ts';
import type { At, BuiltPrompt, PromptQuestion } from './analysis.ts';
import type { Opened } from './documents.ts';
import { withFiles } from './prompt-files.ts';
import type { PromptTexts, Redactor, Sendable } from './redact.ts';

/** A document and its project at one moment. */
export interface InProject {
  readonly opened: Opened;
  readonly project: WorkspaceProject;
}

export interface PromptBuilderOptions {
  readonly inProject: (run: Run, at: At) => Promise<InProject>;
  readonly snippetsAt: (
    run: Run,
    found: InProject,
    offset: number,
    purpose: ContextQuestion['purpose'],
    subject?: Span,
  ) => Promise<readonly Snippet[]>;
  /** Whether secrets are replaced for documents of a workspace folder. */
  readonly isRedacted: (folder: string | undefined) => boolean;
  readonly redactor: Redactor;
  readonly index: () => WorkspaceIndex;
}

/** @returns the building of one prompt, as `Analysis.prompt` promises it. */
export function createPromptBuilder({
  inProject,
  snippetsAt,
  isRedacted,
  redactor,
  index,
}: PromptBuilderOptions): (run: Run, question: PromptQuestion) => Promise<BuiltPrompt> {
  let counter: Promise<TokenCounter> | undefined;

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
      gatherFacts(run, { snapshot, facts: file.facts, project: known, index: index() }, question.requirement)
    );
  };

  return async (run, question) => {
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
      const asked = {
        snapshot,
        snippets: await snippetsAt(run, found, offset, question.invoked ? 'invoked' : 'completion'),
        offset,
      };
      const { texts, words, built } = await sendable(folder, asked);
      const shared = sharedWith(words);
      return withFiles(built(completionPrompt({ ...shared, ...texts, multiline })), shared.shownPath, texts);
    }
    const { requirement, feedback, known = [] } = question;
    const around = await snippetsAt(run, found, requirement.target.start, 'task', requirement.subject);
    const snippets = [...around, ...known].sort((a, b) => b.score - a.score);
    const asked = { snapshot, snippets, requirement, ...(facts && { facts }), ...(feedback && { feedback }) };
    const { texts, words, built } = await sendable(folder, asked);
    const shared = sharedWith(words);
    return withFiles(built({ prompt: taskPrompt({ ...shared, ...texts }) }), shared.shownPath, texts);
  };
}
