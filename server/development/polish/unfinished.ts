// What an answer was cut off in: a model that may write no more stops in the middle of a line.
import { balanceOf, scan } from './brackets.ts';
import { best, type Filter } from './context.ts';
import { leadOf } from './lines.ts';

/**
 * Leaves out a last line at the margin whose brackets are open, where the text parses without it. In a completion the
 * line may go on behind the cursor.
 */
export const withoutUnfinished: Filter = (text, context) => {
  const end = text.trimEnd().lastIndexOf('\n');
  const line = text.slice(end + 1);
  const isOpen = balanceOf(scan(line, context.language)).open.length > 0;
  if (context.mode === 'insert' || end < 0 || leadOf(line) !== '' || !isOpen) return text;
  return best(context, [text, text.slice(0, end).trimEnd()]);
};
