// Findings as the formats print them: with positions instead of offsets, and paths as the user types them.
import type { Finding, Fix, Severity } from '../../core/finding.ts';
import type { CheckedFile } from '../../orchestration/workbench.ts';
import { createPositions, type Range, shownPath } from '../places.ts';

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
}

export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly summary: Summary;
  /** Absolute path to text, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
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
  const texts = new Map(files.map(({ path, text }) => [path, text]));
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
  const ordered = files
    .flatMap(({ findings }) => findings)
    .sort((a, b) => compare(a.path, b.path) || a.span.start - b.span.start || compare(a.check, b.check));
  for (const finding of ordered) {
    findings.push({
      path: shownPath(finding.path),
      range: (await positionsOf(finding.path)).range(finding.span),
      check: finding.check,
      severity: finding.severity,
      message: finding.message,
      fixes: await Promise.all(finding.fixes.map(reportFix)),
    });
  }
  return { findings, summary: summarise(files, ordered, fixed), texts };
}

/** By code unit, so that the order is the same in every locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function summarise(files: readonly CheckedFile[], findings: readonly Finding[], fixed: number): Summary {
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const skipped: Record<string, number> = {};
  for (const { skipped: reason } of files) {
    if (reason !== undefined) skipped[reason] = (skipped[reason] ?? 0) + 1;
  }
  return {
    files: files.filter((file) => file.skipped === undefined).length,
    skipped,
    error: count('error'),
    warning: count('warning'),
    information: count('information'),
    hint: count('hint'),
    fixed,
  };
}
