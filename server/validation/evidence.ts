// What is known of a piece of generated code, and the verdict that follows from it.
import { type Finding, isFault } from '../core/finding.ts';
import type { Usage } from '../core/model.ts';
import type { CheckRecord, Evidence, Verdict } from '../core/task.ts';

/** Outcomes of running the code. Only these earn the word that the product is named for. */
const executed = /^(?:examples|tests)\//;

/** Makes the evidence of a candidate from what its checks said. */
export function evidenceOf(known: {
  readonly records: readonly CheckRecord[];
  readonly findings: readonly Finding[];
  readonly model: string;
  readonly usage?: Usage;
  readonly repairs: number;
  readonly milliseconds: number;
}): Evidence {
  const { records, findings, model, usage, repairs, milliseconds } = known;
  return {
    verdict: verdictOf(records, findings),
    checks: folded(records),
    findings,
    model,
    ...(usage && { usage }),
    repairs,
    milliseconds,
  };
}

/**
 * `doubtful` where something speaks against it or nothing could be looked at, `vouched` where the code ran and did what its
 * examples or tests say, else `checked`.
 */
function verdictOf(records: readonly CheckRecord[], findings: readonly Finding[]): Verdict {
  const failed = records.some(({ outcome }) => outcome === 'failed');
  if (findings.some(isFault) || failed) return 'doubtful';
  const passed = records.filter(({ outcome }) => outcome === 'passed');
  if (passed.length === 0) return 'doubtful';
  return passed.some(({ name }) => executed.test(name)) ? 'vouched' : 'checked';
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
