// What was found in an answer, as text for the next prompt.
import { type Finding, severities } from '../core/finding.ts';
import { lineAt, lineStarts } from '../core/lines.ts';

/** More problems than this are not mended in one go, and would crowd out the code. */
const maxProblems = 12;

/** Lines of code shown before and after the one that a problem is on. */
const around = 1;

/**
 * Numbered problems, the gravest first, each with the lines it is about.
 * @param text what the findings' spans refer to.
 */
export function describeProblems(text: string, findings: readonly Finding[]): string {
  const starts = lineStarts(text);
  const ordered = [...findings].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.span.start - b.span.start,
  );
  const described = ordered.slice(0, maxProblems).map((finding, index) => {
    const line = lineAt(starts, Math.min(finding.span.start, text.length));
    return `${index + 1}. Line ${line + 1}: ${finding.message}\n${excerpt(text, starts, line)}`;
  });
  const left = ordered.length - described.length;
  if (left > 0) described.push(`And ${left} more.`);
  return described.join('\n');
}

function excerpt(text: string, starts: readonly number[], line: number): string {
  const first = Math.max(0, line - around);
  const last = Math.min(starts.length - 1, line + around);
  const width = String(last + 1).length;
  const lines: string[] = [];
  for (let at = first; at <= last; at++) {
    const code = text.slice(starts[at], starts[at + 1] ?? text.length).trimEnd();
    lines.push(`${at === line ? '>' : ' '} ${String(at + 1).padStart(width)} | ${code}`.trimEnd());
  }
  return lines.join('\n');
}
