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

const openers = '([{';
const closers = ')]}';

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
  const run = /[^\S\n]+|[^\s()[\]{}\\\ufeff]+/y;
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
    const character = text[at]!;
    if (character === '\n') {
      at++;
      if (open.length > 0) continue;
      close(at);
    } else if (character === continuation && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      // Joined lines take the indentation of the first, even where there is nothing else on it.
      if (first < 0) first = at;
      at = text.indexOf('\n', at) + 1;
    } else {
      if (openers.includes(character)) open.push(at);
      else if (closers.includes(character)) {
        const partner = open.pop();
        if (partner === undefined) return { lines, lone: bracketAt(at, false) };
        if (openers.indexOf(text[partner]!) !== closers.indexOf(character)) {
          return { lines, lone: bracketAt(partner, true) };
        }
      }
      // Runs without a mark in them are most of a text: they are passed over at once.
      run.lastIndex = at;
      const length = run.exec(text)?.[0].length ?? 1;
      const end = Math.min(at + length, literal?.start ?? text.length, note?.start ?? text.length);
      if (!/\s|\ufeff/.test(character)) code(at, end, false);
      at = end;
    }
  }
  if (open.length > 0) return { lines, lone: bracketAt(open.at(-1)!, true) };
  close(text.length);
  return { lines };
}

const bracketAt = (at: number, opens: boolean): LoneBracket => ({ span: { start: at, end: at + 1 }, opens });
