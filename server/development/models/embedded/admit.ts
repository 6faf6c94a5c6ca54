// Which texts are worth learning: what people wrote, at a size that people write.
import { generatedMarkReach, maxFileLength, maxMeanLineLength } from './limits.ts';

/** Said of files of data and markup, which may not take all the room. */
export const dataFull = 'data, whose share of the index is full';

export type LeftOut = 'too large' | 'binary' | 'minified' | 'generated' | 'index full' | typeof dataFull;

const generatedMark =
  /@generated|\bgenerated (?:by|from|code|file)\b.{0,80}|\bdo not (?:edit|modify)\b|\bauto-?generated\b/i;

/** Why a text is not learned; `undefined` where it is. */
export function reasonToLeaveOut(text: string): LeftOut | undefined {
  if (text.length > maxFileLength) return 'too large';
  if (text.includes('\u0000')) return 'binary';
  if (!hasLines(text, text.length / maxMeanLineLength)) return 'minified';
  if (isMarkedGenerated(text)) return 'generated';
  return undefined;
}

/** Whether a text has at least so many lines: ordinary code has them in its first part. */
function hasLines(text: string, least: number): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && lines < least; at = text.indexOf('\n', at + 1)) lines++;
  return lines >= least;
}

/** A mark counts in the first lines, and only where the line looks like a comment: code may well speak of generated code. */
function isMarkedGenerated(text: string): boolean {
  for (const line of text.slice(0, generatedMarkReach).split('\n', 12)) {
    if (/^\s*(?:\/\/|\/\*|\*|#|--|;|<!--|%|"""|''')/.test(line) && generatedMark.test(line)) return true;
  }
  return false;
}
