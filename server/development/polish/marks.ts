// Marks that prompts put into the code they show, and that models repeat.
import type { Filter } from './context.ts';
import { linesOf } from './lines.ts';

export const promptMarks = {
  /** Where a completion goes. */
  cursor: '<CURSOR/>',
  /** On lines of their own, as comments, around the code in question. */
  begin: '<BEGIN>',
  end: '<END>',
} as const;

/** Takes what stands between the marks where both are repeated; drops the marks everywhere else. */
export const withoutMarks: Filter = (text, { before }) => {
  const { cursor, begin, end } = promptMarks;
  let rest = text;
  if (rest.includes(begin) || rest.includes(end)) {
    const lines = linesOf(rest);
    const from = lines.findIndex((line) => isMark(line, begin));
    const to = lines.findIndex((line, at) => at > from && isMark(line, end));
    rest = lines
      .slice(from + 1, to < 0 ? undefined : to)
      .filter((line) => !isMark(line, begin))
      .join('\n');
  }
  const at = rest.indexOf(cursor);
  if (at < 0) return rest;
  // The prompt's own text up to the mark is not part of what goes there.
  const repeated = rest.slice(0, at).trim();
  const kept = repeated !== '' && before.trimEnd().endsWith(repeated) ? rest.slice(at + cursor.length) : rest;
  return kept.replaceAll(cursor, '');
};

/** The mark stands alone, except for the signs of a comment. */
const isMark = (line: string, mark: string): boolean =>
  line.includes(mark) && !/[\p{L}\p{N}]/u.test(line.replace(mark, ''));
