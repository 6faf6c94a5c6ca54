// Code that is there, on the user's demand: everything that can look at it does, and what is found stays known.
import { type Finding, isFault } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import { Cancelled, type Run, throwIfEnded } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { contains, overlaps, type Span } from '../core/span.ts';
import type { CheckRecord, Evidence } from '../core/task.ts';
import type { RunnableUnit } from '../input/requirement/index.ts';
import type { KnownCode } from './known-code.ts';
import type { Workshop } from './propose.ts';
import { holdersOf, innermost, isOfUnit, renewed, staysUnseen, type Tried } from './renewed.ts';
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
  const outcome = await tryOut(run, workshop, snapshot, span);
  const { records, units } = outcome;
  const tried = await analysis.withoutExcused(run, at, outcome.findings);
  // Whatever was found refers to the text that was looked at.
  if (known.versionOf(uri) !== version) throw new Cancelled('document changed');
  const about = (finding: Finding): Span =>
    isOfUnit(finding.check) ? (innermost(units, finding.span)?.span ?? finding.span) : finding.span;
  const { checks: settings } = workshop.settings.validation;
  const isUnseen = (check: string, where: Span): boolean => staysUnseen(outcome, settings, check, where);
  known.tried(
    uri,
    span,
    tried.map((finding) => ({ finding, about: about(finding) })),
    (old) => isUnseen(old.finding.check, old.about),
  );
  const findings = [...checked, ...tried];
  const checks = [...staticRecords(workshop, checked), ...records];
  for (const region of known.regions(uri).filter((one) => contains(span, one.span))) {
    const holders = holdersOf(units, region.span);
    const own = findings.filter((finding) =>
      isOfUnit(finding.check)
        ? holders.some((one) => overlaps(one.span, finding.span))
        : overlaps(finding.span, region.span),
    );
    const types = records.filter(({ name }) => !isOfUnit(name)).map((one) => narrowed(one, own, tried));
    const evidence = renewed(region.evidence, own, types, holders, (check) => isUnseen(check, region.span));
    known.renew(uri, region, evidence);
  }
  return { version, findings, checks };
}

/** What a judge of the whole text, which has all these findings, says of a part of it, which has its own. */
function narrowed(record: CheckRecord, own: Evidence['findings'], all: readonly Finding[]): CheckRecord {
  if (record.outcome !== 'failed') return record;
  const { note: _, ...rest } = record;
  const ofJudge = (findings: readonly Finding[]) => findings.filter(({ check }) => check === record.name);
  // Where the user has it told as advice, all of it may be.
  const speaks = ofJudge(all).some(isFault) ? isFault : () => true;
  const faults = ofJudge(own).filter(speaks).length;
  return faults === 0 ? { ...rest, outcome: 'passed' } : { ...rest, note: counted(faults) };
}

const counted = (faults: number): string => `${faults} ${faults === 1 ? 'finding' : 'findings'}`;

async function tryOut(run: Run, workshop: Workshop, snapshot: Snapshot, span: Span): Promise<Tried> {
  const { uri, version, path, text, languageId } = snapshot;
  const { language, folder, settings } = workshop;
  if (path === '') return untried('the document is not saved anywhere yet', []);
  const units = language ? await workshop.analysis.units(run, { uri, version }, span) : [];
  const place = { folder, path, languageId: language?.id ?? languageId };
  const grounds = {
    ...place,
    ...(units[0] && { unit: units[0].unit }),
    examples: units.flatMap(({ examples }) => examples),
    tests: units.flatMap(({ tests }) => tests),
  };
  const { run: mode, checks } = settings.validation;
  const startable = () => workshop.trials().startable(grounds);
  const refusal = await workshop.consent.refusal(run, folder, mode, startable);
  if (refusal !== undefined) return untried(refusal, units, language);
  const unsaved = await workshop.unsaved(path);
  const question = { ...place, text, span, units, unsaved, severities: checks };
  try {
    const outcome = await workshop.trials().validate(run, question);
    const tried = units.map((one, index) => ({ ...one, records: outcome.units[index]! }));
    return { ...outcome, units: tried, isRefused: false };
  } catch (error) {
    throwIfEnded(run);
    run.log('error', `the trial of ${path} failed: ${String(error)}`);
    return untried('its trial failed; the log says how', units, language);
  }
}

function untried(why: string, units: readonly RunnableUnit[], language?: Language): Tried {
  const properties = language?.execution?.properties ? ['properties/failed'] : [];
  const names = ['types/*', 'examples/failed', ...properties, 'tests/failed'];
  const records = names.map((name): CheckRecord => ({ name, outcome: 'not-run', note: why }));
  const own = records.filter(({ name }) => isOfUnit(name));
  return { findings: [], records, units: units.map((one) => ({ ...one, records: own })), isRefused: true };
}

/** One for all checks together: which of them there are is in the reference. */
function staticRecords(
  { language }: Workshop,
  findings: readonly Pick<Finding, 'severity'>[],
): CheckRecord[] {
  if (!language) return [{ name: 'checks', outcome: 'not-run', note: 'vouch does not know the language' }];
  const faults = findings.filter(isFault).length;
  const note = counted(faults);
  const record: CheckRecord =
    faults === 0 ? { name: 'checks', outcome: 'passed' } : { name: 'checks', outcome: 'failed', note };
  return [record];
}
