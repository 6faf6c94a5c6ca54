// What is known of a piece of generated code, and the verdict that follows from it.
import { type Finding, isFault } from '../core/finding.ts';
import type { Usage } from '../core/model.ts';
import type { CheckRecord, Evidence, Verdict } from '../core/task.ts';

/** Makes the evidence of a candidate from what its checks said. */
export function evidenceOf(known: {
  readonly records: readonly CheckRecord[];
  readonly findings: readonly Finding[];
  readonly model: string;
  readonly usage?: Usage;
  readonly repairs: number;
  readonly milliseconds: number;
  /** Of the choice, where one was made: nothing else earns the word that the product is named for. */
  readonly verdict?: Verdict;
  readonly samples?: number;
  readonly reasons?: readonly string[];
}): Evidence {
  const { records, findings, model, usage, repairs, samples, reasons = [], milliseconds } = known;
  return {
    verdict: worse(verdictOf(records, findings), known.verdict ?? 'checked'),
    checks: folded(joinedRecords(records)),
    findings,
    model,
    ...(usage && { usage }),
    repairs,
    ...(samples !== undefined && samples > 1 && { samples }),
    ...(reasons.length > 0 && { reasons }),
    milliseconds,
  };
}

/** `doubtful` where something speaks against it, or nothing could be looked at. */
function verdictOf(records: readonly CheckRecord[], findings: readonly Finding[]): Verdict {
  const failed = findings.some(isFault) || records.some(({ outcome }) => outcome === 'failed');
  return failed || !records.some(({ outcome }) => outcome === 'passed') ? 'doubtful' : 'vouched';
}

const verdicts: readonly Verdict[] = ['doubtful', 'checked', 'vouched'];

const worse = (a: Verdict, b: Verdict): Verdict =>
  verdicts[Math.min(verdicts.indexOf(a), verdicts.indexOf(b))]!;

const outcomesByWeight: readonly CheckRecord['outcome'][] = ['not-run', 'passed', 'failed'];
const counted = /^(?<passed>\d+) of (?<all>\d+) (?<what>.*)$/;

/**
 * Records of one name become one: a failure outweighs what passed, and that what was not run. Numbers in their notes, "2 of
 * 3 examples passed", are added up.
 */
export function joinedRecords(records: readonly CheckRecord[]): readonly CheckRecord[] {
  const byName = new Map<string, CheckRecord>();
  for (const record of records) {
    const known = byName.get(record.name);
    byName.set(record.name, known ? joinedRecord(known, record) : record);
  }
  return [...byName.values()];
}

function joinedRecord(a: CheckRecord, b: CheckRecord): CheckRecord {
  const [light, heavy] =
    outcomesByWeight.indexOf(a.outcome) < outcomesByWeight.indexOf(b.outcome) ? [a, b] : [b, a];
  const [first, second] = [light, heavy].map(({ note }) => counted.exec(note ?? '')?.groups);
  if (!first || !second) return heavy;
  const sum = (key: string): number => Number(first[key]) + Number(second[key]);
  // The longer one is the plural.
  const [what] = [first.what!, second.what!].sort((one, other) => other.length - one.length);
  return { ...heavy, note: `${sum('passed')} of ${sum('all')} ${what}` };
}

/** Families that have a check for each of many weaknesses: a reader wants to know of those that found something. */
const foldedFamily = /^(security)\//;

/** Records of a family that say the same become one, named `security/*`. */
function folded(records: readonly CheckRecord[]): readonly CheckRecord[] {
  const counts = new Map<string, { readonly first: CheckRecord; count: number }>();
  for (const record of records) {
    const key = keyOf(record);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { first: record, count: 1 });
  }
  return [...counts.values()].map(({ first, count }) => {
    const family = foldedFamily.exec(first.name)?.[1];
    if (count === 1 || family === undefined) return first;
    const notes = [`${count} checks`, ...(first.note === undefined ? [] : [first.note])];
    return { ...first, name: `${family}/*`, note: notes.join(', ') };
  });
}

const keyOf = ({ name, outcome, note }: CheckRecord): string =>
  foldedFamily.test(name) && outcome !== 'failed' ? `${outcome} ${note}` : name;
