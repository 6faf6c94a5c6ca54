// The inside of a block whose node may or may not carry its braces.
import type { Span } from '../../core/span.ts';

const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Without the braces around it, where it has them; the closing one may be missing in broken code. */
export function insideOf(text: string, { start, end }: Span): Span {
  if (text[start] !== '{') return { start, end };
  return { start: start + 1, end: end > start + 1 && text[end - 1] === '}' ? end - 1 : end };
}

/** Whether a token opens a bracket, and which token closes it. */
export const closerOf = (token: string): string | undefined =>
  Object.hasOwn(pairs, token) ? pairs[token] : undefined;
