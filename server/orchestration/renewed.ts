// Evidence of code that was looked at again: what was found now comes in place of what the same programs had found before,
// and what no program looked at stays known, since the text is the same.
import type { Settings } from '../core/settings.ts';
import { contains, overlaps, type Span } from '../core/span.ts';
import type { CheckRecord, Evidence } from '../core/task.ts';
import type { RunnableUnit } from '../input/requirement/index.ts';
import { evidenceOf, joinedRecords } from '../validation/evidence.ts';
import type { TrialOutcome } from './trials/trials.ts';

/** A function, and what came of its own examples and tests. */
export interface TriedUnit extends Pick<RunnableUnit, 'span' | 'examples' | 'tests'> {
  readonly records: readonly CheckRecord[];
}

/** What came of trying code out. */
export interface Tried extends TrialOutcome {
  readonly units: readonly TriedUnit[];
  /** Whether nothing was started at all. */
  readonly isRefused: boolean;
}

/** Checks by programs: they are made when the user asks, or an answer is tried. */
export const isByProgram = (check: string): boolean =>
  /^(?:types\/|(?:examples|properties|tests)\/failed$)/.test(check);

/** Checks by examples, properties and tests: what they say is of one function, wherever it is marked. */
export const isOfUnit = (check: string): boolean => /^(?:examples|properties|tests)\//.test(check);

export const innermost = (units: readonly TriedUnit[], span: Span): TriedUnit | undefined =>
  units
    .filter((one) => contains(one.span, span))
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];

/** The function around a place, or those in it: code of several functions has what is known of each. */
export function holdersOf(units: readonly TriedUnit[], span: Span): readonly TriedUnit[] {
  const holder = innermost(units, span);
  return holder ? [holder] : units.filter((one) => overlaps(one.span, span));
}

/**
 * Whether nothing was learned now of what a check by a program says of a place: it was to look, and could not. Where there
 * is nothing to look at any more, or nothing to look with, what it said before is void.
 */
export function staysUnseen(
  { isRefused, records, units }: Tried,
  severities: Settings['validation']['checks'],
  check: string,
  where: Span,
): boolean {
  if (!isByProgram(check)) return false;
  if (isRefused) return true;
  const set = (name: string) => severities[name as keyof typeof severities];
  if ((set(check) ?? set(`${check.split('/', 1)[0]}/*`)) === 'off') return false;
  const isOpen = (one: CheckRecord): boolean => one.name === check && one.outcome === 'not-run';
  if (!isOfUnit(check)) return records.some(isOpen);
  const holders = holdersOf(units, where);
  const isVoid = ({ examples, tests }: TriedUnit): boolean =>
    (check === 'tests/failed' && tests.length === 0) ||
    (check === 'examples/failed' && examples.length === 0);
  return holders.length === 0 || holders.some((one) => one.records.some(isOpen) && !isVoid(one));
}

/**
 * @param findings what was found now in the code and the functions around it.
 * @param types what judges said of it now.
 * @param holders functions around it.
 * @param isUnseen whether nothing was learned now of what a check says.
 */
export function renewed(
  { model, usage, repairs, milliseconds, checks, reasons, samples, verdict, findings: before }: Evidence,
  findings: Evidence['findings'],
  types: readonly CheckRecord[],
  holders: readonly TriedUnit[],
  isUnseen: (check: string) => boolean,
): Evidence {
  const now = [...types, ...joinedRecords(holders.flatMap((one) => one.records))];
  const names = new Set(now.map(({ name }) => name));
  const kept = checks.filter(
    ({ name, outcome }) => isByProgram(name) && isUnseen(name) && (outcome !== 'not-run' || !names.has(name)),
  );
  const keptNames = new Set(kept.map(({ name }) => name));
  const hasType = kept.some(({ name }) => name.startsWith('types/'));
  const tested =
    holders.length > 0 &&
    holders.every((one) =>
      one.records.some(({ name, outcome }) => name === 'tests/failed' && outcome === 'passed'),
    );
  return evidenceOf({
    records: [
      ...checks.filter(({ name }) => keptNames.has(name) || !(isByProgram(name) || names.has(name))),
      ...now.filter(({ name }) => !keptNames.has(name) && !(name === 'types/*' && hasType)),
    ],
    findings: [...findings, ...before.filter(({ check }) => keptNames.has(check))],
    model,
    ...(usage && { usage }),
    repairs,
    milliseconds,
    ...(samples !== undefined && { samples }),
    ...(reasons && { reasons }),
    verdict: tested ? 'vouched' : verdict === 'doubtful' ? 'checked' : verdict,
  });
}
