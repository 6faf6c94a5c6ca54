// Brackets of a code fragment by a rough scan that knows strings and comments of most languages. A fragment has no tree;
// where the scan may be wrong, `errorsWith` of the context has the last word.
import type { PolishContext } from './context.ts';
import { linePrefix } from './lines.ts';

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

const longQuotes: ReadonlySet<string> = new Set(['"""', "'''", '`']);

export function scan(text: string, language: PolishContext['language']): Scan {
  const brackets: Bracket[] = [];
  const stringLines = new Set<number>();
  const line = language?.comment.line;
  const block = language?.comment.block;
  // Only what may begin something is looked at; everything between is skipped by the regular expression.
  const next = interesting(line, block?.[0]);
  for (let match = next.exec(text); match; match = next.exec(text)) {
    const { index: at } = match;
    const [mark] = match;
    if (mark === line) next.lastIndex = lineEnd(text, at);
    else if (mark === block?.[0]) next.lastIndex = after(text, block[1], at + mark.length);
    else if (longQuotes.has(mark)) {
      const end = stringEnd(text, mark, at + mark.length, true) ?? text.length;
      for (let from = text.indexOf('\n', at); from >= 0 && from < end; from = text.indexOf('\n', from + 1))
        stringLines.add(from + 1);
      next.lastIndex = end;
    } else if (mark === '"' || mark === "'") next.lastIndex = stringEnd(text, mark, at + 1, false) ?? at + 1;
    else brackets.push({ at, char: mark });
  }
  return { brackets, stringLines };
}

function interesting(line: string | undefined, block: string | undefined): RegExp {
  const comments = [line, block]
    .filter((mark) => mark !== undefined)
    .sort((a, b) => b.length - a.length)
    .map((mark) => mark.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp([...comments, '"""', "'''", '["\'`()[\\]{}]'].join('|'), 'g');
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

/** Kept with the context, since several filters ask and the whole file is scanned for it. */
const missing = new WeakMap<PolishContext, number>();

/** How many closers the file still lacks at the target: brackets open before it that nothing after it closes. */
export function missingClosers(context: PolishContext): number {
  const known = missing.get(context);
  if (known !== undefined) return known;
  const { before, after: rest, language } = context;
  const count =
    before.length > window || rest.length > window
      ? 0
      : Math.max(
          0,
          balanceOf(scan(before, language)).open.length - balanceOf(scan(rest, language)).close.length,
        );
  missing.set(context, count);
  return count;
}

/** Closers in the text that close brackets opened above its line, and how many of them the place has use for. */
export function leavingClosers(
  text: string,
  context: PolishContext,
): { close: readonly Bracket[]; allowed: number } {
  const { language } = context;
  if (context.mode === 'replace') {
    const { close } = balanceOf(scan(text, language));
    return { close, allowed: balanceOf(scan(context.replaced, language)).close.length };
  }
  // With the line's beginning, which may have opened a bracket or a string.
  const prefix = linePrefix(context.before);
  const own = balanceOf(scan(prefix, language)).open.length;
  const { close } = balanceOf(scan(prefix + text, language));
  const inText = close.filter(({ at }) => at >= prefix.length);
  return {
    close: inText.map(({ at, char }) => ({ at: at - prefix.length, char })),
    allowed: Math.max(0, missingClosers(context) - own),
  };
}
