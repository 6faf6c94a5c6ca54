// The draft moved to the target's level of indentation, in the file's own unit of tabs or spaces.
import { scan } from './brackets.ts';
import type { Filter, PolishContext } from './context.ts';
import { isBlank, lastLines, leadOf, linePrefix, linesOf, widthOf } from './lines.ts';

export const indented: Filter = (text, context) => {
  if (isBlank(text)) return text;
  const inUnit = withUnit(text, context);
  return context.mode === 'insert' ? inserted(inUnit, context) : replacing(inUnit, context);
};

/** Lines of the file from which its unit is told. */
const sampleLines = 400;

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

const opens = (line: string): boolean => /[{:([]\s*$/.test(line);

/** The draft in the file's unit, when both are known and differ. Lines that are no multiple of it are aligned, and stay. */
function withUnit(text: string, { before, after, replaced, language }: PolishContext): string {
  const lines = linesOf(text);
  const wanted = unitOf(`${before}${replaced}${after.slice(0, 20_000)}`);
  const own = wanted === undefined ? undefined : unitOfDraft(text, wanted);
  if (own === undefined || wanted === undefined || own === wanted) return text;
  const { stringLines } = scan(text, language);
  let at = 0;
  const converted = lines.map((line) => {
    const start = at;
    at += line.length + 1;
    const lead = leadOf(line);
    if (lead === '' || stringLines.has(start) || lead.length % own.length !== 0) return line;
    if (own !== '\t' && lead.includes('\t')) return line;
    return wanted.repeat(lead.length / own.length) + line.slice(lead.length);
  });
  return converted.join('\n');
}

/** A continuation at the cursor: the first line goes on where the cursor is, the others stand by themselves. */
function inserted(text: string, context: PolishContext): string {
  const prefix = linePrefix(context.before);
  const lines = linesOf(text);
  const [first = '', ...rest] = lines;
  if (!isBlank(prefix))
    return isRelative(rest, leadOf(prefix), context) ? shifted(lines, leadOf(prefix)) : text;
  if (prefix === '') return text;
  const lead = leadOf(first);
  // A line that does not stand at the cursor's level yet: the lead is an addition to what stands there.
  if (lead !== '' && isDeeper(rest, prefix, lead, context)) return text;
  const start = lead.startsWith(prefix) ? first.slice(prefix.length) : first.trimStart();
  if (lead === '' && isRelative(rest, prefix, context)) return shifted(lines, prefix);
  return [start, ...rest].join('\n');
}

/** Whether the first line is meant to stand deeper than the cursor: the lines after it or the line before say so. */
function isDeeper(rest: readonly string[], prefix: string, lead: string, { before }: PolishContext): boolean {
  const together = widthOf(prefix) + widthOf(lead);
  const next = rest.find((line) => !isBlank(line));
  if (next !== undefined) return widthOf(leadOf(next)) >= together && !leadOf(next).startsWith(`${lead} `);
  const above = lastLines(before.slice(0, before.length - prefix.length), 1)[0];
  return above !== undefined && opens(above) && widthOf(leadOf(above)) >= widthOf(prefix);
}

/** Whether the lines after the first count their indentation from the cursor's line, as in an answer by chat. */
function isRelative(rest: readonly string[], prefix: string, { fenced }: PolishContext): boolean {
  if (!fenced || prefix === '') return false;
  return rest.some((line) => !isBlank(line) && widthOf(leadOf(line)) < widthOf(prefix));
}

/** All but the first line moved to the right. */
const shifted = (lines: readonly string[], by: string): string =>
  lines.map((line, index) => (index === 0 || isBlank(line) ? line : by + line)).join('\n');

/** A replacement: its own lowest level becomes the target's, and the target's white space around it is kept. */
function replacing(text: string, context: PolishContext): string {
  const { replaced, before, after } = context;
  const { lead, trail, level } = frameOf(context);
  const lines = trimBlank(linesOf(text));
  const base = baseOf(lines);
  const { stringLines } = scan(lines.join('\n'), context.language);
  let at = 0;
  const moved = lines.map((line, index) => {
    const start = at;
    at += line.length + 1;
    if (isBlank(line)) return '';
    const own = leadOf(line);
    // Inside of a string white space is content, unless the string was indented with the code.
    if (stringLines.has(start) && (own === '' || !own.startsWith(base))) return line;
    const deeper = own.startsWith(base) ? own.slice(base.length) : '';
    return (index === 0 ? '' : level) + deeper + line.slice(own.length);
  });
  const body = moved.join('\n');
  if (!isBlank(replaced)) return lead + body + trail;
  // An empty body between brackets on one line opens up for more than one line.
  const opened = /[{([]$/.test(before) && /^[})\]]/.test(after) && replaced === '';
  if (!opened) return lead + body + trail;
  return moved.length === 1 ? body : `\n${level}${body}\n${leadOf(lastLines(before, 1)[0]!)}`;
}

/** White space that the target begins and ends with, and the indentation of its content. */
function frameOf({ replaced, before, after, language }: PolishContext): {
  lead: string;
  trail: string;
  level: string;
} {
  const prefix = linePrefix(before);
  if (!isBlank(replaced)) {
    const lead = /^\s*/.exec(replaced)![0];
    const trail = /\s*$/.exec(replaced)![0];
    const broken = lead.lastIndexOf('\n');
    return {
      lead,
      trail,
      level: broken >= 0 ? lead.slice(broken + 1) : leadOf(prefix) + (isBlank(prefix) ? lead : ''),
    };
  }
  const above = lastLines(before, 1)[0] ?? '';
  const unit = unitOf(`${before}${after.slice(0, 20_000)}`) ?? language?.indent ?? '    ';
  const level = isBlank(prefix) && prefix !== '' ? prefix : leadOf(above) + (opens(above) ? unit : '');
  // Nothing but the break before a closing bracket: the inside begins on a line of its own.
  const broken = replaced.lastIndexOf('\n');
  if (broken >= 0 && !isBlank(prefix)) return { lead: `\n${level}`, trail: replaced.slice(broken), level };
  // At the beginning of a line the level has to be written too.
  return { lead: prefix === '' && before.length > 0 ? level : '', trail: replaced, level };
}

/** The lowest indentation of the lines; the first counts only when it has one, since models like to leave it out. */
function baseOf(lines: readonly string[]): string {
  const said = lines.filter((line) => !isBlank(line));
  const [first = '', ...rest] = said;
  const leads = rest.map(leadOf);
  const lowest = leads.reduce<string | undefined>(
    (least, lead) => (least === undefined || widthOf(lead) < widthOf(least) ? lead : least),
    undefined,
  );
  if (leadOf(first) !== '' || lowest === undefined) {
    return lowest !== undefined && widthOf(lowest) < widthOf(leadOf(first)) ? lowest : leadOf(first);
  }
  // A first line at the margin whose followers are all indented: either it opens a block, or it has lost its own.
  return /[:([{,\\]\s*$/.test(first) ? '' : lowest;
}

function trimBlank(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start]!)) start++;
  while (end > start && isBlank(lines[end - 1]!)) end--;
  return lines.slice(start, end);
}
