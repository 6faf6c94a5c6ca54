// The door of the validation room: which checks there are, and running them over a piece of code.
import { type CheckName, type Finding, isFault, type Severity } from '../core/finding.ts';
import { type Run, throwIfEnded } from '../core/run.ts';
import { overlaps } from '../core/span.ts';
import type { CheckRecord } from '../core/task.ts';
import type { Check, CheckFinding, Subject } from './check.ts';
import { callsArguments } from './checks/calls-arguments.ts';
import { importsUndeclaredPackage } from './checks/imports-undeclared-package.ts';
import { importsUnknownExport } from './checks/imports-unknown-export.ts';
import { importsUnknownModule } from './checks/imports-unknown-module.ts';
import { importsUnknownPackage } from './checks/imports-unknown-package.ts';
import { incompleteElision } from './checks/incomplete-elision.ts';
import { incompletePlaceholder } from './checks/incomplete-placeholder.ts';
import { membersUnknown } from './checks/members-unknown.ts';
import { namesUnresolved } from './checks/names-unresolved.ts';
import { requirementAmbiguous } from './checks/requirement-ambiguous.ts';
import { secretsHardcoded } from './checks/secrets-hardcoded.ts';
import { securityChecks } from './checks/security.ts';
import { syntaxError } from './checks/syntax-error.ts';
import { newFindings } from './new-findings.ts';
import { createSuppression } from './suppression.ts';

/** All checks, cheapest first. */
export const checks: readonly Check[] = [
  syntaxError,
  incompleteElision,
  incompletePlaceholder,
  namesUnresolved,
  importsUnknownModule,
  importsUnknownPackage,
  importsUndeclaredPackage,
  importsUnknownExport,
  membersUnknown,
  callsArguments,
  requirementAmbiguous,
  secretsHardcoded,
  ...securityChecks,
];

/** What the user has set (`names/unresolved`, or `names/*` for a family) over each check's own severity. */
export function severitiesOf(
  settings: Readonly<Record<string, Severity | 'off'>>,
): Record<CheckName, Severity | 'off'> {
  return Object.fromEntries(
    checks.map(({ name, severity }) => [
      name,
      settings[name] ?? settings[`${name.split('/', 1)[0]}/*`] ?? severity,
    ]),
  );
}

export interface Outcome {
  /** By place. */
  readonly findings: readonly Finding[];
  /** One for each check, in their order. */
  readonly records: readonly CheckRecord[];
}

/**
 * Runs all checks over a subject. Of a candidate (a subject with a `before`), only what it adds is reported.
 * A check that throws costs one log line and a record that it did not run.
 * @param severities by check name, as made by `severitiesOf`; a name that is absent has the check's own severity.
 * @throws the abort reason of the run, between two checks.
 */
export function runChecks(
  run: Run,
  subject: Subject,
  severities: Readonly<Record<string, Severity | 'off'>>,
): Outcome {
  const findings: Finding[] = [];
  const records: CheckRecord[] = [];
  const isSuppressed = createSuppression(subject.text, subject.facts);
  for (const check of checks) {
    throwIfEnded(run);
    const { name } = check;
    const severity = severities[name] ?? check.severity;
    if (severity === 'off') {
      records.push({ name, outcome: 'not-run', note: 'off in the settings' });
      continue;
    }
    if (!check.judges(subject.language)) {
      records.push({ name, outcome: 'not-run', note: `not for ${subject.language.name}` });
      continue;
    }
    try {
      const found = findingsOf(run, check, subject)
        .filter(({ span }) => !isSuppressed(name, span))
        .map(
          ({ weak, ...one }): Finding => ({
            ...one,
            check: name,
            severity: weak && severity !== 'hint' ? 'information' : severity,
            path: subject.path,
          }),
        );
      findings.push(...found);
      records.push(recordOf(name, found));
    } catch (error) {
      throwIfEnded(run);
      const reason = error instanceof Error ? error.message : String(error);
      run.log('error', `The check ${name} failed on ${subject.path}: ${reason}`);
      records.push({ name, outcome: 'not-run', note: `failed: ${reason}` });
    }
  }
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { findings, records };
}

function recordOf(name: CheckName, found: readonly Finding[]): CheckRecord {
  const faults = found.filter(isFault).length;
  if (faults > 0) return { name, outcome: 'failed', note: plural(faults, 'finding') };
  return { name, outcome: 'passed', ...(found.length > 0 && { note: plural(found.length, 'remark') }) };
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function findingsOf(run: Run, check: Check, subject: Subject): readonly CheckFinding[] {
  const { spans, before } = subject;
  const found = check
    .run(run, subject)
    .filter(({ span }) => !spans || spans.some((place) => overlaps(place, span)));
  if (!before || found.length === 0) return found;
  const { before: _, spans: __, ...rest } = subject;
  // What was visible before hardly differs, and only messages of findings that stood there already depend on it.
  const earlier = check.run(run, { ...rest, text: before.text, facts: before.facts, earlier: true });
  return newFindings(earlier, found, before.edit);
}
