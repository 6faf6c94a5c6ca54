// Examples of doc comments, run against candidates.
import type { Example } from '../../core/examples/index.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask } from './ask.ts';
import type { ExampleQuestion, HarnessOutcome } from './protocol.ts';

export type ExampleResult =
  | { readonly outcome: 'passed' }
  /** With the value that came instead, as the language writes it, or the error: `raises ValueError: …`. */
  | { readonly outcome: 'failed'; readonly actual: string }
  | { readonly outcome: 'not-run'; readonly why: string };

export interface CandidateExamples {
  /** In the order of the examples that were given. */
  readonly results: readonly ExampleResult[];
  /** Why the candidate does not even load: its module raises, or cannot be compiled. */
  readonly unloadable?: string;
}

/** Examples that say what must come of a call of the unit, or of its class: what there is to run. */
export const isRunnable = (example: Example): boolean =>
  example.form !== 'block' &&
  (example.expected !== undefined || example.raises !== undefined || example.form === 'session');

/**
 * Runs examples against each candidate, in order, so that a session's later lines see what its first ones made.
 * @param candidates whole texts of the unit's file.
 * @returns one row a candidate; an example that says nothing of its result is `not-run`.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function runExamples(
  run: Run,
  sandbox: Sandbox,
  language: Language,
  unit: ExecutionUnit,
  candidates: readonly string[],
  examples: readonly Example[],
): Promise<readonly CandidateExamples[]> {
  const runnable = examples.filter(isRunnable);
  const asked = await ask(
    run,
    sandbox,
    language,
    unit,
    candidates,
    runnable.map((example) => questionOf(example, examples)),
  );
  return candidates.map((_, candidate) => {
    if ('cannot' in asked) {
      return { results: examples.map(() => ({ outcome: 'not-run', why: asked.cannot })) };
    }
    const row = asked.rows[candidate]!;
    const broken = row.find((outcome) => outcome.kind === 'unloadable');
    let next = 0;
    return {
      results: examples.map((example) =>
        isRunnable(example) ? resultOf(row[next++]!) : { outcome: 'not-run', why: 'it says no result' },
      ),
      ...(broken && { unloadable: broken.why }),
    };
  });
}

function questionOf(example: Example, all: readonly Example[]): ExampleQuestion {
  const { form, code, expected, raises } = example;
  const setup = linesBefore(example, all);
  return {
    kind: 'example',
    form,
    code,
    ...(expected !== undefined && { expected }),
    ...(raises !== undefined && { raises }),
    ...(setup !== '' && { setup }),
  };
}

/** What stands in the example's block before its line. */
function linesBefore({ span: { start }, code }: Example, all: readonly Example[]): string {
  const block = all.find((one) => one.form === 'block' && one.span.start <= start && start < one.span.end);
  if (!block) return '';
  const lines = block.code.split('\n');
  // A line may stand there twice: the one that as many examples of the same code come before.
  const earlier = all.filter(
    (one) => one.code === code && one.span.start >= block.span.start && one.span.start < start,
  );
  const same = [...lines.keys()].filter((index) => lines[index]!.includes(code));
  return lines.slice(0, same[earlier.length] ?? same.at(-1) ?? 0).join('\n');
}

function resultOf(outcome: HarnessOutcome): ExampleResult {
  switch (outcome.kind) {
    case 'passed':
      return { outcome: 'passed' };
    case 'failed':
      return { outcome: 'failed', actual: outcome.actual ?? `raises ${outcome.raised}` };
    case 'raised':
      return { outcome: 'failed', actual: `raises ${outcome.raised}` };
    case 'timeout':
      return { outcome: 'failed', actual: 'does not end' };
    case 'died':
      return { outcome: 'failed', actual: 'ends its own process' };
    case 'ran':
    case 'value':
      return { outcome: 'not-run', why: 'it only sets something up' };
    case 'unclear':
      return { outcome: 'not-run', why: outcome.why };
    case 'unloadable':
      return { outcome: 'failed', actual: `cannot be loaded: ${outcome.why}` };
  }
}
