// What holds of functions whatever the right answer is: checked, told as findings with the smallest input, and recorded.
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Finding } from '../../core/finding.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { Span } from '../../core/span.ts';
import type { CheckRecord } from '../../core/task.ts';
import {
  type CheckedProperties,
  checkProperties,
  type PropertyResult,
} from '../../validation/execution/index.ts';
import type { TrialTools } from './assess.ts';
import { notRun, severityOf } from './outcomes.ts';
import type { TrialOutcome, TrialQuestion } from './trials.ts';

export const propertiesCheck = 'properties/failed';

/** A function, and where what is found of it is told. */
export interface CheckedUnit {
  readonly unit: ExecutionUnit;
  readonly span: Span;
}

/**
 * @param text the file with the functions in it.
 * @param before the file as it was, where what did not hold there either is no news.
 * @returns one outcome a function; without a record where there is nothing to check.
 * @throws the abort reason when the run ends.
 */
export async function propertiesOf(
  run: Run,
  { sandbox, language }: Pick<TrialTools, 'sandbox' | 'language'>,
  question: Pick<TrialQuestion, 'path' | 'severities'>,
  units: readonly CheckedUnit[],
  text: string,
  before?: string,
): Promise<readonly TrialOutcome[]> {
  const severity = severityOf(question, propertiesCheck, 'warning');
  const all = (outcome: TrialOutcome): readonly TrialOutcome[] => units.map(() => outcome);
  if (severity === 'off') return all({ findings: [], records: [] });
  let checked: CheckedProperties;
  try {
    const texts = before === undefined ? [text] : [text, before];
    const functions = units.map(({ unit }) => unit);
    checked = await checkProperties(run, sandbox, language, functions, texts);
  } catch (error) {
    throwIfEnded(run);
    return all(notRun(propertiesCheck, error instanceof Error ? error.message : String(error)));
  }
  if ('cannot' in checked) return all(notRun(propertiesCheck, checked.cannot));
  const [rows = [], rowsBefore = []] = checked.rows;
  return units.map(({ span }, index) => {
    const known = new Set(rowsBefore[index]?.filter(isBroken).map(({ property }) => property));
    const results = (rows[index] ?? []).filter(({ property }) => !known.has(property));
    const findings = results.filter(isBroken).map(
      ({ told, tool }): Finding => ({
        check: propertiesCheck,
        severity,
        path: question.path,
        span,
        message: `${told}; ${tool} found no smaller input`,
        fixes: [],
      }),
    );
    return { findings, records: recordOf(results, findings) };
  });
}

const isBroken = (one: PropertyResult): one is PropertyResult & { readonly outcome: 'broken' } =>
  one.outcome === 'broken';

function recordOf(results: readonly PropertyResult[], findings: readonly Finding[]): readonly CheckRecord[] {
  const name = propertiesCheck;
  const ran = results.flatMap((one) => (one.outcome === 'not-run' ? [] : [one]));
  const [first] = ran;
  if (!first) {
    const why = results.flatMap((one) => (one.outcome === 'not-run' ? [one.why] : []))[0];
    return why === undefined ? [] : [{ name, outcome: 'not-run', note: why }];
  }
  const held = ran.filter(({ outcome }) => outcome === 'held').length;
  const outcome = findings.length > 0 ? 'failed' : 'passed';
  const note = `${held} of ${ran.length} ${ran.length === 1 ? 'property holds' : 'properties hold'}`;
  return [{ name, outcome, note, tool: first.tool }];
}
