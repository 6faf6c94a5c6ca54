// Thoughts of a model that arrive as text: everything up to the end of the thinking block is not the answer.
import type { Filter } from './context.ts';

const opening = /^\s*<(think|thinking|thought|reasoning)>/i;
const closing = /<\/(think|thinking|thought|reasoning)>/gi;

/** A block that is not closed is all thought. A closing mark alone is the end of a block that the chat template opened. */
export const withoutThinking: Filter = (text, { before, after, replaced }) => {
  const opened = opening.test(text);
  const ends = [...text.matchAll(closing)];
  const end = opened ? ends[0] : ends.at(-1);
  if (!end) return opened ? '' : text;
  // In a file that itself speaks of such marks they may be meant.
  if (!opened && [before, after, replaced].some((part) => part.includes(end[0]))) return text;
  return text.slice(end.index + end[0].length).replace(/^\s*\n/, '');
};
