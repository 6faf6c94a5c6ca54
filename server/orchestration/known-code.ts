// What is known of open documents beyond what their checks say at any time: code that vouch wrote, with its evidence, and
// what judges and tests found when they were last asked. All of it moves with the text, and goes with it.
import type { Finding } from '../core/finding.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { applyEdits, type Edit, overlaps, type Span, shiftSpan } from '../core/span.ts';
import type { Evidence, Proposal } from '../core/task.ts';
import type { DocumentEvent, Documents } from '../input/documents.ts';
import { evidenceIn, keepEvidence } from './evidence/records.ts';
import { createRegions } from './regions.ts';
import { isByProgram } from './renewed.ts';
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
  /**
   * What they found now, in place of what they found there before.
   * @param stays whether nothing was learned now of what was found before.
   */
  tried(uri: string, where: Span, found: readonly Found[], stays?: (old: Found) => boolean): void;
  renew(uri: string, region: Region, evidence: Evidence): void;
}

/** A finding, and the code that it is about: a failed example is marked in a comment, though the body is at fault. */
export interface Found {
  readonly finding: Finding;
  readonly about: Span;
}

/** Offers of one document whose edit may still come, each with a text of the document; the oldest go first. */
const maximumExpected = 8;

/**
 * @param changed told of documents of which something else is known now.
 * @param tell follows work that nobody waits for.
 */
export function createKnownCode(
  documents: Documents,
  changed: (uri: string) => void,
  tell: (work: Promise<unknown>) => void,
): KnownCode {
  const found = new Map<string, readonly Found[]>();
  /** What a document's text is when an offer has been put in as it was made: its findings refer to that. */
  const expected = new Map<string, readonly { readonly text: string; readonly evidence: Evidence }[]>();

  const keep = ({ path, text }: Snapshot, { span, evidence }: Region, accepted: boolean): void =>
    tell(keepEvidence(path, text, span, evidence, accepted));

  const tried: KnownCode['tried'] = (uri, where, now, stays = () => false) => {
    const others = (found.get(uri) ?? []).filter(
      (old) => (!overlaps(old.finding.span, where) && !overlaps(old.about, where)) || stays(old),
    );
    found.set(uri, [...others, ...now]);
    changed(uri);
  };

  const regions = createRegions(changed, (snapshot, region) => {
    keep(snapshot, region, false);
    const offers = expected.get(snapshot.uri) ?? [];
    expected.delete(snapshot.uri);
    if (!offers.some(({ text, evidence }) => text === snapshot.text && evidence === region.evidence)) return;
    const findings = region.evidence.findings.filter(({ check }) => isByProgram(check));
    tried(
      snapshot.uri,
      region.span,
      findings.map((finding) => ({ finding, about: region.span })),
    );
  });

  /** What was known of a document's code when it was open before. */
  const remember = async ({ uri, version, path, text }: Snapshot): Promise<void> => {
    const known = await evidenceIn(path, text);
    if (documents.get(uri)?.version !== version) return;
    const open = known.filter(({ record }) => !record.accepted);
    regions.restore(
      uri,
      text,
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
            before.flatMap((one) => moved(one, event.edits)),
          );
      }
      regions.follow(event);
    },
    versionOf: (uri) => documents.get(uri)?.version,
    offered(uri, edits, evidence) {
      const snapshot = documents.get(uri);
      // Completions are not run: nothing is to be kept of them.
      if (snapshot && evidence.findings.some(({ check }) => isByProgram(check))) {
        const offer = { text: applyEdits(snapshot.text, edits), evidence };
        expected.set(uri, [...(expected.get(uri) ?? []), offer].slice(-maximumExpected));
      }
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
    findings: (uri) => (found.get(uri) ?? []).map(({ finding }) => finding),
    tried,
    renew(uri, region, evidence) {
      const snapshot = documents.get(uri);
      if (snapshot) keep(snapshot, { ...region, evidence }, false);
      regions.renew(uri, region, evidence);
    },
  };
}

/** What was edited, or is about what was edited, is not what was looked at any more. */
function moved({ finding, about }: Found, edits: readonly Edit[]): Found[] {
  const span = untouched(finding.span, edits);
  const code = untouched(about, edits);
  return span && code ? [{ finding: { ...finding, span }, about: code }] : [];
}

function untouched(before: Span, edits: readonly Edit[]): Span | undefined {
  let span: Span | undefined = before;
  for (const edit of edits) {
    const touched: boolean = edit.span.start < span.end && edit.span.end > span.start;
    span = touched ? undefined : shiftSpan(span, edit);
    if (!span) return undefined;
  }
  return span;
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
