// Code that is there, the user's own too, before everything that can judge it: language servers, its examples, its tests.
import { type Run, throwIfEnded } from '../../core/run.ts';
import { isRunnable, runExamples } from '../../validation/execution/index.ts';
import type { TrialTools } from './assess.ts';
import { examplesOutcome, joined, judgesOutcome, notRun } from './outcomes.ts';
import { projectTests } from './project-tests.ts';
import type { TrialOutcome, ValidationQuestion } from './trials.ts';

/** @throws the abort reason when the run ends. */
export async function validateCode(
  run: Run,
  tools: TrialTools,
  question: ValidationQuestion,
): Promise<TrialOutcome> {
  const { path, languageId, folder, text, span, units } = question;
  const candidate = { text: text.slice(span.start, span.end), after: text, spans: [span], findings: [] };
  const names = await tools.judges.available(languageId, path, folder);
  if (names.length > 0) run.report({ message: `Asking ${names.join(', ')}` });
  const reports = await tools.judges.judge(run, folder, { path, languageId, after: text, spans: [span] });
  const outcomes = [
    names.length > 0
      ? judgesOutcome(question, reports)
      : notRun('types/*', 'no language server or compiler was found'),
  ];
  const runnable = units.filter(({ examples }) => examples.some(isRunnable));
  for (const { unit, examples, span: where } of runnable) {
    throwIfEnded(run);
    run.report({ message: `Running the examples of ${unit.name}` });
    outcomes.push(
      await examplesOf(run, tools, { ...question, examples }, { ...candidate, spans: [where] }, unit),
    );
  }
  if (runnable.length === 0) outcomes.push(notRun('examples/failed', 'there are none'));
  const asked = { ...question, unwritten: false, tests: units.flatMap((one) => one.tests) };
  await using tests = projectTests(tools.sandbox, tools.language, asked, tools.evenBestEffort);
  const tested = await tests.run(run, candidate);
  return joined(...outcomes, tested.outcome);
}

async function examplesOf(
  run: Run,
  { sandbox, language }: TrialTools,
  question: ValidationQuestion & Pick<Parameters<typeof examplesOutcome>[0], 'examples'>,
  candidate: Parameters<typeof examplesOutcome>[1],
  unit: ValidationQuestion['units'][number]['unit'],
): Promise<TrialOutcome> {
  try {
    const [results] = await runExamples(
      run,
      await sandbox(),
      language,
      unit,
      [candidate.after],
      question.examples,
    );
    return results
      ? examplesOutcome(question, candidate, results)
      : notRun('examples/failed', 'nothing came back');
  } catch (error) {
    throwIfEnded(run);
    return notRun('examples/failed', error instanceof Error ? error.message : String(error));
  }
}
