// A text as the statements' lines of a language that ends them with their line: brackets, strings and marks of continuation
// join lines; blank lines and comments are none.
import type { LayoutRules } from '../../core/language.ts';
import type { Span } from '../../core/span.ts';

export interface LogicalLine {
  /** Where its first line of text starts, white space included. */
  readonly start: number;
  /** From its first to its last character of code. */
  readonly code: Span;
  /** Whether it ends as lines do that a block must follow. */
  readonly opens: boolean;
}

/** A bracket that has no other. */
export interface LoneBracket {
  readonly span: Span;
  readonly opens: boolean;
}

const lineFeed = 10;

const isOpener = (unit: number): boolean => unit === 40 || unit === 91 || unit === 123;
const isCloser = (unit: number): boolean => unit === 41 || unit === 93 || unit === 125;
/** Round brackets are neighbours in the table of characters, the others stand one apart. */
const isPair = (opener: number, closer: number): boolean => closer - opener === (opener === 40 ? 1 : 2);

/** White space other than the end of a line, or a byte order mark. */
const isBlank = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 160 && /[\s\ufeff]/.test(String.fromCharCode(unit)));

const isBreakAt = (text: string, at: number): boolean =>
  text.charCodeAt(at) === lineFeed || (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === lineFeed);

/**
 * Lines up to the first bracket that has no other: from there on it is not certain where one ends.
 * @param strings spans of string literals or their parts, in order.
 * @param comments spans of comments, in order; one that is a string too is a string.
 */
export function logicalLines(
  text: string,
  { opener, continuation }: LayoutRules,
  strings: readonly Span[],
  comments: readonly Span[],
): { lines: readonly LogicalLine[]; lone?: LoneBracket } {
  const lines: LogicalLine[] = [];
  let start = 0;
  let first = -1;
  let last = 0;
  let inString = false;
  const open: number[] = [];
  const mark = continuation.charCodeAt(0);
  let string = 0;
  let comment = 0;
  const code = (from: number, to: number, isString: boolean): void => {
    if (first < 0) first = from;
    last = to;
    inString = isString;
  };
  const close = (next: number): void => {
    if (first >= 0) {
      const opens = !inString && text.startsWith(opener, last - opener.length);
      lines.push({ start, code: { start: first, end: last }, opens });
    }
    start = next;
    first = -1;
  };

  for (let at = 0; at < text.length; ) {
    while (string < strings.length && strings[string]!.end <= at) string++;
    while (comment < comments.length && comments[comment]!.end <= at) comment++;
    const literal = strings[string];
    if (literal && literal.start <= at) {
      code(at, literal.end, true);
      at = literal.end;
      continue;
    }
    const note = comments[comment];
    if (note && note.start <= at) {
      at = note.end;
      continue;
    }
    const until = Math.min(literal?.start ?? text.length, note?.start ?? text.length);
    // By code units up to the next of them: this looks at the whole text after each key.
    for (; at < until; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 32) continue;
      if (unit === lineFeed) {
        if (open.length === 0) close(at + 1);
      } else if (unit === mark && isBreakAt(text, at + 1)) {
        // Joined lines take the indentation of the first, even where there is nothing else on it.
        if (first < 0) first = at;
        at = text.indexOf('\n', at);
      } else if (!isBlank(unit)) {
        code(at, at + 1, false);
        if (isOpener(unit)) open.push(at);
        else if (isCloser(unit)) {
          const partner = open.pop();
          if (partner === undefined) return { lines, lone: bracketAt(at, false) };
          if (!isPair(text.charCodeAt(partner), unit)) return { lines, lone: bracketAt(partner, true) };
        }
      }
    }
  }
  if (open.length > 0) return { lines, lone: bracketAt(open.at(-1)!, true) };
  close(text.length);
  return { lines };
}

const bracketAt = (at: number, opens: boolean): LoneBracket => ({ span: { start: at, end: at + 1 }, opens });
