// Findings for people: a code frame each, and what it comes to.
import { resolve } from 'node:path';
import type { Severity } from '../../core/finding.ts';
import { codeFrame } from '../code-frame.ts';
import type { Colors } from '../terminal.ts';
import type { Report, ReportedFinding, Summary } from './report.ts';

const severityColors: Record<Severity, keyof Pick<Colors, 'red' | 'yellow' | 'blue' | 'dim'>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'dim',
};

export function formatFinding(finding: ReportedFinding, text: string | undefined, colors: Colors): string {
  const { path, range, check, severity, message, fixes } = finding;
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  const lines = [
    `${colors.bold(place)} ${colors[severityColors[severity]](severity)} ${message} ${colors.dim(check)}`,
  ];
  if (text !== undefined) lines.push(codeFrame(text, range, '', colors));
  for (const { title } of fixes) lines.push(`  ${colors.green('fix:')} ${title}`);
  return lines.join('\n');
}

export function formatPretty({ findings, summary, texts }: Report, colors: Colors): string {
  const frames = findings.map((finding) => formatFinding(finding, texts.get(resolve(finding.path)), colors));
  return [...frames, formatSummary(summary, colors)].join('\n\n');
}

function formatSummary(summary: Summary, colors: Colors): string {
  const parts = (Object.keys(severityColors) as Severity[]).flatMap((severity) => {
    const count = summary[severity];
    return count > 0 ? [colors[severityColors[severity]](plural(count, severity))] : [];
  });
  const verdict = parts.length > 0 ? parts.join(', ') : colors.green('nothing found');
  const lines = [`${verdict} in ${plural(summary.files, 'file')}`];
  if (summary.fixed > 0) lines.push(`${plural(summary.fixed, 'problem')} fixed`);
  if (summary.known > 0)
    lines.push(colors.dim(`${plural(summary.known, 'finding')} known from the baseline`));
  for (const [reason, count] of Object.entries(summary.skipped)) {
    lines.push(colors.dim(`not checked: ${plural(count, 'file')} (${reason})`));
  }
  return lines.join('\n');
}

const words: Readonly<Record<string, string>> = { information: 'information' };

export const plural = (count: number, word: string): string =>
  `${count} ${count === 1 ? word : (words[word] ?? `${word}s`)}`;
