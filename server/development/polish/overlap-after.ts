// The model goes on into what stands below the cursor already: whole lines, the rest of the line, closing brackets.
import { balanceOf, leavingClosers, scan } from './brackets.ts';
import { best, type Filter, type PolishContext } from './context.ts';
import { firstLines, isBlank, isTelling, linePrefix, lineRest, linesOf, normal } from './lines.ts';

/** Lines below that are compared. */
const maximumLines = 40;

export const withoutOverlapAfter: Filter = (text, context) =>
  withoutClosers(withoutRestOfLine(withoutLinesBelow(text, context), context), context);

/** Cuts where the lines below begin to be repeated, when that goes on to the end of the text or for several lines. */
function withoutLinesBelow(text: string, context: PolishContext): string {
  const below = firstLines(context.after, maximumLines).map(normal);
  const lines = linesOf(text);
  const said = lines.flatMap((line, at) => (isBlank(line) ? [] : [{ line: normal(line), at }]));
  // In an insertion the first line belongs to the cursor's own.
  for (let start = context.mode === 'insert' ? 1 : 0; start < said.length; start++) {
    let count = 0;
    while (count < below.length && said[start + count]?.line === below[count]) count++;
    const reachesEnd = start + count === said.length;
    const repeated = below.slice(0, count);
    if (!repeated.some(isTelling) || !(reachesEnd || count >= 3)) continue;
    return lines.slice(0, said[start]!.at).join('\n');
  }
  return text;
}

/** Drops closing brackets at the end that close what the text below closes already. */
function withoutClosers(text: string, context: PolishContext): string {
  const { close, allowed } = leavingClosers(text, context);
  // Only closers at the very end, with nothing but punctuation after each: others are a mistake of another kind.
  const kept = close.slice(allowed).filter(({ at }) => /^[)\]};,\s]*$/.test(text.slice(at)));
  const first = kept[0];
  if (!first) return text;
  const cut = text.slice(0, first.at).replace(/\n[ \t]*$/, '');
  if (context.mode === 'insert' && imbalance(cut, context) >= imbalance(text, context)) return text;
  return best(context, [cut, text]);
}

/** The rest of the cursor's line, or its beginning, at the end of the text. */
function withoutRestOfLine(text: string, context: PolishContext): string {
  const rest = lineRest(context.after).trim();
  if (rest === '' || context.mode === 'replace') return text;
  const end = text.trimEnd();
  for (let length = Math.min(rest.length, end.length); length > 0; length--) {
    const part = rest.slice(0, length);
    if (!end.endsWith(part)) continue;
    const kept = end.slice(0, end.length - length);
    const cut = /^\s/.test(context.after) ? kept.trimEnd() : kept;
    if (isRepeated(part, length === rest.length, text, cut, context)) return best(context, [cut, text]);
  }
  return text;
}

/** Whether the part at the end is what stands after the cursor rather than a part of the text that looks like it. */
function isRepeated(
  part: string,
  whole: boolean,
  text: string,
  cut: string,
  context: PolishContext,
): boolean {
  const difference = imbalance(cut, context) - imbalance(text, context);
  if (difference !== 0) return difference < 0;
  // The end of a word that the text goes on to is no word of its own.
  if (/^[\p{L}\p{N}_]/u.test(part) && /[\p{L}\p{N}_]$/u.test(cut)) return false;
  return whole || part.length >= 4 || /^[;,:]$/.test(part);
}

/** How many brackets and quotes of the cursor's line would lack their other half. */
function imbalance(text: string, { before, after }: PolishContext): number {
  const line = linePrefix(before) + text + lineRest(after);
  // Without a language: in a comment brackets come in pairs as well.
  const { open, close } = balanceOf(scan(line, undefined));
  const odd = ['"', "'", '`'].filter((quote) => line.split(quote).length % 2 === 0);
  return open.length + close.length + odd.length;
}
