// What is known of a piece of generated code, and the verdict that follows from it.
import type { Finding } from '../core/finding.ts';
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
    checks: records,
    findings,
    model,
    ...(usage && { usage }),
    repairs,
    milliseconds,
  };
}

/**
 * `doubtful` where anything was found or nothing could be looked at, `vouched` where the code ran and did what its
 * examples or tests say, else `checked`.
 */
function verdictOf(records: readonly CheckRecord[], findings: readonly Finding[]): Verdict {
  const failed = records.some(({ outcome }) => outcome === 'failed');
  if (findings.length > 0 || failed) return 'doubtful';
  const passed = records.filter(({ outcome }) => outcome === 'passed');
  if (passed.length === 0) return 'doubtful';
  return passed.some(({ name }) => executed.test(name)) ? 'vouched' : 'checked';
}
