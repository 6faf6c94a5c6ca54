// syntax/error: text that the grammar cannot read, and what it reads though the language does not.
import { basename } from 'node:path';
import type { SyntaxErrorFact } from '../../core/facts.ts';
import type { GrammarGap, Language } from '../../core/language.ts';
import { type Edit, overlaps, type Span, shiftSpan } from '../../core/span.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { rejected } from '../syntax/rejected.ts';

/** One slip can leave the parser lost for the rest of the file: what it then says helps nobody. */
const maxFindings = 20;

export const syntaxError: Check = {
  name: 'syntax/error',
  severity: 'error',
  summary:
    'Text that the language does not allow: something too much, something missing, or something out of its place.',
  example: { languageId: 'python', code: 'def area(width, height:\n    return width * height\n' },
  judges: () => true,
  run(_, subject) {
    const { path, language, text, before } = subject;
    const gaps = gapsOf(language, path);
    const { layout, constructs } = rejected(subject, withoutGaps(subject.facts.errors, gaps, text));
    const further = [...layout, ...constructs];
    // Where the parser is lost, all that it says follows from what the layout shows to be wrong before; of a candidate
    // that is not certain, since the text before it may have had that already.
    const isExplained = !before && layout.length > 0 && subject.facts.errors.some(({ vague }) => vague);
    const errors = isExplained
      ? []
      : unread(subject, gaps).filter(({ span }) => !further.some((one) => overlaps(one.span, span)));
    return [
      ...errors.map((error) => ({ span: error.span, message: describe(error, text) })),
      ...further.map(({ span, message }) => ({ span, message: `Syntax error: ${message}` })),
    ]
      .sort((a, b) => a.span.start - b.span.start)
      .slice(0, maxFindings)
      .map((found): CheckFinding => ({ ...found, fixes: [] }));
  },
};

/** What the grammar cannot read and the text, or an edit of it, is to blame for. */
function unread({ text, facts, before }: Subject, gaps: readonly GrammarGap[]): readonly SyntaxErrorFact[] {
  const errors = before ? addedErrors(before.facts.errors, facts.errors, before.edit) : facts.errors;
  if (errors.length === 0 || (!before && isUnreadable(gaps, text))) return [];
  return withoutNested(withoutGaps(errors, gaps, text));
}

function withoutGaps(
  errors: readonly SyntaxErrorFact[],
  gaps: readonly GrammarGap[],
  text: string,
): readonly SyntaxErrorFact[] {
  if (errors.length === 0) return errors;
  const valid = gapsIn(gaps, text);
  return errors.filter(({ span }) => !valid.some((gap) => overlaps(gap, span)));
}

/** What the grammar is known not to read in this file. */
const gapsOf = ({ gaps = [] }: Language, path: string): GrammarGap[] =>
  gaps.filter(({ files }) => files === undefined || new RegExp(files, 'u').test(basename(path)));

/** Whether the file has text that leaves the parser lost for good, so that no error in it proves anything. */
const isUnreadable = (gaps: readonly GrammarGap[], text: string): boolean =>
  gaps.some((gap) => gap.whole && new RegExp(gap.text, 'u').test(text));

/** Where the text is valid and the grammar known not to read it. */
const gapsIn = (gaps: readonly GrammarGap[], text: string): Span[] =>
  gaps
    .filter(({ whole }) => !whole)
    .flatMap((gap) =>
      [...text.matchAll(new RegExp(gap.text, 'gmu'))].map(({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      })),
    );

/**
 * Errors that an edit has brought. A parser that was lost before may be lost elsewhere after, so as many errors as there
 * were outside of the replaced text are not the edit's, wherever they stand now: those that did not move, then those
 * away from the edit.
 */
function addedErrors(
  before: readonly SyntaxErrorFact[],
  after: readonly SyntaxErrorFact[],
  edit: Edit,
): readonly SyntaxErrorFact[] {
  const old = before.filter(({ span }) => !strictlyInside(edit.span, span));
  const places = new Set(
    old.map(({ span }) => shiftSpan(span, edit)?.start).filter((start) => start !== undefined),
  );
  const fresh = after.filter(({ span }) => !places.has(span.start));
  const excused = old.length - (after.length - fresh.length);
  if (excused <= 0) return fresh;
  const written: Span = { start: edit.span.start, end: edit.span.start + edit.newText.length };
  const near = fresh.filter(({ span }) => overlaps(span, written));
  const far = fresh.filter(({ span }) => !overlaps(span, written));
  return [...far, ...near].slice(excused);
}

const strictlyInside = (outer: Span, inner: Span): boolean =>
  outer.start < inner.start && inner.end < outer.end;

function withoutNested(errors: readonly SyntaxErrorFact[]): SyntaxErrorFact[] {
  const sorted = [...errors].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = -1;
  return sorted.filter(({ span }) => {
    const nested = span.start < end && span.end <= end;
    end = Math.max(end, span.end);
    return !nested;
  });
}

/** How much of the offending text a message repeats. */
const maxQuote = 30;

function describe({ span, kind, expected }: SyntaxErrorFact, text: string): string {
  if (kind === 'missing')
    return expected
      ? `Syntax error: ${named(expected)} is missing here`
      : 'Syntax error: something is missing here';
  const quote = text.slice(span.start, span.end).trim().split('\n', 1)[0]!;
  if (quote === '') return 'Syntax error';
  return `Syntax error at \`${quote.length > maxQuote ? `${quote.slice(0, maxQuote)}…` : quote}\``;
}

/** Punctuation as it is written, kinds of nodes in words. */
const named = (expected: string): string =>
  /^\w+$/.test(expected)
    ? `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected.replaceAll('_', ' ')}`
    : `\`${expected}\``;
