// Findings for programs: vouch's own JSON, and the workflow commands of GitHub Actions.
import { type Severity, severities } from '../../core/finding.ts';
import type { Report } from './report.ts';

/** The public shape: `range` as in LSP, `path` relative to the working folder. */
export const formatJson = ({ findings, summary }: Report): string =>
  JSON.stringify({ findings, summary }, null, 2);

const githubCommands: Record<Severity, 'error' | 'warning' | 'notice'> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** One workflow command a finding, which GitHub shows as an annotation beside the line. */
export function formatGithub({ findings, summary }: Report): string {
  const lines = findings.map(({ path, range, check, severity, message }) => {
    const properties = {
      file: path,
      line: range.start.line + 1,
      endLine: range.end.line + 1,
      // GitHub takes columns only where start and end are on one line.
      ...(range.start.line === range.end.line && {
        col: range.start.character + 1,
        endColumn: range.end.character + 1,
      }),
      title: `vouch ${check}`,
    };
    const shown = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
    return `::${githubCommands[severity]} ${shown.join(',')}::${escapeData(message)}`;
  });
  const counts = severities.map((severity) => `${summary[severity]} ${severity}`).join(', ');
  return [...lines, `vouch: ${summary.files} files, ${counts}`].join('\n');
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
