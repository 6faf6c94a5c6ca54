// Candidates from what their checks said to a choice: examples for all, behaviours of those that are left, judges and tests
// for the best. Cheapest first, and nothing is asked that cannot change the choice.

import { isFault } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import {
  type AssertionResult,
  type Behaviour,
  type CandidateExamples,
  inputsFor,
  isRunnable,
  observe,
  roundTrips,
  runAssertions,
  runExamples,
} from '../../validation/execution/index.ts';
import type { Judges } from '../../validation/oracles/judge.ts';
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';
import {
  type CandidateFacts,
  chooseCandidate,
  type SelectionFacts,
  signsIn,
} from '../../validation/selection/index.ts';
import { judgeBest } from './judge-best.ts';
import type { Memory } from './memory.ts';
import { assertionsOutcome, examplesOutcome, joined, notRun } from './outcomes.ts';
import type { Assessment, TrialCandidate, TrialOutcome, TrialQuestion } from './trials.ts';

/** What candidates are tried with. */
export interface TrialTools {
  readonly language: Language;
  readonly judges: Judges;
  /** Made when first needed; rejects where no code can be run on this machine. */
  readonly sandbox: () => Promise<Sandbox>;
  readonly memory: Memory;
  /** Whether the user said yes to running a project's tests even where nothing closes them in. */
  readonly evenBestEffort: boolean;
}

/**
 * @param tools absent where nothing may be started; `why` says so in the evidence.
 * @throws the abort reason when the run ends.
 */
export async function assess(
  run: Run,
  tools: TrialTools | { readonly language: Language | undefined; readonly why: string },
  question: TrialQuestion,
): Promise<Assessment> {
  const { candidates, unit, remaining } = question;
  const tried = 'why' in tools ? undefined : await tryOut(run, tools, question);
  const facts = (index: number): CandidateFacts => {
    const { text, findings } = candidates[index]!;
    const examples = tried?.examples[index];
    return {
      text,
      faults: findings.filter(isFault).length,
      errors: findings.filter(({ severity }) => severity === 'error').length,
      judged: 0,
      signs: unit && tools.language ? signsIn(tools.language, unit, text) : [],
      ...(examples?.unloadable !== undefined && { unloadable: examples.unloadable }),
      examples: examples?.results ?? [],
      behaviours: tried?.behaviours[index] ?? [],
      tests: tried?.assertions[index] ?? [],
    };
  };
  const selection: SelectionFacts = {
    candidates: candidates.map((_, index) => facts(index)),
    inputs: tried?.inputs ?? [],
    ...(unit?.comment !== undefined && { comment: unit.comment }),
    remaining,
  };
  const outcomes = candidates.map((candidate, index) =>
    joined(
      examplesPart(tools, question, candidate, tried?.examples[index]),
      assertionsOutcome(tried?.assertions[index] ?? []),
    ),
  );
  const choice = chooseCandidate(selection);
  if ('why' in tools)
    return { choice, outcomes: outcomes.map((one) => joined(one, notRun('types/*', tools.why))) };
  // More answers come in any case: what takes a second each is asked about the last choice only.
  if (!choice.enough)
    return { choice, outcomes: outcomes.map((one) => joined(one, notRun('types/*', 'more answers came'))) };

  const judged = await judgeBest(run, tools, question, choice.order);
  throwIfEnded(run);
  if (judged.size === 0) return { choice, outcomes };
  const unseen = notRun('types/*', 'others came first');
  return {
    choice: chooseCandidate({
      ...selection,
      candidates: selection.candidates.map((one, index) => ({ ...one, ...judged.get(index)?.facts })),
      // Of the others it is not known what would be found in them.
      among: new Set(judged.keys()),
    }),
    outcomes: outcomes.map((one, index) => joined(one, judged.get(index)?.outcome ?? unseen)),
  };
}

interface Tried {
  readonly examples: readonly CandidateExamples[];
  readonly inputs: SelectionFacts['inputs'];
  /** Empty for candidates that examples have ruled out. */
  readonly behaviours: readonly (readonly Behaviour[])[];
  readonly assertions: readonly (readonly AssertionResult[])[];
}

async function tryOut(run: Run, tools: TrialTools, question: TrialQuestion): Promise<Tried | undefined> {
  const { unit, candidates, examples, assertions, unsaved } = question;
  const { language, memory } = tools;
  const grounds = [unit, unsaved];
  if (!unit || !language.execution || candidates.length === 0) return undefined;
  const texts = candidates.map(({ after }) => after);
  const several = new Set(texts).size > 1;
  // What undoes each other tells candidates apart; whether it must is not said anywhere, so it is no finding.
  const trips = several ? roundTrips(language, unit, question.before ?? texts[0]!) : [];
  const asked = [...examples, ...trips];
  const runnable = asked.some(isRunnable);
  if (!runnable && !several) return undefined;
  let sandbox: Sandbox;
  try {
    sandbox = await tools.sandbox();
  } catch (error) {
    run.log('warning', `nothing is run: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const shown = await attempt(
    run,
    'examples',
    texts.map((): CandidateExamples => ({ results: [] })),
    () => {
      if (!runnable) return undefined;
      run.report({ message: `Running ${count(asked.filter(isRunnable).length, 'example')}` });
      return memory.examples.of([grounds, asked], texts, (fresh) =>
        runExamples(run, sandbox, language, unit, fresh, asked),
      );
    },
  );
  if (!several) return { examples: shown, inputs: [], behaviours: [], assertions: [] };

  const left = leftOver(shown);
  const running = left.map((index) => texts[index]!);
  const inputs = inputsFor(language, unit, examples, assertions);
  run.report({
    message: `Comparing ${count(new Set(running).size, 'answer')} at ${count(inputs.length, 'input')}`,
  });
  const none = texts.map(() => []);
  const behaviours = await attempt<readonly (readonly Behaviour[])[]>(
    run,
    'behaviours',
    running.map(() => []),
    () =>
      inputs.length > 0 && new Set(running).size > 1
        ? memory.behaviours.of([grounds, inputs], running, (fresh) =>
            observe(run, sandbox, language, unit, fresh, inputs),
          )
        : undefined,
  );
  const results = await attempt<readonly (readonly AssertionResult[])[]>(
    run,
    'assertions',
    running.map(() => []),
    () =>
      assertions.length > 0
        ? memory.assertions.of([grounds, assertions], running, (fresh) =>
            runAssertions(run, sandbox, language, unit, fresh, assertions),
          )
        : undefined,
  );
  return {
    examples: shown,
    inputs,
    behaviours: spread(none, left, behaviours),
    assertions: spread(none, left, results),
  };
}

/** A part that cannot be run costs a line in the log; the choice goes on without it. */
async function attempt<T>(
  run: Run,
  what: string,
  otherwise: T,
  work: () => Promise<T> | undefined,
): Promise<T> {
  try {
    return (await work()) ?? otherwise;
  } catch (error) {
    throwIfEnded(run);
    run.log('warning', `${what} could not be run: ${error instanceof Error ? error.message : String(error)}`);
    return otherwise;
  }
}

/** Candidates that no other one passes more examples than. */
function leftOver(examples: readonly CandidateExamples[]): readonly number[] {
  const passed = examples.map(({ results }) => results.filter(({ outcome }) => outcome === 'passed').length);
  const most = Math.max(...passed);
  return passed.flatMap((number, index) => (number === most ? [index] : []));
}

function spread<T>(none: readonly (readonly T[])[], at: readonly number[], rows: readonly (readonly T[])[]) {
  const all = [...none];
  for (const [row, index] of at.entries()) all[index] = rows[row]!;
  return all;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

function examplesPart(
  tools: TrialTools | { readonly why: string },
  question: TrialQuestion,
  candidate: TrialCandidate,
  examples: CandidateExamples | undefined,
): TrialOutcome {
  const name = 'examples/failed';
  if (!question.examples.some(isRunnable)) return notRun(name, 'there are none');
  if ('why' in tools) return notRun(name, tools.why);
  if (examples && examples.results.length > 0) {
    const results = examples.results.slice(0, question.examples.length);
    return examplesOutcome(question, candidate, { ...examples, results });
  }
  return notRun(name, 'this code cannot be run here; the log says why');
}
