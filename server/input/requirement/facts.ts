// All that a task asks for in one structure: what the subject and its comments say, what they refer to, and the tests that
// name it.
import { readConstraints } from '../../core/constraints.ts';
import { docLines } from '../../core/documentation.ts';
import { type Example, readExamples } from '../../core/examples/index.ts';
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { contains, overlaps, type Span, spanText } from '../../core/span.ts';
import type { Requirement, RequirementFacts, RequirementTest } from '../../core/task.ts';
import { plainComment } from '../prose.ts';
import type { WorkspaceProject } from '../workspace/project.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';
import { referencesOf } from './documents.ts';
import { maxTest, maxTests } from './limits.ts';

export interface FactsQuestion {
  readonly snapshot: Snapshot;
  readonly facts: FileFacts;
  readonly project: WorkspaceProject;
  /** Absent while there is none: then no tests are found. */
  readonly index?: WorkspaceIndex;
}

/**
 * What is asked for, as far as it can be found without a model. Everything is read before the first wait, so that the
 * document may move on meanwhile.
 * @throws the abort reason when the run has ended.
 */
export async function gatherFacts(
  run: Run,
  { snapshot, facts, project, index }: FactsQuestion,
  requirement: Requirement,
): Promise<RequirementFacts> {
  const { symbol, prose, subject, kind } = requirement;
  const comments = commentsOf(snapshot.text, facts, subject);
  const declared = symbol && facts.symbols.find((one) => isSubject(one, symbol.name, subject));
  const names = {
    name: declared?.name ?? '',
    parameters: declared?.parameters?.map(({ name }) => name) ?? [],
  };
  const examples: readonly Example[] = comments.flatMap((comment) =>
    readExamples(docLines(snapshot.text, comment), names),
  );
  // A diagnostic's message or selected code demands nothing by its words.
  const words = [prose, ...comments.map((comment) => plainComment(spanText(snapshot.text, comment)))].join(
    '\n',
  );
  const demands = kind === 'fix' ? [] : readConstraints(words);
  const references = snapshot.path === '' ? [] : referencesOf(project, snapshot.path, words);
  const tests = declared && index ? await testsOf(run, { project, index }, declared.name, snapshot.path) : [];
  return {
    ...(symbol && { signature: symbol.signature }),
    prose,
    examples,
    constraints: demands,
    references,
    tests,
  };
}

const isSubject = (one: SymbolFact, qualified: string, subject: Span): boolean =>
  one.name === qualified.split('.').at(-1) && contains(subject, one.nameSpan);

/** Comments and docstrings inside of a span, each once. */
export function commentsOf(text: string, { comments, symbols }: FileFacts, subject: Span): readonly Span[] {
  const docs = symbols.flatMap(({ doc }) => (doc ? [doc] : []));
  const spans: Span[] = [];
  for (const one of [...docs, ...comments.map(({ span }) => span)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  )) {
    if (!contains(subject, one) || spans.some((other) => overlaps(other, one) && other.end > one.start))
      continue;
    const last = spans.at(-1);
    // Line comments on neighbouring lines are one text.
    if (last && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(last.end, one.start))) {
      spans[spans.length - 1] = { start: last.start, end: one.end };
    } else spans.push(one);
  }
  return spans;
}

export async function testsOf(
  run: Run,
  { project, index }: { readonly project: WorkspaceProject; readonly index: WorkspaceIndex },
  name: string,
  near: string,
): Promise<readonly RequirementTest[]> {
  const found = await index.testsOf(run, name, near, maxTests);
  run.signal.throwIfAborted();
  return found.flatMap((test) => {
    const text = test.path === near ? undefined : project.text(test.path);
    const whole = text?.slice(test.span.start, test.span.end) ?? '';
    if (whole.trim() === '') return [];
    const cut = whole.length > maxTest ? whole.slice(0, whole.lastIndexOf('\n', maxTest)) : whole;
    return [{ name: test.name, path: test.path, text: cut }];
  });
}
