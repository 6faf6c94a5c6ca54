// The functions of a piece of code as what can be run: how they are called, what their comments say must come of it, and
// which tests name them.
import { type DocLine, docLines } from '../../core/documentation.ts';
import { type Example, readExamples } from '../../core/examples/index.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { FileFacts, ParameterFact, SymbolFact } from '../../core/facts.ts';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { overlaps, type Span, spanText } from '../../core/span.ts';
import type { RequirementTest } from '../../core/task.ts';
import { commentsOf, type FactsQuestion, testsOf } from './facts.ts';

/** A function, and what is known of what it must do. */
export interface RunnableUnit {
  readonly unit: ExecutionUnit;
  /** All of the function, with its doc comment. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly examples: readonly Example[];
  /** Nearest first. */
  readonly tests: readonly RequirementTest[];
}

const callable: ReadonlySet<SymbolFact['kind']> = new Set(['function', 'method']);

/** Functions of one question: a whole file may have thousands, and each costs a search for its tests. */
const maxUnits = 50;

/**
 * Functions and methods that touch a span, in the order of the text. Functions inside of functions are none: nobody can
 * call them.
 * @param root the project's folder, where the file belongs to one.
 * @throws the abort reason when the run ends.
 */
export async function unitsIn(
  run: Run,
  { snapshot, facts, project, index }: FactsQuestion,
  span: Span,
): Promise<readonly RunnableUnit[]> {
  const root = project.folderOf(snapshot.path);
  const found = facts.symbols
    .filter((symbol) => callable.has(symbol.kind) && isReachable(facts.symbols, symbol))
    .map((symbol) => ({ symbol, whole: withDoc(symbol) }))
    .filter(({ whole }) => overlaps(whole, span))
    .slice(0, maxUnits)
    .map(({ symbol, whole }) => {
      const comments = commentsOf(snapshot.text, facts, whole).map((one) => docLines(snapshot.text, one));
      const comment = comments.map((lines) => lines.map(({ text }) => text).join('\n')).join('\n');
      return {
        unit: { ...unitOf(snapshot, facts, symbol, root), ...(comment !== '' && { comment }) },
        span: whole,
        nameSpan: symbol.nameSpan,
        examples: examplesOf(comments, symbol),
        name: symbol.name,
      };
    });
  return Promise.all(
    found.map(async ({ name, ...one }) => ({
      ...one,
      tests: index ? await testsOf(run, { project, index }, name, snapshot.path) : [],
    })),
  );
}

/** At the top of the file, or a member of what stands there. */
function isReachable(symbols: FileFacts['symbols'], { container }: SymbolFact): boolean {
  if (container === undefined) return true;
  const around = symbols[container]!;
  return !callable.has(around.kind) && isReachable(symbols, around);
}

const withDoc = ({ span, doc }: SymbolFact): Span => ({
  start: Math.min(span.start, doc?.start ?? span.start),
  end: Math.max(span.end, doc?.end ?? span.end),
});

function unitOf(
  { path, text, languageId }: Snapshot,
  { symbols, languageId: language }: FileFacts,
  symbol: SymbolFact,
  root: string | undefined,
): ExecutionUnit {
  const around = symbol.container === undefined ? undefined : symbols[symbol.container];
  const owner = symbol.owner ?? (around && around.kind !== 'module' ? around.name : undefined);
  return {
    languageId: language || languageId,
    path,
    ...(root !== undefined && { root }),
    name: symbol.name,
    ...(owner !== undefined && { owner }),
    parameters: (symbol.parameters ?? []).map((parameter) => parameterOf(text, parameter)),
    ...(symbol.returns && { returns: spanText(text, symbol.returns).trim() }),
  };
}

const parameterOf = (text: string, { name, kind, optional, type }: ParameterFact) => ({
  name,
  kind,
  optional,
  ...(type && { type: spanText(text, type).trim() }),
});

function examplesOf(
  comments: readonly (readonly DocLine[])[],
  { name, parameters = [] }: SymbolFact,
): readonly Example[] {
  const subject = { name, parameters: parameters.map((parameter) => parameter.name) };
  return comments.flatMap((lines) => readExamples(lines, subject));
}
