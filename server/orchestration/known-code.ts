// What is known of open documents beyond what their checks say at any time: code that vouch wrote, with its evidence, and
// what judges and tests found when they were last asked. All of it moves with the text, and goes with it.
import type { Finding } from '../core/finding.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { applyEdits, type Edit, overlaps, type Span, shiftSpan } from '../core/span.ts';
import type { Evidence, Proposal } from '../core/task.ts';
import type { DocumentEvent, Documents } from '../input/documents.ts';
import { evidenceIn, keepEvidence } from './evidence/records.ts';
import { createRegions } from './regions.ts';
import type { Region } from './workbench.ts';

export interface KnownCode {
  follow(event: DocumentEvent): void;
  versionOf(uri: string): number | undefined;
  /** The client is about to put this in: it becomes a region when it appears. */
  offered(uri: string, edits: Proposal['edits'], evidence: Evidence): void;
  /** It stands in its file on disk. */
  written(proposal: Proposal): void;
  regions(uri: string): readonly Region[];
  /** The user keeps it as their own. */
  accept(uri: string, region: Region): void;
  /** What judges, examples and tests found in the present text, as far as it still stands. */
  findings(uri: string): readonly Finding[];
  /** What they found now, in place of what they found there before. */
  tried(uri: string, where: Span, findings: readonly Finding[]): void;
  renew(uri: string, region: Region, evidence: Evidence): void;
}

/** Checks whose findings come from programs: they are not made anew at each key. */
const fromPrograms = /^(?:types|examples|tests)\//;

/**
 * @param changed told of documents of which something else is known now.
 * @param tell follows work that nobody waits for.
 */
export function createKnownCode(
  documents: Documents,
  changed: (uri: string) => void,
  tell: (work: Promise<unknown>) => void,
): KnownCode {
  const found = new Map<string, readonly Finding[]>();
  /** What a document's text is when an offer has been put in as it was made: its findings refer to that. */
  const expected = new Map<string, { readonly text: string; readonly evidence: Evidence }>();

  const keep = ({ path, text }: Snapshot, { span, evidence }: Region, accepted: boolean): void =>
    tell(keepEvidence(path, text, span, evidence, accepted));

  const tried = (uri: string, where: Span, findings: readonly Finding[]): void => {
    const others = (found.get(uri) ?? []).filter(({ span }) => !overlaps(span, where));
    found.set(uri, [...others, ...findings]);
    changed(uri);
  };

  const regions = createRegions(changed, (snapshot, region) => {
    keep(snapshot, region, false);
    const offer = expected.get(snapshot.uri);
    if (offer?.text !== snapshot.text || offer.evidence !== region.evidence) return;
    tried(
      snapshot.uri,
      region.span,
      region.evidence.findings.filter(({ check }) => fromPrograms.test(check)),
    );
  });

  /** What was known of a document's code when it was open before. */
  const remember = async ({ uri, version, path, text }: Snapshot): Promise<void> => {
    const known = await evidenceIn(path, text);
    if (documents.get(uri)?.version !== version) return;
    const open = known.filter(({ record }) => !record.accepted);
    regions.restore(
      uri,
      open.map(({ span, record }) => ({ span, evidence: record.evidence })),
    );
  };

  return {
    follow(event) {
      if (event.type === 'opened') tell(remember(event.snapshot));
      else if (event.type === 'closed') {
        found.delete(event.uri);
        expected.delete(event.uri);
      } else if (event.type === 'changed') {
        const { uri } = event.snapshot;
        const before = found.get(uri);
        if (before)
          found.set(
            uri,
            before.flatMap((finding) => shifted(finding, event.edits)),
          );
      }
      regions.follow(event);
    },
    versionOf: (uri) => documents.get(uri)?.version,
    offered(uri, edits, evidence) {
      const snapshot = documents.get(uri);
      if (snapshot) expected.set(uri, { text: applyEdits(snapshot.text, edits), evidence });
      regions.expect(uri, edits, evidence);
    },
    written({ snapshot, edits, evidence }) {
      const text = applyEdits(snapshot.text, edits);
      const span = placeOfFirst(edits);
      if (span) keep({ ...snapshot, text }, { span, evidence }, false);
    },
    regions: (uri) => regions.of(uri),
    accept(uri, region) {
      const snapshot = documents.get(uri);
      if (snapshot) keep(snapshot, region, true);
      regions.drop(uri, region);
    },
    findings: (uri) => found.get(uri) ?? [],
    tried,
    renew(uri, region, evidence) {
      const snapshot = documents.get(uri);
      if (snapshot) keep(snapshot, { ...region, evidence }, false);
      regions.renew(uri, region, evidence);
    },
  };
}

/** What was edited is not what was looked at any more. */
function shifted(finding: Finding, edits: readonly Edit[]): Finding[] {
  let span: Span | undefined = finding.span;
  for (const edit of edits) {
    const touched: boolean = edit.span.start < span.end && edit.span.end > span.start;
    span = touched ? undefined : shiftSpan(span, edit);
    if (!span) return [];
  }
  return [{ ...finding, span }];
}

/** Where the target's edit, the first, stands when all are made. */
function placeOfFirst([target, ...others]: Proposal['edits']): Span | undefined {
  if (!target) return undefined;
  const moved = others
    .filter(({ span }) => span.start < target.span.start)
    .reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
  const start = target.span.start + moved;
  return { start, end: start + target.newText.length };
}
