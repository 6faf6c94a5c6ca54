// Brackets of a code fragment by a rough scan that knows strings and comments of most languages. A fragment has no tree;
// where the scan may be wrong, `errorsWith` of the context has the last word.
import type { PolishContext } from './context.ts';

export interface Bracket {
  readonly at: number;
  readonly char: string;
}

export interface Scan {
  readonly brackets: readonly Bracket[];
  /** Offsets of line starts that lie inside of a string over several lines. */
  readonly stringLines: ReadonlySet<number>;
}

export const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const longQuotes = ['"""', "'''", '`'] as const;

export function scan(text: string, language: PolishContext['language']): Scan {
  const brackets: Bracket[] = [];
  const stringLines = new Set<number>();
  const line = language?.comment.line;
  const block = language?.comment.block;
  let at = 0;
  const skipTo = (end: number): void => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1))
      stringLines.add(next + 1);
    at = end;
  };
  while (at < text.length) {
    const char = text[at]!;
    const quote = longQuotes.find((one) => text.startsWith(one, at));
    if (line !== undefined && text.startsWith(line, at)) at = lineEnd(text, at);
    else if (block !== undefined && text.startsWith(block[0], at))
      at = after(text, block[1], at + block[0].length);
    else if (quote !== undefined) skipTo(stringEnd(text, quote, at + quote.length, true) ?? text.length);
    else if (char === '"' || char === "'") at = stringEnd(text, char, at + 1, false) ?? at + 1;
    else {
      if ('()[]{}'.includes(char)) brackets.push({ at, char });
      at++;
    }
  }
  return { brackets, stringLines };
}

/** Where the string ends; `undefined` when it does not, which makes a lone quote (a lifetime, an apostrophe) plain text. */
function stringEnd(text: string, quote: string, from: number, manyLines: boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (text[at] === '\n' && !manyLines) return undefined;
  }
  return undefined;
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

const after = (text: string, what: string, from: number): number => {
  const end = text.indexOf(what, from);
  return end < 0 ? text.length : end + what.length;
};

export interface Balance {
  /** Openers that stay open, outermost first. */
  readonly open: readonly Bracket[];
  /** Closers of brackets that were opened before the text, in order. */
  readonly close: readonly Bracket[];
}

/** A closer that does not fit the innermost opener counts as if it did: a draft is wrong more often in kind than in number. */
export function balanceOf({ brackets }: Scan): Balance {
  const open: Bracket[] = [];
  const close: Bracket[] = [];
  for (const bracket of brackets) {
    if (bracket.char in closerOf) open.push(bracket);
    else if (!open.pop()) close.push(bracket);
  }
  return { open, close };
}

/** How much of a file is scanned to find out whether its brackets balance, in code units on either side. */
const window = 100_000;

/** How many closers the file still lacks at the target: brackets open before it that nothing after it closes. */
export function missingClosers({ before, after: rest, language }: PolishContext): number {
  if (before.length > window || rest.length > window) return 0;
  const { open } = balanceOf(scan(before, language));
  const { close } = balanceOf(scan(rest, language));
  return Math.max(0, open.length - close.length);
}
