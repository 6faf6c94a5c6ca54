// The model begins with what stands before the cursor already: the beginning of the line, or whole lines.
import { best, type Filter } from './context.ts';
import { isBlank, isTelling, lastLines, leadOf, linePrefix, linesOf, normal } from './lines.ts';

/** Lines before the cursor that are compared. */
const maximumLines = 40;

/** Only for an insertion; a replacement repeats the declaration around it, see `withoutEcho`. */
export const withoutOverlapBefore: Filter = (text, context) => {
  if (context.mode === 'replace') return text;
  const prefix = linePrefix(context.before);
  const whole = context.before.slice(0, context.before.length - prefix.length);
  const above = lastLines(whole, maximumLines).map(normal);
  const lines = linesOf(text);
  const said = lines.flatMap((line, at) => (isBlank(line) ? [] : [{ line, at }]));

  for (let count = Math.min(said.length, above.length + 1); count > 0; count--) {
    // The last of the repeated lines is the cursor's own, of which only the beginning stands there.
    const own = said[count - 1]!;
    const repeated = said.slice(0, count - 1).map(({ line }) => normal(line));
    const wanted = count === 1 ? [] : above.slice(-(count - 1));
    if (repeated.some((line, index) => line !== wanted[index])) continue;
    if (isBlank(prefix)) {
      if (!repeated.some(isTelling)) continue;
      const first = own.line.slice(Math.min(leadOf(own.line).length, prefix.length));
      return [first, ...lines.slice(own.at + 1)].join('\n');
    }
    const rest = afterPrefix(own.line, prefix);
    if (rest === undefined) continue;
    const without = [rest, ...lines.slice(own.at + 1)].join('\n');
    return count > 1 || isTelling(prefix) ? without : best(context, [without, text]);
  }
  return isBlank(prefix) ? withoutLinesAbove(text, said, above) : text;
};

/** The line after the part that stands before the cursor; `undefined` when it does not begin with that. */
function afterPrefix(line: string, prefix: string): string | undefined {
  const wanted = prefix.trimStart();
  const written = line.trimStart();
  if (written.startsWith(wanted)) return written.slice(wanted.length);
  // The space between the two belongs to either.
  const bare = wanted.trimEnd();
  return bare !== '' && written.startsWith(bare) && bare !== wanted
    ? written.slice(bare.length).trimStart()
    : undefined;
}

/** Nothing but lines that stand there already. */
const withoutLinesAbove = (
  text: string,
  said: readonly { readonly line: string }[],
  above: readonly string[],
): string => {
  const lines = said.map(({ line }) => normal(line));
  const same = lines.length > 0 && lines.every((line, at) => line === above.at(at - lines.length));
  return same && lines.some(isTelling) ? '' : text;
};
