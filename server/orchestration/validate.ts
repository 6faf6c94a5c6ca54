// Code that is there, on the user's demand: everything that can look at it does, and what is found stays known.
import { isFault } from '../core/finding.ts';
import { Cancelled, type Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { contains, overlaps, type Span } from '../core/span.ts';
import type { CheckRecord, Evidence } from '../core/task.ts';
import { evidenceOf } from '../validation/evidence.ts';
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
  const { findings: all, records } = await tryOut(run, workshop, snapshot, span);
  const tried = { findings: await analysis.withoutExcused(run, at, all), records };
  // Whatever was found refers to the text that was looked at.
  if (known.versionOf(uri) !== version) throw new Cancelled('document changed');
  known.tried(
    uri,
    span,
    tried.findings.map((finding) => ({ finding, about: finding.span })),
  );
  const findings = [...checked, ...tried.findings];
  const checks = [...staticRecords(checked), ...tried.records];
  for (const region of known.regions(uri).filter((one) => contains(span, one.span))) {
    const own = findings.filter((finding) => overlaps(finding.span, region.span));
    known.renew(uri, region, renewed(region.evidence, own, tried.records));
  }
  return { version, findings, checks };
}

async function tryOut(run: Run, workshop: Workshop, snapshot: Snapshot, span: Span): Promise<TrialOutcome> {
  const { uri, version, path, text } = snapshot;
  const { language, folder, settings } = workshop;
  if (!language || path === '') return { findings: [], records: [] };
  const units = await workshop.analysis.units(run, { uri, version }, span);
  const place = { folder, path, languageId: language.id };
  const grounds = {
    ...place,
    ...(units[0] && { unit: units[0].unit }),
    examples: units.flatMap(({ examples }) => examples),
    tests: units.flatMap(({ tests }) => tests),
  };
  const { run: mode, checks } = settings.validation;
  const programs = () => workshop.trials().programs(grounds);
  const refusal = await workshop.consent.refusal(run, folder, mode, programs);
  if (refusal !== undefined) {
    const names = ['types/*', 'examples/failed', 'tests/failed'];
    return { findings: [], records: names.map((name) => ({ name, outcome: 'not-run', note: refusal })) };
  }
  return workshop.trials().validate(run, { ...place, text, span, units, severities: checks });
}

/** One for all checks together: which of them there are is in the reference. */
function staticRecords(findings: readonly { readonly severity: Evidence['findings'][number]['severity'] }[]) {
  const faults = findings.filter(isFault).length;
  const note = `${faults} ${faults === 1 ? 'finding' : 'findings'}`;
  const record: CheckRecord =
    faults === 0 ? { name: 'checks', outcome: 'passed' } : { name: 'checks', outcome: 'failed', note };
  return [record];
}

/** Evidence of generated code with what was found now in place of what the same programs had found. */
function renewed(
  { model, usage, repairs, milliseconds, checks, reasons, samples, verdict }: Evidence,
  findings: Evidence['findings'],
  records: readonly CheckRecord[],
): Evidence {
  const names = new Set(records.map(({ name }) => name));
  const tested = records.some(({ name, outcome }) => name === 'tests/failed' && outcome === 'passed');
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
