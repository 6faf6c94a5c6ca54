// Code that vouch wrote and the user kept: recognised when it appears in the document, followed through later edits.
import type { Snapshot } from '../core/snapshot.ts';
import type { Edit, Span } from '../core/span.ts';
import { shiftSpan } from '../core/span.ts';
import type { Evidence } from '../core/task.ts';
import type { DocumentEvent } from '../input/documents.ts';
import type { Region } from './workbench.ts';

export interface Regions {
  /** What the client is about to put in. Recognised by its text, since clients send the change in many shapes. */
  expect(uri: string, edits: readonly Edit[], evidence: Evidence): void;
  follow(event: DocumentEvent): void;
  of(uri: string): readonly Region[];
  /** Puts back what was known of an opened document before: places in its present text, which is given. */
  restore(uri: string, text: string, regions: readonly Region[]): void;
  /** What became known of a region since: it was tried, or looked at again. */
  renew(uri: string, region: Region, evidence: Evidence): void;
  /** Drops a region: the user took it over. */
  drop(uri: string, region: Region): void;
}

interface Expected {
  readonly start: number;
  readonly text: string;
  readonly evidence: Evidence;
}

/** A region with the lines that it stands in: what is known of it is known of these. */
interface Kept {
  readonly region: Region;
  readonly lines: string;
}

/** Suggestions in play at one time; the oldest go first. A menu shows a few, and only one of them is taken. */
const maximumExpected = 32;

/** A change that brings less than this share of a suggestion is the user typing it, not accepting it. */
const acceptedShare = 0.5;

/** Shorter texts (a bracket, a name) are everyone's; a region around them would say nothing. */
const minimumLength = 12;

/** How far additional edits (an import above) may have moved the text from where it was expected. */
const searchDistance = 2_000;

/**
 * @param changed told of documents whose regions are others now.
 * @param took told of a region that the user took over.
 */
export function createRegions(
  changed: (uri: string) => void,
  took: (snapshot: Snapshot, region: Region) => void,
): Regions {
  const expected = new Map<string, Expected[]>();
  const kept = new Map<string, Kept[]>();
  const of = (uri: string): readonly Region[] => (kept.get(uri) ?? []).map(({ region }) => region);

  const recognise = (snapshot: Snapshot, edits: readonly Edit[]): void => {
    const { uri, text } = snapshot;
    const inserted = insertedSpans(edits);
    const waiting = expected.get(uri) ?? [];
    const found = waiting.flatMap((one) => {
      const span = nearest(text, one);
      // Equal text that stood there before is the user's own.
      return span && brought(span, inserted) >= one.text.length * acceptedShare ? [{ one, span }] : [];
    });
    // Of several that fit (one is the beginning of another) the longest is what was taken.
    const taken = found.sort((a, b) => b.one.text.length - a.one.text.length)[0];
    if (!taken) return;
    expected.delete(uri);
    const others = (kept.get(uri) ?? []).filter((one) => !touches(one.region.span, taken.span));
    const region = { span: taken.span, evidence: taken.one.evidence };
    kept.set(uri, [...others, { region, lines: linesOf(text, taken.span) }]);
    took(snapshot, region);
    changed(uri);
  };

  return {
    expect(uri, edits, evidence) {
      const target = edits[0];
      if (!target) return;
      const text = target.newText.trim();
      if (text.length < minimumLength) return;
      const start = target.span.start + target.newText.indexOf(text);
      const waiting = (expected.get(uri) ?? []).filter((one) => one.text !== text);
      expected.set(uri, [...waiting, { start, text, evidence }].slice(-maximumExpected));
    },
    follow(event) {
      if (event.type === 'closed') {
        expected.delete(event.uri);
        kept.delete(event.uri);
      }
      if (event.type !== 'changed') return;
      const { uri, text } = event.snapshot;
      const before = kept.get(uri) ?? [];
      const after = before.flatMap((one) => moved(one, event.edits, text));
      if (before.length > 0) kept.set(uri, after);
      recognise(event.snapshot, event.edits);
    },
    of,
    restore(uri, text, regions) {
      if (regions.length === 0) return;
      const known = kept.get(uri) ?? [];
      const fresh = regions.filter(({ span }) => !known.some((one) => touches(one.region.span, span)));
      kept.set(uri, [...known, ...fresh.map((region) => ({ region, lines: linesOf(text, region.span) }))]);
      changed(uri);
    },
    renew(uri, region, evidence) {
      const known = kept.get(uri) ?? [];
      kept.set(
        uri,
        known.map((one) =>
          one.region.span.start === region.span.start ? { ...one, region: { ...one.region, evidence } } : one,
        ),
      );
      changed(uri);
    },
    drop(uri, region) {
      kept.set(
        uri,
        (kept.get(uri) ?? []).filter((one) => one.region.span.start !== region.span.start),
      );
      changed(uri);
    },
  };
}

/** Where the texts of edits, made one after another, stand in the end. */
function insertedSpans(edits: readonly Edit[]): readonly Span[] {
  return edits.reduce<readonly Span[]>((spans, edit) => {
    const moved = spans.flatMap((span) => shiftSpan(span, edit) ?? []);
    const { start } = edit.span;
    return edit.newText === '' ? moved : [...moved, { start, end: start + edit.newText.length }];
  }, []);
}

/** The place of a text that is nearest to where it was expected. */
function nearest(text: string, { start, text: sought }: Expected): Span | undefined {
  const before = text.lastIndexOf(sought, start);
  const after = text.indexOf(sought, start);
  const [at] = [before, after]
    .filter((found) => found >= 0 && Math.abs(found - start) <= searchDistance)
    .sort((a, b) => Math.abs(a - start) - Math.abs(b - start));
  return at === undefined ? undefined : { start: at, end: at + sought.length };
}

/** How many code units of a span the edits brought. */
const brought = (span: Span, inserted: readonly Span[]): number =>
  inserted.reduce(
    (sum, one) => sum + Math.max(0, Math.min(span.end, one.end) - Math.max(span.start, one.start)),
    0,
  );

const touches = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** A region whose text is another is not what was checked any more, nor is one in a line that goes on otherwise. */
function moved({ region, lines }: Kept, edits: readonly Edit[], text: string): Kept[] {
  let span: Span | undefined = region.span;
  for (const edit of edits) {
    span = shiftSpan(span, edit);
    if (!span || span.start === span.end) return [];
  }
  return linesOf(text, span) === lines ? [{ region: { ...region, span }, lines }] : [];
}

/** White space around the lines, their indentation too, is not the code's. */
function linesOf(text: string, { start, end }: Span): string {
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  return text.slice(start === 0 ? 0 : begin, lineEnd < 0 ? text.length : lineEnd).trim();
}
