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
    checks: folded(records),
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
