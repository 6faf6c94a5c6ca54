// Findings as the formats print them: with positions instead of offsets, and paths as the user types them.
import type { Fix, Severity } from '../../core/finding.ts';
import type { CheckedFile } from '../../orchestration/workbench.ts';
import { createPositions, type Range, shownPath } from '../places.ts';
import { createFingerprints } from './fingerprint.ts';

export interface ReportedEdit {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

export interface ReportedFinding {
  readonly path: string;
  readonly range: Range;
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly ReportedEdit[] }[];
}

export interface Summary {
  /** Files that were checked. */
  readonly files: number;
  /** Reason to number of files that were not. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
  /** Fixes that `--fix` made. */
  readonly fixed: number;
  /** Findings that the baseline knows and that are left out. */
  readonly known: number;
}

export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly summary: Summary;
  /** Absolute path to text, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** What each finding is known by from one state of the file to the next. */
  readonly fingerprints: ReadonlyMap<ReportedFinding, string>;
}

/**
 * @param readText the text of a file that an edit reaches and that was not checked itself.
 * @param fixed how many fixes were made before.
 */
export async function createReport(
  files: readonly CheckedFile[],
  readText: (path: string) => Promise<string>,
  fixed: number,
): Promise<Report> {
  const texts = new Map(files.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text]])));
  const positions = new Map<string, ReturnType<typeof createPositions>>();
  const positionsOf = async (path: string): Promise<ReturnType<typeof createPositions>> => {
    let known = positions.get(path);
    if (!known) {
      known = createPositions(texts.get(path) ?? (await readText(path)));
      positions.set(path, known);
    }
    return known;
  };
  const reportFix = async ({ title, edits }: Fix): Promise<ReportedFinding['fixes'][number]> => {
    const reported: ReportedEdit[] = [];
    for (const file of edits) {
      const places = await positionsOf(file.path);
      for (const { span, newText } of file.edits) {
        reported.push({ path: shownPath(file.path), range: places.range(span), newText });
      }
    }
    return { title, edits: reported };
  };

  const findings: ReportedFinding[] = [];
  const fingerprints = new Map<ReportedFinding, string>();
  const fingerprintOf = createFingerprints();
  const ordered = files
    .flatMap(({ findings }) => findings)
    .sort((a, b) => compare(a.path, b.path) || a.span.start - b.span.start || compare(a.check, b.check));
  for (const finding of ordered) {
    const reported: ReportedFinding = {
      path: shownPath(finding.path),
      range: (await positionsOf(finding.path)).range(finding.span),
      check: finding.check,
      severity: finding.severity,
      message: finding.message,
      fixes: await Promise.all(finding.fixes.map(reportFix)),
    };
    findings.push(reported);
    fingerprints.set(reported, fingerprintOf(finding, texts.get(finding.path) ?? ''));
  }
  return { findings, summary: summarise(files, findings, fixed), texts, fingerprints };
}

/** By code unit, so that the order is the same in every locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The report without the findings that are known already. */
export function withoutKnown(report: Report, isKnown: (finding: ReportedFinding) => boolean): Report {
  const findings = report.findings.filter((finding) => !isKnown(finding));
  const known = report.findings.length - findings.length;
  return { ...report, findings, summary: { ...report.summary, ...countBySeverity(findings), known } };
}

function summarise(
  files: readonly CheckedFile[],
  findings: readonly ReportedFinding[],
  fixed: number,
): Summary {
  const skipped: Record<string, number> = {};
  for (const { skipped: reason } of files) {
    if (reason !== undefined) skipped[reason] = (skipped[reason] ?? 0) + 1;
  }
  return {
    files: files.filter((file) => file.skipped === undefined).length,
    skipped,
    ...countBySeverity(findings),
    fixed,
    known: 0,
  };
}

function countBySeverity(findings: readonly ReportedFinding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
