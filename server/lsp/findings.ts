// A finding as a diagnostic, with its fixes as `data`.
import { pathToFileURL } from 'node:url';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckName, Finding, RelatedPlace, Severity } from '../core/finding.ts';
import type { Run } from '../core/run.ts';
import { overlaps, type Span } from '../core/span.ts';
import type { Workbench } from '../orchestration/workbench.ts';
import type { Client } from './client.ts';
import { textEdits } from './edits.ts';
import { type Encoding, rangeOf } from './positions.ts';
import type { OpenDocument, Session } from './session.ts';

export const source = 'vouch';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The fixes inside of the diagnostic's own document, for clients and scripts that apply them by themselves. */
interface DiagnosticData {
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly TextEdit[];
    readonly certain: boolean;
  }[];
}

/** The address of a check's page, where there is one. */
export type CheckPage = (check: CheckName) => string | undefined;

export function diagnosticOf(
  client: Client,
  page: CheckPage,
  { snapshot, text }: OpenDocument,
  finding: Finding,
): Diagnostic {
  const href = client.diagnosticLinks ? page(finding.check) : undefined;
  const data: DiagnosticData = {
    fixes: finding.fixes
      .filter(({ edits }) => edits.every(({ path }) => path === snapshot.path))
      .map(({ title, edits, certain }) => ({
        title,
        edits: edits.flatMap((file) => textEdits(text, file.edits, client.encoding)),
        certain,
      })),
  };
  return {
    range: rangeOf(text, finding.span, client.encoding),
    severity: severities[finding.severity],
    source,
    code: finding.check,
    message: finding.message,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(client.diagnosticPlaces && finding.related
      ? { relatedInformation: finding.related.map((one) => relatedInformation(one, client.encoding)) }
      : {}),
    ...(client.diagnosticData && data.fixes.length > 0 ? { data } : {}),
  };
}

function relatedInformation(
  { path, line, text, span, message }: RelatedPlace,
  encoding: Encoding,
): DiagnosticRelatedInformation {
  const uri = pathToFileURL(path).href;
  const { start, end } = rangeOf(TextDocument.create(uri, '', 0, text), span, encoding);
  return { location: { uri, range: { start: { ...start, line }, end: { ...end, line } } }, message };
}

/** Findings of the present version that touch a place. */
export async function findingsAt(
  session: Session,
  workbench: Workbench,
  run: Run,
  uri: string,
  span: Span,
): Promise<Finding[]> {
  const { findings } = await session.diagnostics.of(workbench, run, uri);
  return findings.filter((finding) => overlaps(finding.span, span));
}
