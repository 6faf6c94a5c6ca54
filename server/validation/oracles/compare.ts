// Which diagnostics a candidate has brought: those of the text with it that the text without it does not have.
import type { CheckName, Finding } from '../../core/finding.ts';
import { contains, overlaps, type Span, shiftSpan } from '../../core/span.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { JudgedChange } from './judge.ts';
import { shownCharacters } from './limits.ts';
import { editBetween, type Places, placesIn } from './positions.ts';

/** A change with a text before it. */
type JudgedEdit = JudgedChange & { readonly before: string };

interface Placed {
  readonly diagnostic: Diagnostic;
  readonly span: Span;
  readonly key: string;
}

/**
 * Errors and warnings of `after` that have no counterpart in `before`: an equal one at the place that the change moved
 * it to, or, within what was changed, an equal one on an equal line. Only the file's own text was changed, so that what
 * is new outside of the candidate is its doing as well.
 */
export function newDiagnostics(
  tool: string,
  change: JudgedEdit,
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): Finding[] {
  const found = placed(after, placesIn(change.after));
  const rest = unmatched(change, placed(before, placesIn(change.before)), found);
  return found.filter((one) => rest.has(one)).map((one) => findingOf(tool, change.path, one));
}

/** Errors and warnings of code that is there and is asked about: those that touch its spans. */
export function diagnosticsWithin(
  tool: string,
  change: JudgedChange,
  after: readonly Diagnostic[],
): Finding[] {
  return placed(after, placesIn(change.after))
    .filter(({ span }) => change.spans.some((own) => overlaps(own, span)))
    .map((one) => findingOf(tool, change.path, one));
}

function findingOf(tool: string, path: string, { diagnostic, span }: Placed): Finding {
  const check: CheckName = `types/${tool}`;
  const severity = diagnostic.severity === 'warning' ? 'warning' : 'error';
  return { check, severity, path, span, message: messageOf(diagnostic), fixes: [] };
}

const placed = (diagnostics: readonly Diagnostic[], places: Places): Placed[] =>
  diagnostics
    .filter(({ severity }) => severity !== 'advice')
    .map((diagnostic) => ({ diagnostic, span: places.spanOf(diagnostic.range), key: keyOf(diagnostic) }));

/** Messages name lines, which move: `line 3`, `a.c:3:4`, `a.ts(3,4)`. */
export const keyOf = ({ severity, code, message }: Diagnostic): string =>
  `${severity} ${code ?? ''} ${message.replace(/\b(lines?\s+|:)\d+(:\d+)?|(?<=\.\w+\()\d+,\d+(?=\))/gi, '$1')}`;

function unmatched(change: JudgedEdit, before: readonly Placed[], after: readonly Placed[]): Set<Placed> {
  const edit = editBetween(change.before, change.after);
  const changed = { start: edit.span.start, end: edit.span.start + edit.newText.length };
  const left = new Set(after);

  // At their places: outside of what was changed.
  const byPlace = new Map<string, number>();
  const within: Placed[] = [];
  for (const one of before) {
    const moved = touches(edit.span, one.span) ? undefined : shiftSpan(one.span, edit);
    if (moved) add(byPlace, `${moved.start} ${one.key}`, 1);
    else within.push(one);
  }
  for (const one of after) {
    if (take(byPlace, `${one.span.start} ${one.key}`)) left.delete(one);
  }

  // By their lines: within. What lies outside of the candidate is the old one rather than what lies in it.
  const [oldPlaces, newPlaces] = [placesIn(change.before), placesIn(change.after)];
  const byLine = new Map<string, number>();
  for (const one of within) add(byLine, `${oldPlaces.lineOf(one.span.start)}\n${one.key}`, 1);
  const inCandidate = ({ span }: Placed): boolean => change.spans.some((own) => contains(own, span));
  const candidates = [...left].filter(({ span }) => overlaps(changed, span));
  for (const one of [...candidates.filter((each) => !inCandidate(each)), ...candidates.filter(inCandidate)]) {
    if (take(byLine, `${newPlaces.lineOf(one.span.start)}\n${one.key}`)) left.delete(one);
  }
  return left;
}

/** Whether the edit writes over something of the span. */
const touches = (edit: Span, target: Span): boolean => edit.start < target.end && edit.end > target.start;

const add = (counts: Map<string, number>, key: string, by: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + by);
};

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}

/** The tool's words on one line, with its code. */
export function messageOf({ message, code }: Pick<Diagnostic, 'message' | 'code'>): string {
  const line = message.replace(/\s+/g, ' ').trim();
  const shown = line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
  return code === undefined || shown.includes(code) ? shown : `${shown} (${code})`;
}
