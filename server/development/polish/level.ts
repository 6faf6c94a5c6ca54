// The level of an answer by chat: its indentation often counts from the margin, or from the cursor, instead of the file's.
import type { Filter } from './context.ts';
import { isBlank, lastLines, leadOf, linePrefix, linesOf, normal, opens, widthOf } from './lines.ts';

/** Lines before the cursor that the answer may begin with. */
const maximumLines = 60;

/** Moves all lines of a fenced answer by what its first line is off. A replacement is moved later, when it is cut to size. */
export const levelled: Filter = (text, { mode, fenced, before }) => {
  if (mode === 'replace' || !fenced) return text;
  const lines = linesOf(text);
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) return text;
  const prefix = linePrefix(before);
  const own = leadOf(lines[first]!);
  const place = leadOf(sameLine(lines[first]!, before) ?? prefix);
  if (own === place || !place.startsWith(own)) return text;
  const by = place.slice(own.length);
  const rest = lines.slice(first + 1).filter((line) => !isBlank(line));
  if (own === '' && !countsFromMargin(lines[first]!, rest, place)) return text;
  // What goes on behind something keeps its beginning.
  const goesOn =
    !isBlank(prefix) && place === leadOf(prefix) && !lines[first]!.trimStart().startsWith(prefix.trim());
  return lines
    .map((line, index) => (isBlank(line) || (index === first && goesOn) ? line : by + line))
    .join('\n');
};

/** The line before the cursor that the answer begins with again. */
function sameLine(line: string, before: string): string | undefined {
  const wanted = normal(line);
  return wanted.length < 4
    ? undefined
    : lastLines(before, maximumLines).findLast((one) => normal(one) === wanted);
}

/** Whether a first line at the margin is at its level with the others, rather than the only one without its indentation. */
function countsFromMargin(first: string, rest: readonly string[], place: string): boolean {
  const widths = rest.map((line) => widthOf(leadOf(line)));
  if (widths.includes(0)) return true;
  return opens(first) && widths.length > 0 && widths[0]! <= widthOf(place);
}
