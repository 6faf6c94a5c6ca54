// Where the syntactic scope of the place ends, by brackets and indentation: what follows belongs to someone else.
import { balanceOf, closerOf, leavingClosers, type Scan, scan } from './brackets.ts';
import { best, type Filter, type PolishContext } from './context.ts';
import { isBlank, leadOf, linePrefix, lineRest, linesOf, widthOf } from './lines.ts';

export const toScope: Filter = (text, context) => {
  const end = scopeEnd(text, context);
  return end === undefined ? text : best(context, [text.slice(0, end).trimEnd(), text]);
};

/** Offset at which the text leaves the scope of its place; `undefined` when it does not. */
export function scopeEnd(text: string, context: PolishContext): number | undefined {
  const ends = [endByBrackets(text, context), endByIndentation(text, scan(text, context.language), context)];
  const found = ends.filter((end) => end !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** The closer of a bracket that was opened above the cursor's line, unless the file lacks it. */
function endByBrackets(text: string, context: PolishContext): number | undefined {
  const { close, allowed } = leavingClosers(text, context);
  const leaving = close[allowed];
  if (!leaving) return undefined;
  // A line of nothing but closers belongs together.
  const lineStart = text.lastIndexOf('\n', leaving.at) + 1;
  return /^[\s)\]}]*$/.test(text.slice(lineStart, leaving.at)) ? lineStart : leaving.at;
}

/** The first line that stands further to the left than the place. Only where blocks are made by indentation. */
function endByIndentation(text: string, scanned: Scan, context: PolishContext): number | undefined {
  if (!context.language?.indented) return undefined;
  const lines = linesOf(text);
  const inBrackets = bracketLines(text, scanned);
  const { base, strict } = baseOf(lines, context);
  let at = 0;
  let afterBlank = false;
  for (const [index, line] of lines.entries()) {
    const lineStart = at;
    at += line.length + 1;
    if (isBlank(line)) {
      afterBlank = true;
      continue;
    }
    const width = widthOf(leadOf(line));
    const outside = width < base || (strict && width === base && afterBlank);
    afterBlank = false;
    if (index === 0 || !outside || scanned.stringLines.has(lineStart) || inBrackets.has(lineStart)) continue;
    if (/^[)\]}]/.test(line.trim())) continue;
    return lineStart;
  }
  return undefined;
}

/** @returns the place's indentation; `strict` when the place is the header of a block, so that its own level is outside. */
function baseOf(lines: readonly string[], context: PolishContext): { base: number; strict: boolean } {
  if (context.mode === 'insert') {
    const prefix = linePrefix(context.before);
    const opens = /:\s*$/.test(isBlank(lines[0] ?? '') ? prefix : (lines[0] ?? ''));
    const strict = !isBlank(prefix) && opens && isBlank(lineRest(context.after));
    return { base: widthOf(statementLead(context)), strict };
  }
  const said = lines.filter((line) => !isBlank(line));
  const widths = said.map((line) => widthOf(leadOf(line)));
  // A first line without its indentation, as models like to begin, says nothing about the others.
  const [first = 0, second] = widths;
  const lost = first === 0 && second !== undefined && second > 0 && !/[:([{,]\s*$/.test(said[0]!);
  return { base: lost ? Math.min(...widths.slice(1)) : first, strict: false };
}

/** How far back the beginning of a statement is looked for, in code units. */
const statementWindow = 20_000;

/** The indentation of the line that the cursor's statement begins on: further up where brackets are open. */
function statementLead({ before, language }: PolishContext): string {
  const near = before.slice(-statementWindow);
  const [outermost] = balanceOf(scan(near, language)).open;
  const start = near.lastIndexOf('\n', outermost ? outermost.at : near.length) + 1;
  return leadOf(near.slice(start));
}

/** Offsets of line starts that lie between brackets of the text. */
function bracketLines(text: string, { brackets }: Scan): ReadonlySet<number> {
  const inside = new Set<number>();
  let depth = 0;
  let from = 0;
  const mark = (to: number): void => {
    if (depth > 0)
      for (let next = text.indexOf('\n', from); next >= 0 && next < to; next = text.indexOf('\n', next + 1))
        inside.add(next + 1);
    from = to;
  };
  for (const { at, char } of brackets) {
    mark(at);
    depth = Math.max(0, depth + (char in closerOf ? 1 : -1));
  }
  mark(text.length);
  return inside;
}
