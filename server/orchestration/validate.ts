// Code that is there, on the user's demand: everything that can look at it does, and what is found stays known.
import { type Finding, isFault } from '../core/finding.ts';
import { Cancelled, type Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { contains, overlaps, type Span } from '../core/span.ts';
import type { CheckRecord, Evidence } from '../core/task.ts';
import { evidenceOf, joinedRecords } from '../validation/evidence.ts';
import type { KnownCode } from './known-code.ts';
import type { Workshop } from './propose.ts';
import type { TrialOutcome } from './trials/trials.ts';
import type { Validation } from './workbench.ts';

/**
 * @param asked the span, or nothing for the whole document.
 * @throws the abort reason when the run ends; `Cancelled('document changed')` when the document moved on.
 */
export async function validate(
  run: Run,
  workshop: Workshop,
  known: KnownCode,
  snapshot: Snapshot,
  asked: Span | undefined,
): Promise<Validation> {
  const { uri, version, text } = snapshot;
  const { analysis, severities } = workshop;
  const span = asked ?? { start: 0, end: text.length };
  const at = { uri, version };
  run.report({ message: 'Checking' });
  const checked = await analysis.findings(run, at, asked ? [asked] : 'file', severities);
  const { findings: all, records, units } = await tryOut(run, workshop, snapshot, span);
  const tried = await analysis.withoutExcused(run, at, all);
  // Whatever was found refers to the text that was looked at.
  if (known.versionOf(uri) !== version) throw new Cancelled('document changed');
  const about = (finding: Finding): Span =>
    isOfUnit(finding.check) ? (innermost(units, finding.span)?.span ?? finding.span) : finding.span;
  known.tried(
    uri,
    span,
    tried.map((finding) => ({ finding, about: about(finding) })),
  );
  const findings = [...checked, ...tried];
  const checks = [...staticRecords(checked), ...records];
  for (const region of known.regions(uri).filter((one) => contains(span, one.span))) {
    const holder = innermost(units, region.span);
    // A region of several functions has what is known of each.
    const holders = holder ? [holder] : units.filter((one) => overlaps(one.span, region.span));
    const own = findings.filter((finding) =>
      isOfUnit(finding.check)
        ? holders.some((one) => overlaps(one.span, finding.span))
        : overlaps(finding.span, region.span),
    );
    const types = records.filter(({ name }) => !isOfUnit(name)).map((record) => narrowed(record, own));
    const evidence = renewed(region.evidence, own, types, holders);
    known.renew(uri, region, evidence);
  }
  return { version, findings, checks };
}

/** A function, and what came of its own examples and tests. */
interface TriedUnit {
  readonly span: Span;
  readonly records: readonly CheckRecord[];
}

/** Checks by examples, properties and tests: what they say is of one function, wherever it is marked. */
const isOfUnit = (check: string): boolean => /^(?:examples|properties|tests)\//.test(check);

const innermost = (units: readonly TriedUnit[], span: Span): TriedUnit | undefined =>
  units
    .filter((one) => contains(one.span, span))
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];

/** What a judge of the whole text says of a part of it. */
function narrowed({ note, ...record }: CheckRecord, own: Evidence['findings']): CheckRecord {
  if (record.outcome === 'not-run') return { ...record, ...(note !== undefined && { note }) };
  const faults = own.filter((finding) => finding.check === record.name && isFault(finding)).length;
  return faults === 0
    ? { ...record, outcome: 'passed' }
    : { ...record, outcome: 'failed', note: counted(faults) };
}

const counted = (faults: number): string => `${faults} ${faults === 1 ? 'finding' : 'findings'}`;

async function tryOut(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  span: Span,
): Promise<TrialOutcome & { readonly units: readonly TriedUnit[] }> {
  const { uri, version, path, text } = snapshot;
  const { language, folder, settings } = workshop;
  if (!language || path === '') return { findings: [], records: [], units: [] };
  const units = await workshop.analysis.units(run, { uri, version }, span);
  const place = { folder, path, languageId: language.id };
  const grounds = {
    ...place,
    ...(units[0] && { unit: units[0].unit }),
    examples: units.flatMap(({ examples }) => examples),
    tests: units.flatMap(({ tests }) => tests),
  };
  const { run: mode, checks } = settings.validation;
  const startable = () => workshop.trials().startable(grounds);
  const refusal = await workshop.consent.refusal(run, folder, mode, startable);
  if (refusal !== undefined) {
    const names = ['types/*', 'examples/failed', 'tests/failed'];
    const records = names.map((name): CheckRecord => ({ name, outcome: 'not-run', note: refusal }));
    const own = records.filter(({ name }) => isOfUnit(name));
    return { findings: [], records, units: units.map((one) => ({ span: one.span, records: own })) };
  }
  const unsaved = await workshop.unsaved(path);
  const question = { ...place, text, span, units, unsaved, severities: checks };
  const outcome = await workshop.trials().validate(run, question);
  return {
    ...outcome,
    units: units.map((one, index) => ({ span: one.span, records: outcome.units[index]! })),
  };
}

/** One for all checks together: which of them there are is in the reference. */
function staticRecords(findings: readonly { readonly severity: Evidence['findings'][number]['severity'] }[]) {
  const faults = findings.filter(isFault).length;
  const note = counted(faults);
  const record: CheckRecord =
    faults === 0 ? { name: 'checks', outcome: 'passed' } : { name: 'checks', outcome: 'failed', note };
  return [record];
}

/** Evidence of generated code with what was found now in place of what the same programs had found. */
function renewed(
  { model, usage, repairs, milliseconds, checks, reasons, samples, verdict }: Evidence,
  findings: Evidence['findings'],
  types: readonly CheckRecord[],
  holders: readonly TriedUnit[],
): Evidence {
  const records = [...types, ...joinedRecords(holders.flatMap((one) => one.records))];
  const names = new Set(records.map(({ name }) => name));
  const tested =
    holders.length > 0 &&
    holders.every((one) =>
      one.records.some(({ name, outcome }) => name === 'tests/failed' && outcome === 'passed'),
    );
  return evidenceOf({
    records: [...checks.filter(({ name }) => !names.has(name)), ...records],
    findings,
    model,
    ...(usage && { usage }),
    repairs,
    milliseconds,
    ...(samples !== undefined && { samples }),
    ...(reasons && { reasons }),
    verdict: tested ? 'vouched' : verdict === 'doubtful' ? 'checked' : verdict,
  });
}
