// Code that is there, the user's own too, before everything that can judge it: language servers, its examples, its types, its tests.
import { type Run, throwIfEnded } from '../../core/run.ts';
import { joinedRecords } from '../../validation/evidence.ts';
import { isRunnable, runExamples } from '../../validation/execution/index.ts';
import type { TrialTools } from './assess.ts';
import { examplesOutcome, joined, judgesOutcome, notRun } from './outcomes.ts';
import { propertiesOf } from './properties.ts';
import type { TrialOutcome, ValidationOutcome, ValidationQuestion } from './trials.ts';
import { validateTests } from './validate-tests.ts';

/** @throws the abort reason when the run ends. */
export async function validateCode(
  run: Run,
  tools: TrialTools,
  question: ValidationQuestion,
): Promise<ValidationOutcome> {
  const { path, languageId, folder, text, span, units, unsaved } = question;
  const candidate = { text: text.slice(span.start, span.end), after: text, spans: [span], findings: [] };
  const names = await tools.judges.available(languageId, path, folder);
  if (names.length > 0) run.report({ message: `Asking ${names.join(', ')}` });
  const change = { path, languageId, after: text, spans: [span], unsaved };
  const reports = await tools.judges.judge(run, folder, change);
  const types =
    names.length > 0
      ? judgesOutcome(question, reports)
      : notRun('types/*', 'no language server or compiler was found');
  const examples: TrialOutcome[] = [];
  for (const { unit, examples: own, span: where } of units) {
    throwIfEnded(run);
    if (!own.some(isRunnable)) {
      examples.push(notRun(examplesCheck, 'there are none'));
      continue;
    }
    run.report({ message: `Running the examples of ${unit.name}` });
    examples.push(
      await examplesOf(run, tools, { ...question, examples: own }, { ...candidate, spans: [where] }, unit),
    );
  }
  const checked = units.map(({ unit, nameSpan }) => ({ unit, span: nameSpan }));
  if (units.length > 0) run.report({ message: 'Checking what must hold by their types' });
  const properties = await propertiesOf(run, tools, question, checked, text);
  const tested = await validateTests(run, tools, question);
  const all = examples.length > 0 ? examples : [notRun(examplesCheck, 'there are none')];
  const whole = joined(types, ...all, ...properties, tested);
  return {
    findings: whole.findings,
    records: joinedRecords(whole.records),
    units: units.map((_, index) => [
      ...examples[index]!.records,
      ...properties[index]!.records,
      ...tested.units[index]!,
    ]),
  };
}

const examplesCheck = 'examples/failed';

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
      : notRun(examplesCheck, 'nothing came back');
  } catch (error) {
    throwIfEnded(run);
    return notRun(examplesCheck, error instanceof Error ? error.message : String(error));
  }
}
