// The inside of a block whose node may or may not carry its brackets.
import type { Span } from '../../core/span.ts';

const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Without the brackets around it, where it has them; the closing one may be missing in broken code. */
export function insideOf(text: string, { start, end }: Span): Span {
  const closer = pairs[text[start] ?? ''];
  if (!closer) return { start, end };
  return { start: start + 1, end: end > start + 1 && text[end - 1] === closer ? end - 1 : end };
}

/** Whether a token opens a bracket, and which token closes it. */
export const closerOf = (token: string): string | undefined =>
  Object.hasOwn(pairs, token) ? pairs[token] : undefined;

/** Whether a token closes a bracket. */
export const isCloser = (token: string): boolean => token === '}' || token === ']' || token === ')';
