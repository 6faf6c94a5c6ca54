// The draft moved to the target's level of indentation.
import { scan } from './brackets.ts';
import type { Filter, PolishContext } from './context.ts';
import { isBlank, lastLines, leadOf, linePrefix, linesOf, opens, widthOf } from './lines.ts';
import { nearby, unitOf } from './unit.ts';

export const indented: Filter = (text, context) => {
  if (isBlank(text)) return text;
  return context.mode === 'insert' ? inserted(text, context) : replacing(text, context);
};

/** A continuation at the cursor: the first line begins where the cursor is, the others stand by themselves. */
function inserted(text: string, { before }: PolishContext): string {
  const prefix = linePrefix(before);
  if (!isBlank(prefix) || prefix === '') return text;
  // The cursor stands on a line of its own already.
  const [first = '', ...rest] = linesOf(text.replace(/^([ \t]*\n)+/, ''));
  const lead = leadOf(first);
  // A line that does not stand at the cursor's level yet: the lead is an addition to what stands there.
  if (lead === '' || isDeeper(first, rest, prefix, before)) return [first, ...rest].join('\n');
  const start = lead.startsWith(prefix) ? first.slice(prefix.length) : first.trimStart();
  return [start, ...rest].join('\n');
}

/** Whether the first line is meant to stand deeper than the cursor: the lines after it or the line before say so. */
function isDeeper(first: string, rest: readonly string[], prefix: string, before: string): boolean {
  const together = widthOf(prefix) + widthOf(leadOf(first));
  const widths = rest.filter((line) => !isBlank(line)).map((line) => widthOf(leadOf(line)));
  if (widths.length > 0) return Math.min(...widths) >= together + (opens(first) ? 1 : 0);
  const above = lastLines(before.slice(0, before.length - prefix.length), 1)[0];
  return above !== undefined && opens(above) && widthOf(leadOf(above)) >= widthOf(prefix);
}

/** A replacement: its own lowest level becomes the target's, and the target's white space around it is kept. */
function replacing(text: string, context: PolishContext): string {
  const { replaced, before, after } = context;
  const { lead, trail, level } = frameOf(context);
  const lines = trimBlank(linesOf(text));
  const base = baseOf(lines, level);
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
  const unit = unitOf(`${before}${after.slice(0, nearby)}`) ?? language?.indent ?? '    ';
  const level = isBlank(prefix) && prefix !== '' ? prefix : leadOf(above) + (opens(above) ? unit : '');
  // Nothing but the break before a closing bracket: the inside begins on a line of its own.
  const broken = replaced.lastIndexOf('\n');
  if (broken >= 0 && !isBlank(prefix)) return { lead: `\n${level}`, trail: replaced.slice(broken), level };
  // At the beginning of a line the level has to be written too.
  return { lead: prefix === '' && before.length > 0 ? level : '', trail: replaced, level };
}

/** The lowest indentation of the lines; the first counts only when it has one, since models like to leave it out. */
function baseOf(lines: readonly string[], level: string): string {
  const [first = '', ...rest] = lines.filter((line) => !isBlank(line));
  const leads = rest.map(leadOf);
  const own = leadOf(first);
  const lowest = leads.reduce(
    (least, lead) => (widthOf(lead) < widthOf(least) ? lead : least),
    leads[0] ?? own,
  );
  if (own !== '' || leads.length === 0) return widthOf(lowest) < widthOf(own) ? lowest : own;
  // One column is no level: it aligns the lines of a block comment under its opening mark.
  if (lowest === ' ') return own;
  // A first line at the margin whose followers are all indented: either it has lost its own, or it opens a block.
  if (!opens(first) && !/[,\\]\s*$/.test(first)) return lowest;
  // With the others at the target's level already, what it opens stands even deeper.
  const atLevel = level !== '' && widthOf(lowest) >= widthOf(level) && widthOf(leads[0]!) > widthOf(level);
  return atLevel ? level : '';
}

function trimBlank(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start]!)) start++;
  while (end > start && isBlank(lines[end - 1]!)) end--;
  return lines.slice(start, end);
}
