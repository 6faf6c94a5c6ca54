// The project's tests of code that is there, run once for all of it: each result belongs to the function that its test names.
import type { Severity } from '../../core/finding.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { CheckRecord, RequirementTest } from '../../core/task.ts';
import type { RunnableUnit } from '../../input/requirement/index.ts';
import { testFindings, testsCheck, type Worse, worseWith } from '../../validation/tests/findings.ts';
import { openTests } from '../../validation/tests/index.ts';
import { notRun as noReport, type TestReport } from '../../validation/tests/result.ts';
import type { TrialTools } from './assess.ts';
import { firstLine, notRun, severityOf } from './outcomes.ts';
import { nothingKnown, testsRecord } from './tests-record.ts';
import type { ValidationOutcome, ValidationQuestion } from './trials.ts';

/** @throws the abort reason when the run ends. */
export async function validateTests(
  run: Run,
  { sandbox, language, evenBestEffort }: Omit<TrialTools, 'judges' | 'memory'>,
  question: ValidationQuestion,
): Promise<ValidationOutcome> {
  const { folder: root, path, text, units } = question;
  const tests = [...new Map(units.flatMap((one) => one.tests).map((test) => [keyOf(test), test])).values()];
  const severity = severityOf(question, testsCheck, 'error');
  if (severity === 'off') return none(units, 'off in the settings');
  if (tests.length === 0) return none(units, 'no test names it');
  try {
    await using place = await openTests(run, await sandbox(), { root, language, tests, evenBestEffort });
    run.report({ message: 'Running the tests' });
    const report = await place.with(run, { [path]: text });
    if (report.outcome === 'not-run') {
      return none(units, report.note ?? noReport('they were not run').note!);
    }
    return outcomeOf(question, report, severity);
  } catch (error) {
    throwIfEnded(run);
    return none(units, error instanceof Error ? error.message : String(error));
  }
}

const keyOf = ({ name, path }: RequirementTest): string => `${path}\0${name}`;

const none = (units: readonly RunnableUnit[], why: string): ValidationOutcome => ({
  ...notRun(testsCheck, why),
  units: units.map(({ tests }) => notRun(testsCheck, tests.length > 0 ? why : 'no test names it').records),
});

function outcomeOf(
  { folder: root, path, text, span, units }: ValidationQuestion,
  report: TestReport,
  severity: Severity,
): ValidationOutcome {
  const worseIn = (results: TestReport['results']): Worse =>
    worseWith(nothingKnown(report), { ...report, results });
  const tested = units.filter(({ tests }) => tests.length > 0);
  const [only] = tested.length === 1 ? tested : [];
  // What a runner tells without names that were asked for is nobody's, but where there is one function only.
  const ownerOf = (name: string): RunnableUnit | undefined =>
    units
      .map((unit) => ({ unit, at: unit.tests.findIndex((test) => test.name === name) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0]?.unit ?? only;
  const ran = report.outcome === 'ran';
  const findings = [...tested, undefined].flatMap((unit) => {
    const results = report.results.filter(({ name }) => ownerOf(name) === unit);
    // That nothing builds is told once.
    if (ran ? results.length === 0 : unit !== only) return [];
    const where = unit?.nameSpan ?? firstLine({ text, after: text, spans: [span], findings: [] });
    return testFindings(worseIn(results), { root, path, span: where, severity });
  });
  const recordsOf = (unit: RunnableUnit): readonly CheckRecord[] => {
    if (unit.tests.length === 0) return notRun(testsCheck, 'no test names it').records;
    const names = new Set(unit.tests.map(({ name }) => name));
    const results = report.results.filter(({ name }) => names.has(name) || unit === only);
    // Which of several functions keeps all of them from running is not known.
    if (results.length === 0 && unit !== only) {
      return notRun(testsCheck, report.note ?? 'the runner told nothing of its tests').records;
    }
    return [testsRecord({ ...report, results }, worseIn(results).count, report.note)];
  };
  return {
    findings,
    records: [testsRecord(report, worseIn(report.results).count, report.note)],
    units: units.map(recordsOf),
  };
}
