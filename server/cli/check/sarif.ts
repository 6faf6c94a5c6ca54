// Findings as SARIF 2.1.0, the OASIS standard: lines and columns from 1, columns in UTF-16 code units.
import { readFileSync } from 'node:fs';
import type { Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import type { CheckName, Severity } from '../../core/finding.ts';
import { checkPage } from '../../core/package-files.ts';
import type { Report, ReportedFinding } from './report.ts';

const levels: Record<Severity, Result.level> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** The name under which code scanning services know a finding again; the number is that of the way it is made. */
const fingerprintName = 'vouch/v1';

export function formatSarif({ findings, fingerprints }: Report, version: string): string {
  const ruleIds = [...new Set(findings.map(({ check }) => check))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'vouch', semanticVersion: version, rules: ruleIds.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.check,
          ruleIndex: ruleIds.indexOf(finding.check),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [locationOf(finding)],
          partialFingerprints: { [fingerprintName]: fingerprints.get(finding) ?? '' },
          ...(finding.fixes.length > 0 && { fixes: finding.fixes.map(fixOf) }),
        })),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** A rule with its page, since the page has no address that everybody can reach. */
function ruleOf(id: string): ReportingDescriptor {
  const page = checkPage(id as CheckName);
  if (page === undefined) return { id };
  const markdown = readFileSync(new URL(page), 'utf8').replace(/^<!--.*-->\s*/, '');
  const summary = markdown.split(/\n\n/)[1] ?? id;
  return { id, shortDescription: { text: summary }, help: { text: summary, markdown } };
}

const locationOf = ({ path, range }: ReportedFinding): Location => ({
  physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: regionOf(range) },
});

function fixOf({ title, edits }: ReportedFinding['fixes'][number]): NonNullable<Result['fixes']>[number] {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: { uri: uriOf(path) },
      replacements: edits
        .filter((edit) => edit.path === path)
        .map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
          insertedContent: { text: newText },
        })),
    })),
  };
}

/** A relative path is a URI reference once its reserved characters are escaped. */
const uriOf = (path: string): string =>
  `${path.startsWith('/') ? 'file://' : ''}${path.split('/').map(encodeURIComponent).join('/')}`;

const regionOf = ({ start, end }: ReportedFinding['range']): Region => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});
