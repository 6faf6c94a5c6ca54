// Lines of a draft: their indentation, whether they say anything, and how they compare with lines of the file.

export const linesOf = (text: string): string[] => text.split('\n');

export const isBlank = (line: string): boolean => line.trim() === '';

/** The spaces and tabs that a line begins with. */
export const leadOf = (line: string): string => /^[ \t]*/.exec(line)![0];

/** Columns that an indentation takes up; a tab counts as four, which only matters where a file mixes both. */
export const widthOf = (lead: string): number => {
  let width = 0;
  for (const unit of lead) width += unit === '\t' ? 4 : 1;
  return width;
};

/** The same code in another layout compares equal. */
export const normal = (line: string): string => line.trim().replace(/\s+/g, ' ');

/** A line that would not stand somewhere twice by chance, as `}` or `else:` would. */
export const isTelling = (line: string): boolean => /[\p{L}\p{N}_]{2}/u.test(line) && line.trim().length >= 8;

/** Whether the line after this one stands deeper, as after the header of a block or an open bracket. */
export const opens = (line: string): boolean => /[{:([]\s*$/.test(line);

/** The part of the cursor's line that stands before it. */
export const linePrefix = (before: string): string => before.slice(before.lastIndexOf('\n') + 1);

/** The part of the cursor's line that stands after it. */
export function lineRest(after: string): string {
  const end = after.indexOf('\n');
  return (end < 0 ? after : after.slice(0, end)).replace(/\r$/, '');
}

/** The last lines of the text that say something, in order, at most `count`; only the end of the text is looked at. */
export function lastLines(text: string, count: number): string[] {
  const found: string[] = [];
  let end = text.length;
  while (end > 0 && found.length < count) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!isBlank(line)) found.push(line);
    end = start - 1;
  }
  return found.reverse();
}

/** The first lines of the text that say something, at most `count`. */
export function firstLines(text: string, count: number): string[] {
  const found: string[] = [];
  let start = 0;
  while (start <= text.length && found.length < count) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    if (!isBlank(line)) found.push(line);
    start = end + 1;
  }
  return found;
}
