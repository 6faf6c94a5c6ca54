// Findings for programs: vouch's own JSON, SARIF 2.1.0, and the workflow commands of GitHub Actions.
import { type Severity, severities } from '../../core/finding.ts';
import type { Report, ReportedFinding } from './report.ts';

/** The public shape: `range` as in LSP, `path` relative to the working folder. */
export const formatJson = ({ findings, summary }: Report): string =>
  JSON.stringify({ findings, summary }, null, 2);

const sarifLevels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, the OASIS standard; lines and columns from 1, columns in UTF-16 code units. */
export function formatSarif({ findings }: Report, version: string): string {
  const ruleIds = [...new Set(findings.map(({ check }) => check))].sort();
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'vouch', semanticVersion: version, rules: ruleIds.map((id) => ({ id })) },
          },
          columnKind: 'utf16CodeUnits',
          results: findings.map((finding) => ({
            ruleId: finding.check,
            ruleIndex: ruleIds.indexOf(finding.check),
            level: sarifLevels[finding.severity],
            message: { text: finding.message },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: sarifLocation(finding.path),
                  region: sarifRegion(finding.range),
                },
              },
            ],
            ...(finding.fixes.length > 0 && { fixes: finding.fixes.map(sarifFix) }),
          })),
        },
      ],
    },
    null,
    2,
  );
}

function sarifFix({ title, edits }: ReportedFinding['fixes'][number]): object {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: sarifLocation(path),
      replacements: edits
        .filter((edit) => edit.path === path)
        .map(({ range, newText }) => ({
          deletedRegion: sarifRegion(range),
          insertedContent: { text: newText },
        })),
    })),
  };
}

/** A relative path is a URI reference once its reserved characters are escaped. */
const sarifLocation = (path: string): { uri: string } => ({
  uri: `${path.startsWith('/') ? 'file://' : ''}${path.split('/').map(encodeURIComponent).join('/')}`,
});

const sarifRegion = ({ start, end }: ReportedFinding['range']): object => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

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
