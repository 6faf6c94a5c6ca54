// White space that nobody sees: at the ends of lines, and line breaks after the end.
import { scan } from './brackets.ts';
import type { Filter } from './context.ts';
import { isBlank, linePrefix, lineRest, linesOf } from './lines.ts';

/** Leaves what lies inside of a string over several lines, where white space is content. */
export const trimmed: Filter = (text, { mode, before, after, language }) => {
  const { stringLines } = scan(text, language);
  const lines = linesOf(text);
  let at = 0;
  const trimmedLines = lines.map((line) => {
    at += line.length + 1;
    // What ends this line lies inside of a string when the next line does.
    return stringLines.has(at) ? line : line.trimEnd();
  });
  // The last line may go on behind the cursor.
  if (mode === 'insert' || lines.length === 1) trimmedLines[lines.length - 1] = lines.at(-1)!;
  const joined = trimmedLines.join('\n');
  if (mode === 'replace') return joined;
  if (isBlank(lineRest(after))) return joined.trimEnd();
  // Whole lines above a line that is there need the break between them.
  return isBlank(linePrefix(before))
    ? joined.replace(/\n\s*\n([ \t]*)$/, '\n$1')
    : joined.replace(/\s*\n\s*$/, '');
};
