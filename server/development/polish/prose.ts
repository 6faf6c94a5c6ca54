// Sentences around code that has no fences: "Here is the function:", "This implementation uses …".
import type { Filter } from './context.ts';
import { isBlank, linesOf } from './lines.ts';

/** Words that open an answer and are no code, alone on their line. */
const greeting =
  /^(sure|certainly|of course|okay|ok|great|absolutely|yes|here you go|explanation|note|output)\b[^(={]*[!.:]?$/i;

/** A line that reads as English: it begins with a capital, goes on in words, and has none of the marks of code at its end. */
export function isProse(line: string): boolean {
  const text = line.trim().replace(/^(#{1,6}|\*\*|[-*]|\d+\.)\s+/, '');
  if (greeting.test(text)) return true;
  // Code in backticks is a word of the sentence.
  const words = text.replace(/`[^`]*`/g, 'code').replace(/\*\*/g, '');
  return (
    /^[A-Z]/.test(words) &&
    /^[\p{L}\p{N}\s,;:.!?'’"“”()/&%+–—-]+$/u.test(words) &&
    words.split(/\s+/).length >= 4 &&
    !/[;{(]$|"{2}|'{3}/.test(words)
  );
}

/** Cuts leading sentences that announce code, and trailing paragraphs of nothing but sentences. */
export const withoutProse: Filter = (text, { before, after, replaced, mode }) => {
  // Where sentences are what the file holds at this place, they are the answer.
  if ([lastLine(before), firstLine(after), replaced.trim()].some((line) => line !== '' && isProse(line)))
    return text;
  const lines = linesOf(text);
  const code = lines.findIndex((line) => !isBlank(line) && !isProse(line));
  if (code < 0) return mode === 'insert' ? text : '';
  const announcement = lines.slice(0, code).findLast((line) => !isBlank(line));
  const start = announcement !== undefined && /[:!]$/.test(announcement.trim()) ? code : 0;
  const end = endOfCode(lines, start);
  return start === 0 && end === lines.length ? text : lines.slice(start, end).join('\n').trimEnd();
};

/** Only a paragraph of its own counts as prose: a sentence right below code may belong to a string or comment. */
function endOfCode(lines: readonly string[], start: number): number {
  let end = lines.length;
  for (let at = lines.length - 1; at > start; at--) {
    if (isBlank(lines[at]!)) continue;
    if (!isProse(lines[at]!)) break;
    if (isBlank(lines[at - 1]!)) end = at;
  }
  return end;
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
const firstLine = (text: string): string => text.trimStart().split('\n', 1)[0] ?? '';
