// A candidate for a text that no editor has open: parsed for this one question.
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Syntax } from '../../input/syntax/index.ts';
import type { WorkspaceProject } from '../../input/workspace/project.ts';
import type { CandidateQuestion, Judgement } from './analysis.ts';
import { judge } from './judge.ts';

/** @param projectFor the project with the grammars of a language. */
export async function judgeUnopened(
  run: Run,
  syntax: Syntax,
  projectFor: (languageId: string | undefined) => Promise<WorkspaceProject>,
  snapshot: Snapshot,
  question: CandidateQuestion,
): Promise<Judgement> {
  const language = syntax.languageFor(snapshot.path, snapshot.languageId);
  if (language) await syntax.load(language.id);
  const project = await projectFor(language?.id);
  const file = language && syntax.parse(language.id, snapshot.text);
  try {
    return judge(run, { snapshot, language, file }, project, question);
  } finally {
    file?.release();
  }
}
