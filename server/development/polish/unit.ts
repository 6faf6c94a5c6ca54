// The file's own unit of indentation, tabs or so many spaces, and a draft brought into it.
import { scan } from './brackets.ts';
import type { Filter } from './context.ts';
import { isBlank, lastLines, leadOf, linePrefix, linesOf, opens } from './lines.ts';

/** Lines of the file from which its unit is told. */
const sampleLines = 400;

/** Code units after the target that are looked at for the unit. */
export const nearby = 20_000;

/** What the file indents by, where it shows it. */
export function unitOf(text: string): string | undefined {
  const leads = lastLines(text, sampleLines).map(leadOf);
  if (leads.some((lead) => lead.startsWith('\t'))) return '\t';
  // The steps between one line and the next; the step of an aligned continuation is rarely the most frequent one.
  const counts = new Map<number, number>();
  for (let at = 1; at < leads.length; at++) {
    const step = leads[at]!.length - leads[at - 1]!.length;
    if (step > 1) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return most && most[0] <= 8 ? ' '.repeat(most[0]) : undefined;
}

/**
 * What a draft indents by: the step after a line that opens a block. In a file of tabs any indentation by spaces is
 * wrong, and the smallest tells the unit.
 */
function unitOfDraft(text: string, wanted: string): string | undefined {
  const lines = linesOf(text).filter((line) => !isBlank(line));
  const leads = lines.map(leadOf);
  if (leads.some((lead) => lead.startsWith('\t'))) return '\t';
  const steps = leads.flatMap((lead, at) => {
    const above = leads[at - 1];
    // A first line at the margin may have lost its indentation.
    if (above === undefined || (at === 1 && above === '')) return [];
    const opened = opens(lines[at - 1]!) && lead.length > above.length;
    return opened ? [lead.length - above.length] : [];
  });
  const all = wanted === '\t' ? [...steps, ...leads.map((lead) => lead.length)] : steps;
  const smallest = Math.min(...all.filter((step) => step > 1));
  return smallest <= 8 ? ' '.repeat(smallest) : undefined;
}

/**
 * The draft in the file's unit, when both are known and differ. Lines that are no multiple of it are aligned, and stay.
 */
export const inUnit: Filter = (text, { before, after, replaced, language, mode }) => {
  const wanted = unitOf(`${before}${replaced}${after.slice(0, nearby)}`);
  const own = wanted === undefined ? undefined : unitOfDraft(text, wanted);
  if (own === undefined || wanted === undefined || own === wanted) return text;
  const { stringLines } = scan(text, language);
  const goesOn = mode === 'insert' && !isBlank(linePrefix(before));
  let at = 0;
  const converted = linesOf(text).map((line, index) => {
    const start = at;
    at += line.length + 1;
    const lead = leadOf(line);
    // White space in the middle of the cursor's line is no indentation.
    if (lead === '' || (index === 0 && goesOn) || stringLines.has(start)) return line;
    if (lead.length % own.length !== 0 || (own !== '\t' && lead.includes('\t'))) return line;
    return wanted.repeat(lead.length / own.length) + line.slice(lead.length);
  });
  return converted.join('\n');
};
